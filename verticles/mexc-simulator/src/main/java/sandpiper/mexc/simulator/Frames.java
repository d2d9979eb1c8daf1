package sandpiper.mexc.simulator;

import static sandpiper.mexc.simulator.TradingApi.plain;

import io.vertx.core.buffer.Buffer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.NavigableSet;
import sandpiper.domain.journal.Side;
import sandpiper.mexc.wire.PrivateAccountV3Api;
import sandpiper.mexc.wire.PrivateDealsV3Api;
import sandpiper.mexc.wire.PrivateOrdersV3Api;
import sandpiper.mexc.wire.PublicAggreBookTickerV3Api;
import sandpiper.mexc.wire.PublicAggreDealsV3Api;
import sandpiper.mexc.wire.PublicAggreDealsV3ApiItem;
import sandpiper.mexc.wire.PublicAggreDepthV3ApiItem;
import sandpiper.mexc.wire.PublicAggreDepthsV3Api;
import sandpiper.mexc.wire.PublicBookTickerBatchV3Api;
import sandpiper.mexc.wire.PublicBookTickerV3Api;
import sandpiper.mexc.wire.PublicLimitDepthV3ApiItem;
import sandpiper.mexc.wire.PublicLimitDepthsV3Api;
import sandpiper.mexc.wire.PublicMiniTickerV3Api;
import sandpiper.mexc.wire.PublicMiniTickersV3Api;
import sandpiper.mexc.wire.PublicSpotKlineV3Api;
import sandpiper.mexc.wire.PushDataV3ApiWrapper;

/// The binary frames of the WebSocket.
final class Frames {
  private static final int BUY = 1;
  private static final int SELL = 2;
  private static final int SECOND = 1_000;
  private static final int PRICE_DECIMALS = 12;

  private Frames() {}

  static Buffer buffer(PushDataV3ApiWrapper frame) {
    return Buffer.buffer(frame.toByteArray());
  }

  static PushDataV3ApiWrapper.Builder wrapper(String channel, long now) {
    return PushDataV3ApiWrapper.newBuilder()
        .setChannel(channel)
        .setCreateTime(now)
        .setSendTime(now);
  }

  static PublicAggreDealsV3Api deals(SymbolRules rules, List<PublicTrade> trades, PushRate rate) {
    var deals =
        PublicAggreDealsV3Api.newBuilder()
            .setEventType("spot@public.aggre.deals.v3.api.pb@" + rate.label());
    for (var trade : trades) {
      deals.addDeals(
          PublicAggreDealsV3ApiItem.newBuilder()
              .setPrice(rules.price(trade.price()).toPlainString())
              .setQuantity(rules.quantity(trade.size()).toPlainString())
              .setTradeType(number(trade.taker()))
              .setTime(trade.time())
              .setTradeId(trade.id() + "_" + trade.id()));
    }
    return deals.build();
  }

  static PublicAggreDepthsV3Api depth(Market market, PushWindow window, PushRate rate) {
    var depth =
        PublicAggreDepthsV3Api.newBuilder()
            .setEventType("spot@public.aggre.depth.v3.api.pb@" + rate.label())
            .setFromVersion(Long.toString(window.from()))
            .setToVersion(Long.toString(market.version()))
            .setLastOrderCreateTime(market.lastOrderTime());
    levels(market, Side.SELL, window.asks()).forEach(depth::addAsks);
    levels(market, Side.BUY, window.bids()).forEach(depth::addBids);
    return depth.build();
  }

  private static List<PublicAggreDepthV3ApiItem> levels(
      Market market, Side side, NavigableSet<Long> prices) {
    var rules = market.rules();
    return prices.stream()
        .map(price ->
            PublicAggreDepthV3ApiItem.newBuilder()
                .setPrice(rules.price(price).toPlainString())
                .setQuantity(rules.quantity(market.book().sizeAt(side, price)).toPlainString())
                .build())
        .toList();
  }

  static PublicLimitDepthsV3Api wholeDepth(Market market, int levels) {
    var depth =
        PublicLimitDepthsV3Api.newBuilder()
            .setEventType("spot@public.limit.depth.v3.api.pb")
            .setVersion(Long.toString(market.version()))
            .setLastOrderCreateTime(market.lastOrderTime());
    for (int i = 0; i < Math.min(levels, market.book().depth(Side.SELL)); i++) {
      depth.addAsks(level(market, Side.SELL, i));
    }
    for (int i = 0; i < Math.min(levels, market.book().depth(Side.BUY)); i++) {
      depth.addBids(level(market, Side.BUY, i));
    }
    return depth.build();
  }

  private static PublicLimitDepthV3ApiItem level(Market market, Side side, int depth) {
    return PublicLimitDepthV3ApiItem.newBuilder()
        .setPrice(market.rules().price(market.book().price(side, depth)).toPlainString())
        .setQuantity(market.rules().quantity(market.book().size(side, depth)).toPlainString())
        .build();
  }

  static PublicAggreBookTickerV3Api bookTicker(Market market) {
    return PublicAggreBookTickerV3Api.newBuilder()
        .setBidPrice(bestPrice(market, Side.BUY))
        .setBidQuantity(bestQuantity(market, Side.BUY))
        .setAskPrice(bestPrice(market, Side.SELL))
        .setAskQuantity(bestQuantity(market, Side.SELL))
        .setVersion(Long.toString(market.version()))
        .setLastOrderCreateTime(market.lastOrderTime())
        .build();
  }

  static PublicBookTickerBatchV3Api bookTickerBatch(Market market) {
    return PublicBookTickerBatchV3Api.newBuilder()
        .setVersion(Long.toString(market.version()))
        .setLastOrderCreateTime(market.lastOrderTime())
        .addItems(
            PublicBookTickerV3Api.newBuilder()
                .setBidPrice(bestPrice(market, Side.BUY))
                .setBidQuantity(bestQuantity(market, Side.BUY))
                .setAskPrice(bestPrice(market, Side.SELL))
                .setAskQuantity(bestQuantity(market, Side.SELL)))
        .build();
  }

  private static String bestPrice(Market market, Side side) {
    return market.rules().price(market.best(side)).toPlainString();
  }

  private static String bestQuantity(Market market, Side side) {
    long lots = market.book().depth(side) == 0 ? 0 : market.book().size(side, 0);
    return market.rules().quantity(lots).toPlainString();
  }

  static PublicSpotKlineV3Api kline(SymbolRules rules, KlineInterval interval, Candle candle) {
    return PublicSpotKlineV3Api.newBuilder()
        .setInterval(interval.streamName())
        .setWindowStart(candle.time() / SECOND)
        .setOpeningPrice(rules.price(candle.open()).toPlainString())
        .setClosingPrice(rules.price(candle.close()).toPlainString())
        .setHighestPrice(rules.price(candle.high()).toPlainString())
        .setLowestPrice(rules.price(candle.low()).toPlainString())
        .setVolume(rules.quantity(candle.volume()).toPlainString())
        .setAmount(rules.amount(candle.amount()).toPlainString())
        .setWindowEnd(interval.end(candle.time()) / SECOND)
        .build();
  }

  static PublicMiniTickerV3Api miniTicker(Market market, long now) {
    var day = new Statistics(market, now);
    var share = day.changeShare().toPlainString();
    return PublicMiniTickerV3Api.newBuilder()
        .setSymbol(market.rules().symbol())
        .setPrice(day.last().toPlainString())
        .setRate(share)
        .setZonedRate(share)
        .setHigh(day.high().toPlainString())
        .setLow(day.low().toPlainString())
        .setVolume(day.amount().toPlainString())
        .setQuantity(day.volume().toPlainString())
        .build();
  }

  static PublicMiniTickersV3Api miniTickers(Iterable<Market> markets, long now) {
    var tickers = PublicMiniTickersV3Api.newBuilder();
    markets.forEach(market -> tickers.addItems(miniTicker(market, now)));
    return tickers.build();
  }

  static PrivateAccountV3Api account(BalanceChange change) {
    return PrivateAccountV3Api.newBuilder()
        .setVcoinName(change.asset())
        .setCoinId("simulated-" + change.asset())
        .setBalanceAmount(plain(change.after().free()))
        .setBalanceAmountChange(plain(change.freeChange()))
        .setFrozenAmount(plain(change.after().locked()))
        .setFrozenAmountChange(plain(change.lockedChange()))
        .setType(change.reason())
        .setTime(change.time())
        .build();
  }

  static PrivateDealsV3Api deal(AccountTrade trade) {
    var order = trade.order();
    var clientId = order.clientId();
    return PrivateDealsV3Api.newBuilder()
        .setPrice(trade.price().toPlainString())
        .setQuantity(trade.quantity().toPlainString())
        .setAmount(plain(trade.amount()))
        .setTradeType(number(order.side()))
        .setIsMaker(trade.maker())
        .setIsSelfTrade(trade.selfTrade())
        .setTradeId(trade.id())
        .setClientOrderId(clientId == null ? "" : clientId)
        .setOrderId(order.id())
        .setFeeAmount(plain(trade.fee()))
        .setFeeCurrency(order.rules().quote())
        .setTime(trade.time())
        .build();
  }

  static PrivateOrdersV3Api order(SimulatedOrder order) {
    var clientId = order.clientId();
    var executed = order.executedQuantity();
    var average =
        executed.signum() == 0
            ? BigDecimal.ZERO
            : order.executedAmount().divide(executed, PRICE_DECIMALS, RoundingMode.HALF_UP);
    var frame =
        PrivateOrdersV3Api.newBuilder()
            .setId(order.id())
            .setClientId(clientId == null ? "" : clientId)
            .setPrice(order.price().toPlainString())
            .setQuantity(order.quantity().toPlainString())
            .setAmount(plain(order.amount()))
            .setAvgPrice(plain(average))
            .setOrderType(order.kind().number())
            .setTradeType(number(order.side()))
            .setIsMaker(order.lastWasMaker())
            .setRemainAmount(
                plain(order.amount().subtract(order.executedAmount()).max(BigDecimal.ZERO)))
            .setRemainQuantity(order.rules().quantity(order.openLots()).toPlainString())
            .setCumulativeQuantity(executed.toPlainString())
            .setCumulativeAmount(plain(order.executedAmount()))
            .setStatus(order.state().number())
            .setCreateTime(order.time());
    if (executed.signum() > 0) {
      frame.setLastDealQuantity(order.lastQuantity().toPlainString());
    }
    return frame.build();
  }

  private static int number(Side side) {
    return side == Side.BUY ? BUY : SELL;
  }
}

package sandpiper.mexc.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Side;

/// What everybody may ask for.
final class MarketApi {
  private static final int USUAL_DEPTH = 100;
  private static final int MOST_DEPTH = 5_000;
  private static final int USUAL_ROWS = 500;
  private static final int MOST_ROWS = 1_000;

  private final Exchange exchange;

  MarketApi(Exchange exchange) {
    this.exchange = exchange;
  }

  JsonObject time(long now) {
    return new JsonObject().put("serverTime", now);
  }

  JsonObject defaultSymbols() {
    var names = new JsonArray();
    exchange.markets().stream()
        .filter(market -> market.status() == SymbolStatus.ONLINE)
        .forEach(market -> names.add(market.rules().symbol()));
    return new JsonObject().put("code", 200).put("data", names).putNull("msg");
  }

  JsonObject offline() {
    var rows = new JsonArray();
    for (var market : exchange.markets()) {
      if (market.status() != SymbolStatus.ONLINE) {
        rows.add(
            new JsonObject()
                .put("symbol", market.rules().symbol())
                .put("status", market.status().code())
                .put("offlineTime", market.statusTime()));
      }
    }
    return new JsonObject().put("code", 0).put("data", rows);
  }

  JsonObject exchangeInfo(Params params) {
    var symbol = params.text("symbol");
    var several = params.text("symbols");
    Collection<Market> asked = exchange.markets();
    if (symbol != null) {
      asked = List.of(exchange.market(symbol));
    } else if (several != null) {
      asked = Arrays.stream(several.split(",")).map(exchange::market).toList();
    }
    var symbols = new JsonArray();
    asked.forEach(market -> symbols.add(info(market)));
    return new JsonObject()
        .put("timezone", "CST")
        .put("serverTime", exchange.now())
        .put("rateLimits", new JsonArray())
        .put("exchangeFilters", new JsonArray())
        .put("symbols", symbols);
  }

  private static JsonObject info(Market market) {
    var rules = market.rules();
    return new JsonObject()
        .put("symbol", rules.symbol())
        .put("status", market.status().code())
        .put("baseAsset", rules.base())
        .put("baseAssetPrecision", rules.quantityDecimals())
        .put("quoteAsset", rules.quote())
        .put("quotePrecision", rules.priceDecimals())
        .put("quoteAssetPrecision", rules.priceDecimals())
        .put("baseCommissionPrecision", rules.quantityDecimals())
        .put("quoteCommissionPrecision", rules.priceDecimals())
        .put("orderTypes", JsonArray.of("LIMIT", "MARKET", "LIMIT_MAKER"))
        .put("isSpotTradingAllowed", market.status() == SymbolStatus.ONLINE)
        .put("isMarginTradingAllowed", false)
        .put("quoteAmountPrecision", rules.minAmount().toPlainString())
        .put("baseSizePrecision", rules.minQuantity().toPlainString())
        .put("permissions", JsonArray.of("SPOT"))
        .put("filters", new JsonArray())
        .put("maxQuoteAmount", rules.maxAmount().toPlainString())
        .put("makerCommission", rules.makerFee().toPlainString())
        .put("takerCommission", rules.takerFee().toPlainString())
        .put("quoteAmountPrecisionMarket", rules.minMarketAmount().toPlainString())
        .put("maxQuoteAmountMarket", rules.maxMarketAmount().toPlainString())
        .put("fullName", rules.base() + " (simulated)")
        .put("tradeSideType", 1)
        .put("st", false);
  }

  JsonObject depth(Params params) {
    var market = market(params);
    int limit = params.limit(USUAL_DEPTH, MOST_DEPTH);
    return new JsonObject()
        .put("lastUpdateId", market.version())
        .put("bids", levels(market, Side.BUY, limit))
        .put("asks", levels(market, Side.SELL, limit))
        .put("timestamp", exchange.now());
  }

  private static JsonArray levels(Market market, Side side, int limit) {
    var rules = market.rules();
    var book = market.book();
    var levels = new JsonArray();
    for (int i = 0; i < Math.min(limit, book.depth(side)); i++) {
      levels.add(
          JsonArray.of(
              rules.price(book.price(side, i)).toPlainString(),
              rules.quantity(book.size(side, i)).toPlainString()));
    }
    return levels;
  }

  /// The latest first.
  JsonArray trades(Params params) {
    var market = market(params);
    var rules = market.rules();
    var rows = new JsonArray();
    for (var trade : latest(market.trades(), params.limit(USUAL_ROWS, MOST_ROWS)).reversed()) {
      var price = rules.price(trade.price());
      var quantity = rules.quantity(trade.size());
      rows.add(
          new JsonObject()
              .putNull("id")
              .put("price", price.toPlainString())
              .put("qty", quantity.toPlainString())
              .put("quoteQty", price.multiply(quantity).toPlainString())
              .put("time", trade.time())
              .put("isBuyerMaker", trade.taker() == Side.SELL)
              .put("isBestMatch", true)
              .put("tradeType", trade.taker() == Side.SELL ? "ASK" : "BID"));
    }
    return rows;
  }

  /// The oldest first.
  JsonArray aggTrades(Params params) {
    var market = market(params);
    var from = params.whole("startTime");
    var to = params.whole("endTime");
    if ((from == null) != (to == null)) {
      throw Refused.of(-1128, "Combination of optional parameters invalid.");
    }
    var trades =
        market.trades().stream().filter(trade -> isWithin(trade.time(), from, to)).toList();
    var rows = new JsonArray();
    for (var trade : latest(trades, params.limit(USUAL_ROWS, MOST_ROWS))) {
      rows.add(
          new JsonObject()
              .putNull("a")
              .putNull("f")
              .putNull("l")
              .put("p", market.rules().price(trade.price()).toPlainString())
              .put("q", market.rules().quantity(trade.size()).toPlainString())
              .put("T", trade.time())
              .put("m", trade.taker() == Side.SELL)
              .put("M", true));
    }
    return rows;
  }

  /// The oldest first; from a start time on, else the latest.
  JsonArray klines(Params params) {
    var market = market(params);
    var interval = KlineInterval.ofRest(params.required("interval"));
    if (interval == null) {
      throw Refused.of(-1121, "Invalid interval.");
    }
    var from = params.whole("startTime");
    var to = params.whole("endTime");
    int limit = params.limit(USUAL_ROWS, MOST_ROWS);
    var candles =
        market.candles(interval).until(exchange.now()).stream()
            .filter(candle -> isWithin(candle.time(), from, to))
            .toList();
    var chosen =
        from == null ? latest(candles, limit) : candles.subList(0, Math.min(limit, candles.size()));
    var rules = market.rules();
    var rows = new JsonArray();
    for (var candle : chosen) {
      rows.add(
          JsonArray.of(
              candle.time(),
              rules.price(candle.open()).toPlainString(),
              rules.price(candle.high()).toPlainString(),
              rules.price(candle.low()).toPlainString(),
              rules.price(candle.close()).toPlainString(),
              rules.quantity(candle.volume()).toPlainString(),
              interval.end(candle.time()),
              rules.amount(candle.amount()).toPlainString()));
    }
    return rows;
  }

  /// Weighted by volume, over five minutes; the last price when nothing was traded in them.
  JsonObject averagePrice(Params params) {
    var market = market(params);
    var rules = market.rules();
    var candles = latest(market.candles(KlineInterval.MIN1).until(exchange.now()), 5);
    long volume = candles.stream().mapToLong(Candle::volume).sum();
    long amount = candles.stream().mapToLong(Candle::amount).sum();
    var price =
        volume == 0
            ? new Statistics(market, exchange.now()).last()
            : rules
                .amount(amount)
                .divide(rules.quantity(volume), rules.priceDecimals(), RoundingMode.HALF_UP);
    return new JsonObject().put("mins", 5).put("price", price.toPlainString());
  }

  Object ticker(Params params) {
    return each(params, this::ticker);
  }

  Object price(Params params) {
    return each(
        params,
        market ->
            new JsonObject()
                .put("symbol", market.rules().symbol())
                .put("price", new Statistics(market, exchange.now()).last().toPlainString()));
  }

  Object bookTicker(Params params) {
    return each(
        params, market -> best(market, new JsonObject().put("symbol", market.rules().symbol())));
  }

  private JsonObject ticker(Market market) {
    var rules = market.rules();
    var day = new Statistics(market, exchange.now());
    var row =
        new JsonObject()
            .put("symbol", rules.symbol())
            .put("priceChange", day.change().toPlainString())
            .put("priceChangePercent", day.changeShare().toPlainString())
            .put("prevClosePrice", day.open().toPlainString())
            .put("lastPrice", day.last().toPlainString());
    return best(market, row)
        .put("openPrice", day.open().toPlainString())
        .put("highPrice", day.high().toPlainString())
        .put("lowPrice", day.low().toPlainString())
        .put("volume", day.volume().toPlainString())
        .put("quoteVolume", day.amount().toPlainString())
        .put("openTime", exchange.now() - Statistics.DAY)
        .put("closeTime", exchange.now())
        .putNull("count");
  }

  private static JsonObject best(Market market, JsonObject row) {
    return row.put("bidPrice", bestPrice(market, Side.BUY).toPlainString())
        .put("bidQty", bestQuantity(market, Side.BUY))
        .put("askPrice", bestPrice(market, Side.SELL).toPlainString())
        .put("askQty", bestQuantity(market, Side.SELL));
  }

  private static BigDecimal bestPrice(Market market, Side side) {
    return market.rules().price(market.best(side));
  }

  /// Empty when there is none.
  private static String bestQuantity(Market market, Side side) {
    return market.book().depth(side) == 0
        ? ""
        : market.rules().quantity(market.book().size(side, 0)).toPlainString();
  }

  private Object each(Params params, Function<Market, JsonObject> row) {
    var symbol = params.text("symbol");
    return symbol != null
        ? row.apply(exchange.market(symbol))
        : exchange.markets().stream()
            .map(row)
            .collect(Collectors.collectingAndThen(Collectors.toList(), JsonArray::new));
  }

  private Market market(Params params) {
    return exchange.market(params.required("symbol"));
  }

  private static boolean isWithin(long time, @Nullable Long from, @Nullable Long to) {
    return (from == null || time >= from) && (to == null || time <= to);
  }

  private static <T> List<T> latest(Collection<T> rows, int limit) {
    var all = new ArrayList<>(rows);
    return all.subList(Math.max(0, all.size() - limit), all.size());
  }
}

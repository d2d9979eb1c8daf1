package sandpiper.mexc.client;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.MarketStream;
import sandpiper.mexc.client.SymbolStream.Deal;
import sandpiper.mexc.wire.PublicAggreBookTickerV3Api;
import sandpiper.mexc.wire.PublicAggreDealsV3Api;
import sandpiper.mexc.wire.PublicAggreDepthV3ApiItem;
import sandpiper.mexc.wire.PublicAggreDepthsV3Api;
import sandpiper.mexc.wire.PushDataV3ApiWrapper;

/// The public channels of the spot market.
final class SpotMarketProtocol extends SpotProtocol
    implements MarketProtocol<PushDataV3ApiWrapper> {
  @Override
  public List<String> channels(String symbol, Set<MarketStream> wanted) {
    var channels = new ArrayList<String>();
    if (wanted.contains(MarketStream.TRADES)) {
      channels.add("spot@public.aggre.deals.v3.api.pb@100ms@" + symbol);
    }
    if (wanted.contains(MarketStream.QUOTES)) {
      channels.add("spot@public.aggre.bookTicker.v3.api.pb@100ms@" + symbol);
    }
    if (wanted.contains(MarketStream.BOOKS)) {
      channels.add("spot@public.aggre.depth.v3.api.pb@100ms@" + symbol);
    }
    return channels;
  }

  @Override
  public String symbol(PushDataV3ApiWrapper news) {
    var channel = news.getChannel();
    return news.hasSymbol() ? news.getSymbol() : channel.substring(channel.lastIndexOf('@') + 1);
  }

  @Override
  public void tell(PushDataV3ApiWrapper news, SymbolStream to, long time, boolean doubled) {
    switch (news.getBodyCase()) {
      case PUBLICAGGREDEALS -> to.onTrades(deals(news.getPublicAggreDeals()), time, doubled);
      case PUBLICAGGREBOOKTICKER -> tellQuote(news.getPublicAggreBookTicker(), to, time, doubled);
      case PUBLICAGGREDEPTHS -> to.onDepth(update(news.getPublicAggreDepths(), to.symbol, time));
      default -> {
        // A message that nobody asked for, or one that is newer than this program.
      }
    }
  }

  /// Trades have ids since 2026; without one, time, price, size and taker tell them apart.
  private static List<Deal> deals(PublicAggreDealsV3Api deals) {
    return deals.getDealsList().stream()
        .map(deal -> {
          var id = deal.getTradeId();
          var key =
              deal.getTime()
                  + " "
                  + deal.getPrice()
                  + " "
                  + deal.getQuantity()
                  + " "
                  + deal.getTradeType();
          return new Deal(
              id.isEmpty() ? key : id,
              !id.isEmpty(),
              Double.parseDouble(deal.getPrice()),
              Double.parseDouble(deal.getQuantity()));
        })
        .toList();
  }

  private static void tellQuote(
      PublicAggreBookTickerV3Api ticker, SymbolStream to, long time, boolean doubled) {
    to.onQuote(
        ticker.getVersion().isEmpty() ? 0 : Long.parseLong(ticker.getVersion()),
        number(ticker.getBidPrice()),
        number(ticker.getBidQuantity()),
        number(ticker.getAskPrice()),
        number(ticker.getAskQuantity()),
        time,
        doubled);
  }

  private static double number(String text) {
    return text.isEmpty() ? 0 : Double.parseDouble(text);
  }

  private static BookUpdate update(PublicAggreDepthsV3Api depth, String symbol, long time) {
    return new BookUpdate(
        symbol,
        time,
        Long.parseLong(depth.getFromVersion()),
        Long.parseLong(depth.getToVersion()),
        levels(depth.getBidsList()),
        levels(depth.getAsksList()));
  }

  private static Levels levels(List<PublicAggreDepthV3ApiItem> items) {
    var prices = new double[items.size()];
    var sizes = new double[items.size()];
    for (int i = 0; i < prices.length; i++) {
      prices[i] = Double.parseDouble(items.get(i).getPrice());
      sizes[i] = Double.parseDouble(items.get(i).getQuantity());
    }
    return new Levels(prices, sizes);
  }
}

package sandpiper.mexc.client;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.mexc.wire.PublicAggreBookTickerV3Api;
import sandpiper.mexc.wire.PublicAggreDealsV3Api;
import sandpiper.mexc.wire.PublicAggreDepthV3ApiItem;
import sandpiper.mexc.wire.PublicAggreDepthsV3Api;
import sandpiper.mexc.wire.PushDataV3ApiWrapper;

/// What is heard of one symbol: frames become events, and what comes twice is told once. For one
/// event loop.
final class SymbolStream {
  private static final int REMEMBERED = 2_000;

  final String symbol;

  /// `nanos` of the latest news.
  long heardAt;

  /// How often in a row its connection was made anew without any.
  int fruitless;

  private final Set<MarketStream> wanted;
  private final @Nullable BookStream book;
  private final Consumer<MarketEvent> events;
  private final LinkedHashSet<String> recentTrades = new LinkedHashSet<>();
  private long quoteVersion = -1;

  /// @param wanted of trades, quotes and books
  /// @param book null when it is not wanted
  SymbolStream(
      String symbol,
      Set<MarketStream> wanted,
      @Nullable BookStream book,
      Consumer<MarketEvent> events) {
    this.symbol = symbol;
    this.wanted = wanted;
    this.book = book;
    this.events = events;
  }

  List<String> channels() {
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

  /// From now on it comes over a new connection, with nothing before it.
  void begin() {
    quoteVersion = -1;
    if (book != null) {
      book.begin();
    }
  }

  @Nullable BookStream book() {
    return book;
  }

  /// @param time UTC microseconds
  /// @param doubled whether the same may come over another connection as well
  /// @throws IllegalArgumentException when it has values that cannot be
  void onFrame(PushDataV3ApiWrapper frame, long time, boolean doubled) {
    switch (frame.getBodyCase()) {
      case PUBLICAGGREDEALS -> onTrades(frame.getPublicAggreDeals(), time, doubled);
      case PUBLICAGGREBOOKTICKER -> onQuote(frame.getPublicAggreBookTicker(), time, doubled);
      case PUBLICAGGREDEPTHS -> onDepth(frame.getPublicAggreDepths(), time);
      default -> {
        // A message that nobody asked for, or one that is newer than this program.
      }
    }
  }

  /// Trades have ids since 2026; without one, time, price, size and taker tell them apart, and of
  /// those that are equal in all of it, their place in the message. Equal ones in two messages are
  /// two trades, unless two connections tell them.
  private void onTrades(PublicAggreDealsV3Api deals, long time, boolean doubled) {
    var inMessage = new ArrayList<String>();
    for (var deal : deals.getDealsList()) {
      var id = deal.getTradeId();
      boolean known;
      if (id.isEmpty()) {
        var key =
            deal.getTime()
                + " "
                + deal.getPrice()
                + " "
                + deal.getQuantity()
                + " "
                + deal.getTradeType();
        long place = inMessage.stream().filter(key::equals).count();
        inMessage.add(key);
        known = !remember(key + " " + place) && doubled;
      } else {
        known = !remember(id);
      }
      if (!known) {
        events.accept(
            new Trade(
                symbol,
                time,
                Double.parseDouble(deal.getPrice()),
                Double.parseDouble(deal.getQuantity())));
      }
    }
  }

  /// Whether it is new.
  private boolean remember(String key) {
    boolean isNew = recentTrades.add(key);
    if (recentTrades.size() > REMEMBERED) {
      recentTrades.removeFirst();
    }
    return isNew;
  }

  /// An empty side of the book has no best price: then there is none to tell.
  private void onQuote(PublicAggreBookTickerV3Api ticker, long time, boolean doubled) {
    long version = ticker.getVersion().isEmpty() ? 0 : Long.parseLong(ticker.getVersion());
    if (doubled && version > 0 && version <= quoteVersion) {
      return;
    }
    quoteVersion = Math.max(quoteVersion, version);
    double bid = number(ticker.getBidPrice());
    double ask = number(ticker.getAskPrice());
    if (bid > 0 && ask >= bid) {
      events.accept(
          new Quote(
              symbol,
              time,
              bid,
              ask,
              number(ticker.getBidQuantity()),
              number(ticker.getAskQuantity())));
    }
  }

  private static double number(String text) {
    return text.isEmpty() ? 0 : Double.parseDouble(text);
  }

  private void onDepth(PublicAggreDepthsV3Api depth, long time) {
    if (book != null) {
      book.update(
          new BookUpdate(
              symbol,
              time,
              Long.parseLong(depth.getFromVersion()),
              Long.parseLong(depth.getToVersion()),
              levels(depth.getBidsList()),
              levels(depth.getAsksList())));
    }
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

package sandpiper.mexc.client;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;

/// What is heard of one symbol: news become events, and what comes twice is told once. For one
/// event loop.
final class SymbolStream {
  private static final int REMEMBERED = 2_000;

  final String symbol;

  /// `nanos` of the latest news.
  long heardAt;

  /// How often in a row its connection was made anew without any.
  int fruitless;

  private final @Nullable BookStream book;
  private final Consumer<MarketEvent> events;
  private final LinkedHashSet<String> recentTrades = new LinkedHashSet<>();
  private long quoteVersion = -1;
  private double fundingRate = Double.NaN;

  /// A trade as it was told.
  ///
  /// @param key its id, or else what can be told of it
  /// @param unique whether the key is an id
  /// @param amount in base currency
  record Deal(String key, boolean unique, double price, double amount) {}

  /// @param book null when it is not wanted
  SymbolStream(String symbol, @Nullable BookStream book, Consumer<MarketEvent> events) {
    this.symbol = symbol;
    this.book = book;
    this.events = events;
  }

  /// From now on it comes over a new connection, with nothing before it.
  void begin() {
    quoteVersion = -1;
    fundingRate = Double.NaN;
    if (book != null) {
      book.begin();
    }
  }

  @Nullable BookStream book() {
    return book;
  }

  /// Of trades without an id that are equal, their place in the message tells them apart. Equal
  /// ones in two messages are two trades, unless two connections tell them.
  void onTrades(List<Deal> deals, long time, boolean doubled) {
    var inMessage = new ArrayList<String>();
    for (var deal : deals) {
      boolean known;
      if (deal.unique()) {
        known = !remember(deal.key());
      } else {
        long place = inMessage.stream().filter(deal.key()::equals).count();
        inMessage.add(deal.key());
        known = !remember(deal.key() + " " + place) && doubled;
      }
      if (!known) {
        events.accept(new Trade(symbol, time, deal.price(), deal.amount()));
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
  ///
  /// @param version zero when it is not known
  /// @param bid zero for none, as `ask`
  void onQuote(
      long version,
      double bid,
      double bidSize,
      double ask,
      double askSize,
      long time,
      boolean doubled) {
    if (doubled && version > 0 && version <= quoteVersion) {
      return;
    }
    quoteVersion = Math.max(quoteVersion, version);
    if (bid > 0 && ask >= bid) {
      events.accept(new Quote(symbol, time, bid, ask, bidSize, askSize));
    }
  }

  void onDepth(BookUpdate update) {
    if (book != null) {
      book.update(update);
    }
  }

  /// Told when it is another.
  void onFundingRate(double rate, long time) {
    if (rate != fundingRate) {
      fundingRate = rate;
      events.accept(new ExternalValue(symbol, time, MarketStreams.FUNDING_RATE, rate));
    }
  }
}

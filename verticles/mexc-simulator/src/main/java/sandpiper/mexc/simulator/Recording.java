package sandpiper.mexc.simulator;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.feeds.DataRequest;
import sandpiper.feeds.MarketData;

/// What a recorded market did: its order book, or its best prices where it has no book, and its
/// trades.
///
/// Of files at most the first million events are kept, and five million levels of books.
///
/// @param events trades, quotes and events of the book, in order of time
public record Recording(List<MarketEvent> events) {
  /// Prices and sizes with more decimals are rounded.
  static final int MOST_DECIMALS = 8;

  private static final int MOST_EVENTS = 1_000_000;
  private static final int MOST_LEVELS = 5_000_000;

  /// Quotes say nothing that books do not: of a recording with both the quotes are left out.
  ///
  /// @throws IllegalArgumentException when there are no events, or some of another kind
  public Recording {
    if (events.isEmpty()) {
      throw new IllegalArgumentException("a recording must have trades, quotes or order books");
    }
    for (var event : events) {
      if (!isPlayed(event)) {
        throw new IllegalArgumentException(
            "a recording has trades, quotes and order books, was " + event);
      }
    }
    boolean books = events.stream().anyMatch(BookEvent.class::isInstance);
    events = events.stream().filter(event -> !books || !(event instanceof Quote)).toList();
  }

  private static boolean isPlayed(MarketEvent event) {
    return event instanceof Trade || event instanceof Quote || event instanceof BookEvent;
  }

  /// @param files as `--data` of a backtest takes them, or `demo`; several are merged by time
  /// @param symbol by which they know what they are of
  /// @throws sandpiper.feeds.DataException when one cannot be read
  /// @throws IllegalArgumentException when there is nothing in them to be played
  public static Recording load(List<String> files, String symbol) {
    var events = new ArrayList<MarketEvent>();
    long levels = 0;
    var requests =
        files.stream().map(file -> new DataRequest(file, symbol, null, null, null, false)).toList();
    try (var data = MarketData.open(requests)) {
      while (data.hasNext() && events.size() < MOST_EVENTS && levels < MOST_LEVELS) {
        var event = data.next();
        if (isPlayed(event)) {
          events.add(event);
        }
        if (event instanceof BookEvent book) {
          levels += book.bids().count() + book.asks().count();
        }
      }
      if (events.isEmpty()) {
        throw new IllegalArgumentException(
            data.description() + ": must hold trades, quotes or order books of " + symbol);
      }
    }
    return new Recording(events);
  }

  /// UTC microseconds of the first event.
  long start() {
    return events.getFirst().time();
  }

  /// Whether it says what can be bought and sold, and not only what was.
  boolean hasBook() {
    return events.stream().anyMatch(event -> !(event instanceof Trade));
  }

  /// Such as `9757 trades, 3452 changes of the book, 0 quotes, 2024-08-08T23:54:13Z to …`.
  String summary() {
    return count(Trade.class)
        + " trades, "
        + count(BookEvent.class)
        + " changes of the book, "
        + count(Quote.class)
        + " quotes, "
        + time(start())
        + " to "
        + time(events.getLast().time());
  }

  private long count(Class<? extends MarketEvent> kind) {
    return events.stream().filter(kind::isInstance).count();
  }

  private static Instant time(long micros) {
    return Instant.ofEpochSecond(Math.floorDiv(micros, 1_000_000));
  }

  /// The most decimals that a price has, at most 8.
  int priceDecimals() {
    return decimals(prices());
  }

  /// The most decimals that a size has, at most 8.
  int quantityDecimals() {
    return decimals(sizes());
  }

  private static int decimals(DoubleStream values) {
    return values
        .mapToInt(value -> BigDecimal.valueOf(value).stripTrailingZeros().scale())
        .map(scale -> Math.clamp(scale, 0, MOST_DECIMALS))
        .max()
        .orElse(0);
  }

  /// What is matched must fit the numbers that count it.
  ///
  /// @param tick in quote currency
  /// @param lot in base currency
  /// @throws IllegalArgumentException when it is too large for them
  void requireFits(String symbol, BigDecimal tick, BigDecimal lot) {
    var price = BigDecimal.valueOf(prices().max().orElse(0));
    var size = BigDecimal.valueOf(sizes().max().orElse(0));
    var most = BigDecimal.valueOf(Long.MAX_VALUE / 100).multiply(tick).multiply(lot);
    if (price.multiply(size).compareTo(most) > 0) {
      throw new IllegalArgumentException(
          "recording of "
              + symbol
              + ": highest price × largest size must be at most "
              + most.toPlainString()
              + ", was "
              + price.toPlainString()
              + " × "
              + size.toPlainString());
    }
  }

  private DoubleStream prices() {
    return events.stream()
        .flatMapToDouble(event ->
            switch (event) {
              case Trade trade -> DoubleStream.of(trade.price());
              case Quote quote -> DoubleStream.of(quote.bid(), quote.ask());
              case BookEvent book ->
                  DoubleStream.concat(
                      Arrays.stream(book.bids().prices()), Arrays.stream(book.asks().prices()));
              default -> throw new IllegalStateException("not played: " + event);
            });
  }

  private DoubleStream sizes() {
    return events.stream()
        .flatMapToDouble(event ->
            switch (event) {
              case Trade trade -> DoubleStream.of(trade.amount());
              case Quote quote -> DoubleStream.of(quote.bidSize(), quote.askSize());
              case BookEvent book ->
                  DoubleStream.concat(
                      Arrays.stream(book.bids().sizes()), Arrays.stream(book.asks().sizes()));
              default -> throw new IllegalStateException("not played: " + event);
            });
  }
}

package sandpiper.mexc.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Side;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.matching.Execution;

/// Plays a recording into a market, spot or futures.
///
/// With order books or quotes the book is as recorded ([RecordedBook]). Of a recording of trades
/// alone each is a maker and a taker that meet at its price, with background orders around it: who
/// has an order that stands better than the price, or stood there first, is filled by the taker
/// before.
final class RecordedFlow {
  private static final long MICROS = 1_000;

  private final Exchange exchange;
  private final Market market;
  private final Grain grain;
  private final Recording recording;
  private final @Nullable RecordedBook book;
  private final Makers makers;
  private final long start;
  private int next;
  private long lastPrice;

  /// Counts prices in ticks and sizes in lots.
  ///
  /// @param lot in base currency
  record Grain(int priceDecimals, BigDecimal lot) {
    long ticks(double price) {
      return BigDecimal.valueOf(price)
          .movePointRight(priceDecimals)
          .setScale(0, RoundingMode.HALF_UP)
          .longValueExact();
    }

    long lots(double size) {
      return BigDecimal.valueOf(size).divide(lot, 0, RoundingMode.HALF_UP).longValueExact();
    }
  }

  /// @param exchange whose clock moves along
  /// @param lot in base currency; of a contract its size
  /// @param start time at which the first event happens
  /// @throws IllegalArgumentException when the recording's prices and sizes are too large to count
  RecordedFlow(
      Exchange exchange,
      Market market,
      BigDecimal lot,
      Recording recording,
      long start,
      long seed) {
    this.exchange = exchange;
    this.market = market;
    this.recording = recording;
    this.start = start;
    var rules = market.rules();
    recording.requireFits(rules.symbol(), rules.price(1), lot);
    grain = new Grain(rules.priceDecimals(), lot);
    book = recording.hasBook() ? new RecordedBook(market, grain) : null;
    makers = new Makers(market, new SplittableRandom(seed));
  }

  /// When the next event happens; the greatest number there is when there is none.
  long nextTime() {
    return next == recording.events().size()
        ? Long.MAX_VALUE
        : start + (recording.events().get(next).time() - recording.start()) / MICROS;
  }

  /// What happens up to a time; the exchange's clock moves along.
  void playUntil(long time) {
    while (nextTime() <= time) {
      playNext();
    }
  }

  /// The next event happens; there must be one.
  void playNext() {
    exchange.advance(nextTime());
    play(recording.events().get(next));
    next++;
  }

  private void play(MarketEvent event) {
    switch (event) {
      case Trade trade -> play(trade);
      case Quote quote when book != null -> book.show(quote);
      case BookEvent change when book != null -> book.apply(change);
      default -> throw new IllegalStateException("a recording does not hold " + event);
    }
  }

  private void play(Trade trade) {
    long price = grain.ticks(trade.price());
    long size = grain.lots(trade.amount());
    if (price <= 0 || size <= 0) {
      return;
    }
    var taker = taker(price);
    lastPrice = price;
    if (book != null) {
      book.trade(price, size, taker);
    } else {
      tradeAmongMakers(price, size, taker);
    }
  }

  /// No recording says who arrived: somebody who bought, where the price was nearer to the ask than
  /// to the bid; else where it did not fall.
  private Side taker(long price) {
    long nearer = book == null ? 0 : book.nearerToAsk(price);
    return nearer > 0 || (nearer == 0 && price >= lastPrice) ? Side.BUY : Side.SELL;
  }

  private void tradeAmongMakers(long price, long size, Side taker) {
    makers.surround(price);
    var maker = market.placeBackground(taker.opposite(), price, size, Execution.GTC);
    market.placeBackground(taker, price, size, Execution.IOC);
    if (maker.isResting()) {
      market.cancel(maker);
    }
  }
}

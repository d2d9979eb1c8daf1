package sandpiper.domain.quality;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.market.VenueReport;
import sandpiper.domain.quality.StreamQuality.Backwards;
import sandpiper.domain.quality.StreamQuality.Delay;
import sandpiper.domain.quality.StreamQuality.Hole;
import sandpiper.domain.quality.StreamQuality.Holes;
import sandpiper.domain.quality.StreamQuality.Repeats;
import sandpiper.domain.quality.StreamQuality.SkippedIds;
import sandpiper.domain.quality.StreamQuality.Spot;

/// Looks one stream of one symbol through; [QualityCheck] says what for.
final class StreamCheck {
  /// Events of one time that are told apart; beyond that none is called a duplicate.
  private static final int MOST_AT_A_TIME = 10_000;

  private final LogHistogram distances = new LogHistogram();
  private final Worst<Hole> longest = new Worst<>(Comparator.comparingLong(Hole::length));
  private final PriceCheck prices = new PriceCheck();
  private final Set<Object> atThisTime = new HashSet<>();
  private final List<Spot> duplicates = new ArrayList<>();
  private final List<Spot> backwards = new ArrayList<>();
  private final List<Spot> skipped = new ArrayList<>();
  private @Nullable Interval interval;
  private long rows;
  private long first = Long.MAX_VALUE;
  private long last = Long.MIN_VALUE;
  private long before;
  private long lastId;
  private long duplicateCount;
  private long backwardsCount;
  private long backwardsWorst;
  private long skippedCount;
  private long missingBars;
  private long leastDelay = Long.MAX_VALUE;
  private long greatestDelay = Long.MIN_VALUE;
  private double delays;
  private long negativeDelays;

  void add(long seq, long arrival, MarketEvent event) {
    long time = event.beginTime();
    var price = price(event);
    if (event instanceof Bar bar) {
      interval = bar.interval();
    }
    checkDuplicate(seq, time, event, price);
    if (rows > 0) {
      checkTime(seq, time, price);
    }
    if (event instanceof BookEvent book) {
      checkIds(seq, book);
    }
    if (price != null) {
      prices.add(seq, time, price);
    }
    noteDelay(arrival - event.time());
    first = Math.min(first, time);
    last = Math.max(last, time);
    before = time;
    rows++;
  }

  private static @Nullable Double price(MarketEvent event) {
    return switch (event) {
      case Trade trade -> trade.price();
      case Quote quote -> (quote.bid() + quote.ask()) / 2;
      case Bar bar -> bar.close();
      case BarClosed closed -> closed.bar().close();
      case BookEvent _, ExternalValue _, VenueReport _ -> null;
    };
  }

  private void checkTime(long seq, long time, @Nullable Double price) {
    if (time < last) {
      backwardsCount++;
      backwardsWorst = Math.max(backwardsWorst, last - time);
      note(backwards, new Spot(seq, time, price));
    }
    long distance = time - last;
    if (distance > 0) {
      distances.add((double) distance);
    }
    if (interval == null) {
      if (distance > 0) {
        longest.add(new Hole(last, time, seq, null));
      }
    } else if (distance > interval.micros()) {
      long missing = distance / interval.micros() - 1;
      missingBars += missing;
      longest.add(new Hole(last, time, seq, missing));
    }
  }

  private void checkDuplicate(long seq, long time, MarketEvent event, @Nullable Double price) {
    boolean isDuplicate =
        switch (event) {
          case BookUpdate update -> rows > 0 && update.lastId() <= lastId;
          case BookEvent _, ExternalValue _, VenueReport _ -> false;
          case Bar _, BarClosed _ -> rows > 0 && time == before;
          case Trade _, Quote _ -> !isFirstOfItsKind(time, event);
        };
    if (isDuplicate) {
      duplicateCount++;
      note(duplicates, new Spot(seq, time, price));
    }
  }

  /// Events are records: equal when all of them is.
  private boolean isFirstOfItsKind(long time, MarketEvent event) {
    if (time != before) {
      atThisTime.clear();
    }
    return atThisTime.size() >= MOST_AT_A_TIME || atThisTime.add(event);
  }

  private void checkIds(long seq, BookEvent book) {
    if (rows > 0 && book instanceof BookUpdate update && update.firstId() > lastId + 1) {
      skippedCount++;
      note(skipped, new Spot(seq, book.time(), null));
    }
    lastId = book instanceof BookUpdate ? Math.max(lastId, book.lastId()) : book.lastId();
  }

  private void noteDelay(long delay) {
    leastDelay = Math.min(leastDelay, delay);
    greatestDelay = Math.max(greatestDelay, delay);
    delays += (double) delay;
    negativeDelays += delay < 0 ? 1 : 0;
  }

  private static void note(List<Spot> spots, Spot spot) {
    if (spots.size() < QualityCheck.NAMED) {
      spots.add(spot);
    }
  }

  StreamQuality report(String symbol, MarketStream stream) {
    boolean isBook = stream == MarketStream.BOOKS;
    return new StreamQuality(
        symbol,
        stream,
        interval,
        rows,
        first,
        last,
        distances.isEmpty() ? null : Math.round(distances.median()),
        holes(),
        new Repeats(duplicateCount, duplicates),
        isBook ? null : prices.report(),
        new Backwards(backwardsCount, backwardsWorst, backwards),
        isBook ? new SkippedIds(skippedCount, skipped) : null,
        leastDelay == 0 && greatestDelay == 0
            ? null
            : new Delay(leastDelay, greatestDelay, delays / rows, negativeDelays));
  }

  private Holes holes() {
    if (distances.isEmpty()) {
      return new Holes(null, 0, false, interval == null ? null : 0L, List.of());
    }
    long limit =
        interval == null
            ? Math.round(QualityCheck.HOLE_FACTOR * distances.median())
            : interval.micros();
    var found = longest.where(hole -> hole.length() > limit);
    return new Holes(
        limit,
        found.size(),
        found.size() == QualityCheck.MOST,
        interval == null ? null : missingBars,
        found.stream().limit(QualityCheck.NAMED).toList());
  }
}

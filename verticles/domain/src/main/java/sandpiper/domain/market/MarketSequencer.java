package sandpiper.domain.market;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Turns the events of a source into the numbered inputs of one session, closing bars as the clock
/// passes.
///
/// A bar's closing is an input of its own, before the event that moved the clock past its end. Bars
/// that end together close the shorter interval first. Inputs are numbered from 1 without a gap.
/// Not thread-safe.
public final class MarketSequencer {
  /// Takes the inputs, in order.
  @FunctionalInterface
  public interface Sink {
    /// @param seq number of the input in its session, from 1
    /// @param time the session's clock, UTC microseconds, never going back
    void on(long seq, long time, MarketEvent event);
  }

  private final Sink sink;
  private final List<BarBuilder> builders = new ArrayList<>();
  private long seq;
  private long clock = Long.MIN_VALUE;
  private long nextClose = Long.MAX_VALUE;

  /// @param intervals by symbol, the bars that are wanted
  /// @param sourceInterval of the source's bars; null when it delivers trades or quotes
  public MarketSequencer(
      Map<String, Set<Interval>> intervals, @Nullable Interval sourceInterval, Sink sink) {
    this.sink = sink;
    intervals.forEach((symbol, wanted) -> {
      for (var interval : wanted) {
        if (sourceInterval != null && !interval.isMultipleOf(sourceInterval)) {
          throw new IllegalArgumentException(
              "interval must be a whole multiple of the data's "
                  + sourceInterval
                  + ", was "
                  + interval);
        }
        builders.add(new BarBuilder(symbol, interval));
      }
    });
    builders.sort(
        Comparator.comparingLong((BarBuilder bars) -> bars.interval().micros())
            .thenComparing(BarBuilder::symbol));
  }

  /// The number of the last input given out.
  public long seq() {
    return seq;
  }

  /// The next event of the source; it must not be older than the one before.
  public void accept(MarketEvent event) {
    switch (event) {
      case Trade trade -> {
        advance(trade.time());
        emit(trade.time(), trade);
        for (int i = 0; i < builders.size(); i++) {
          var builder = builders.get(i);
          if (builder.symbol().equals(trade.symbol())) {
            builder.add(trade);
            nextClose = Math.min(nextClose, builder.closesAt());
          }
        }
      }
      case Bar bar -> {
        advance(bar.openTime());
        emit(bar.closeTime(), bar);
        for (int i = 0; i < builders.size(); i++) {
          var builder = builders.get(i);
          if (builder.symbol().equals(bar.symbol())) {
            if (builder.interval().equals(bar.interval())) {
              emit(bar.closeTime(), new BarClosed(bar));
            } else {
              builder.add(bar);
              nextClose = Math.min(nextClose, builder.closesAt());
            }
          }
        }
        advance(bar.closeTime());
      }
      case Quote quote -> {
        advance(quote.time());
        emit(quote.time(), quote);
      }
      case BarClosed closed ->
          throw new IllegalArgumentException("a source delivers no closings, was " + closed);
    }
  }

  /// Moves the clock: everything that ends at or before `time` closes.
  public void advance(long time) {
    if (time >= nextClose) {
      closeUpTo(time);
    }
  }

  /// The source is at its end: bars still open close as they stand, at the end of their interval.
  public void finish() {
    closeUpTo(Long.MAX_VALUE);
  }

  private void closeUpTo(long time) {
    while (true) {
      BarBuilder first = null;
      long earliest = Long.MAX_VALUE;
      for (int i = 0; i < builders.size(); i++) {
        var builder = builders.get(i);
        if (builder.closesAt() < earliest) {
          earliest = builder.closesAt();
          first = builder;
        }
      }
      if (first == null || earliest > time) {
        nextClose = earliest;
        return;
      }
      emit(earliest, new BarClosed(first.close()));
    }
  }

  private void emit(long time, MarketEvent event) {
    if (time < clock) {
      throw new IllegalArgumentException(
          "time must not go back, was " + time + " after " + clock + " (UTC microseconds)");
    }
    clock = time;
    sink.on(++seq, time, event);
  }
}

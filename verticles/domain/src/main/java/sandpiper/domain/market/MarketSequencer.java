package sandpiper.domain.market;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Turns the events of a source into the numbered inputs of one session, closing bars as the clock
/// passes.
///
/// A bar's closing is an input of its own, before the event that moved the clock past its end. The
/// last of the smaller bars that a bar is built from closes it at once. Of what ends together, bars
/// of trades close first, then those of smaller bars symbol by symbol as these come, in each the
/// shorter interval first. Inputs are numbered from 1 without a gap. Not thread-safe.
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
  private long nextOver = Long.MAX_VALUE;

  /// @param intervals by symbol, the bars that are wanted
  /// @param sources by symbol, the interval of the bars that its source delivers; a symbol that is
  ///   missing has trades or quotes
  /// @throws IllegalArgumentException when a symbol's source cannot make the bars that are wanted
  public MarketSequencer(
      Map<String, Set<Interval>> intervals, Map<String, Interval> sources, Sink sink) {
    this.sink = sink;
    intervals.forEach((symbol, wanted) -> {
      var source = sources.get(symbol);
      for (var interval : wanted) {
        if (source != null && !interval.isMultipleOf(source)) {
          throw new IllegalArgumentException(
              symbol
                  + ": interval must be a whole multiple of the data's "
                  + source
                  + ", was "
                  + interval);
        }
        builders.add(new BarBuilder(symbol, interval, source != null));
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

  /// The time of the last input given out, UTC microseconds; `Long.MIN_VALUE` before the first.
  public long clock() {
    return clock;
  }

  /// The next event of the sources; it must not be known earlier than the one before.
  public void accept(MarketEvent event) {
    switch (event) {
      case Trade trade -> {
        advance(trade.time());
        emit(trade.time(), trade);
        for (int i = 0; i < builders.size(); i++) {
          var builder = builders.get(i);
          if (builder.symbol().equals(trade.symbol())) {
            builder.add(trade);
            nextOver = Math.min(nextOver, builder.overAt());
          }
        }
      }
      case Bar bar -> {
        long end = bar.closeTime();
        advance(end);
        emit(end, bar);
        for (int i = 0; i < builders.size(); i++) {
          var builder = builders.get(i);
          if (builder.symbol().equals(bar.symbol())) {
            if (builder.interval().equals(bar.interval())) {
              emit(end, new BarClosed(bar));
            } else {
              builder.add(bar);
              if (builder.closesAt() <= end) {
                emit(end, new BarClosed(builder.close()));
              } else {
                nextOver = Math.min(nextOver, builder.overAt());
              }
            }
          }
        }
      }
      case Quote quote -> {
        advance(quote.time());
        emit(quote.time(), quote);
      }
      case BookEvent book -> {
        advance(book.time());
        emit(book.time(), book);
      }
      case ExternalValue value -> {
        advance(value.time());
        emit(value.time(), value);
      }
      case VenueReport report -> {
        advance(report.time());
        emit(report.time(), report);
      }
      case BarClosed closed ->
          throw new IllegalArgumentException("a source delivers no closings, was " + closed);
    }
  }

  private void advance(long time) {
    if (time >= nextOver) {
      closeUpTo(time);
    }
  }

  /// The sources are at their end: bars still open close as they stand, at the end of their
  /// interval.
  public void finish() {
    closeUpTo(Long.MAX_VALUE);
  }

  private void closeUpTo(long time) {
    while (true) {
      BarBuilder first = null;
      long earliest = Long.MAX_VALUE;
      for (int i = 0; i < builders.size(); i++) {
        var builder = builders.get(i);
        if (builder.overAt() < earliest) {
          earliest = builder.overAt();
          first = builder;
        }
      }
      if (first == null || earliest > time) {
        nextOver = earliest;
        return;
      }
      emit(first.closesAt(), new BarClosed(first.close()));
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

package sandpiper.feeds;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;

/// Events that come from outside when they come: they have no end, no pace and do not rest. What
/// has come waits here until the session has done with what came before; how much may wait is for
/// whoever lets it in.
abstract sealed class Arrivals implements Supply permits PublishedPrices, LiveMarket {
  private final long startTime;
  private final ArrayDeque<Arrival> waiting = new ArrayDeque<>();
  private Promise<Void> arrival = Promise.promise();
  private long takenAt;
  private boolean closed;

  /// @param at `System.nanoTime`
  private record Arrival(MarketEvent event, long at) {}

  /// @param startTime UTC microseconds
  Arrivals(long startTime) {
    this.startTime = startTime;
  }

  final void add(MarketEvent event) {
    waiting.add(new Arrival(event, System.nanoTime()));
    arrival.tryComplete();
  }

  /// Before all that waits.
  final void addFirst(MarketEvent event) {
    waiting.addFirst(new Arrival(event, System.nanoTime()));
    arrival.tryComplete();
  }

  final int waiting() {
    return waiting.size();
  }

  final boolean isClosed() {
    return closed;
  }

  @Override
  public final long startTime() {
    return startTime;
  }

  @Override
  public final @Nullable Long endTime() {
    return null;
  }

  /// Bars are made of what comes.
  @Override
  public final Map<String, Interval> sourceIntervals() {
    return Map.of();
  }

  @Override
  public final double progress() {
    return 0;
  }

  @Override
  public final boolean waits() {
    return false;
  }

  @Override
  public final Future<?> ready() {
    if (waiting.isEmpty() && !closed && arrival.future().isComplete()) {
      arrival = Promise.promise();
    }
    return arrival.future();
  }

  @Override
  public final boolean hasNext() {
    return !waiting.isEmpty();
  }

  @Override
  public MarketEvent next() {
    var next = waiting.remove();
    takenAt = next.at();
    return next.event();
  }

  @Override
  public final long takenAt() {
    return takenAt;
  }

  @Override
  public Future<?> close() {
    closed = true;
    waiting.clear();
    arrival.tryComplete();
    return Future.succeededFuture();
  }
}

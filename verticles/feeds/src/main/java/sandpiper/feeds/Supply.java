package sandpiper.feeds;

import io.vertx.core.Future;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;

/// Where a feed gets the events of its session from, in the order in which they become known.
///
/// All methods are for the event loop of the feed.
sealed interface Supply permits ReadAhead, Arrivals, Resumed {
  /// UTC microseconds at which the session begins.
  long startTime();

  /// UTC microseconds at which the events end; null where nobody can tell.
  @Nullable Long endTime();

  /// Of the bars of each source, by symbol; a symbol that is missing has trades or more.
  Map<String, Interval> sourceIntervals();

  /// Such as `prices.csv.xz: bars of 1m`.
  String description();

  /// How much is consumed, from 0 to 1; 0 where there is no end.
  double progress();

  /// Whether what comes next waits until it is taken, so that the feed can rest or have a pace.
  boolean waits();

  /// Completes when [#hasNext] can tell; fails when nothing more can be had.
  Future<?> ready();

  /// Whether there is an event, or the end; ask only when [#ready] has completed.
  boolean hasNext();

  MarketEvent next();

  /// `System.nanoTime` when the event that [#next] gave last came; 0 where it comes when it is
  /// taken.
  long takenAt();

  /// Completes when everything is let go. Whoever waits for [#ready] hears of the end.
  Future<?> close();
}

package sandpiper.strategies;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Messages.Step;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.session.BarHistory;
import sandpiper.domain.session.IndicatorReading;
import sandpiper.domain.session.Resumption.Past;

/// The latest inputs of a session, enough of each stream to bring the history and the indicator
/// readings of its strategies up to date elsewhere. Not thread-safe.
final class RecentSteps {
  private final Map<Key, Deque<Step>> streams = new LinkedHashMap<>();

  private record Key(
      Class<? extends MarketEvent> kind, String symbol, @Nullable Interval interval) {}

  void add(Step step) {
    var event = step.input().event();
    var interval = event instanceof BarClosed closed ? closed.bar().interval() : null;
    var stream =
        streams.computeIfAbsent(
            new Key(event.getClass(), event.symbol(), interval), _ -> new ArrayDeque<>());
    if (stream.size() == (interval == null ? IndicatorReading.DEPTH : BarHistory.CAPACITY)) {
      stream.removeFirst();
    }
    stream.addLast(step);
  }

  /// Oldest first.
  List<Past> all() {
    return streams.values().stream()
        .flatMap(Deque::stream)
        .sorted(Comparator.comparingLong(step -> step.input().seq()))
        .map(RecentSteps::past)
        .toList();
  }

  /// The latest `count`, without a gap.
  ///
  /// @param count at most as many as are kept of each stream
  List<Past> latest(int count) {
    var all = all();
    return all.subList(Math.max(0, all.size() - count), all.size());
  }

  private static Past past(Step step) {
    var input = step.input();
    return new Past(input.seq(), input.time(), input.event(), step.values());
  }
}

package sandpiper.mexc.simulator;

import java.util.ArrayDeque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The latest candles of one length. Where nothing was traded they are flat at the close before.
final class Candles {
  private static final int MAX_KEPT = 1_500;

  private final KlineInterval interval;
  private final ArrayDeque<Candle> kept = new ArrayDeque<>();

  Candles(KlineInterval interval) {
    this.interval = interval;
  }

  void add(long time, long price, long size) {
    advance(time);
    var last = kept.pollLast();
    kept.addLast((last == null ? Candle.flat(interval.open(time), price) : last).plus(price, size));
  }

  /// Up to the one that a time lies in, the oldest first; none when there was no trade yet.
  List<Candle> until(long time) {
    advance(time);
    return List.copyOf(kept);
  }

  @Nullable Candle last() {
    return kept.peekLast();
  }

  private void advance(long time) {
    long open = interval.open(time);
    for (var last = kept.peekLast(); last != null && last.time() < open; last = kept.peekLast()) {
      kept.addLast(Candle.flat(interval.end(last.time()), last.close()));
      if (kept.size() > MAX_KEPT) {
        kept.removeFirst();
      }
    }
  }
}

package sandpiper.feeds;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// When the inputs of a replay are due.
///
/// An input at session time `t` is due at the wall time of the start + (`t` - start) /
/// acceleration. Every due time counts from the start, so delays do not add up.
final class Pace {
  private static final double MIN = 1;
  private static final double MAX = 1_000;

  private final LongSupplier nanos;
  private final @Nullable Double acceleration;
  private long wallStart;
  private long sessionStart;

  /// @param nanos a clock that never goes back, such as [System#nanoTime]
  /// @param acceleration times real time, 1 to 1000; null for as fast as possible
  Pace(LongSupplier nanos, @Nullable Double acceleration) {
    if (acceleration != null && !(acceleration >= MIN && acceleration <= MAX)) {
      throw new IllegalArgumentException(
          "acceleration must be 1 to 1000 times real time, was " + acceleration);
    }
    this.nanos = nanos;
    this.acceleration = acceleration;
  }

  /// Now it is `time` (UTC microseconds) in the session.
  void start(long time) {
    wallStart = nanos.getAsLong();
    sessionStart = time;
  }

  /// Whole milliseconds until `time` (UTC microseconds of the session); zero when it is due, or in
  /// less than one.
  long millisUntil(long time) {
    if (acceleration == null) {
      return 0;
    }
    double due = (time - sessionStart) * 1_000.0 / acceleration;
    double left = due - (nanos.getAsLong() - wallStart);
    return Math.max(0, (long) (left / 1_000_000));
  }
}

package sandpiper.feeds;

import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// When the inputs of a replay are due.
///
/// An input at session time `t` is due at the wall time of the start + (`t` - start) /
/// acceleration. Every due time counts from the start, or from the latest change of pace, so delays
/// do not add up. Not thread-safe.
public final class Pace {
  private static final double MIN = 1;
  private static final double MAX = 1_000;

  private final LongSupplier nanos;
  private @Nullable Double acceleration;
  private long wallStart;
  private long sessionStart;

  /// @param nanos a clock that never goes back, such as [System#nanoTime]
  /// @param acceleration times real time, 1 to 1000; null for as fast as possible
  public Pace(LongSupplier nanos, @Nullable Double acceleration) {
    this.nanos = nanos;
    this.acceleration = checked(acceleration);
  }

  private static @Nullable Double checked(@Nullable Double acceleration) {
    if (acceleration != null && !(acceleration >= MIN && acceleration <= MAX)) {
      throw new IllegalArgumentException(
          "acceleration must be 1 to 1000 times real time, was " + acceleration);
    }
    return acceleration;
  }

  /// Now it is `time` (UTC microseconds) in the session.
  public void start(long time) {
    wallStart = nanos.getAsLong();
    sessionStart = time;
  }

  /// Goes on at another pace from where the session is now: what was waited already counts.
  ///
  /// @param wanted times real time, 1 to 1000; null for as fast as possible
  /// @param clock of the last input given out, UTC microseconds
  /// @param next time of the one to follow, as far as it is known; else `clock`
  public void change(@Nullable Double wanted, long clock, long next) {
    var checked = checked(wanted);
    long now = nanos.getAsLong();
    long reached = clock;
    if (acceleration != null) {
      long due = sessionStart + (long) ((now - wallStart) * acceleration / 1_000);
      reached = Math.clamp(due, clock, Math.max(clock, next));
    }
    acceleration = checked;
    wallStart = now;
    sessionStart = reached;
  }

  /// The session is where [#change] left it: what was waited since does not count.
  public void goOn() {
    wallStart = nanos.getAsLong();
  }

  /// Times real time; null for as fast as possible.
  public @Nullable Double acceleration() {
    return acceleration;
  }

  /// Whole milliseconds until `time` (UTC microseconds of the session); zero when it is due, or in
  /// less than one.
  public long millisUntil(long time) {
    if (acceleration == null) {
      return 0;
    }
    double due = (time - sessionStart) * 1_000.0 / acceleration;
    double left = due - (nanos.getAsLong() - wallStart);
    return Math.max(0, (long) (left / 1_000_000));
  }
}

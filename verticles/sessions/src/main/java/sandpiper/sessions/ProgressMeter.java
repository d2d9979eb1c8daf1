package sandpiper.sessions;

import java.util.ArrayDeque;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// How far a backtest has come and how fast it goes, from what it reports now and then.
///
/// Speed is that of the last five seconds. For one event loop.
final class ProgressMeter {
  private static final long WINDOW_NANOS = 5_000_000_000L;
  private static final int MOST_READINGS = 100;

  private final long startTime;
  private final @Nullable Long endTime;
  private final LongSupplier nanos;
  private final ArrayDeque<Reading> latest = new ArrayDeque<>();

  private record Reading(long nanos, long clock, double fraction) {}

  /// @param startTime of the first event, UTC microseconds
  /// @param endTime of the data, UTC microseconds; null when it is not known
  /// @param nanos a clock that never goes back, such as [System#nanoTime]
  ProgressMeter(long startTime, @Nullable Long endTime, LongSupplier nanos) {
    this.startTime = startTime;
    this.endTime = endTime;
    this.nanos = nanos;
    latest.add(new Reading(nanos.getAsLong(), startTime, 0));
  }

  long startTime() {
    return startTime;
  }

  @Nullable Long endTime() {
    return endTime;
  }

  /// @param clock of the session, UTC microseconds
  /// @param consumed how much of the data was read, from 0 to 1; counts when their end is not known
  void read(long clock, double consumed) {
    long now = nanos.getAsLong();
    double fraction =
        endTime == null || endTime <= startTime
            ? consumed
            : Math.clamp((double) (clock - startTime) / (endTime - startTime), 0, 1);
    latest.addLast(new Reading(now, clock, fraction));
    while (latest.size() > 2
        && (latest.size() > MOST_READINGS || now - latest.getFirst().nanos() > WINDOW_NANOS)) {
      latest.removeFirst();
    }
  }

  /// What was measured before says nothing of what comes.
  void restart() {
    var last = latest.getLast();
    latest.clear();
    latest.add(new Reading(nanos.getAsLong(), last.clock(), last.fraction()));
  }

  /// Of the work that is done, from 0 to 1.
  double fraction() {
    return latest.getLast().fraction();
  }

  /// Times real time; null before there is anything to go by.
  @Nullable Double speed() {
    double passed = passed();
    return passed <= 0
        ? null
        : Double.valueOf((latest.getLast().clock() - latest.getFirst().clock()) * 1_000.0 / passed);
  }

  /// Milliseconds of the wall clock until the end, at the present speed; null before there is
  /// anything to go by.
  @Nullable Long remainingMillis() {
    double done = latest.getLast().fraction() - latest.getFirst().fraction();
    return done <= 0
        ? null
        : Long.valueOf(Math.round((1 - fraction()) / done * passed() / 1_000_000));
  }

  private double passed() {
    return latest.getLast().nanos() - latest.getFirst().nanos();
  }
}

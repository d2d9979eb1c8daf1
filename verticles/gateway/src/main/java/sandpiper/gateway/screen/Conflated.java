package sandpiper.gateway.screen;

import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Lets values through at most every so often; of those that come faster the newest goes out at the
/// next [#flush] that is due.
final class Conflated<T> {
  private final long gap;
  private final LongSupplier clock;
  private final Consumer<T> out;
  private @Nullable T waiting;
  private long last = Long.MIN_VALUE;

  /// @param gap microseconds between two values
  /// @param clock wall clock, microseconds; may go back
  Conflated(long gap, LongSupplier clock, Consumer<T> out) {
    this.gap = gap;
    this.clock = clock;
    this.out = out;
  }

  void offer(T value) {
    waiting = value;
    flush();
  }

  void flush() {
    var value = waiting;
    if (value == null) {
      return;
    }
    long now = clock.getAsLong();
    if (last == Long.MIN_VALUE || now < last || now - last >= gap) {
      last = now;
      waiting = null;
      out.accept(value);
    }
  }

  /// Lets `value` out at once, in place of what waits.
  void force(T value) {
    last = Long.MIN_VALUE;
    offer(value);
  }

  /// What waits has become void.
  void clear() {
    waiting = null;
  }
}

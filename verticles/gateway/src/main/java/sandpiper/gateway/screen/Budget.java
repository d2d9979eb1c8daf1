package sandpiper.gateway.screen;

import java.util.function.LongSupplier;

/// So many messages a second, and no more.
final class Budget {
  private static final long SECOND = 1_000_000;

  private final int perSecond;
  private final LongSupplier clock;
  private long began = Long.MIN_VALUE;
  private int used;

  /// @param clock wall clock, microseconds; may go back
  Budget(int perSecond, LongSupplier clock) {
    this.perSecond = perSecond;
    this.clock = clock;
  }

  /// Takes `count` at once, or none when they do not fit into this second any more.
  boolean take(int count) {
    long now = clock.getAsLong();
    if (began == Long.MIN_VALUE || now < began || now - began >= SECOND) {
      began = now;
      used = 0;
    }
    if (used + count > perSecond) {
      return false;
    }
    used += count;
    return true;
  }
}

package sandpiper.mexc.client;

import java.util.function.LongSupplier;

/// The exchange's clock, as far as it can be known here, and rather behind than ahead: what comes a
/// second too early is refused whatever its window, what comes late is not.
///
/// It runs on a clock that never goes back, so that somebody who sets this machine's time changes
/// nothing. For one event loop.
final class ServerClock {
  private static final long MILLI = 1_000_000;
  private static final long BEHIND = 100;

  private final LongSupplier nanos;
  private long server;
  private long at;
  private boolean known;

  ServerClock(LongSupplier nanos) {
    this.nanos = nanos;
  }

  /// @param millis what the exchange said; the way of its answer counts as no time at all
  void set(long millis) {
    server = millis - BEHIND;
    at = nanos.getAsLong();
    known = true;
  }

  boolean isKnown() {
    return known;
  }

  boolean isOlderThan(long millis) {
    return !known || nanos.getAsLong() - at > millis * MILLI;
  }

  /// UTC milliseconds.
  long millis() {
    return server + (nanos.getAsLong() - at) / MILLI;
  }
}

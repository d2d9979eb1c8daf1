package sandpiper.gateway.auth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/// Slows down whoever guesses passwords: after some attempts that failed, each further one has to
/// wait twice as long as the one before, up to five minutes, also when the clock is set back
/// meanwhile. Not thread-safe.
final class Throttle {
  private static final int MAX_KEYS = 10_000;
  private static final long MAX_WAIT_SECONDS = 300;
  private static final long SECOND = 1_000_000;

  private final LongSupplier clock;
  private final Map<String, Attempts> attempts =
      new LinkedHashMap<>(64, 0.75f, true) {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Attempts> eldest) {
          return size() > MAX_KEYS;
        }
      };

  /// @param at the last of them, UTC microseconds
  /// @param micros from then on before the next is let through
  private record Attempts(int failed, long at, long micros) {}

  /// @param clock UTC microseconds
  Throttle(LongSupplier clock) {
    this.clock = clock;
  }

  /// How long to wait before the next attempt, in whole seconds; 0 when it may be made.
  long wait(String key) {
    var known = attempts.get(key);
    if (known == null) {
      return 0;
    }
    long now = clock.getAsLong();
    if (now < known.at) { // set back: the wait begins anew
      known = new Attempts(known.failed, now, known.micros);
      attempts.put(key, known);
    }
    long left = known.at + known.micros - now;
    return left <= 0 ? 0 : Math.ceilDiv(left, SECOND);
  }

  /// An attempt begins, and counts as failed until [#succeeded]: those made at the same time count
  /// as well.
  ///
  /// @param free that may fail without having to wait
  void attempt(String key, int free) {
    var known = attempts.get(key);
    int failed = known == null ? 1 : known.failed + 1;
    long seconds =
        failed < free ? 0 : Math.min(MAX_WAIT_SECONDS, 1L << Math.min(20, failed - free));
    attempts.put(key, new Attempts(failed, clock.getAsLong(), seconds * SECOND));
  }

  void succeeded(String key) {
    attempts.remove(key);
  }
}

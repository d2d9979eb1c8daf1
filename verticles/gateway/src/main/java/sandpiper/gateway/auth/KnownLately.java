package sandpiper.gateway.auth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Who was known to the database when it last answered: for fifteen minutes, a thousand at most,
/// the latest ones. Whom the database turned away is not among them. Not thread-safe.
final class KnownLately {
  static final long LASTS_NANOS = TimeUnit.MINUTES.toNanos(15);
  private static final int MAX_KNOWN = 1_000;

  private final LongSupplier wallClock;
  private final LongSupplier nanos;
  private final Map<String, Known> known =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Known> eldest) {
          return size() > MAX_KNOWN;
        }
      };

  /// @param expiresAt UTC microseconds; null when it does not
  /// @param since by the clock that never goes back
  private record Known(Identity identity, @Nullable Long expiresAt, long since) {}

  /// @param wallClock UTC microseconds
  /// @param nanos a clock that never goes back
  KnownLately(LongSupplier wallClock, LongSupplier nanos) {
    this.wallClock = wallClock;
    this.nanos = nanos;
  }

  void add(String hash, Identity identity, @Nullable Long expiresAt) {
    known.remove(hash);
    known.put(hash, new Known(identity, expiresAt, nanos.getAsLong()));
  }

  void remove(String hash) {
    known.remove(hash);
  }

  void clear() {
    known.clear();
  }

  @Nullable Identity find(String hash) {
    var found = known.get(hash);
    return found != null && isGood(found) ? found.identity() : null;
  }

  private boolean isGood(Known found) {
    return nanos.getAsLong() - found.since() < LASTS_NANOS
        && (found.expiresAt() == null || wallClock.getAsLong() < found.expiresAt());
  }
}

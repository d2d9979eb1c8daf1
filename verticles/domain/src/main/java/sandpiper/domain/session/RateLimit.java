package sandpiper.domain.session;

/// So many a second of the session's clock. Not thread-safe.
final class RateLimit {
  private static final long SECOND = 1_000_000;

  private final int max;
  private long second = Long.MIN_VALUE;
  private int count;
  private int refused;

  RateLimit(int max) {
    this.max = max;
  }

  int max() {
    return max;
  }

  /// @param time UTC microseconds
  boolean take(long time) {
    long now = Math.floorDiv(time, SECOND);
    if (now != second) {
      second = now;
      count = 0;
    }
    if (count == max) {
      refused++;
      return false;
    }
    count++;
    return true;
  }

  /// How many were refused since this was asked last.
  int takeRefused() {
    int taken = refused;
    refused = 0;
    return taken;
  }
}

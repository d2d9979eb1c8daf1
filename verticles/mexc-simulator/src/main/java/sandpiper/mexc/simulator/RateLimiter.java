package sandpiper.mexc.simulator;

import java.util.HashMap;
import java.util.Map;

/// Counts what is asked for in windows of a second or ten. All clients share the counts, for all
/// are on one machine.
final class RateLimiter {
  static final int TOO_MANY = 429;
  private static final long SECOND = 1_000;
  private static final long TEN_SECONDS = 10_000;

  private final Limits limits;
  private final Map<String, Window> windows = new HashMap<>();

  /// What was counted since a time.
  private record Window(long start, int count) {}

  RateLimiter(Limits limits) {
    this.limits = limits;
  }

  int retryAfter() {
    return limits.retryAfter();
  }

  /// @param endpoint such as `POST /api/v3/order`
  /// @throws Refused when it is too much
  void count(String endpoint, int weight, long now) {
    count("", 1, SECOND, limits.requests(), now);
    count(endpoint, weight, TEN_SECONDS, limits.weight(), now);
    switch (endpoint) {
      case "POST /api/v3/order" -> count("orders", 1, SECOND, limits.orders(), now);
      case "GET /api/v3/account" -> count("account", 1, SECOND, limits.accountCalls(), now);
      case "POST /api/v3/batchOrders" -> count("batches", 1, SECOND, limits.batches(), now);
      default -> {}
    }
  }

  private void count(String name, int weight, long length, int most, long now) {
    var last = windows.get(name);
    var window =
        last == null || now - last.start() >= length
            ? new Window(now, weight)
            : new Window(last.start(), last.count() + weight);
    windows.put(name, window);
    if (window.count() > most) {
      throw Refused.withStatus(TOO_MANY, "Too Many Requests");
    }
  }
}

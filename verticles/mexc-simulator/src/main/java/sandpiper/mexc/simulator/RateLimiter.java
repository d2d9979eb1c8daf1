package sandpiper.mexc.simulator;

import java.util.HashMap;
import java.util.Map;

/// Counts what is asked for in windows of a second or ten. All clients share the counts, for all
/// are on one machine.
final class RateLimiter {
  static final int TOO_MANY = 429;
  private static final long SECOND = 1_000;
  private static final long TWO_SECONDS = 2_000;
  private static final long FIVE_SECONDS = 5_000;
  private static final long TEN_SECONDS = 10_000;
  private static final int TOO_FREQUENT = 510;

  private final Limits limits;
  private final Map<String, Window> windows = new HashMap<>();

  /// What an endpoint counts as.
  ///
  /// @param weight of the spot market; zero for the futures
  record Rule(int weight, boolean isDetail, boolean isOrder) {
    static final Rule FUTURES = new Rule(0, false, false);
    static final Rule FUTURES_DETAIL = new Rule(0, true, false);
    static final Rule FUTURES_ORDER = new Rule(0, false, true);

    static Rule spot(int weight) {
      return new Rule(weight, false, false);
    }
  }

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
  void count(String endpoint, Rule rule, long now) {
    if (rule.weight() == 0) {
      countFutures(endpoint, rule, now);
      return;
    }
    count("", 1, SECOND, limits.requests(), now);
    count(endpoint, rule.weight(), TEN_SECONDS, limits.weight(), now);
    switch (endpoint) {
      case "POST /api/v3/order" -> count("orders", 1, SECOND, limits.orders(), now);
      case "GET /api/v3/account" -> count("account", 1, SECOND, limits.accountCalls(), now);
      case "POST /api/v3/batchOrders" -> count("batches", 1, SECOND, limits.batches(), now);
      default -> {}
    }
  }

  private void countFutures(String endpoint, Rule rule, long now) {
    try {
      if (rule.isDetail()) {
        count(endpoint, 1, FIVE_SECONDS, limits.futuresDetails(), now);
      } else if (rule.isOrder()) {
        count(endpoint, 1, TWO_SECONDS, limits.futuresOrders(), now);
      } else {
        count(endpoint, 1, TWO_SECONDS, limits.futuresRequests(), now);
      }
    } catch (Refused _) {
      throw Refused.of(TOO_FREQUENT, "Requests are too frequent, please try again later");
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

package sandpiper.strategies;

import java.time.Duration;

/// What one instance of a strategy may use. Whoever uses more is stopped, and its context is lost.
///
/// Time is processor time of the instance's thread in nanoseconds, so that neither a collection of
/// garbage nor a busy machine counts; by the clock, [#CLOCK_FACTOR] times as much may pass, at
/// least 10 s.
///
/// @param callback time of one callback
/// @param slowCall time of a callback that may be slow, because a branch of it is taken for the
///   first time: [#SLOW_CALLS] of an instance may, and one more after every [#CALLS_FOR_A_SLOW_ONE]
/// @param loading time to parse a source and run its top level, and to ask it what it needs
/// @param allocated bytes that one callback may allocate; loading may allocate four times that
/// @param held bytes that an instance may hold between its callbacks
/// @param heldTogether bytes that the instances of one session may hold together: each has an equal
///   share, when that is less than `held`
/// @param instances that one session may have
/// @param source length of a source in UTF-8 bytes
public record Budget(
    long callback,
    long slowCall,
    long loading,
    long allocated,
    long held,
    long heldTogether,
    int instances,
    int source) {

  static final int SLOW_CALLS = 10;
  static final int CALLS_FOR_A_SLOW_ONE = 100;

  static final int CLOCK_FACTOR = 20;
  static final long LEAST_CLOCK_NANOS = 10_000_000_000L;

  private static final long MB = 1 << 20;

  /// For sessions that follow a market as it moves, and for the check of a source.
  public static final Budget LIVE =
      new Budget(
          Duration.ofMillis(50).toNanos(),
          Duration.ofMillis(250).toNanos(),
          Duration.ofSeconds(2).toNanos(),
          64 * MB,
          64 * MB,
          1024 * MB,
          100,
          256 * 1024);

  /// For backtests: nobody waits for a single callback, so only what would never end is stopped.
  public static final Budget BACKTEST =
      new Budget(
          Duration.ofSeconds(2).toNanos(),
          Duration.ofSeconds(5).toNanos(),
          Duration.ofSeconds(10).toNanos(),
          256 * MB,
          256 * MB,
          1024 * MB,
          100,
          256 * 1024);

  public Budget {
    positive("callback", callback);
    positive("slowCall", slowCall);
    positive("loading", loading);
    positive("allocated", allocated);
    positive("held", held);
    positive("heldTogether", heldTogether);
    positive("instances", instances);
    positive("source", source);
  }

  /// Of each of so many instances in one session.
  Budget shared(int count) {
    long share = Math.max(1, Math.min(held, heldTogether / count));
    return share == held
        ? this
        : new Budget(
            callback, slowCall, loading, allocated, share, heldTogether, instances, source);
  }

  private static void positive(String name, long number) {
    if (number <= 0) {
      throw new IllegalArgumentException(name + " must be above zero, was " + number);
    }
  }
}

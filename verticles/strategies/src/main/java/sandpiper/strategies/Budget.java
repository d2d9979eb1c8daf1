package sandpiper.strategies;

import java.time.Duration;

/// What one instance of a strategy may use. Whoever uses more is stopped, and its context is lost.
///
/// Time is processor time of the instance's thread, so that neither a collection of garbage nor a
/// busy machine counts; by the clock, [#CLOCK_FACTOR] times as much may pass, at least 10 s.
///
/// @param callback time of one callback
/// @param firstCall time of the first call of each callback, whose code is not warm yet
/// @param loading time to parse a source and run its top level, and to ask it what it needs
/// @param allocated bytes that one callback may allocate; loading may allocate four times that
/// @param held bytes that an instance may hold between its callbacks
/// @param source length of a source in UTF-8 bytes
public record Budget(
    Duration callback,
    Duration firstCall,
    Duration loading,
    long allocated,
    long held,
    int source) {

  static final int CLOCK_FACTOR = 20;
  static final long LEAST_CLOCK_NANOS = 10_000_000_000L;

  private static final long MB = 1 << 20;

  /// For sessions that follow a market as it moves, and for the check of a source.
  public static final Budget LIVE =
      new Budget(
          Duration.ofMillis(50),
          Duration.ofMillis(250),
          Duration.ofSeconds(2),
          64 * MB,
          64 * MB,
          256 * 1024);

  /// For backtests: nobody waits for a single callback, so only what would never end is stopped.
  public static final Budget BACKTEST =
      new Budget(
          Duration.ofSeconds(2),
          Duration.ofSeconds(5),
          Duration.ofSeconds(10),
          256 * MB,
          256 * MB,
          256 * 1024);

  public Budget {
    positive("callback", callback.toNanos(), callback);
    positive("firstCall", firstCall.toNanos(), firstCall);
    positive("loading", loading.toNanos(), loading);
    positive("allocated", allocated, allocated);
    positive("held", held, held);
    positive("source", source, source);
  }

  private static void positive(String name, long number, Object value) {
    if (number <= 0) {
      throw new IllegalArgumentException(name + " must be above zero, was " + value);
    }
  }
}

package sandpiper.mexc.simulator;

import java.util.SplittableRandom;

/// A price that walks at random, for all markets of one asset. The same seed and the same times
/// give the same prices.
final class PriceWalk {
  private static final double VOLATILITY = 1e-4;
  private static final double LOWEST_SHARE = 1e-3;

  private final SplittableRandom random;
  private final double volatility;
  private final double lowest;
  private double value;

  /// @param start in quote currency, above zero
  PriceWalk(double start, long seed) {
    value = start;
    volatility = start * VOLATILITY;
    lowest = start * LOWEST_SHARE;
    random = new SplittableRandom(seed);
  }

  /// @param seconds since the step before
  void step(double seconds) {
    value = Math.max(lowest, value + volatility * Math.sqrt(seconds) * random.nextGaussian());
  }

  double value() {
    return value;
  }
}

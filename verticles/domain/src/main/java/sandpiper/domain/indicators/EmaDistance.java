package sandpiper.domain.indicators;

/// A fast exponential moving average less a slow one: in units of the price (APO), or in percent of
/// the slow one (PPO).
///
/// In percent of zero it is 0. O(1) a step.
///
/// Source: Gerald Appel (1979). Agrees with TA-Lib.
final class EmaDistance implements Indicator.OfSeries {
  private final Ema fast;
  private final Ema slow;
  private final boolean percent;
  private int skip;

  private EmaDistance(int fastPeriod, int slowPeriod, boolean percent, int skip) {
    fast = new Ema(fastPeriod);
    slow = new Ema(slowPeriod);
    this.percent = percent;
    this.skip = skip;
  }

  static EmaDistance absolute(int fastPeriod, int slowPeriod) {
    return new EmaDistance(fastPeriod, slowPeriod, false, 0);
  }

  static EmaDistance percent(int fastPeriod, int slowPeriod) {
    return new EmaDistance(fastPeriod, slowPeriod, true, 0);
  }

  /// The fast average starts late, so that both have their first value at the same step: TA-Lib
  /// does so for its MACD alone.
  static EmaDistance together(int fastPeriod, int slowPeriod) {
    return new EmaDistance(fastPeriod, slowPeriod, false, slowPeriod - fastPeriod);
  }

  @Override
  public void update(double x) {
    slow.update(x);
    if (skip > 0) {
      skip--;
    } else {
      fast.update(x);
    }
  }

  @Override
  public double value(int output) {
    double base = slow.value(0);
    double distance = fast.value(0) - base;
    if (!percent) {
      return distance;
    }
    return base == 0 ? 0 : 100 * distance / base;
  }

  @Override
  public void state(Snapshot snapshot) {
    fast.state(snapshot);
    slow.state(snapshot);
    skip = snapshot.whole(skip);
  }
}

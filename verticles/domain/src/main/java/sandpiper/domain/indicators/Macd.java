package sandpiper.domain.indicators;

/// Moving average convergence divergence: a fast EMA less a slow one, its own EMA, and what lies
/// between.
///
/// Outputs: `macd`, `signal`, `histogram`, all from the value number `slow` + `signal` - 1 on. The
/// fast EMA starts late, so that both have their first value at the same step, as in TA-Lib. O(1) a
/// step.
///
/// Source: Gerald Appel, The Moving Average Convergence-Divergence Trading Method (1979). Agrees
/// with TA-Lib.
final class Macd implements Indicator.OfSeries {
  private final Ema fast;
  private final Ema slow;
  private final Ema signal;
  private int skip;
  private double macd = Double.NaN;

  Macd(int fastPeriod, int slowPeriod, int signalPeriod) {
    fast = new Ema(fastPeriod);
    slow = new Ema(slowPeriod);
    signal = new Ema(signalPeriod);
    skip = slowPeriod - fastPeriod;
  }

  @Override
  public void update(double x) {
    slow.update(x);
    if (skip > 0) {
      skip--;
      return;
    }
    fast.update(x);
    macd = fast.value(0) - slow.value(0);
    if (!Double.isNaN(macd)) {
      signal.update(macd);
    }
  }

  @Override
  public double value(int output) {
    double line = signal.value(0);
    if (Double.isNaN(line)) {
      return Double.NaN;
    }
    return switch (output) {
      case 0 -> macd;
      case 1 -> line;
      default -> macd - line;
    };
  }
}

package sandpiper.domain.indicators;

/// Moving average convergence divergence: a fast EMA less a slow one, its own EMA, and what lies
/// between.
///
/// Outputs: `macd`, `signal`, `histogram`, all from the value number `slow` + `signal` - 1 on. O(1)
/// a step.
///
/// Source: Gerald Appel, The Moving Average Convergence-Divergence Trading Method (1979). Agrees
/// with TA-Lib.
final class Macd implements Indicator.OfSeries {
  private final EmaDistance distance;
  private final Ema signal;

  Macd(int fastPeriod, int slowPeriod, int signalPeriod) {
    distance = EmaDistance.together(fastPeriod, slowPeriod);
    signal = new Ema(signalPeriod);
  }

  @Override
  public void update(double x) {
    signal.next(distance.next(x));
  }

  @Override
  public double value(int output) {
    double line = signal.value(0);
    if (Double.isNaN(line)) {
      return Double.NaN;
    }
    double macd = distance.value(0);
    return switch (output) {
      case 0 -> macd;
      case 1 -> line;
      default -> macd - line;
    };
  }

  @Override
  public void state(Snapshot snapshot) {
    distance.state(snapshot);
    signal.state(snapshot);
  }
}

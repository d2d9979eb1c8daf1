package sandpiper.domain.indicators;

/// Simple moving average: the mean of the last `period` values. O(1) a step. Agrees with TA-Lib.
final class Sma implements Indicator.OfSeries {
  private final RollingSum window;

  Sma(int period) {
    window = new RollingSum(period);
  }

  @Override
  public void update(double x) {
    window.add(x);
  }

  @Override
  public double value(int output) {
    return window.full() ? window.mean() : Double.NaN;
  }

  @Override
  public void state(Snapshot snapshot) {
    window.state(snapshot);
  }
}

package sandpiper.domain.indicators;

/// The sum of the last `period` values. O(1) a step. Agrees with TA-Lib.
final class Sum implements Indicator.OfSeries {
  private final RollingSum window;

  Sum(int period) {
    window = new RollingSum(period);
  }

  @Override
  public void update(double x) {
    window.add(x);
  }

  @Override
  public double value(int output) {
    return window.full() ? window.sum() : Double.NaN;
  }

  @Override
  public void state(Snapshot snapshot) {
    window.state(snapshot);
  }
}

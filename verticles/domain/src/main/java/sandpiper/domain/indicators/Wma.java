package sandpiper.domain.indicators;

/// Weighted moving average: the newest value counts `period` times, the oldest once. O(1) a step.
/// Agrees with TA-Lib.
final class Wma implements Indicator.OfSeries {
  private final RollingWeightedSum window;
  private final double weights;

  Wma(int period) {
    window = new RollingWeightedSum(period);
    weights = period * (period + 1.0) / 2;
  }

  @Override
  public void update(double x) {
    window.add(x);
  }

  @Override
  public double value(int output) {
    return window.full() ? window.weightedSum() / weights : Double.NaN;
  }

  @Override
  public void state(Snapshot snapshot) {
    window.state(snapshot);
  }
}

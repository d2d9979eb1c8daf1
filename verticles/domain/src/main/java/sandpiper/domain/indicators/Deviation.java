package sandpiper.domain.indicators;

/// Variance of the last `period` values, or `deviations` times its root: how widely they are
/// spread. Of the whole population. O(1) a step. Agrees with TA-Lib.
final class Deviation implements Indicator.OfSeries {
  private final RollingMoments window;
  private final double deviations;
  private final boolean squared;

  private Deviation(int period, double deviations, boolean squared) {
    window = new RollingMoments(period);
    this.deviations = deviations;
    this.squared = squared;
  }

  static Deviation standard(int period, double deviations) {
    return new Deviation(period, deviations, false);
  }

  static Deviation variance(int period) {
    return new Deviation(period, 1, true);
  }

  @Override
  public void update(double x) {
    window.add(x);
  }

  @Override
  public double value(int output) {
    if (!window.full()) {
      return Double.NaN;
    }
    return squared ? window.variance() : deviations * window.deviation();
  }

  @Override
  public void state(Snapshot snapshot) {
    window.state(snapshot);
  }
}

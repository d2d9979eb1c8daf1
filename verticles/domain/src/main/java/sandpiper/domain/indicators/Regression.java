package sandpiper.domain.indicators;

/// How well a straight line fits the last `period` values. O(1) a step.
final class Regression implements Indicator.OfSeries {
  /// What to tell of the fit.
  enum Kind {
    /// Linear regression channel: the end of the line, and `deviations` population deviations of
    /// the values from it each side. Outputs: `upper`, `middle`, `lower`. Source: Gilbert Raff,
    /// Trading the Regression Channel (1991).
    CHANNEL,
    /// Coefficient of determination: the share of the variance that the line explains, from 0 to 1;
    /// 0 without variance.
    FIT,
    /// Standard error of the estimate, with `period` - 2 degrees of freedom.
    ERROR
  }

  private final Kind kind;
  private final int period;
  private final double deviations;
  private final LinearRegression line;
  private final RollingMoments window;

  Regression(Kind kind, int period, double deviations) {
    this.kind = kind;
    this.period = period;
    this.deviations = deviations;
    line = new LinearRegression(LinearRegression.Kind.SLOPE, period);
    window = new RollingMoments(period);
  }

  @Override
  public void update(double x) {
    line.update(x);
    window.add(x);
  }

  @Override
  public double value(int output) {
    if (!window.full()) {
      return Double.NaN;
    }
    double slope = line.value(0);
    double variance = window.variance();
    double explained = slope * slope * ((double) period * period - 1) / 12;
    double left = Math.max(0, variance - explained);
    return switch (kind) {
      case CHANNEL ->
          window.mean() + slope * (period - 1) / 2 + (1 - output) * deviations * Math.sqrt(left);
      case FIT -> variance == 0 ? 0 : 1 - left / variance;
      case ERROR -> Math.sqrt(left * period / (period - 2));
    };
  }

  @Override
  public void state(Snapshot snapshot) {
    line.state(snapshot);
    window.state(snapshot);
  }
}

package sandpiper.domain.indicators;

/// The straight line through the last `period` values by least squares, read in one way.
///
/// O(1) a step.
///
/// Source: Gauss (1809). Agrees with TA-Lib.
final class LinearRegression implements Indicator.OfSeries {
  /// How to read the line.
  enum Kind {
    /// Its height at the latest value.
    END,
    /// Its height at the oldest value.
    INTERCEPT,
    /// How much it rises a step.
    SLOPE,
    /// The angle of the slope in degrees.
    ANGLE,
    /// Its height one step ahead.
    FORECAST
  }

  private final Kind kind;
  private final int period;
  private final RollingWeightedSum window;
  private final double spread;

  LinearRegression(Kind kind, int period) {
    this.kind = kind;
    this.period = period;
    window = new RollingWeightedSum(period);
    spread = period * ((double) period * period - 1) / 12;
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
    double half = (period - 1) / 2.0;
    double mean = window.sum() / period;
    // The weights run from 1 to the period, their mean is (period + 1) / 2.
    double slope = (window.weightedSum() - (half + 1) * window.sum()) / spread;
    return switch (kind) {
      case END -> mean + slope * half;
      case INTERCEPT -> mean - slope * half;
      case SLOPE -> slope;
      case ANGLE -> Math.toDegrees(Math.atan(slope));
      case FORECAST -> mean + slope * (half + 1);
    };
  }

  @Override
  public void state(Snapshot snapshot) {
    window.state(snapshot);
  }
}

package sandpiper.domain.indicators;

/// Skewness or excess kurtosis of the last `period` values: how lopsided they are, or how heavy
/// their tails. Of the whole population; 0 without deviation. Looks at the whole window at every
/// step.
///
/// Source: Karl Pearson, Contributions to the Mathematical Theory of Evolution (1895).
final class Shape implements Indicator.OfSeries {
  private final Recent window;
  private final RollingMoments moments;
  private final boolean kurtosis;

  Shape(int period, boolean kurtosis) {
    window = new Recent(period);
    moments = new RollingMoments(period);
    this.kurtosis = kurtosis;
  }

  @Override
  public void update(double x) {
    window.add(x);
    moments.add(x);
  }

  @Override
  public double value(int output) {
    if (!window.full()) {
      return Double.NaN;
    }
    double deviation = moments.deviation();
    if (deviation == 0) {
      return 0;
    }
    double mean = moments.mean();
    double sum = 0;
    for (double x : window.numbers()) {
      double z = (x - mean) / deviation;
      sum += kurtosis ? z * z * z * z : z * z * z;
    }
    return sum / window.numbers().length - (kurtosis ? 3 : 0);
  }

  @Override
  public void state(Snapshot snapshot) {
    window.state(snapshot);
    moments.state(snapshot);
  }
}

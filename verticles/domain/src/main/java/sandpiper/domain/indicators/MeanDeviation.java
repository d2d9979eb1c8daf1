package sandpiper.domain.indicators;

/// Mean absolute deviation: how far the last `period` values lie from their mean, on average. Looks
/// at the whole window at every step.
final class MeanDeviation implements Indicator.OfSeries {
  private final Recent window;

  MeanDeviation(int period) {
    window = new Recent(period);
  }

  @Override
  public void update(double x) {
    window.add(x);
  }

  double mean() {
    double sum = 0;
    for (double x : window.numbers()) {
      sum += x;
    }
    return sum / window.numbers().length;
  }

  @Override
  public double value(int output) {
    if (!window.full()) {
      return Double.NaN;
    }
    double mean = mean();
    double sum = 0;
    for (double x : window.numbers()) {
      sum += Math.abs(x - mean);
    }
    return sum / window.numbers().length;
  }

  @Override
  public void state(Snapshot snapshot) {
    window.state(snapshot);
  }
}

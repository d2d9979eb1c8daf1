package sandpiper.domain.indicators;

/// Z-score: how many population deviations the value lies from the mean of the last `period`
/// values; 0 without deviation. O(1) a step.
final class ZScore implements Indicator.OfSeries {
  private final RollingMoments window;
  private double last;

  ZScore(int period) {
    window = new RollingMoments(period);
  }

  @Override
  public void update(double x) {
    window.add(x);
    last = x;
  }

  @Override
  public double value(int output) {
    if (!window.full()) {
      return Double.NaN;
    }
    double deviation = window.deviation();
    return deviation == 0 ? 0 : (last - window.mean()) / deviation;
  }

  @Override
  public void state(Snapshot snapshot) {
    window.state(snapshot);
    last = snapshot.number(last);
  }
}

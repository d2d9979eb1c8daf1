package sandpiper.domain.indicators;

/// Relative volatility index: an RSI of the deviation of the last `period` values: its share in
/// steps that rose, from 0 to 100, smoothed exponentially. Without deviation 50. O(1) a step.
///
/// Source: Donald Dorsey, The Relative Volatility Index (1993).
final class RelativeVolatility implements Indicator.OfSeries {
  private final RollingMoments window;
  private final Ema up;
  private final Ema down;
  private double last = Double.NaN;

  RelativeVolatility(int period, int smooth) {
    window = new RollingMoments(period);
    up = new Ema(smooth);
    down = new Ema(smooth);
  }

  @Override
  public void update(double x) {
    window.add(x);
    if (window.full() && !Double.isNaN(last)) {
      double deviation = window.deviation();
      up.update(x > last ? deviation : 0);
      down.update(x < last ? deviation : 0);
    }
    last = x;
  }

  @Override
  public double value(int output) {
    double total = up.value(0) + down.value(0);
    return total == 0 ? 50 : 100 * (up.value(0) / total);
  }

  @Override
  public void state(Snapshot snapshot) {
    window.state(snapshot);
    up.state(snapshot);
    down.state(snapshot);
    last = snapshot.number(last);
  }
}

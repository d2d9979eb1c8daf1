package sandpiper.domain.indicators;

/// Hull moving average: a weighted average of twice a fast one less a slow one, which takes out
/// most of the lag.
///
/// First value after `period` + floor(sqrt(`period`)) - 1 values. O(1) a step.
///
/// Source: Alan Hull, How to reduce lag in a moving average (2005).
final class Hma implements Indicator.OfSeries {
  private final Wma half;
  private final Wma whole;
  private final Wma smoothed;

  Hma(int period) {
    half = new Wma(period / 2);
    whole = new Wma(period);
    smoothed = new Wma(smoothing(period));
  }

  static int smoothing(int period) {
    return (int) Math.sqrt(period);
  }

  @Override
  public void update(double x) {
    smoothed.next(2 * half.next(x) - whole.next(x));
  }

  @Override
  public double value(int output) {
    return smoothed.value(0);
  }

  @Override
  public void state(Snapshot snapshot) {
    half.state(snapshot);
    whole.state(snapshot);
    smoothed.state(snapshot);
  }
}

package sandpiper.domain.indicators;

/// Zero-lag exponential moving average: an EMA of each value plus what it gained over the lag of
/// that EMA, (`period` - 1) / 2 steps.
///
/// O(1) a step. Source: John Ehlers and Ric Way, Zero Lag (Well, Almost) (2010).
final class Zlema implements Indicator.OfSeries {
  private final Delay delay;
  private final Ema average;

  Zlema(int period) {
    delay = new Delay((period - 1) / 2);
    average = new Ema(period);
  }

  @Override
  public void update(double x) {
    average.next(2 * x - delay.push(x));
  }

  @Override
  public double value(int output) {
    return average.value(0);
  }

  @Override
  public void state(Snapshot snapshot) {
    delay.state(snapshot);
    average.state(snapshot);
  }
}

package sandpiper.domain.indicators;

/// True strength index: the change of a step smoothed twice, over its size smoothed twice, from
/// -100 to 100; and the EMA of that.
///
/// Outputs: `tsi`, `signal`. Without any movement 0. O(1) a step.
///
/// Source: William Blau, True Strength Index (1991).
final class TrueStrength implements Indicator.OfSeries {
  private final Chain change;
  private final Chain size;
  private final Ema signal;
  private double last = Double.NaN;
  private double strength = Double.NaN;

  TrueStrength(int longPeriod, int shortPeriod, int signalPeriod) {
    change = new Chain(new Ema(longPeriod), new Ema(shortPeriod));
    size = new Chain(new Ema(longPeriod), new Ema(shortPeriod));
    signal = new Ema(signalPeriod);
  }

  @Override
  public void update(double x) {
    double step = x - last;
    last = x;
    double net = change.next(step);
    double gross = size.next(Math.abs(step));
    strength = gross == 0 ? 0 : 100 * net / gross;
    signal.next(strength);
  }

  @Override
  public double value(int output) {
    double line = signal.value(0);
    return output == 1 || Double.isNaN(line) ? line : strength;
  }

  @Override
  public void state(Snapshot snapshot) {
    change.state(snapshot);
    size.state(snapshot);
    signal.state(snapshot);
    last = snapshot.number(last);
    strength = snapshot.number(strength);
  }
}

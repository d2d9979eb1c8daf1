package sandpiper.domain.indicators;

/// How much the value has changed in `period` steps: in its own units (momentum) or in percent
/// (rate of change). In percent of zero it is 0. O(1) a step. Agrees with TA-Lib.
final class Change implements Indicator.OfSeries {
  private final boolean percent;
  private final Delay back;
  private double value = Double.NaN;

  Change(int period, boolean percent) {
    back = new Delay(period);
    this.percent = percent;
  }

  @Override
  public void update(double x) {
    double before = back.push(x);
    if (percent) {
      value = before == 0 ? 0 : 100 * (x / before - 1);
    } else {
      value = x - before;
    }
  }

  @Override
  public double value(int output) {
    return value;
  }

  @Override
  public void state(Snapshot snapshot) {
    back.state(snapshot);
    value = snapshot.number(value);
  }
}

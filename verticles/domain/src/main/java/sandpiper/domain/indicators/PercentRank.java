package sandpiper.domain.indicators;

/// Percent rank: how many of the `period` values before were at or below this one, in percent.
/// Looks at the whole window at every step.
final class PercentRank implements Indicator.OfSeries {
  private final Recent before;
  private double value = Double.NaN;

  PercentRank(int period) {
    before = new Recent(period);
  }

  @Override
  public void update(double x) {
    if (before.full()) {
      int below = 0;
      for (double each : before.numbers()) {
        below += each <= x ? 1 : 0;
      }
      value = 100.0 * below / before.numbers().length;
    }
    before.add(x);
  }

  @Override
  public double value(int output) {
    return value;
  }

  @Override
  public void state(Snapshot snapshot) {
    before.state(snapshot);
    value = snapshot.number(value);
  }
}

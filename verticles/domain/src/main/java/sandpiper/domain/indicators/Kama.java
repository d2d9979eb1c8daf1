package sandpiper.domain.indicators;

/// Kaufman's adaptive moving average: quick when the price goes one way, slow when it goes to and
/// fro.
///
/// The efficiency of the last `period` steps (distance over length of the way) moves its weight
/// between that of an EMA of `fast` and one of `slow`, squared. Starts at the last value before the
/// first full window. O(1) a step. A way of no length counts as efficient.
///
/// Source: Perry Kaufman, Smarter Trading (1995). Agrees with TA-Lib.
final class Kama implements Indicator.OfSeries {
  private final double slow;
  private final double span;
  private final Delay back;
  private final RollingSum way;
  private double last = Double.NaN;
  private double value = Double.NaN;

  Kama(int period, int fastPeriod, int slowPeriod) {
    back = new Delay(period);
    way = new RollingSum(period);
    slow = 2.0 / (slowPeriod + 1);
    span = 2.0 / (fastPeriod + 1) - slow;
  }

  @Override
  public void update(double x) {
    double distance = x - back.push(x);
    double before = last;
    last = x;
    if (Double.isNaN(before)) {
      return;
    }
    way.add(Math.abs(x - before));
    if (way.full()) {
      double length = way.sum();
      double efficiency = length == 0 ? 1 : Math.min(1, Math.abs(distance) / length);
      double weight = slow + efficiency * span;
      double from = Double.isNaN(value) ? before : value;
      value = from + weight * weight * (x - from);
    }
  }

  @Override
  public double value(int output) {
    return value;
  }

  @Override
  public void state(Snapshot snapshot) {
    back.state(snapshot);
    way.state(snapshot);
    last = snapshot.number(last);
    value = snapshot.number(value);
  }
}

package sandpiper.domain.indicators;

/// TRIX: percent change of a triple exponential moving average from one step to the next.
///
/// First value after 3 (`period` - 1) + 2 values. O(1) a step. An average of zero gives 0.
///
/// Source: Jack Hutson, Good TRIX (1983). Agrees with TA-Lib.
final class Trix implements Indicator.OfSeries {
  private final StackedEma average;
  private double previous = Double.NaN;
  private double value = Double.NaN;

  Trix(int period) {
    average = StackedEma.triple(period);
  }

  @Override
  public void update(double x) {
    double now = average.next(x);
    value = previous == 0 ? 0 : 100 * (now / previous - 1);
    previous = now;
  }

  @Override
  public double value(int output) {
    return value;
  }

  @Override
  public void state(Snapshot snapshot) {
    average.state(snapshot);
    previous = snapshot.number(previous);
    value = snapshot.number(value);
  }
}

package sandpiper.domain.indicators;

/// McGinley dynamic: an average that hurries after a falling price and takes its time with a rising
/// one.
///
/// Each step goes (x - value) / (period (x / value)^4), and never beyond x. Starts as the mean of
/// the first `period` values. O(1) a step.
///
/// Source: John McGinley, McGinley Dynamics (1997).
final class McGinley implements Indicator.OfSeries {
  private final int period;
  private int count;
  private double value;

  McGinley(int period) {
    this.period = period;
  }

  @Override
  public void update(double x) {
    if (count < period) {
      count++;
      value += x;
      if (count == period) {
        value /= period;
      }
    } else {
      double ratio = value == 0 ? 0 : x / value;
      value += (x - value) / Math.max(1, period * ratio * ratio * ratio * ratio);
    }
  }

  @Override
  public double value(int output) {
    return count < period ? Double.NaN : value;
  }

  @Override
  public void state(Snapshot snapshot) {
    count = snapshot.whole(count);
    value = snapshot.number(value);
  }
}

package sandpiper.domain.indicators;

/// Wilder's smoothing, also called smoothed or running moving average: each step takes 1/period of
/// the new number.
///
/// Starts as the plain mean of the first `period` numbers, which is its first value. O(1) a step.
///
/// Source: J. Welles Wilder, New Concepts in Technical Trading Systems (1978).
final class Rma implements Indicator.OfSeries {
  private final int period;
  private int count;
  private double value;

  Rma(int period) {
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
      value = (value * (period - 1) + x) / period;
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

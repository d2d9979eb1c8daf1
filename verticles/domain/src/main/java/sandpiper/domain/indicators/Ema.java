package sandpiper.domain.indicators;

/// Exponential moving average with weight 2/(period+1).
///
/// Starts as the plain mean of the first `period` values, which is its first value. O(1) a step.
/// Agrees with TA-Lib.
final class Ema implements Indicator.OfSeries {
  private final int period;
  private final double weight;
  private int count;
  private double value;

  Ema(int period) {
    this.period = period;
    weight = 2.0 / (period + 1);
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
      value += weight * (x - value);
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

package sandpiper.domain.indicators;

/// Relative strength index: how much of the recent movement was upward, from 0 to 100.
///
/// First value after `period` changes, from their plain means; then Wilder's smoothing. O(1) a
/// step.
///
/// Without any movement there is nothing to divide: 0, as in TA-Lib.
///
/// Source: J. Welles Wilder, New Concepts in Technical Trading Systems (1978). Agrees with TA-Lib.
final class Rsi implements Indicator.OfSeries {
  private final int period;
  private int changes = -1;
  private double last;
  private double gain;
  private double loss;

  Rsi(int period) {
    this.period = period;
  }

  @Override
  public void update(double x) {
    double change = x - last;
    last = x;
    if (changes < 0) {
      changes = 0;
      return;
    }
    double up = Math.max(change, 0);
    double down = Math.max(-change, 0);
    if (changes < period) {
      changes++;
      gain += up;
      loss += down;
      if (changes == period) {
        gain /= period;
        loss /= period;
      }
    } else {
      gain = (gain * (period - 1) + up) / period;
      loss = (loss * (period - 1) + down) / period;
    }
  }

  @Override
  public double value(int output) {
    if (changes < period) {
      return Double.NaN;
    }
    double movement = gain + loss;
    return movement == 0 ? 0 : 100 * gain / movement;
  }
}

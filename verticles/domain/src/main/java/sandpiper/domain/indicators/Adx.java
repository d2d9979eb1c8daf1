package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Average directional index: how strong the trend is, either way, from 0 to 100; or its mean with
/// the one `period` - 1 bars before (ADXR).
///
/// The mean of the first `period` directional indices, then Wilder's smoothing; a bar without
/// movement leaves it as it is. O(1) a bar.
///
/// Source: J. Welles Wilder, New Concepts in Technical Trading Systems (1978). Agrees with TA-Lib.
final class Adx implements Indicator.OfBars {
  private final int period;
  private final DirectionalMovement movement;
  private final Delay back;
  private int count;
  private double average;
  private double value = Double.NaN;

  private Adx(int period, int back) {
    this.period = period;
    movement = new DirectionalMovement(period);
    this.back = new Delay(back);
  }

  static Adx adx(int period) {
    return new Adx(period, 0);
  }

  static Adx adxr(int period) {
    return new Adx(period, period - 1);
  }

  @Override
  public void update(Bar bar) {
    movement.update(bar);
    double index = movement.value(2);
    if (Double.isNaN(index)) {
      return;
    }
    if (count < period) {
      count++;
      average += movement.moved() ? index : 0;
      if (count == period) {
        average /= period;
      }
    } else if (movement.moved()) {
      average = (average * (period - 1) + index) / period;
    }
    if (count == period) {
      value = (average + back.push(average)) / 2;
    }
  }

  @Override
  public double value(int output) {
    return value;
  }

  @Override
  public void state(Snapshot snapshot) {
    movement.state(snapshot);
    back.state(snapshot);
    count = snapshot.whole(count);
    average = snapshot.number(average);
    value = snapshot.number(value);
  }
}

package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Parabolic stop and reverse: a stop that speeds up towards the price with each new extreme.
///
/// From the second bar on, first long unless the low fell further than the high rose. O(1) a bar.
///
/// Source: J. Welles Wilder, New Concepts in Technical Trading Systems (1978). Agrees with TA-Lib.
final class ParabolicSar implements Indicator.OfBars {
  private final double step;
  private final double most;
  private int bars;
  private boolean up;
  private double high;
  private double low;
  private double extreme;
  private double speed;
  private double stop;
  private double value = Double.NaN;

  ParabolicSar(double step, double most) {
    this.step = Math.min(step, most);
    this.most = most;
  }

  @Override
  public void update(Bar bar) {
    bars = Math.min(bars + 1, 3);
    if (bars == 2) {
      double rise = bar.high() - high;
      double fall = low - bar.low();
      up = !(fall > 0 && fall > rise);
      stop = up ? low : high;
      begin(bar, up);
      high = bar.high();
      low = bar.low();
    }
    if (bars >= 2) {
      follow(bar);
    }
    high = bar.high();
    low = bar.low();
  }

  private void follow(Bar bar) {
    if (up ? bar.low() <= stop : bar.high() >= stop) {
      value = outside(bar, extreme, !up);
      begin(bar, !up);
      stop = outside(bar, value + speed * (extreme - value), up);
    } else {
      value = stop;
      if (up ? bar.high() > extreme : bar.low() < extreme) {
        extreme = up ? bar.high() : bar.low();
        speed = Math.min(most, speed + step);
      }
      stop = outside(bar, stop + speed * (extreme - stop), up);
    }
  }

  private void begin(Bar bar, boolean upward) {
    up = upward;
    speed = step;
    extreme = up ? bar.high() : bar.low();
  }

  /// A stop must not lie within this bar or the one before.
  private double outside(Bar bar, double level, boolean below) {
    return below
        ? Math.min(level, Math.min(low, bar.low()))
        : Math.max(level, Math.max(high, bar.high()));
  }

  @Override
  public double value(int output) {
    return value;
  }

  @Override
  public void state(Snapshot snapshot) {
    bars = snapshot.whole(bars);
    up = snapshot.flag(up);
    high = snapshot.number(high);
    low = snapshot.number(low);
    extreme = snapshot.number(extreme);
    speed = snapshot.number(speed);
    stop = snapshot.number(stop);
    value = snapshot.number(value);
  }
}

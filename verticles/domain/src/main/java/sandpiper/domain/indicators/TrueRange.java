package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// True range: from the lowest to the highest price of a bar, the close before it included. From
/// the second bar on. O(1) a bar. Agrees with TA-Lib.
///
/// Source: J. Welles Wilder, New Concepts in Technical Trading Systems (1978).
final class TrueRange implements Indicator.OfBars {
  private double close = Double.NaN;
  private double value = Double.NaN;

  @Override
  public void update(Bar bar) {
    value = Math.max(bar.high(), close) - Math.min(bar.low(), close);
    close = bar.close();
  }

  double next(Bar bar) {
    update(bar);
    return value;
  }

  @Override
  public double value(int output) {
    return value;
  }

  @Override
  public void state(Snapshot snapshot) {
    close = snapshot.number(close);
    value = snapshot.number(value);
  }
}

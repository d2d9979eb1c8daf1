package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Average true range: how far the price moves in a bar, gaps included, in quote currency.
///
/// First value after `period` + 1 bars, the plain mean of the true ranges; then Wilder's smoothing.
/// O(1) a bar.
///
/// Source: J. Welles Wilder, New Concepts in Technical Trading Systems (1978). Agrees with TA-Lib.
final class Atr implements Indicator.OfBars {
  private final int period;
  private int ranges = -1;
  private double previousClose;
  private double value;

  Atr(int period) {
    this.period = period;
  }

  @Override
  public void update(Bar bar) {
    double range = Math.max(bar.high(), previousClose) - Math.min(bar.low(), previousClose);
    previousClose = bar.close();
    if (ranges < 0) {
      ranges = 0;
    } else if (ranges < period) {
      ranges++;
      value += range;
      if (ranges == period) {
        value /= period;
      }
    } else {
      value = (value * (period - 1) + range) / period;
    }
  }

  @Override
  public double value(int output) {
    return ranges < period ? Double.NaN : value;
  }
}

package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Aroon: how recent the highest high and the lowest low of `period` + 1 bars are, 100 for the
/// latest bar, 0 for the oldest.
///
/// Outputs: `up`, `down`; or `value`, up less down. O(1) a bar.
///
/// Source: Tushar Chande, A Time Price Oscillator (1995). Agrees with TA-Lib.
final class Aroon implements Indicator.OfBars {
  private final int period;
  private final boolean oscillator;
  private final Extreme highest;
  private final Extreme lowest;

  Aroon(int period, boolean oscillator) {
    this.period = period;
    this.oscillator = oscillator;
    highest = Extreme.highest(period + 1);
    lowest = Extreme.lowest(period + 1);
  }

  @Override
  public void update(Bar bar) {
    highest.add(bar.high());
    lowest.add(bar.low());
  }

  @Override
  public double value(int output) {
    if (!highest.full()) {
      return Double.NaN;
    }
    if (oscillator) {
      return recency(highest) - recency(lowest);
    }
    return recency(output == 0 ? highest : lowest);
  }

  private double recency(Extreme extreme) {
    return 100.0 * (period - extreme.age()) / period;
  }

  @Override
  public void state(Snapshot snapshot) {
    highest.state(snapshot);
    lowest.state(snapshot);
  }
}

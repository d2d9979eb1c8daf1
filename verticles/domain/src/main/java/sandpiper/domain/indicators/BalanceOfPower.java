package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Balance of power: close less open over the range of the bar, from -1 to 1; 0 without a range.
/// O(1) a bar.
///
/// Source: Igor Livshin, Balance of Market Power (2001). Agrees with TA-Lib.
final class BalanceOfPower implements Indicator.OfBars {
  private double value = Double.NaN;

  @Override
  public void update(Bar bar) {
    double range = bar.high() - bar.low();
    value = range == 0 ? 0 : (bar.close() - bar.open()) / range;
  }

  @Override
  public double value(int output) {
    return value;
  }

  @Override
  public void state(Snapshot snapshot) {
    value = snapshot.number(value);
  }
}

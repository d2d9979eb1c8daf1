package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Negative or positive volume index: 1,000 that takes part in the relative changes of the close,
/// but only in bars whose volume is below, or above, that of the bar before. O(1) a bar.
///
/// Source: Paul Dysart (1936); Norman Fosback, Stock Market Logic (1976).
final class VolumeIndex implements Indicator.OfBars {
  private final boolean positive;
  private double close = Double.NaN;
  private double volume;
  private double value = Double.NaN;

  VolumeIndex(boolean positive) {
    this.positive = positive;
  }

  @Override
  public void update(Bar bar) {
    if (Double.isNaN(close)) {
      value = 1_000;
    } else if (positive ? bar.volume() > volume : bar.volume() < volume) {
      value *= bar.close() / close;
    }
    close = bar.close();
    volume = bar.volume();
  }

  @Override
  public double value(int output) {
    return value;
  }

  @Override
  public void state(Snapshot snapshot) {
    close = snapshot.number(close);
    volume = snapshot.number(volume);
    value = snapshot.number(value);
  }
}

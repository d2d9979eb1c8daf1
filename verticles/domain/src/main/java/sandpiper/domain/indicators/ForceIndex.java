package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Force index: change of the close times volume, smoothed exponentially. O(1) a bar.
///
/// Source: Alexander Elder, Trading for a Living (1993).
final class ForceIndex implements Indicator.OfBars {
  private final Ema average;
  private double close = Double.NaN;

  ForceIndex(int period) {
    average = new Ema(period);
  }

  @Override
  public void update(Bar bar) {
    average.next((bar.close() - close) * bar.volume());
    close = bar.close();
  }

  @Override
  public double value(int output) {
    return average.value(0);
  }

  @Override
  public void state(Snapshot snapshot) {
    average.state(snapshot);
    close = snapshot.number(close);
  }
}

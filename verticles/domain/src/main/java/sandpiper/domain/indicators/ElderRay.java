package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Elder ray: how far the high lies above an exponential moving average of the close, and the low
/// above it (below zero when it is under it).
///
/// Outputs: `bull`, `bear`. O(1) a bar. Source: Alexander Elder, Trading for a Living (1993).
final class ElderRay implements Indicator.OfBars {
  private final Ema average;
  private double high;
  private double low;

  ElderRay(int period) {
    average = new Ema(period);
  }

  @Override
  public void update(Bar bar) {
    average.update(bar.close());
    high = bar.high();
    low = bar.low();
  }

  @Override
  public double value(int output) {
    return (output == 0 ? high : low) - average.value(0);
  }

  @Override
  public void state(Snapshot snapshot) {
    average.state(snapshot);
    high = snapshot.number(high);
    low = snapshot.number(low);
  }
}

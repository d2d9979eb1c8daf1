package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// The middle between the highest high and the lowest low of the last `period` bars. O(1) a bar.
/// Agrees with TA-Lib.
final class MidPrice implements Indicator.OfBars {
  private final Donchian channel;

  MidPrice(int period) {
    channel = new Donchian(period);
  }

  @Override
  public void update(Bar bar) {
    channel.update(bar);
  }

  @Override
  public double value(int output) {
    return channel.middle();
  }

  @Override
  public void state(Snapshot snapshot) {
    channel.state(snapshot);
  }
}

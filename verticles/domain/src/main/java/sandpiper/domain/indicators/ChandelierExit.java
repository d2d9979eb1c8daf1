package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Chandelier exit: a stop hung `factor` average true ranges under the highest high of `period`
/// bars, or as far over the lowest low.
///
/// Outputs: `long`, the stop of a long position, and `short`. O(1) a bar.
///
/// Source: Charles Le Beau, in Alexander Elder, Come Into My Trading Room (2002).
final class ChandelierExit implements Indicator.OfBars {
  private final Donchian channel;
  private final Atr range;
  private final double factor;

  ChandelierExit(int period, double factor) {
    channel = new Donchian(period);
    range = new Atr(period);
    this.factor = factor;
  }

  @Override
  public void update(Bar bar) {
    channel.update(bar);
    range.update(bar);
  }

  @Override
  public double value(int output) {
    double distance = factor * range.value(0);
    return output == 0 ? channel.value(0) - distance : channel.value(2) + distance;
  }

  @Override
  public void state(Snapshot snapshot) {
    channel.state(snapshot);
    range.state(snapshot);
  }
}

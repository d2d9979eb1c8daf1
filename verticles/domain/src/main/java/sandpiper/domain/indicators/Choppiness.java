package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Choppiness index: the sum of the true ranges of `period` bars over their common range, as a
/// logarithm, from 0 (straight trend) to 100 (sideways). Without any range 100. O(1) a bar.
///
/// Source: E. W. Dreiss (1993).
final class Choppiness implements Indicator.OfBars {
  private final TrueRange range = new TrueRange();
  private final RollingSum way;
  private final Donchian channel;
  private final double scale;

  Choppiness(int period) {
    way = new RollingSum(period);
    channel = new Donchian(period);
    scale = 100 / Math.log(period);
  }

  @Override
  public void update(Bar bar) {
    channel.update(bar);
    double reach = range.next(bar);
    if (!Double.isNaN(reach)) {
      way.add(reach);
    }
  }

  @Override
  public double value(int output) {
    if (!way.full()) {
      return Double.NaN;
    }
    double reach = channel.value(0) - channel.value(2);
    return reach == 0 ? 100 : scale * Math.log(way.sum() / reach);
  }

  @Override
  public void state(Snapshot snapshot) {
    range.state(snapshot);
    way.state(snapshot);
    channel.state(snapshot);
  }
}

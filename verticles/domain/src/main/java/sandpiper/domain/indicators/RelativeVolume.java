package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Relative volume: the volume of a bar over the mean of the `period` bars before it; 1 when there
/// was none. O(1) a bar.
final class RelativeVolume implements Indicator.OfBars {
  private final RollingSum before;
  private double value = Double.NaN;

  RelativeVolume(int period) {
    before = new RollingSum(period);
  }

  @Override
  public void update(Bar bar) {
    if (before.full()) {
      double mean = before.mean();
      value = mean == 0 ? 1 : bar.volume() / mean;
    }
    before.add(bar.volume());
  }

  @Override
  public double value(int output) {
    return value;
  }

  @Override
  public void state(Snapshot snapshot) {
    before.state(snapshot);
    value = snapshot.number(value);
  }
}

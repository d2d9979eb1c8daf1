package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Vortex: how far each bar reaches up from the low before, and down from the high before, over the
/// true range, in sums of `period` bars.
///
/// Outputs: `plus`, `minus`. Without any range 0. O(1) a bar.
///
/// Source: Etienne Botes and Douglas Siepman, The Vortex Indicator (2010).
final class Vortex implements Indicator.OfBars {
  private final TrueRange trueRange = new TrueRange();
  private final RollingSum up;
  private final RollingSum down;
  private final RollingSum range;
  private double high;
  private double low;

  Vortex(int period) {
    up = new RollingSum(period);
    down = new RollingSum(period);
    range = new RollingSum(period);
  }

  @Override
  public void update(Bar bar) {
    double reach = trueRange.next(bar);
    if (!Double.isNaN(reach)) {
      up.add(Math.abs(bar.high() - low));
      down.add(Math.abs(bar.low() - high));
      range.add(reach);
    }
    high = bar.high();
    low = bar.low();
  }

  @Override
  public double value(int output) {
    if (!range.full()) {
      return Double.NaN;
    }
    double total = range.sum();
    return total == 0 ? 0 : (output == 0 ? up : down).sum() / total;
  }

  @Override
  public void state(Snapshot snapshot) {
    trueRange.state(snapshot);
    up.state(snapshot);
    down.state(snapshot);
    range.state(snapshot);
    high = snapshot.number(high);
    low = snapshot.number(low);
  }
}

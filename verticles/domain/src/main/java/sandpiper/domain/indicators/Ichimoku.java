package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Ichimoku: middles of three channels, and the cloud that was drawn ahead.
///
/// Outputs: `conversion`, `base`, `spanA`, `spanB`. The spans are those that stand at the bar that
/// has just closed: they were known `displacement` - 1 bars ago. The lagging span is the close
/// itself. O(1) a bar.
///
/// Source: Goichi Hosoda, Ichimoku Kinko Hyo (1969).
final class Ichimoku implements Indicator.OfBars {
  private final Donchian conversion;
  private final Donchian base;
  private final Donchian slow;
  private final Delay aheadA;
  private final Delay aheadB;
  private double spanA = Double.NaN;
  private double spanB = Double.NaN;

  Ichimoku(int conversionPeriod, int basePeriod, int spanPeriod, int displacement) {
    conversion = new Donchian(conversionPeriod);
    base = new Donchian(basePeriod);
    slow = new Donchian(spanPeriod);
    aheadA = new Delay(displacement - 1);
    aheadB = new Delay(displacement - 1);
  }

  @Override
  public void update(Bar bar) {
    conversion.update(bar);
    base.update(bar);
    slow.update(bar);
    spanA = aheadA.push((conversion.middle() + base.middle()) / 2);
    spanB = aheadB.push(slow.middle());
  }

  @Override
  public double value(int output) {
    if (Double.isNaN(spanA + spanB)) {
      return Double.NaN;
    }
    return switch (output) {
      case 0 -> conversion.middle();
      case 1 -> base.middle();
      case 2 -> spanA;
      default -> spanB;
    };
  }

  @Override
  public void state(Snapshot snapshot) {
    conversion.state(snapshot);
    base.state(snapshot);
    slow.state(snapshot);
    aheadA.state(snapshot);
    aheadB.state(snapshot);
    spanA = snapshot.number(spanA);
    spanB = snapshot.number(spanB);
  }
}

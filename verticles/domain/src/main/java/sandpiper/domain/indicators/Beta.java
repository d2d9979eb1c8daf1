package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Beta: how much the relative change of field `y` follows that of field `x`, by least squares over
/// the last `period` changes; 0 when `x` does not change.
///
/// A change from zero counts as none. O(1) a bar. Agrees with TA-Lib, but for variances below 1e-8,
/// which TA-Lib takes for none.
///
/// Source: William Sharpe, Capital Asset Prices (1964).
final class Beta implements Indicator.OfBars {
  private final Field x;
  private final Field y;
  private final Change changeOfX = new Change(1, true);
  private final Change changeOfY = new Change(1, true);
  private final RollingCovariance window;

  Beta(int period, Field x, Field y) {
    this.x = x;
    this.y = y;
    window = new RollingCovariance(period);
  }

  @Override
  public void update(Bar bar) {
    double moveOfX = changeOfX.next(x.of(bar));
    double moveOfY = changeOfY.next(y.of(bar));
    if (!Double.isNaN(moveOfX)) {
      window.add(moveOfX, moveOfY);
    }
  }

  @Override
  public double value(int output) {
    if (!window.full()) {
      return Double.NaN;
    }
    double spread = window.xs().squaredDistances();
    return spread == 0 ? 0 : window.product() / spread;
  }

  @Override
  public void state(Snapshot snapshot) {
    changeOfX.state(snapshot);
    changeOfY.state(snapshot);
    window.state(snapshot);
  }
}

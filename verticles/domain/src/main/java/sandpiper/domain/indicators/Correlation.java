package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Pearson's correlation of two fields of the last `period` bars, from -1 to 1; 0 when one of them
/// stands still. O(1) a bar. Agrees with TA-Lib.
final class Correlation implements Indicator.OfBars {
  private final Field x;
  private final Field y;
  private final RollingCovariance window;

  Correlation(int period, Field x, Field y) {
    this.x = x;
    this.y = y;
    window = new RollingCovariance(period);
  }

  @Override
  public void update(Bar bar) {
    window.add(x.of(bar), y.of(bar));
  }

  @Override
  public double value(int output) {
    if (!window.full()) {
      return Double.NaN;
    }
    double spread =
        Math.sqrt(window.xs().squaredDistances()) * Math.sqrt(window.ys().squaredDistances());
    return spread == 0 ? 0 : Math.clamp(window.product() / spread, -1, 1);
  }

  @Override
  public void state(Snapshot snapshot) {
    window.state(snapshot);
  }
}

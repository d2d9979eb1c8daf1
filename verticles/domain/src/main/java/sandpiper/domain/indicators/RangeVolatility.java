package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Volatility estimated from what bars tell beyond their closes, in percent a year of `annual`
/// bars. O(1) a bar.
final class RangeVolatility implements Indicator.OfBars {
  /// By whose formula.
  enum Kind {
    /// From high and low. Source: Michael Parkinson, The Extreme Value Method (1980).
    PARKINSON,
    /// From all four prices. Source: Mark Garman and Michael Klass, On the Estimation of Security
    /// Price Volatilities (1980).
    GARMAN_KLASS,
    /// From all four prices, whatever the trend. Source: Rogers and Satchell, Estimating Variance
    /// from High, Low and Closing Prices (1991).
    ROGERS_SATCHELL
  }

  private static final double LOG_2 = Math.log(2);

  private final Kind kind;
  private final RollingSum variances;
  private final double annual;

  RangeVolatility(Kind kind, int period, double annual) {
    this.kind = kind;
    variances = new RollingSum(period);
    this.annual = annual;
  }

  @Override
  public void update(Bar bar) {
    double range = Math.log(bar.high() / bar.low());
    double body = Math.log(bar.close() / bar.open());
    variances.add(
        switch (kind) {
          case PARKINSON -> range * range / (4 * LOG_2);
          case GARMAN_KLASS -> range * range / 2 - (2 * LOG_2 - 1) * body * body;
          case ROGERS_SATCHELL ->
              Math.log(bar.high() / bar.close()) * Math.log(bar.high() / bar.open())
                  + Math.log(bar.low() / bar.close()) * Math.log(bar.low() / bar.open());
        });
  }

  @Override
  public double value(int output) {
    return variances.full() ? 100 * Math.sqrt(annual * Math.max(0, variances.mean())) : Double.NaN;
  }

  @Override
  public void state(Snapshot snapshot) {
    variances.state(snapshot);
  }
}

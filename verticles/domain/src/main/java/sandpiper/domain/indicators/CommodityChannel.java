package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Commodity channel index: the typical price less its mean, in units of 0.015 mean deviations.
///
/// Looks at the whole window at every bar. Without any deviation 0.
///
/// Source: Donald Lambert, Commodity Channel Index (1980). Agrees with TA-Lib.
final class CommodityChannel implements Indicator.OfBars {
  private final MeanDeviation deviation;
  private double price;

  CommodityChannel(int period) {
    deviation = new MeanDeviation(period);
  }

  @Override
  public void update(Bar bar) {
    price = (bar.high() + bar.low() + bar.close()) / 3;
    deviation.update(price);
  }

  @Override
  public double value(int output) {
    double spread = deviation.value(0);
    return spread == 0 ? 0 : (price - deviation.mean()) / (0.015 * spread);
  }

  @Override
  public void state(Snapshot snapshot) {
    deviation.state(snapshot);
    price = snapshot.number(price);
  }
}

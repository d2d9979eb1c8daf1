package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// SuperTrend: a stop `factor` average true ranges from the middle of the bar, which only moves the
/// way of the trend and changes side when the close breaks it.
///
/// Outputs: `value`, `direction` (1 up, the stop below the price; -1 down). Begins downward with
/// the first average true range. O(1) a bar.
///
/// Source: Olivier Seban; rules of the bands as TradingView publishes them.
final class SuperTrend implements Indicator.OfBars {
  private final Atr range;
  private final double factor;
  private double upper = Double.NaN;
  private double lower = Double.NaN;
  private double close;
  private boolean up;

  SuperTrend(int period, double factor) {
    range = new Atr(period);
    this.factor = factor;
  }

  @Override
  public void update(Bar bar) {
    range.update(bar);
    double distance = factor * range.value(0);
    if (!Double.isNaN(distance)) {
      double middle = (bar.high() + bar.low()) / 2;
      double above = middle + distance;
      double below = middle - distance;
      boolean first = Double.isNaN(upper);
      upper = first || above < upper || close > upper ? above : upper;
      lower = first || below > lower || close < lower ? below : lower;
      up = !first && (up ? bar.close() >= lower : bar.close() > upper);
    }
    close = bar.close();
  }

  @Override
  public double value(int output) {
    if (Double.isNaN(upper)) {
      return Double.NaN;
    }
    return output == 0 ? (up ? lower : upper) : (up ? 1 : -1);
  }

  @Override
  public void state(Snapshot snapshot) {
    range.state(snapshot);
    upper = snapshot.number(upper);
    lower = snapshot.number(lower);
    close = snapshot.number(close);
    up = snapshot.flag(up);
  }
}

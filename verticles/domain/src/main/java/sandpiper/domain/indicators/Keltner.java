package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Keltner channel: an exponential moving average of the close, and `factor` average true ranges
/// each side.
///
/// Outputs: `upper`, `middle`, `lower`. O(1) a bar.
///
/// Source: Chester Keltner, How to Make Money in Commodities (1960), in the form of Linda Raschke.
final class Keltner implements Indicator.OfBars {
  private final Ema average;
  private final Atr range;
  private final double factor;

  Keltner(int period, int atrPeriod, double factor) {
    average = new Ema(period);
    range = new Atr(atrPeriod);
    this.factor = factor;
  }

  @Override
  public void update(Bar bar) {
    average.update(bar.close());
    range.update(bar);
  }

  @Override
  public double value(int output) {
    double half = factor * range.value(0);
    double middle = Double.isNaN(half) ? half : average.value(0);
    return switch (output) {
      case 0 -> middle + half;
      case 1 -> middle;
      default -> middle - half;
    };
  }

  @Override
  public void state(Snapshot snapshot) {
    average.state(snapshot);
    range.state(snapshot);
  }
}

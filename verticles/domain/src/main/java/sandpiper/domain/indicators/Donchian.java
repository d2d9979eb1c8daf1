package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Donchian channel: the highest high and the lowest low of the last `period` bars, and their
/// middle.
///
/// Outputs: `upper`, `middle`, `lower`. The bar that has just closed is among them. O(1) a bar. Its
/// middle agrees with TA-Lib's MIDPRICE.
///
/// Source: Richard Donchian (1960).
final class Donchian implements Indicator.OfBars {
  private final Extreme highest;
  private final Extreme lowest;

  Donchian(int period) {
    highest = Extreme.highest(period);
    lowest = Extreme.lowest(period);
  }

  @Override
  public void update(Bar bar) {
    highest.add(bar.high());
    lowest.add(bar.low());
  }

  @Override
  public double value(int output) {
    return switch (output) {
      case 0 -> highest.value();
      case 1 -> middle();
      default -> lowest.value();
    };
  }

  double middle() {
    return (highest.value() + lowest.value()) / 2;
  }

  @Override
  public void state(Snapshot snapshot) {
    highest.state(snapshot);
    lowest.state(snapshot);
  }
}

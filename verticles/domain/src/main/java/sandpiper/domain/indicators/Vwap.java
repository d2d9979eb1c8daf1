package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Volume-weighted average price since the day, week or month began, and a band `deviations`
/// volume-weighted deviations wide each side.
///
/// Outputs: `vwap`, `upper`, `lower`. Each bar counts with its typical price, (high + low + close)
/// / 3; while there is no volume, the latest typical price. From the first bar on. O(1) a bar.
///
/// Source: Berkowitz, Logue and Noser, The Total Cost of Transactions on the NYSE (1988).
final class Vwap implements Indicator.OfBars {
  private final Anchor anchor;
  private final double deviations;
  private double volume;
  private double mean = Double.NaN;
  private double squares;

  Vwap(Anchor.Span span, double deviations) {
    anchor = new Anchor(span);
    this.deviations = deviations;
  }

  @Override
  public void update(Bar bar) {
    if (anchor.opens(bar)) {
      volume = 0;
      squares = 0;
    }
    double price = (bar.high() + bar.low() + bar.close()) / 3;
    if (volume == 0) {
      mean = price;
      volume = bar.volume();
      return;
    }
    volume += bar.volume();
    double distance = price - mean;
    mean += distance * (bar.volume() / volume);
    squares += bar.volume() * distance * (price - mean);
  }

  @Override
  public double value(int output) {
    if (output == 0 || Double.isNaN(mean)) {
      return mean;
    }
    double width = volume == 0 ? 0 : deviations * Math.sqrt(squares / volume);
    return output == 1 ? mean + width : mean - width;
  }

  @Override
  public void state(Snapshot snapshot) {
    anchor.state(snapshot);
    volume = snapshot.number(volume);
    mean = snapshot.number(mean);
    squares = snapshot.number(squares);
  }
}

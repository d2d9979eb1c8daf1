package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Heikin-Ashi: bars smoothed by the one before, so that a trend shows as a row of one colour.
///
/// Outputs: `open`, `high`, `low`, `close`. The first open is the middle of the first body. O(1) a
/// bar.
///
/// Source: Dan Valcu, Using the Heikin-Ashi Technique (2004).
final class HeikinAshi implements Indicator.OfBars {
  private double open = Double.NaN;
  private double high = Double.NaN;
  private double low = Double.NaN;
  private double close = Double.NaN;

  @Override
  public void update(Bar bar) {
    open = Double.isNaN(open) ? (bar.open() + bar.close()) / 2 : (open + close) / 2;
    close = (bar.open() + bar.high() + bar.low() + bar.close()) / 4;
    high = Math.max(bar.high(), Math.max(open, close));
    low = Math.min(bar.low(), Math.min(open, close));
  }

  @Override
  public double value(int output) {
    return switch (output) {
      case 0 -> open;
      case 1 -> high;
      case 2 -> low;
      default -> close;
    };
  }

  @Override
  public void state(Snapshot snapshot) {
    open = snapshot.number(open);
    high = snapshot.number(high);
    low = snapshot.number(low);
    close = snapshot.number(close);
  }
}

package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Normalised average true range: the average true range in percent of the close. O(1) a bar.
///
/// Source: John Forman, Cross-Market Evaluations with Normalized Average True Range (2006). Agrees
/// with TA-Lib.
final class NormalisedAtr implements Indicator.OfBars {
  private final Atr range;
  private double close = 1;

  NormalisedAtr(int period) {
    range = new Atr(period);
  }

  @Override
  public void update(Bar bar) {
    range.update(bar);
    close = bar.close();
  }

  @Override
  public double value(int output) {
    return 100 * (range.value(0) / close);
  }

  @Override
  public void state(Snapshot snapshot) {
    range.state(snapshot);
    close = snapshot.number(close);
  }
}

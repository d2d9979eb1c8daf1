package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Average true range: how far the price moves in a bar, gaps included, in quote currency.
///
/// First value after `period` + 1 bars, the plain mean of the true ranges; then Wilder's smoothing.
/// O(1) a bar.
///
/// Source: J. Welles Wilder, New Concepts in Technical Trading Systems (1978). Agrees with TA-Lib.
final class Atr implements Indicator.OfBars {
  private final TrueRange range = new TrueRange();
  private final Rma average;

  Atr(int period) {
    average = new Rma(period);
  }

  @Override
  public void update(Bar bar) {
    average.next(range.next(bar));
  }

  @Override
  public double value(int output) {
    return average.value(0);
  }

  @Override
  public void state(Snapshot snapshot) {
    range.state(snapshot);
    average.state(snapshot);
  }
}

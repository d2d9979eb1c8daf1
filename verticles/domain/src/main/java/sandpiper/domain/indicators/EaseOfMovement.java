package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Ease of movement: how far the middle of the bar moves, times its range, for 10,000 of volume;
/// the mean over `period` bars.
///
/// A bar without volume counts 0. O(1) a bar.
///
/// Source: Richard Arms, Volume Cycles in the Stock Market (1994); unit as on TradingView.
final class EaseOfMovement implements Indicator.OfBars {
  private static final double UNIT = 10_000;

  private final Sma average;
  private double middle = Double.NaN;

  EaseOfMovement(int period) {
    average = new Sma(period);
  }

  @Override
  public void update(Bar bar) {
    double now = (bar.high() + bar.low()) / 2;
    double move = now - middle;
    middle = now;
    if (!Double.isNaN(move)) {
      average.update(
          bar.volume() == 0 ? 0 : UNIT * move * ((bar.high() - bar.low()) / bar.volume()));
    }
  }

  @Override
  public double value(int output) {
    return average.value(0);
  }

  @Override
  public void state(Snapshot snapshot) {
    average.state(snapshot);
    middle = snapshot.number(middle);
  }
}

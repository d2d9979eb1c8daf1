package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Williams fractals: the latest high that stands above the highs of `side` bars before it and
/// `side` after it, and the latest such low.
///
/// Outputs: `up`, `down`; a fractal is known `side` bars after it was made. Both from when there is
/// one of each. Looks at 2 `side` + 1 bars at every bar.
///
/// Source: Bill Williams, Trading Chaos (1995).
final class Fractals implements Indicator.OfBars {
  private final int side;
  private final Recent highs;
  private final Recent lows;
  private double up = Double.NaN;
  private double down = Double.NaN;

  Fractals(int side) {
    this.side = side;
    highs = new Recent(2 * side + 1);
    lows = new Recent(2 * side + 1);
  }

  @Override
  public void update(Bar bar) {
    highs.add(bar.high());
    lows.add(-bar.low());
    if (highs.full()) {
      up = standsOut(highs) ? highs.ago(side) : up;
      down = standsOut(lows) ? -lows.ago(side) : down;
    }
  }

  private boolean standsOut(Recent window) {
    double middle = window.ago(side);
    for (int ago = 0; ago <= 2 * side; ago++) {
      if (ago != side && window.ago(ago) >= middle) {
        return false;
      }
    }
    return true;
  }

  @Override
  public double value(int output) {
    if (Double.isNaN(up + down)) {
      return Double.NaN;
    }
    return output == 0 ? up : down;
  }

  @Override
  public void state(Snapshot snapshot) {
    highs.state(snapshot);
    lows.state(snapshot);
    up = snapshot.number(up);
    down = snapshot.number(down);
  }
}

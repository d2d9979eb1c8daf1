package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// Directional movement: how much of the true range went up and down, and how one-sided that is.
///
/// Outputs: `plus` (+DI), `minus` (-DI), `dx`, from 0 to 100. Sums over `period` - 1 bars to begin
/// with, then Wilder's way of letting a sum forget. Where there is no movement `dx` stays as it
/// was. O(1) a bar.
///
/// Source: J. Welles Wilder, New Concepts in Technical Trading Systems (1978). Agrees with TA-Lib.
final class DirectionalMovement implements Indicator.OfBars {
  private final int period;
  private final TrueRange trueRange = new TrueRange();
  private int moves = -1;
  private double high;
  private double low;
  private double up;
  private double down;
  private double range;
  private double index;
  private boolean moved;

  DirectionalMovement(int period) {
    this.period = period;
  }

  @Override
  public void update(Bar bar) {
    double rise = bar.high() - high;
    double fall = low - bar.low();
    double reach = trueRange.next(bar);
    high = bar.high();
    low = bar.low();
    if (moves < period) {
      moves++;
    }
    if (moves == 0) {
      return;
    }
    if (moves == period) {
      up -= up / period;
      down -= down / period;
      range -= range / period;
    }
    up += rise > fall && rise > 0 ? rise : 0;
    down += fall > rise && fall > 0 ? fall : 0;
    range += reach;
    moved = range != 0 && up + down != 0;
    if (moved) {
      index = 100 * (Math.abs(up - down) / (up + down));
    }
  }

  /// Whether the last bar gave a new `dx`.
  boolean moved() {
    return moved;
  }

  @Override
  public double value(int output) {
    if (moves < period) {
      return Double.NaN;
    }
    return switch (output) {
      case 0 -> range == 0 ? 0 : 100 * (up / range);
      case 1 -> range == 0 ? 0 : 100 * (down / range);
      default -> index;
    };
  }

  @Override
  public void state(Snapshot snapshot) {
    trueRange.state(snapshot);
    moves = snapshot.whole(moves);
    high = snapshot.number(high);
    low = snapshot.number(low);
    up = snapshot.number(up);
    down = snapshot.number(down);
    range = snapshot.number(range);
    index = snapshot.number(index);
    moved = snapshot.flag(moved);
  }
}

package sandpiper.domain.indicators;

import java.util.Arrays;
import java.util.List;
import sandpiper.domain.market.Bar;

/// Pivot points: levels for a day, week or month (UTC) from high, low and close of the one before.
///
/// Outputs: `pivot`, `r1`, `r2`, `r3`, `s1`, `s2`, `s3`. First values with the first bar after a
/// change of span. O(1) a bar.
///
/// Source: formulas as TradingView publishes them; traditional ones by floor traders, Tom DeMark's
/// left out, Camarilla by Nick Scott (1989), Woodie's by Ken Wood.
final class PivotPoints implements Indicator.OfBars {
  /// By whose formula.
  enum Kind {
    TRADITIONAL,
    FIBONACCI,
    CAMARILLA,
    /// With the open of the span that has begun.
    WOODIE
  }

  static final List<Kind> KINDS = List.of(Kind.values());

  private final Kind kind;
  private final Anchor anchor;
  private double high = Double.NaN;
  private double low;
  private double close;
  private final double[] levels = new double[7];

  PivotPoints(Kind kind, Anchor.Span span) {
    this.kind = kind;
    anchor = new Anchor(span);
    Arrays.fill(levels, Double.NaN);
  }

  @Override
  public void update(Bar bar) {
    if (anchor.opens(bar)) {
      if (!Double.isNaN(high)) {
        draw(bar.open());
      }
      high = bar.high();
      low = bar.low();
    } else {
      high = Math.max(high, bar.high());
      low = Math.min(low, bar.low());
    }
    close = bar.close();
  }

  private void draw(double open) {
    double range = high - low;
    double pivot = kind == Kind.WOODIE ? (high + low + 2 * open) / 4 : (high + low + close) / 3;
    levels[0] = pivot;
    switch (kind) {
      case TRADITIONAL, WOODIE -> {
        levels[1] = 2 * pivot - low;
        levels[2] = pivot + range;
        levels[3] = high + 2 * (pivot - low);
        levels[4] = 2 * pivot - high;
        levels[5] = pivot - range;
        levels[6] = low - 2 * (high - pivot);
      }
      case FIBONACCI -> around(pivot, 0.382 * range, 0.618 * range, range);
      case CAMARILLA -> around(close, 1.1 * range / 12, 1.1 * range / 6, 1.1 * range / 4);
    }
  }

  private void around(double middle, double... distances) {
    for (int i = 0; i < 3; i++) {
      levels[1 + i] = middle + distances[i];
      levels[4 + i] = middle - distances[i];
    }
  }

  @Override
  public double value(int output) {
    return levels[output];
  }

  @Override
  public void state(Snapshot snapshot) {
    anchor.state(snapshot);
    high = snapshot.number(high);
    low = snapshot.number(low);
    close = snapshot.number(close);
    snapshot.numbers(levels);
  }
}

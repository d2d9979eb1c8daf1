package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// A total that grows and falls with the volume of each bar. From the first bar on, with the price
/// volume trend from the second. O(1) a bar.
final class CumulativeVolume implements Indicator.OfBars {
  /// How the volume counts.
  enum Kind {
    /// On-balance volume: all of it, added when the close rose, taken off when it fell; begins with
    /// the volume of the first bar. Source: Joseph Granville (1963). Agrees with TA-Lib.
    ON_BALANCE,
    /// Accumulation/distribution: by where the close stands in the bar, -1 at its low to 1 at its
    /// high; nothing without a range. Source: Marc Chaikin. Agrees with TA-Lib.
    ACCUMULATION,
    /// Price volume trend: by the relative change of the close.
    PRICE_TREND
  }

  private final Kind kind;
  private double close = Double.NaN;
  private double total;
  private boolean begun;

  CumulativeVolume(Kind kind) {
    this.kind = kind;
  }

  @Override
  public void update(Bar bar) {
    boolean first = Double.isNaN(close);
    total +=
        switch (kind) {
          case ON_BALANCE -> first ? bar.volume() : byDirection(bar);
          case ACCUMULATION -> place(bar) * bar.volume();
          case PRICE_TREND -> first ? 0 : bar.volume() * ((bar.close() - close) / close);
        };
    begun = kind != Kind.PRICE_TREND || !first;
    close = bar.close();
  }

  private double byDirection(Bar bar) {
    if (bar.close() > close) {
      return bar.volume();
    }
    return bar.close() < close ? -bar.volume() : 0;
  }

  /// Where the close stands between low (-1) and high (1); 0 without a range.
  static double place(Bar bar) {
    double range = bar.high() - bar.low();
    return range == 0 ? 0 : (bar.close() - bar.low() - (bar.high() - bar.close())) / range;
  }

  @Override
  public double value(int output) {
    return begun ? total : Double.NaN;
  }

  @Override
  public void state(Snapshot snapshot) {
    close = snapshot.number(close);
    total = snapshot.number(total);
    begun = snapshot.flag(begun);
  }
}

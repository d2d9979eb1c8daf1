package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// One price for the whole bar. O(1) a bar. Agrees with TA-Lib.
final class BarPrice implements Indicator.OfBars {
  /// Which mean of its prices.
  enum Kind {
    /// (open + high + low + close) / 4.
    AVERAGE,
    /// (high + low) / 2.
    MEDIAN,
    /// (high + low + close) / 3.
    TYPICAL,
    /// (high + low + 2 close) / 4.
    WEIGHTED
  }

  private final Kind kind;
  private double value = Double.NaN;

  BarPrice(Kind kind) {
    this.kind = kind;
  }

  @Override
  public void update(Bar bar) {
    value =
        switch (kind) {
          case AVERAGE -> (bar.open() + bar.high() + bar.low() + bar.close()) / 4;
          case MEDIAN -> (bar.high() + bar.low()) / 2;
          case TYPICAL -> (bar.high() + bar.low() + bar.close()) / 3;
          case WEIGHTED -> (bar.high() + bar.low() + 2 * bar.close()) / 4;
        };
  }

  @Override
  public double value(int output) {
    return value;
  }

  @Override
  public void state(Snapshot snapshot) {
    value = snapshot.number(value);
  }
}

package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;

/// A number, or a few, kept up to date with a stream. Not thread-safe.
public sealed interface Indicator {
  /// The current value of one output; NaN until the warm-up is over.
  ///
  /// @param output index into the outputs that the registry names
  double value(int output);

  /// Computed from one number a step, such as the close of a bar or the price of a trade.
  non-sealed interface OfSeries extends Indicator {
    void update(double x);
  }

  /// Computed from whole bars.
  non-sealed interface OfBars extends Indicator {
    void update(Bar bar);
  }
}

package sandpiper.domain.indicators;

import sandpiper.domain.market.Bar;
import sandpiper.domain.market.OrderBook;

/// A number, or a few, kept up to date with a stream. Not thread-safe.
///
/// All outputs have their first value at the same step. Only finite numbers come in, as
/// [IndicatorSet] sees to.
public sealed interface Indicator {
  /// The current value of one output; NaN until the warm-up is over.
  ///
  /// @param output index into the outputs that the registry names
  double value(int output);

  /// Hands everything that a step changes to `snapshot`, and keeps what it hands back.
  void state(Snapshot snapshot);

  /// Computed from one number a step, such as the close of a bar or the price of a trade.
  non-sealed interface OfSeries extends Indicator {
    void update(double x);

    /// One step of a chain: the first output after `x`; NaN, and no step, when `x` is NaN.
    default double next(double x) {
      if (Double.isNaN(x)) {
        return Double.NaN;
      }
      update(x);
      return value(0);
    }
  }

  /// Computed from an order book after each change of it.
  non-sealed interface OfBooks extends Indicator {
    void update(OrderBook book);
  }

  /// Computed from whole bars.
  non-sealed interface OfBars extends Indicator {
    void update(Bar bar);
  }
}

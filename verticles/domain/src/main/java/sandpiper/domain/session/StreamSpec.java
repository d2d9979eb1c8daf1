package sandpiper.domain.session;

import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Interval;

/// One stream of market data that a strategy asked for.
///
/// @param name as the strategy calls it
/// @param interval of its bars; null for everything else
public record StreamSpec(String name, String symbol, Kind kind, @Nullable Interval interval) {
  /// What a stream is made of.
  public enum Kind {
    BARS,
    TRADES,
    QUOTES,
    BOOK
  }

  public StreamSpec {
    if ((kind == Kind.BARS) != (interval != null)) {
      throw new IllegalArgumentException(
          "a stream has an interval exactly when it is of bars, was " + kind + " " + interval);
    }
  }

  /// A stream of bars, or of trades when there is no interval.
  public StreamSpec(String name, String symbol, @Nullable Interval interval) {
    this(name, symbol, interval == null ? Kind.TRADES : Kind.BARS, interval);
  }
}

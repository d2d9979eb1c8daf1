package sandpiper.domain.trading;

import java.util.Map;
import sandpiper.domain.market.Interval;

/// Which market events fill the orders of a session, and how. The exact conditions stand in
/// `docs/fills.md`.
public enum FillModel {
  /// Whatever the source gives: bars as [#BAR], trades as [#TRADE], quotes as [#QUOTE].
  ANY,
  /// Bars alone, each along an assumed path through its four prices.
  BAR,
  /// Trades alone, each a price at which one can buy and sell.
  TRADE,
  /// Quotes alone: one buys at the ask and sells at the bid.
  QUOTE,
  /// The level-2 order book: takers walk through its levels, makers wait in its queues.
  BOOK;

  /// @throws IllegalArgumentException naming what is allowed
  public static FillModel parse(String text) {
    return Words.parse(values(), "fill model", text);
  }

  /// As people write it: `book`.
  public String text() {
    return Words.text(this);
  }

  /// @param sources by symbol, the interval of the bars that its source delivers
  /// @param symbols of the session
  /// @throws IllegalArgumentException when orders of some symbol would never fill
  public void requireFor(Iterable<String> symbols, Map<String, Interval> sources) {
    for (var symbol : symbols) {
      boolean bars = sources.containsKey(symbol);
      if (this != ANY && bars != (this == BAR)) {
        throw new IllegalArgumentException(
            "fill model "
                + text()
                + " would never fill an order of "
                + symbol
                + ": its data "
                + (bars ? "are bars" : "have no bars")
                + "; use "
                + (bars ? "bar" : "trade, quote, book")
                + " or any");
      }
    }
  }
}

package sandpiper.mexc.client;

/// How an order for contracts fills.
public enum FuturesOrderType {
  /// At its price or better, until it is filled or cancelled.
  LIMIT(1),
  /// Waits in the book, or is cancelled.
  POST_ONLY(2),
  /// Fills what it can at once, the rest is cancelled.
  IMMEDIATE_OR_CANCEL(3),
  /// Fills at once as a whole, or not at all.
  FILL_OR_KILL(4),
  /// At the best prices there are; may end partly filled.
  MARKET(5),
  /// Made elsewhere: seen, never sent.
  OTHER(0);

  private final int number;

  FuturesOrderType(int number) {
    this.number = number;
  }

  /// As the exchange numbers it.
  int number() {
    return number;
  }

  static FuturesOrderType of(long number) {
    for (var type : values()) {
      if (type.number == number) {
        return type;
      }
    }
    return OTHER;
  }
}

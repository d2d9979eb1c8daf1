package sandpiper.mexc.client;

import sandpiper.domain.journal.Side;

/// What an order does to a position. Long and short positions in one contract stand side by side.
public enum FuturesSide {
  OPEN_LONG(1, Side.BUY),
  CLOSE_SHORT(2, Side.BUY),
  OPEN_SHORT(3, Side.SELL),
  CLOSE_LONG(4, Side.SELL);

  private final int number;
  private final Side side;

  FuturesSide(int number, Side side) {
    this.number = number;
    this.side = side;
  }

  /// As the exchange numbers it.
  int number() {
    return number;
  }

  /// In the order book.
  public Side side() {
    return side;
  }

  public boolean opens() {
    return this == OPEN_LONG || this == OPEN_SHORT;
  }

  static FuturesSide of(long number) {
    for (var side : values()) {
      if (side.number == number) {
        return side;
      }
    }
    throw Row.unreadable("side is not from 1 to 4: " + number);
  }
}

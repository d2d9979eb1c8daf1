package sandpiper.mexc.client;

/// Where the margin of a position comes from.
public enum MarginMode {
  /// It has margin of its own, and can lose no more.
  ISOLATED(1),
  /// It shares all that the account has.
  CROSS(2);

  private final int number;

  MarginMode(int number) {
    this.number = number;
  }

  /// As the exchange numbers it.
  int number() {
    return number;
  }

  static MarginMode of(long number) {
    for (var mode : values()) {
      if (mode.number == number) {
        return mode;
      }
    }
    throw Row.unreadable("openType is neither 1 nor 2: " + number);
  }
}

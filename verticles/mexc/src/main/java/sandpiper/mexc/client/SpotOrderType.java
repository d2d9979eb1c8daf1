package sandpiper.mexc.client;

/// The orders that the exchange takes by API. It has no stops.
public enum SpotOrderType {
  /// Waits in the book until it is filled or cancelled.
  LIMIT(1),
  /// Post only: waits in the book, or is refused or cancelled.
  LIMIT_MAKER(2),
  /// Fills what it can at once, the rest is cancelled.
  IMMEDIATE_OR_CANCEL(3),
  /// Fills at once as a whole, or not at all.
  FILL_OR_KILL(4),
  /// At the best prices there are; may end partly filled.
  MARKET(5),
  /// Made elsewhere, such as a stop of the website: seen, never sent.
  OTHER(0);

  private final int number;

  SpotOrderType(int number) {
    this.number = number;
  }

  static SpotOrderType of(String name) {
    for (var type : values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    return OTHER;
  }

  /// As the private stream has it.
  static SpotOrderType of(int number) {
    for (var type : values()) {
      if (type.number == number) {
        return type;
      }
    }
    return OTHER;
  }
}

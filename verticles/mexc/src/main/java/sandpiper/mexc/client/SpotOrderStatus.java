package sandpiper.mexc.client;

/// Where an order stands.
public enum SpotOrderStatus {
  NEW(1),
  FILLED(2),
  PARTIALLY_FILLED(3),
  CANCELED(4),
  /// Part of it was filled, and nothing more will be.
  PARTIALLY_CANCELED(5),
  /// A word of the exchange that is not known here: look the order up again.
  UNKNOWN(0);

  private final int number;

  SpotOrderStatus(int number) {
    this.number = number;
  }

  /// Whether nothing can happen to the order any more.
  public boolean isFinal() {
    return this == FILLED || this == CANCELED || this == PARTIALLY_CANCELED;
  }

  static SpotOrderStatus of(String name) {
    for (var status : values()) {
      if (status.name().equals(name)) {
        return status;
      }
    }
    return UNKNOWN;
  }

  /// As the private stream has it.
  static SpotOrderStatus of(int number) {
    for (var status : values()) {
      if (status.number == number) {
        return status;
      }
    }
    return UNKNOWN;
  }
}

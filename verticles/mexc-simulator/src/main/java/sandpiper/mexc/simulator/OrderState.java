package sandpiper.mexc.simulator;

/// Where an order stands, as the API tells it.
enum OrderState {
  NEW(1),
  FILLED(2),
  PARTIALLY_FILLED(3),
  CANCELED(4),
  PARTIALLY_CANCELED(5);

  private final int number;

  OrderState(int number) {
    this.number = number;
  }

  /// What the private stream calls it.
  int number() {
    return number;
  }

  boolean isFinal() {
    return this == FILLED || this == CANCELED || this == PARTIALLY_CANCELED;
  }
}

package sandpiper.domain.journal;

/// Where an order stands in its life.
public enum OrderStatus {
  /// Passed risk, waits at the venue.
  WORKING,
  PARTIALLY_FILLED,
  FILLED,
  CANCELLED,
  /// Turned down before it reached the venue.
  REFUSED;

  /// Whether nothing can happen to the order any more.
  public boolean isFinal() {
    return switch (this) {
      case WORKING, PARTIALLY_FILLED -> false;
      case FILLED, CANCELLED, REFUSED -> true;
    };
  }
}

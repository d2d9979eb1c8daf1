package sandpiper.domain.journal;

/// Something happened to an order. Carries the order as it stood right after.
public sealed interface OrderEvent extends JournalEntry
    permits OrderAccepted,
        OrderRefused,
        OrderActivated,
        OrderTriggered,
        OrderFilled,
        OrderAmended,
        AmendRefused,
        OrderCancelled,
        CancelRefused,
        OrderExpired {
  Order order();

  @Override
  default String sessionId() {
    return order().sessionId();
  }

  /// The signal that the order followed from.
  default String signalId() {
    return order().signalId();
  }
}

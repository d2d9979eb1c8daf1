package sandpiper.domain.journal;

/// A strategy wants to withdraw one of its orders.
public record CancelOrder(String sessionId, String orderId, String strategy)
    implements StrategyAction {
  public CancelOrder {
    Identity.session(sessionId);
    Identity.require("order_id", "ord_", orderId);
  }
}

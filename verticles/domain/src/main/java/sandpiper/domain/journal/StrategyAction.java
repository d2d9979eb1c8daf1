package sandpiper.domain.journal;

/// What a strategy asks for in a callback; asked for in order, carried out in order.
public sealed interface StrategyAction
    permits Signal, PlaceOrder, AmendOrder, CancelOrder, CancelAllOrders, Note {
  /// Instance that asks.
  String strategy();
}

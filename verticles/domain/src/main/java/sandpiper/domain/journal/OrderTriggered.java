package sandpiper.domain.journal;

/// The market reached the order's trigger price: from here on it is a market or limit order.
public record OrderTriggered(Order order, long seq, long time) implements OrderEvent {}

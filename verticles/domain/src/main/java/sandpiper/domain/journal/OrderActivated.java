package sandpiper.domain.journal;

/// The order that this one waited for has filled: it waits at the venue now, with the quantity and
/// the prices that follow from that fill.
public record OrderActivated(Order order, long seq, long time) implements OrderEvent {}

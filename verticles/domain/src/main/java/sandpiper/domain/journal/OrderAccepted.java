package sandpiper.domain.journal;

/// Risk let the order pass; it waits at the venue, or for the fill of another order.
public record OrderAccepted(Order order, long seq, long time) implements OrderEvent {}

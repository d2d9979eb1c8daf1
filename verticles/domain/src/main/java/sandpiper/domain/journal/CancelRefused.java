package sandpiper.domain.journal;

/// A cancel came too late: the order, which stays as it was, had ended already.
public record CancelRefused(Order order, long seq, long time, String reason)
    implements OrderEvent {}

package sandpiper.domain.journal;

/// What was left of the order was withdrawn.
///
/// @param reason for people: who asked for it
public record OrderCancelled(Order order, long seq, long time, String reason)
    implements OrderEvent {}

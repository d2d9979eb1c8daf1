package sandpiper.domain.journal;

/// A change was turned down; the order stays as it was.
///
/// @param rule name of the risk rule, or `amend` when the order cannot be changed so
/// @param reason for people
public record AmendRefused(Order order, long seq, long time, String rule, String reason)
    implements OrderEvent {}

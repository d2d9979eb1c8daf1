package sandpiper.domain.journal;

/// The order's time in force ended before it was wholly filled.
///
/// @param reason for people
public record OrderExpired(Order order, long seq, long time, String reason) implements OrderEvent {}

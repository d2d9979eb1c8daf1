package sandpiper.domain.journal;

/// Risk turned the order down; it never reached the venue.
///
/// @param rule name of the rule, such as `buying-power`
/// @param reason for people: the limit and the value
public record OrderRefused(Order order, long seq, long time, String rule, String reason)
    implements OrderEvent {}

package sandpiper.domain.journal;

import org.jspecify.annotations.Nullable;

/// What was left of the order was withdrawn.
///
/// @param reason for people: who asked for it
/// @param by the person who did it by hand; null when nobody did
public record OrderCancelled(Order order, long seq, long time, String reason, @Nullable String by)
    implements OrderEvent {}

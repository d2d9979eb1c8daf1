package sandpiper.domain.journal;

import org.jspecify.annotations.Nullable;

/// Prices or quantity of the order are new; they hold from the next input on.
///
/// @param by the person who did it by hand; null when nobody did
public record OrderAmended(Order order, long seq, long time, @Nullable String by)
    implements OrderEvent {}

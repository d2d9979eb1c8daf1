package sandpiper.domain.journal;

/// The order was filled, wholly or in part.
///
/// @param position as the fill left it
public record OrderFilled(Order order, long seq, long time, Fill fill, Position position)
    implements OrderEvent {}

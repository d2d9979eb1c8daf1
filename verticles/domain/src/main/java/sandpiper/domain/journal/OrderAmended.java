package sandpiper.domain.journal;

/// Prices or quantity of the order are new; they hold from the next input on.
public record OrderAmended(Order order, long seq, long time) implements OrderEvent {}

package sandpiper.mexc.client;

import java.math.BigDecimal;

/// What an account pays on a symbol, as shares of the amount.
///
/// @param maker of an order that waited in the book
/// @param taker of one that was filled on arrival
public record SpotFees(BigDecimal maker, BigDecimal taker) {}

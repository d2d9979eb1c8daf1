package sandpiper.mexc.simulator;

import java.math.BigDecimal;

/// One fill of an account's order.
///
/// @param fee in the quote currency
/// @param selfTrade whether both orders were of the account
record AccountTrade(
    String id,
    SimulatedOrder order,
    BigDecimal price,
    BigDecimal quantity,
    BigDecimal amount,
    BigDecimal fee,
    boolean maker,
    boolean selfTrade,
    long time) {}

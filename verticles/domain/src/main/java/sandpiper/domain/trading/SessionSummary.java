package sandpiper.domain.trading;

import java.math.BigDecimal;

/// How a session stands: the figures under a backtest.
///
/// @param closedTrades positions that went from flat to flat
/// @param wins of those, how many brought more than their fees
/// @param openAtEnd whether a position is still held
/// @param fees paid, in quote currency
/// @param funding received, in quote currency; below zero when paid
/// @param liquidations positions that were closed by force
/// @param net profit after fees and funding, open positions at their latest price
/// @param finalEquity in quote currency
/// @param maxDrawdown deepest fall of equity below its peak as a share of it, zero or below, looked
///   at on every market event
public record SessionSummary(
    int closedTrades,
    int wins,
    boolean openAtEnd,
    int signals,
    int orders,
    int refused,
    int fills,
    BigDecimal fees,
    BigDecimal funding,
    int liquidations,
    BigDecimal net,
    BigDecimal finalEquity,
    double maxDrawdown) {}

package sandpiper.domain.metrics;

import java.math.BigDecimal;

/// Figures of closed trades: of all, of the long or of the short ones. Profits are after fees; a
/// trade that brings nothing is neither won nor lost.
///
/// Source of the system quality number: Van K. Tharp, Definitive Guide to Position Sizing (2008).
///
/// @param count of closed trades
/// @param net profit of all, in quote currency
/// @param grossProfit of those won, zero or above
/// @param grossLoss of those lost, zero or below
/// @param fees paid by them
/// @param winRate 0 to 1
/// @param profitFactor gross profit over gross loss
/// @param payoff average profit of those won over the average loss of those lost
/// @param expectancy what a trade brings on average, in quote currency
/// @param expectancyRatio what a trade brings for each unit that one lost on average: (1 + payoff)
///   × win rate - 1
/// @param sqn system quality number: the root of the count times mean over deviation of profits
/// @param fewTrades whether there are fewer than the 30 that the system quality number asks for
/// @param averageWin in quote currency
/// @param averageLoss in quote currency, below zero
/// @param longestWinStreak trades won in a row, in the order in which they ended
/// @param longestLossStreak trades lost in a row
/// @param averageSeconds from entry to exit
/// @param averageMae in quote currency, zero or below, before fees
/// @param averageMfe in quote currency, zero or above, before fees
/// @param exposure share of the session's time with an open position, 0 to 1
/// @param turnover notional of all fills, those of open positions too, over the average equity at
///   the ends of days
public record TradeMetrics(
    int count,
    int wins,
    int losses,
    BigDecimal net,
    BigDecimal grossProfit,
    BigDecimal grossLoss,
    BigDecimal fees,
    Figure winRate,
    Figure profitFactor,
    Figure payoff,
    Figure expectancy,
    Figure expectancyRatio,
    Figure sqn,
    boolean fewTrades,
    Figure averageWin,
    Figure averageLoss,
    Figure best,
    Figure worst,
    int longestWinStreak,
    int longestLossStreak,
    Figure averageSeconds,
    Figure averageMae,
    Figure averageMfe,
    Figure exposure,
    Figure turnover) {}

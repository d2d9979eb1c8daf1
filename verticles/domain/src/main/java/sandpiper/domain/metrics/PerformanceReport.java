package sandpiper.domain.metrics;

import java.math.BigDecimal;
import java.util.List;

/// How well a session did, with everything it takes to say how that was worked out.
///
/// Equity is looked at when each UTC day ends, and at the session's start. With 365 periods a year
/// every calendar day counts, one without an event as a day without change; with 252 only days that
/// had an event do.
///
/// @param periodsPerYear what figures are annualised by: 365 or 252
/// @param days daily returns that went into them
/// @param startTime UTC microseconds
/// @param endTime UTC microseconds, the session's clock at its end
/// @param openPositions held at the end; in equity, but no closed trades yet
/// @param equity the starting point and the end of each day, oldest first
/// @param trades closed ones in the order in which they ended, the latest
///   [10,000][PerformanceTracker#MOST_TRADES] of them
public record PerformanceReport(
    int periodsPerYear,
    int days,
    long startTime,
    long endTime,
    BigDecimal startEquity,
    BigDecimal finalEquity,
    ReturnMetrics returns,
    DrawdownMetrics drawdown,
    BenchmarkComparison benchmark,
    TradeMetrics allTrades,
    TradeMetrics longTrades,
    TradeMetrics shortTrades,
    int openPositions,
    MonthlyReturns monthly,
    List<EquityPoint> equity,
    List<ClosedTrade> trades) {
  /// Periods a year of markets that never close.
  public static final int CALENDAR_DAYS = 365;

  /// Periods a year of markets that close at weekends and on holidays.
  public static final int TRADING_DAYS = 252;

  public PerformanceReport {
    checkPeriods(periodsPerYear);
    equity = List.copyOf(equity);
    trades = List.copyOf(trades);
  }

  /// @return `periods`
  /// @throws IllegalArgumentException unless it is one of the two that are known
  public static int checkPeriods(int periods) {
    if (periods != CALENDAR_DAYS && periods != TRADING_DAYS) {
      throw new IllegalArgumentException(
          "periods a year must be 365 (calendar days) or 252 (trading days), was " + periods);
    }
    return periods;
  }
}

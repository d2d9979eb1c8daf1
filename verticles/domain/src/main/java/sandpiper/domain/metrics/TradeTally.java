package sandpiper.domain.metrics;

import java.math.BigDecimal;

/// Counts trades as they come, in memory that does not grow. Not thread-safe.
final class TradeTally {
  private static final int ENOUGH = 30;
  private static final String NO_TRADE = "no closed trade";
  private static final String NO_WIN = "no winning trade";
  private static final String NO_LOSS = "no losing trade";

  private int count;
  private int wins;
  private int losses;
  private BigDecimal grossProfit = BigDecimal.ZERO;
  private BigDecimal grossLoss = BigDecimal.ZERO;
  private BigDecimal fees = BigDecimal.ZERO;
  private double mae;
  private double mfe;
  private double notional;
  private double mean;
  private double squares;
  private double best = Double.NEGATIVE_INFINITY;
  private double worst = Double.POSITIVE_INFINITY;
  private int winStreak;
  private int lossStreak;
  private int longestWinStreak;
  private int longestLossStreak;
  private double seconds;
  private int open;
  private long openSince;
  private long exposed;

  /// A position was opened at `time`, UTC microseconds.
  void opened(long time) {
    if (open++ == 0) {
      // Bars of several symbols overlap: a fill may be told after a later one of another symbol.
      openSince = Math.max(time, openSince);
    }
  }

  /// A position is flat again since `time`, UTC microseconds.
  void closed(long time) {
    if (--open == 0 && time > openSince) {
      exposed += time - openSince;
      openSince = time;
    }
  }

  /// @param filled price × quantity of a fill
  void traded(double filled) {
    notional += filled;
  }

  /// @param net profit of one trade after fees, in quote currency
  /// @param duration from entry to exit, microseconds
  /// @param adverse lowest profit it ever had, before fees
  /// @param favourable highest profit it ever had, before fees
  void add(
      BigDecimal net, BigDecimal paid, long duration, BigDecimal adverse, BigDecimal favourable) {
    fees = fees.add(paid);
    mae += adverse.doubleValue();
    mfe += favourable.doubleValue();
    seconds += duration / 1e6;
    count++;
    switch (net.signum()) {
      case 1 -> {
        wins++;
        grossProfit = grossProfit.add(net);
        longestWinStreak = Math.max(longestWinStreak, ++winStreak);
        lossStreak = 0;
      }
      case -1 -> {
        losses++;
        grossLoss = grossLoss.add(net);
        longestLossStreak = Math.max(longestLossStreak, ++lossStreak);
        winStreak = 0;
      }
      default -> {
        winStreak = 0;
        lossStreak = 0;
      }
    }
    double value = net.doubleValue();
    best = Math.max(best, value);
    worst = Math.min(worst, value);
    double above = value - mean; // Welford's way: no sum of squares that cancels out
    mean += above / count;
    squares += above * (value - mean);
  }

  /// The figures so far.
  ///
  /// @param from start of the session, UTC microseconds
  /// @param to its end or its present
  /// @param averageEquity in quote currency
  TradeMetrics metrics(long from, long to, double averageEquity) {
    double profit = grossProfit.doubleValue();
    double loss = grossLoss.doubleValue();
    var winRate = each(wins);
    var averageWin = Figure.ratio(profit, wins, NO_WIN);
    var averageLoss = Figure.ratio(loss, losses, NO_LOSS);
    var payoff = payoff(averageWin, averageLoss);
    double deviation = count < 2 ? 0 : Math.sqrt(squares / (count - 1));
    return new TradeMetrics(
        count,
        wins,
        losses,
        grossProfit.add(grossLoss),
        grossProfit,
        grossLoss,
        fees,
        winRate,
        count == 0 ? Figure.none(NO_TRADE) : Figure.ratio(profit, -loss, NO_LOSS),
        payoff,
        each(profit + loss),
        expectancyRatio(winRate, payoff),
        count < 2
            ? Figure.none("fewer than two closed trades")
            : Figure.ratio(Math.sqrt(count) * mean, deviation, "profits never vary"),
        count < ENOUGH,
        averageWin,
        averageLoss,
        count == 0 ? Figure.none(NO_TRADE) : Figure.of(best),
        count == 0 ? Figure.none(NO_TRADE) : Figure.of(worst),
        longestWinStreak,
        longestLossStreak,
        each(seconds),
        each(mae),
        each(mfe),
        exposure(from, to),
        averageEquity > 0
            ? Figure.finite(notional / averageEquity)
            : Figure.none("equity was zero or below on average"));
  }

  private static Figure payoff(Figure averageWin, Figure averageLoss) {
    var win = averageWin.value();
    var loss = averageLoss.value();
    if (loss == null) {
      return averageLoss;
    }
    return win == null ? averageWin : Figure.finite(win / -loss);
  }

  /// Where nothing was won it is -1 whatever the payoff.
  private static Figure expectancyRatio(Figure winRate, Figure payoff) {
    var rate = winRate.value();
    if (rate == null) {
      return winRate;
    }
    var times = payoff.value();
    if (times == null) {
      return NO_WIN.equals(payoff.reason()) ? Figure.of(-1) : payoff;
    }
    return Figure.finite((1 + times) * rate - 1);
  }

  private Figure exposure(long from, long to) {
    long still = open > 0 && to > openSince ? to - openSince : 0;
    return Figure.ratio((double) (exposed + still), (double) (to - from), "no time has passed");
  }

  private Figure each(double sum) {
    return Figure.ratio(sum, count, NO_TRADE);
  }
}

package sandpiper.app;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.metrics.Figure;
import sandpiper.domain.metrics.PerformanceReport;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.SessionSummary;

/// What a backtest answers. All but `timing` is the same whenever the same run is repeated.
///
/// @param fee of a taker, share of the notional, by symbol
record BacktestReport(
    String sessionId,
    Strategy strategy,
    Data data,
    Map<String, Object> parameters,
    Map<String, BigDecimal> fee,
    FillRules fillRules,
    AccountRules account,
    BigDecimal cash,
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
    double maxDrawdown,
    PerformanceReport performance,
    List<Trades.ClosedTrade> trades,
    List<Outcome> band,
    Timing timing) {

  /// What came of the same strategy and data with other fills.
  ///
  /// @param name `optimistic`, `base` or `pessimistic`
  record Outcome(
      String name,
      FillRules fillRules,
      int closedTrades,
      int fills,
      BigDecimal net,
      double maxDrawdown) {
    static Outcome of(String name, FillRules rules, SessionSummary summary) {
      return new Outcome(
          name,
          rules,
          summary.closedTrades(),
          summary.fills(),
          summary.net(),
          summary.maxDrawdown());
    }
  }

  /// @param version SHA-256 of the source
  record Strategy(String name, String version) {}

  /// @param rows events read
  /// @param from time of the first one, to that of the last, ISO 8601
  record Data(
      String source, List<String> symbols, long rows, long skippedRows, String from, String to) {}

  /// @param loopSeconds from first to last event, reading included
  /// @param events inputs of the session: what was read and the bars that closed
  record Timing(double loopSeconds, long events, long eventsPerSecond) {}

  /// @param ends of the band, the optimistic one and the pessimistic one; empty for no band
  static BacktestReport of(
      String sessionId,
      Strategy strategy,
      Data data,
      Map<String, Object> parameters,
      Map<String, BigDecimal> fee,
      FillRules fillRules,
      AccountRules account,
      BigDecimal cash,
      SessionSummary summary,
      PerformanceReport performance,
      List<Trades.ClosedTrade> trades,
      List<Outcome> ends,
      Timing timing) {
    return new BacktestReport(
        sessionId,
        strategy,
        data,
        parameters,
        fee,
        fillRules,
        account,
        cash,
        summary.closedTrades(),
        summary.wins(),
        summary.openAtEnd(),
        summary.signals(),
        summary.orders(),
        summary.refused(),
        summary.fills(),
        summary.fees(),
        summary.funding(),
        summary.liquidations(),
        summary.net(),
        summary.finalEquity(),
        summary.maxDrawdown(),
        performance,
        trades,
        ends.isEmpty()
            ? ends
            : List.of(ends.getFirst(), Outcome.of("base", fillRules, summary), ends.getLast()),
        timing);
  }

  /// For people.
  String text() {
    var text = new StringBuilder();
    line(text, "Session", sessionId);
    line(text, "Strategy", strategy.name() + " " + parameters);
    line(
        text,
        "Data",
        data.source()
            + ", "
            + String.join(" ", data.symbols())
            + ", "
            + data.rows()
            + " rows"
            + (data.skippedRows() == 0 ? "" : ", " + data.skippedRows() + " bad rows left out"));
    line(text, "Period", data.from() + " to " + data.to());
    line(text, "Fills on", fillRules.toString());
    line(
        text,
        "Closed trades",
        closedTrades + " (" + wins + " won)" + (openAtEnd ? ", not all closed at the end" : ""));
    line(
        text,
        "Signals",
        signals + ", orders " + orders + ", refused " + refused + ", fills " + fills);
    line(text, "Fees", Decimals.plain(fees));
    if (account.margin() != null) {
      line(text, "Account", account.toString());
      line(text, "Liquidations", String.valueOf(liquidations));
      line(text, "Funding", Decimals.plain(funding));
    }
    line(text, "Net", Decimals.plain(net) + " after fees, open position at the last price");
    line(text, "Final equity", Decimals.plain(finalEquity) + " of " + Decimals.plain(cash));
    for (var outcome : band) {
      line(
          text,
          outcome.name().substring(0, 1).toUpperCase(Locale.ROOT) + outcome.name().substring(1),
          String.format(
              Locale.ROOT,
              "net %s, drawdown %.2f %%, %d closed trades; fills on %s",
              Decimals.plain(outcome.net()),
              100 * outcome.maxDrawdown(),
              outcome.closedTrades(),
              outcome.fillRules()));
    }
    performance(text);
    line(
        text,
        "Speed",
        String.format(
            "%,d events in %.2f s, %,d a second",
            timing.events(), timing.loopSeconds(), timing.eventsPerSecond()));
    return text.toString();
  }

  /// One line a trade, oldest first; times in UTC microseconds.
  String csv() {
    var csv =
        new StringBuilder(
            "position_id,signal_id,symbol,side,quantity,entry_time,exit_time,entry_price,exit_price,fees,net\n");
    for (var trade : trades) {
      csv.append(
              String.join(
                  ",",
                  trade.positionId(),
                  trade.signalId(),
                  trade.symbol(),
                  trade.side(),
                  Decimals.plain(trade.quantity()),
                  Long.toString(trade.entryTime()),
                  Long.toString(trade.exitTime()),
                  Decimals.plain(trade.entryPrice()),
                  Decimals.plain(trade.exitPrice()),
                  Decimals.plain(trade.fees()),
                  Decimals.plain(trade.net())))
          .append('\n');
    }
    return csv.toString();
  }

  static String iso(long micros) {
    return Instant.ofEpochSecond(
            Math.floorDiv(micros, 1_000_000L), Math.floorMod(micros, 1_000_000L) * 1_000L)
        .toString();
  }

  private void performance(StringBuilder text) {
    var returns = performance.returns();
    var drawdown = performance.drawdown();
    var benchmark = performance.benchmark();
    var all = performance.allTrades();
    line(
        text,
        "Return",
        percent(returns.total())
            + ", a year "
            + percent(returns.cagr())
            + "; buying and holding "
            + benchmark.symbol()
            + " "
            + percent(benchmark.total()));
    line(
        text,
        "Risk",
        "Sharpe "
            + number(returns.sharpe())
            + ", Sortino "
            + number(returns.sortino())
            + ", Calmar "
            + number(returns.calmar())
            + ", volatility "
            + percent(returns.volatility()));
    line(
        text,
        "Max drawdown",
        String.format(
            Locale.ROOT,
            "%.2f %%; %.2f %% at the ends of days, the longest %.0f days",
            maxDrawdown * 100,
            drawdown.max() * 100,
            drawdown.longestDays()));
    line(
        text,
        "Trades",
        "win rate "
            + percent(all.winRate())
            + ", profit factor "
            + number(all.profitFactor())
            + ", expectancy "
            + number(all.expectancy())
            + ", SQN "
            + number(all.sqn())
            + (all.fewTrades() && all.count() > 0 ? " (fewer than 30 trades)" : ""));
    line(
        text,
        "In the market",
        percent(all.exposure()) + " of the time, turnover " + number(all.turnover()) + " x equity");
    line(
        text,
        "Worked out",
        "from " + performance.days() + " days, " + performance.periodsPerYear() + " a year");
  }

  private static String percent(Figure figure) {
    var value = figure.value();
    return value == null
        ? "- (" + figure.reason() + ")"
        : String.format(Locale.ROOT, "%.2f %%", value * 100);
  }

  private static String number(Figure figure) {
    var value = figure.value();
    return value == null
        ? "- (" + figure.reason() + ")"
        : String.format(Locale.ROOT, "%.2f", value);
  }

  private static void line(StringBuilder text, String name, String value) {
    text.append(String.format("%-14s %s%n", name, value));
  }
}

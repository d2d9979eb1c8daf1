package sandpiper.app.tearsheet;

import static sandpiper.app.tearsheet.Words.escape;
import static sandpiper.app.tearsheet.Words.figure;
import static sandpiper.app.tearsheet.Words.money;
import static sandpiper.app.tearsheet.Words.percent;
import static sandpiper.app.tearsheet.Words.ratio;
import static sandpiper.app.tearsheet.Words.signed;

import java.util.function.Function;
import java.util.stream.Collectors;
import sandpiper.domain.metrics.PerformanceReport;
import sandpiper.domain.metrics.TradeMetrics;

/// The tables of a tear sheet, as HTML.
final class Tables {
  private final Conditions conditions;
  private final PerformanceReport report;

  Tables(Conditions conditions, PerformanceReport report) {
    this.conditions = conditions;
    this.report = report;
  }

  String returns() {
    var returns = report.returns();
    var drawdown = report.drawdown();
    var table = new StringBuilder("<table class=\"facts\">");
    fact(table, "Total return", percent(returns.total()));
    fact(table, "Growth a year (CAGR)", percent(returns.cagr()));
    fact(table, "Volatility a year", percent(returns.volatility()));
    fact(table, "Downside deviation a year", percent(returns.downsideDeviation()));
    fact(table, "Sharpe ratio", ratio(returns.sharpe()));
    fact(table, "Sortino ratio", ratio(returns.sortino()));
    fact(table, "Calmar ratio", ratio(returns.calmar()));
    fact(table, "Omega ratio", ratio(returns.omega()));
    fact(table, "Max drawdown, ends of days", Words.percent(drawdown.max()));
    fact(table, "Max drawdown, every event", Words.percent(conditions.maxDrawdown()));
    fact(table, "Largest fall in money", Words.money(drawdown.maxAmount()));
    fact(table, "Recovery of the deepest", figure(drawdown.recoveryDays(), Words::days));
    fact(table, "Best day", percent(returns.bestDay()));
    fact(table, "Worst day", percent(returns.worstDay()));
    fact(table, "Days that ended higher", percent(returns.positiveDays()));
    fact(table, "Value at risk, 5 % of days", percent(returns.valueAtRisk()));
    fact(table, "Tail ratio", ratio(returns.tailRatio()));
    fact(table, "Stability (R²)", ratio(returns.stability()));
    return table + "</table>";
  }

  String benchmark() {
    var returns = report.returns();
    var held = report.benchmark();
    var table =
        new StringBuilder(
            "<table class=\"figures\"><thead><tr><th></th><th>Strategy</th><th>Buy and hold</th></tr></thead><tbody>");
    beside(table, "Total return", percent(returns.total()), percent(held.total()));
    beside(table, "Growth a year (CAGR)", percent(returns.cagr()), percent(held.cagr()));
    beside(table, "Volatility a year", percent(returns.volatility()), percent(held.volatility()));
    beside(table, "Sharpe ratio", ratio(returns.sharpe()), ratio(held.sharpe()));
    beside(
        table, "Max drawdown", Words.percent(report.drawdown().max()), percent(held.maxDrawdown()));
    beside(table, "Excess return", percent(held.excessReturn()), "");
    beside(table, "Alpha a year", percent(held.alpha()), "");
    beside(table, "Beta", ratio(held.beta()), "");
    beside(table, "Correlation", ratio(held.correlation()), "");
    beside(table, "Information ratio", ratio(held.informationRatio()), "");
    return table + "</tbody></table>";
  }

  String trades() {
    var table =
        new StringBuilder(
            "<div class=\"scroll\"><table class=\"figures\"><thead><tr><th></th><th>All</th><th>Long</th><th>Short</th></tr></thead><tbody>");
    trade(table, "Closed trades", trades -> Words.count(trades.count()));
    trade(table, "Won", trades -> Words.count(trades.wins()));
    trade(table, "Lost", trades -> Words.count(trades.losses()));
    trade(table, "Win rate", trades -> percent(trades.winRate()));
    trade(
        table,
        "Net profit",
        trades -> signed(trades.net().doubleValue(), Words.money(trades.net())));
    trade(table, "Gross profit", trades -> Words.money(trades.grossProfit()));
    trade(table, "Gross loss", trades -> Words.money(trades.grossLoss()));
    trade(table, "Fees", trades -> Words.money(trades.fees()));
    trade(table, "Profit factor", trades -> ratio(trades.profitFactor()));
    trade(table, "Expectancy a trade", trades -> money(trades.expectancy()));
    trade(table, "Expectancy ratio", trades -> ratio(trades.expectancyRatio()));
    trade(table, "Payoff ratio", trades -> ratio(trades.payoff()));
    trade(table, "System quality number", Tables::quality);
    trade(table, "Average win", trades -> money(trades.averageWin()));
    trade(table, "Average loss", trades -> money(trades.averageLoss()));
    trade(table, "Best trade", trades -> money(trades.best()));
    trade(table, "Worst trade", trades -> money(trades.worst()));
    trade(table, "Longest winning streak", trades -> Words.count(trades.longestWinStreak()));
    trade(table, "Longest losing streak", trades -> Words.count(trades.longestLossStreak()));
    trade(table, "Average duration", trades -> figure(trades.averageSeconds(), Words::duration));
    trade(table, "Average worst moment (MAE)", trades -> money(trades.averageMae()));
    trade(table, "Average best moment (MFE)", trades -> money(trades.averageMfe()));
    trade(table, "Exposure", trades -> percent(trades.exposure()));
    trade(table, "Turnover, times mean equity", trades -> ratio(trades.turnover()));
    return table + "</tbody></table></div>";
  }

  private static String quality(TradeMetrics trades) {
    return ratio(trades.sqn())
        + (trades.fewTrades() && trades.sqn().value() != null
            ? " <small class=\"none\">fewer than 30 trades</small>"
            : "");
  }

  String drawdowns() {
    var deepest = report.drawdown().deepest();
    if (deepest.isEmpty()) {
      return "<p class=\"none\">No drawdown.</p>";
    }
    var table =
        new StringBuilder(
            "<div class=\"scroll\"><table class=\"figures list\"><thead><tr><th>High</th><th>Low</th><th>Recovered</th><th>Depth</th><th>Amount</th><th>Length</th><th>Recovery</th></tr></thead><tbody>");
    for (var each : deepest) {
      var recovered = each.recoveredTime();
      table.append(
          "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>"
              .formatted(
                  day(each.peakTime()),
                  day(each.troughTime()),
                  recovered == null ? "<span class=\"none\">not yet</span>" : day(recovered),
                  Words.percent(each.depth()),
                  Words.money(each.amount()),
                  Words.days(each.days()),
                  recovered == null
                      ? "<span class=\"none\">–</span>"
                      : figure(each.recoveryDays(), Words::days)));
    }
    return table + "</tbody></table></div>";
  }

  /// The day that ended at `time`.
  private String day(long time) {
    return Words.date(Math.max(time - 1, report.startTime()));
  }

  String conditions() {
    var table = new StringBuilder("<table class=\"conditions\">");
    fact(table, "Strategy", escape(conditions.strategy()));
    fact(table, "Version", "<code>" + escape(conditions.version()) + "</code>");
    fact(
        table,
        "Parameters",
        conditions.parameters().isEmpty()
            ? "none"
            : conditions.parameters().entrySet().stream()
                .map(each -> escape(each.getKey() + " = " + each.getValue()))
                .collect(Collectors.joining("<br>")));
    fact(table, "Symbols", escape(String.join(", ", conditions.symbols())));
    fact(
        table,
        "Data",
        escape(conditions.data())
            + "<br>"
            + Words.count(conditions.rows())
            + " rows"
            + (conditions.skippedRows() == 0
                ? ""
                : ", " + Words.count(conditions.skippedRows()) + " bad rows left out"));
    fact(
        table,
        "Period",
        Words.dateTime(report.startTime()) + " to " + Words.dateTime(report.endTime()) + " UTC");
    fact(table, "Budget", Words.money(report.startEquity()) + " quote currency");
    fact(table, "Fees", escape(conditions.fees()));
    fact(
        table,
        "Fills",
        "simulated: an order meets the first market event after the one it was placed in; within a bar a stop comes"
            + " before a take-profit; whole quantities, without latency or influence on the market");
    fact(
        table,
        "Figures",
        "P = %s periods a year, %s daily returns (%s), risk-free rate 0, sample deviation"
            .formatted(
                report.periodsPerYear(),
                Words.count(report.days()),
                report.periodsPerYear() == PerformanceReport.CALENDAR_DAYS
                    ? "every calendar day, UTC"
                    : "days with data, UTC"));
    fact(table, "Session", "<code>" + escape(conditions.sessionId()) + "</code>");
    return table + "</table>";
  }

  private void trade(StringBuilder table, String name, Function<TradeMetrics, String> cell) {
    table.append(
        "<tr><th>%s</th><td>%s</td><td>%s</td><td>%s</td></tr>"
            .formatted(
                name,
                cell.apply(report.allTrades()),
                cell.apply(report.longTrades()),
                cell.apply(report.shortTrades())));
  }

  private static void fact(StringBuilder table, String name, String value) {
    table.append("<tr><th>%s</th><td>%s</td></tr>".formatted(name, value));
  }

  private static void beside(StringBuilder table, String name, String own, String held) {
    table.append("<tr><th>%s</th><td>%s</td><td>%s</td></tr>".formatted(name, own, held));
  }
}

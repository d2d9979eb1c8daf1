package sandpiper.app.tearsheet;

import static sandpiper.app.tearsheet.Words.escape;
import static sandpiper.app.tearsheet.Words.figure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.metrics.DrawdownPeriod;
import sandpiper.domain.metrics.Figure;
import sandpiper.domain.metrics.MonthlyReturns;
import sandpiper.domain.metrics.PerformanceReport;
import sandpiper.domain.metrics.PerformanceTracker;
import sandpiper.domain.metrics.TradeMetrics;

/// One page with all that can be said of a backtest: charts, figures, and what it was run with.
///
/// The page is one file and its policy forbids it to load anything or to run scripts.
public final class TearSheet {
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private final Conditions conditions;
  private final PerformanceReport report;
  private final StringBuilder page = new StringBuilder();

  private TearSheet(Conditions conditions, PerformanceReport report) {
    this.conditions = conditions;
    this.report = report;
  }

  /// The whole document.
  public static String html(Conditions conditions, PerformanceReport report) {
    return new TearSheet(conditions, report).page();
  }

  private String page() {
    page.append(
        """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%s – tear sheet</title>
        <style>
        %s</style>
        </head>
        <body>
        <main>
        """
            .formatted(escape(conditions.strategy()), style()));
    header();
    tiles();
    equity();
    section(
        "drawdown",
        "Drawdown",
        "at the ends of UTC days, below the high so far",
        Charts.drawdown(report));
    months();
    trades();
    page.append("<div class=\"pair\">");
    returns();
    benchmark();
    page.append("</div>");
    tradeTable();
    drawdowns();
    conditions();
    return page.append("</main>\n</body>\n</html>\n").toString();
  }

  private void header() {
    page.append(
        """
        <header>
        <p class="brand">Sandpiper · backtest</p>
        <h1>%s</h1>
        <p>%s · %s to %s · %,d daily returns</p>
        </header>
        """
            .formatted(
                escape(conditions.strategy()),
                escape(String.join(", ", conditions.symbols())),
                Words.date(report.startTime()),
                Words.date(report.endTime()),
                report.days()));
  }

  private void tiles() {
    var returns = report.returns();
    var all = report.allTrades();
    double net = report.finalEquity().subtract(report.startEquity()).doubleValue();
    page.append("<section id=\"summary\" class=\"tiles\">");
    tile(
        "Net profit",
        signed(net, Words.money(net)),
        figure(returns.total(), Words::percent) + " of the budget");
    tile(
        "CAGR",
        signed(returns.cagr(), Words::percent),
        "volatility " + percent(returns.volatility()));
    tile("Sharpe", ratio(returns.sharpe()), "Sortino " + ratio(returns.sortino()));
    tile(
        "Max drawdown",
        signed(report.drawdown().max(), Words.percent(report.drawdown().max())),
        "longest " + Words.days(report.drawdown().longestDays()));
    tile(
        "Profit factor",
        ratio(all.profitFactor()),
        "expectancy " + figure(all.expectancy(), Words::money));
    tile("Win rate", percent(all.winRate()), "of %,d trades".formatted(all.count()));
    tile("Exposure", percent(all.exposure()), "turnover " + ratio(all.turnover()) + "×");
    page.append("</section>\n");
  }

  private void equity() {
    var total = report.benchmark().total();
    section(
        "equity",
        "Equity",
        "<span class=\"key equity-key\"></span>strategy <span class=\"key benchmark-key\"></span>buy and hold "
            + escape(report.benchmark().symbol())
            + ", "
            + figure(total, Words::percent),
        Charts.equity(report, true));
    if (Charts.needsOwnScale(report)) {
      section(
          "equity-alone",
          "Equity on its own scale",
          "the same line, without the benchmark",
          Charts.equity(report, false));
    }
  }

  private void months() {
    double most = 0;
    for (var year : report.monthly().years()) {
      for (var month : year.months()) {
        most = Math.max(most, month == null ? 0 : Math.abs(month));
      }
    }
    var table =
        new StringBuilder("<div class=\"scroll\"><table class=\"heat\"><thead><tr><th></th>");
    MONTHS.forEach(month -> table.append("<th>").append(month).append("</th>"));
    table.append("<th>Year</th></tr></thead><tbody>");
    for (var year : report.monthly().years()) {
      row(table, year, most);
    }
    table.append("</tbody></table></div>");
    section(
        "months",
        "Monthly returns",
        "in per cent of the equity each month began with",
        table.toString());
  }

  private static void row(StringBuilder table, MonthlyReturns.Year year, double most) {
    table.append("<tr><th>").append(year.year()).append("</th>");
    for (var month : year.months()) {
      if (month == null) {
        table.append("<td class=\"empty\">·</td>");
      } else {
        long strength = most == 0 ? 0 : Math.round(8 + 62 * Math.abs(month) / most);
        table.append(
            "<td style=\"background:color-mix(in srgb,var(--%s) %d%%,transparent)\">%s</td>"
                .formatted(month < 0 ? "loss" : "gain", month == 0 ? 0 : strength, cell(month)));
      }
    }
    table.append("<td class=\"total\">").append(cell(year.total())).append("</td></tr>");
  }

  private static String cell(@Nullable Double share) {
    return share == null ? "–" : Words.number(share * 100, Math.abs(share) >= 10 ? 0 : 2);
  }

  private void trades() {
    page.append("<div class=\"pair\">");
    var trades = report.trades();
    if (trades.isEmpty()) {
      section("distribution", "Trade returns", "", "<p class=\"none\">No trade was closed.</p>");
      section("scatter", "Trades", "", "<p class=\"none\">No trade was closed.</p>");
    } else {
      section(
          "distribution",
          "Trade returns",
          "how many trades returned how much"
              + latest(PerformanceTracker.MOST_TRADES)
              + "; line: mean",
          Charts.distribution(trades));
      section(
          "scatter",
          "Trades",
          "<span class=\"won-key\">●</span> won <span class=\"lost-key\">▼</span> lost"
              + latest(Charts.MOST_DOTS),
          Charts.scatter(trades));
    }
    page.append("</div>");
  }

  /// In words, when not all trades are shown.
  private String latest(int most) {
    int count = report.allTrades().count();
    return count > most ? String.format(Locale.ROOT, ", the latest %,d of %,d", most, count) : "";
  }

  private void returns() {
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
    section(
        "returns",
        "Return and risk",
        "annualised by %d, from %,d daily returns"
            .formatted(report.periodsPerYear(), report.days()),
        table + "</table>");
  }

  private void benchmark() {
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
    section(
        "benchmark",
        "Beside buying and holding",
        escape(held.symbol()) + " from its first price to its last, without fees",
        table + "</tbody></table>");
  }

  private void tradeTable() {
    var table =
        new StringBuilder(
            "<div class=\"scroll\"><table class=\"figures\"><thead><tr><th></th><th>All</th><th>Long</th><th>Short</th></tr></thead><tbody>");
    trade(table, "Closed trades", trades -> "%,d".formatted(trades.count()));
    trade(table, "Won", trades -> "%,d".formatted(trades.wins()));
    trade(table, "Lost", trades -> "%,d".formatted(trades.losses()));
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
    trade(table, "System quality number", TearSheet::quality);
    trade(table, "Average win", trades -> money(trades.averageWin()));
    trade(table, "Average loss", trades -> money(trades.averageLoss()));
    trade(table, "Best trade", trades -> money(trades.best()));
    trade(table, "Worst trade", trades -> money(trades.worst()));
    trade(table, "Longest winning streak", trades -> "%,d".formatted(trades.longestWinStreak()));
    trade(table, "Longest losing streak", trades -> "%,d".formatted(trades.longestLossStreak()));
    trade(table, "Average duration", trades -> figure(trades.averageSeconds(), Words::duration));
    trade(table, "Average worst moment (MAE)", trades -> money(trades.averageMae()));
    trade(table, "Average best moment (MFE)", trades -> money(trades.averageMfe()));
    trade(table, "Exposure", trades -> percent(trades.exposure()));
    trade(table, "Turnover, times mean equity", trades -> ratio(trades.turnover()));
    var open = report.openPositions();
    section(
        "trades",
        "Trades",
        "after fees, in quote currency"
            + (open == 0 ? "" : "; " + open + " still open at the end, not counted"),
        table + "</tbody></table></div>");
  }

  private static String quality(TradeMetrics trades) {
    return ratio(trades.sqn())
        + (trades.fewTrades() && trades.sqn().value() != null
            ? " <small class=\"none\">fewer than 30 trades</small>"
            : "");
  }

  private void drawdowns() {
    var deepest = report.drawdown().deepest();
    if (deepest.isEmpty()) {
      section("drawdowns", "Largest drawdowns", "", "<p class=\"none\">No drawdown.</p>");
      return;
    }
    var table =
        new StringBuilder(
            "<div class=\"scroll\"><table class=\"figures list\"><thead><tr><th>High</th><th>Low</th><th>Recovered</th><th>Depth</th><th>Amount</th><th>Length</th><th>Recovery</th></tr></thead><tbody>");
    for (DrawdownPeriod each : deepest) {
      var recovered = each.recoveredTime();
      table.append(
          "<tr><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td><td>%s</td></tr>"
              .formatted(
                  Words.date(each.peakTime()),
                  Words.date(each.troughTime()),
                  recovered == null ? "<span class=\"none\">not yet</span>" : Words.date(recovered),
                  Words.percent(each.depth()),
                  Words.money(each.amount()),
                  Words.days(each.days()),
                  recovered == null
                      ? "<span class=\"none\">–</span>"
                      : figure(each.recoveryDays(), Words::days)));
    }
    section(
        "drawdowns",
        "Largest drawdowns",
        "the deepest first, at most ten",
        table + "</tbody></table></div>");
  }

  private void conditions() {
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
            + "%,d rows".formatted(conditions.rows())
            + (conditions.skippedRows() == 0
                ? ""
                : ", %,d bad rows left out".formatted(conditions.skippedRows())));
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
        "P = %d periods a year, %,d daily returns (%s), risk-free rate 0, sample deviation"
            .formatted(
                report.periodsPerYear(),
                report.days(),
                report.periodsPerYear() == PerformanceReport.CALENDAR_DAYS
                    ? "every calendar day, UTC"
                    : "days with data, UTC"));
    fact(table, "Session", "<code>" + escape(conditions.sessionId()) + "</code>");
    section("conditions", "Conditions", "what this was run with", table + "</table>");
  }

  private void section(String id, String title, String note, String body) {
    page.append(
        "<section id=\"%s\" class=\"card\"><h2>%s</h2><p class=\"note\">%s</p>%s</section>\n"
            .formatted(id, title, note, body));
  }

  private void tile(String name, String value, String more) {
    page.append(
        "<div class=\"tile\"><h2>%s</h2><p class=\"value\">%s</p><p class=\"note\">%s</p></div>"
            .formatted(name, value, more));
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

  private static String percent(Figure figure) {
    return figure(figure, Words::percent);
  }

  private static String ratio(Figure figure) {
    return figure(figure, Words::ratio);
  }

  private static String money(Figure figure) {
    return figure(figure, Words::money);
  }

  private static String signed(Figure figure, Function<Double, String> format) {
    return figure(figure, value -> signed(value, format.apply(value)));
  }

  private static String signed(double value, String text) {
    return "<span class=\"%s\">%s</span>"
        .formatted(value < 0 ? "loss" : value > 0 ? "gain" : "", text);
  }

  private static String style() {
    try (var in = TearSheet.class.getResourceAsStream("tearsheet.css")) {
      if (in == null) {
        throw new IllegalStateException("tearsheet.css is not on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read tearsheet.css", e);
    }
  }
}

package sandpiper.app.tearsheet;

import static sandpiper.app.tearsheet.Words.escape;
import static sandpiper.app.tearsheet.Words.figure;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.metrics.MonthlyReturns;
import sandpiper.domain.metrics.PerformanceReport;
import sandpiper.domain.metrics.PerformanceTracker;

/// One page with all that can be said of a backtest: charts, figures, and what it was run with.
///
/// The page is one file and its policy forbids it to load anything or to run scripts.
public final class TearSheet {
  private static final List<String> MONTHS =
      List.of("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec");

  private final Conditions conditions;
  private final PerformanceReport report;
  private final Tables tables;
  private final StringBuilder page = new StringBuilder();

  private TearSheet(Conditions conditions, PerformanceReport report) {
    this.conditions = conditions;
    this.report = report;
    tables = new Tables(conditions, report);
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
    section(
        "returns",
        "Return and risk",
        "annualised by "
            + report.periodsPerYear()
            + ", from "
            + Words.count(report.days())
            + " daily returns",
        tables.returns());
    page.append("<div class=\"stack\">");
    section(
        "benchmark",
        "Beside buying and holding",
        escape(report.benchmark().symbol()) + " from its first price to its last, without fees",
        tables.benchmark());
    excursions();
    page.append("</div></div>");
    int open = report.openPositions();
    section(
        "trades",
        "Trades",
        "after fees, in quote currency"
            + (open == 0 ? "" : "; " + open + " still open at the end, not counted"),
        tables.trades());
    section("drawdowns", "Largest drawdowns", "the deepest first, at most ten", tables.drawdowns());
    section("conditions", "Conditions", "what this was run with", tables.conditions());
    return page.append("</main>\n</body>\n</html>\n").toString();
  }

  private void header() {
    page.append(
        """
        <header>
        <p class="brand">Sandpiper · backtest</p>
        <h1>%s</h1>
        <p>%s · %s to %s · %s daily returns</p>
        </header>
        """
            .formatted(
                escape(conditions.strategy()),
                escape(String.join(", ", conditions.symbols())),
                Words.date(report.startTime()),
                Words.date(report.endTime()),
                Words.count(report.days())));
  }

  private void tiles() {
    var returns = report.returns();
    var all = report.allTrades();
    double net = report.finalEquity().subtract(report.startEquity()).doubleValue();
    page.append("<section id=\"summary\" class=\"tiles\">");
    tile(
        "Net profit",
        Words.signed(net, Words.money(net)),
        figure(returns.total(), Words::percent) + " of budget");
    tile(
        "CAGR",
        Words.signed(returns.cagr(), Words::percent),
        "volatility " + Words.percent(returns.volatility()));
    tile("Sharpe", Words.ratio(returns.sharpe()), "Sortino " + Words.ratio(returns.sortino()));
    tile(
        "Max drawdown",
        Words.signed(report.drawdown().max(), Words.percent(report.drawdown().max())),
        "longest " + Words.days(report.drawdown().longestDays()));
    tile(
        "Profit factor",
        Words.ratio(all.profitFactor()),
        "expectancy " + figure(all.expectancy(), Words::money));
    tile("Win rate", Words.percent(all.winRate()), "of " + Words.count(all.count()) + " trades");
    tile(
        "Exposure", Words.percent(all.exposure()), "turnover " + Words.ratio(all.turnover()) + "×");
    page.append("</section>\n");
  }

  private void equity() {
    var total = report.benchmark().total();
    section(
        "equity",
        "Equity",
        "<span class=\"key equity-key\"></span>strategy, "
            + Words.percent(report.returns().total())
            + " <span class=\"key benchmark-key\"></span>buy and hold "
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
      section("scatter", "Trades by duration", "", "<p class=\"none\">No trade was closed.</p>");
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
          "Trades by duration",
          "<span class=\"won-key\">●</span> won <span class=\"lost-key\">▼</span> lost"
              + latest(Charts.MOST_DOTS),
          Charts.scatter(trades));
    }
    page.append("</div>");
  }

  private void excursions() {
    section(
        "excursions",
        "Worst moment and outcome",
        "how far each trade was under water before it ended" + latest(Charts.MOST_DOTS),
        report.trades().isEmpty()
            ? "<p class=\"none\">No trade was closed.</p>"
            : Charts.excursions(report.trades()));
  }

  /// In words, when not all trades are shown.
  private String latest(int most) {
    int count = report.allTrades().count();
    return count > most ? ", the latest " + Words.count(most) + " of " + Words.count(count) : "";
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

package sandpiper.app;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sandpiper.app.tearsheet.Conditions;
import sandpiper.app.tearsheet.TearSheet;
import sandpiper.bus.Json;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.metrics.PerformanceReport;
import sandpiper.domain.session.SessionIds;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyException;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.RiskLimits;
import sandpiper.domain.trading.SessionSummary;
import sandpiper.feeds.DataRequest;
import sandpiper.feeds.MarketData;
import sandpiper.strategies.Script;
import sandpiper.strategies.ScriptEngine;

/// `sandpiper backtest`: one strategy over the data of its symbols, in one thread.
@Command(
    name = "backtest",
    description = "Runs a strategy over recorded data and reports what came of it.",
    mixinStandardHelpOptions = true)
final class BacktestCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private StrategyArguments arguments;

  @Mixin private FillArguments fills;

  @Mixin private AccountArguments account;

  @Mixin private RiskArguments risk;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "[SYMBOL=]FILE|demo",
      description = {
        "Bars or trades as CSV, or recorded messages of Binance, plain or in xz, gz, zip;",
        "or the demo trades.",
        "Of several symbols one for each: BTCUSD=FILE,SPY=FILE, or the option again."
      })
  private List<String> data;

  @Option(names = "--from", description = "First day or time (UTC), included: 2019-01-01.")
  private @Nullable String from;

  @Option(names = "--to", description = "Last day or time (UTC), not included.")
  private @Nullable String to;

  @Option(names = "--fee", description = "Share of the notional a fill: 0.001 is 0.1 %%.")
  private @Nullable BigDecimal fee;

  @Option(names = "--cash", defaultValue = "1000000", description = "Default: ${DEFAULT-VALUE}.")
  private BigDecimal cash;

  @Option(names = "--trades", paramLabel = "FILE.csv", description = "Writes the closed trades.")
  private @Nullable Path trades;

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description = "Writes a tear sheet: charts and all figures on one page.")
  private @Nullable Path tearSheet;

  @Option(
      names = "--band",
      description = "Runs it on optimistic and pessimistic fills as well, and reports all three.")
  private boolean band;

  @Option(names = "--skip-bad-rows", description = "Counts bad rows instead of stopping.")
  private boolean skipBadRows;

  @Option(
      names = "--periods",
      defaultValue = "365",
      paramLabel = "365|252",
      description = {
        "Periods a year that figures are annualised by:",
        "365 for calendar days, 252 for days with data. Default: ${DEFAULT-VALUE}."
      })
  private int periods;

  @Option(names = "--json", description = "Prints one JSON document.")
  private boolean json;

  @Option(names = "--save", description = "Writes the session to the database.")
  private boolean save;

  @Option(
      names = "--config",
      paramLabel = "FILE.yaml",
      description = "Laid over the defaults; with --save it may name the database.")
  private @Nullable Path config;

  @Override
  public Integer call() throws IOException {
    checkPeriods();
    var instruments = instruments();
    try (var engine = new ScriptEngine()) {
      var script = script(engine);
      var plan = plan(script);
      var request =
          DataRequest.of(
              arguments.symbols(),
              data,
              arguments.interval(),
              micros("--from", from),
              micros("--to", to),
              skipBadRows);
      try (var reader = MarketData.open(request)) {
        var session =
            new SessionSpec(
                    SessionIds.derived(SessionMode.BACKTEST, identity(plan)),
                    SessionMode.BACKTEST,
                    instruments,
                    cash,
                    List.of(plan),
                    reader.startTime(),
                    fills.over(FillRules.STANDARD))
                .with(account.rules().of(instruments))
                .with(risk.over(RiskLimits.NONE));
        var report =
            run(
                save ? session.keepingReadings() : session,
                reader,
                script,
                ends(session, request, script));
        if (tearSheet != null) {
          Files.writeString(
              tearSheet, TearSheet.html(conditions(session, report), report.performance()));
        }
        print(report);
      }
    }
    return 0;
  }

  private void checkPeriods() {
    try {
      PerformanceReport.checkPeriods(periods);
    } catch (IllegalArgumentException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private List<Instrument> instruments() {
    var instruments = arguments.instruments();
    return fee == null ? instruments : instruments.stream().map(each -> each.withFee(fee)).toList();
  }

  private Script script(ScriptEngine engine) {
    try {
      return arguments.script(engine);
    } catch (StrategyException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private StrategyPlan plan(Script script) {
    try {
      return arguments.plan(script);
    } catch (StrategyException e) {
      throw new UsageException(e.getMessage());
    }
  }

  private BacktestReport run(
      SessionSpec session, MarketData reader, Script script, List<BacktestReport.Outcome> ends) {
    var closed = new Trades();
    var engine = new InThreadSession(reader, List.of(script));
    long begun = System.nanoTime();
    SessionSummary summary;
    try (var line = new ProgressLine(spec.commandLine().getErr(), reader::progress);
        var saved =
            save ? SavedSession.open(session, script, String.join(",", data), config) : null) {
      Consumer<JournalEntry> journal = saved == null ? closed : closed.andThen(saved);
      summary = engine.run(session, journal, ProgressLine.wanted() ? line::update : _ -> {});
      if (saved != null) {
        saved.finish(summary, engine.performance(periods));
      }
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    return BacktestReport.of(
        session.sessionId(),
        new BacktestReport.Strategy(script.name(), script.hash()),
        new BacktestReport.Data(
            reader.description(),
            arguments.symbols(),
            reader.rows(),
            reader.skippedRows(),
            BacktestReport.iso(session.startTime()),
            BacktestReport.iso(engine.clock())),
        session.strategies().getFirst().parameters(),
        takerFees(session),
        session.fills(),
        session.account(),
        cash,
        summary,
        engine.performance(periods),
        closed.closed(),
        ends,
        new BacktestReport.Timing(seconds, engine.inputs(), Math.round(engine.inputs() / seconds)));
  }

  /// Of the band, when it is wanted.
  private List<BacktestReport.Outcome> ends(
      SessionSpec session, List<DataRequest> request, Script script) {
    var fills = session.fills();
    return band
        ? List.of(
            outcome("optimistic", session.with(fills.optimistic()), request, script),
            outcome("pessimistic", session.with(fills.pessimistic()), request, script))
        : List.of();
  }

  private BacktestReport.Outcome outcome(
      String name, SessionSpec session, List<DataRequest> request, Script script) {
    try (var reader = MarketData.open(request)) {
      var summary = new InThreadSession(reader, List.of(script)).run(session, _ -> {}, _ -> {});
      return BacktestReport.Outcome.of(name, session.fills(), summary);
    }
  }

  private Conditions conditions(SessionSpec session, BacktestReport report) {
    var data = report.data();
    var fees =
        session.instruments().stream()
            .map(each ->
                each.symbol()
                    + " maker "
                    + Decimals.plain(each.makerFee().movePointRight(2))
                    + " %, taker "
                    + Decimals.plain(each.takerFee().movePointRight(2))
                    + " %")
            .collect(Collectors.joining("; "));
    return new Conditions(
        report.strategy().name(),
        report.strategy().version(),
        report.parameters(),
        data.symbols(),
        data.source(),
        data.rows(),
        data.skippedRows(),
        fees,
        report.maxDrawdown(),
        report.sessionId());
  }

  private static Map<String, BigDecimal> takerFees(SessionSpec session) {
    var fees = new LinkedHashMap<String, BigDecimal>();
    session.instruments().forEach(each -> fees.put(each.symbol(), each.takerFee()));
    return fees;
  }

  private void print(BacktestReport report) throws IOException {
    if (trades != null) {
      Files.writeString(trades, report.csv());
    }
    spec.commandLine().getOut().println(json ? Json.text(report) : report.text());
  }

  /// What decides the run, so that the same run is the same session; the data by name alone.
  private String identity(StrategyPlan plan) {
    return String.join(
        "\n",
        plan.toString(),
        String.join(",", data),
        String.join(",", arguments.symbols()),
        String.valueOf(from),
        String.valueOf(to),
        String.valueOf(fee),
        cash.toString(),
        fills.over(FillRules.STANDARD).toString(),
        account.rules().toString());
  }

  private static @Nullable Long micros(String option, @Nullable String text) {
    if (text == null) {
      return null;
    }
    try {
      var time =
          text.indexOf('T') < 0
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toOffsetDateTime()
              : text.endsWith("Z") || text.contains("+")
                  ? OffsetDateTime.parse(text)
                  : LocalDateTime.parse(text).atOffset(ZoneOffset.UTC);
      return time.toEpochSecond() * 1_000_000L + time.getNano() / 1_000;
    } catch (DateTimeParseException e) {
      throw new UsageException(
          option
              + " must be a day such as 2019-01-01 or a time such as 2019-01-01T12:00:00Z, was '"
              + text
              + "'");
    }
  }
}

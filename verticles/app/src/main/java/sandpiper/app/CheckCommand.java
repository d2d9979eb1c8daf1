package sandpiper.app;

import java.io.PrintWriter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;
import sandpiper.bus.Json;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.session.DecisionCheck;
import sandpiper.domain.session.SessionIds;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyException;
import sandpiper.feeds.DataRequest;
import sandpiper.feeds.MarketData;
import sandpiper.strategies.Script;
import sandpiper.strategies.ScriptEngine;

/// `sandpiper check`: whether a strategy compiles, runs, knows no future, and how long it warms up.
@Command(
    name = "check",
    description = {
      "Checks a strategy: it compiles and runs, no decision of it depends on what comes later,",
      "and after how many bars decisions no longer depend on where the data begin.",
      "Exit code 0: nothing is wrong; 1: something is."
    },
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {
  private static final int MAX_EVENTS = 100_000;

  @Spec private CommandSpec spec;

  @Mixin private StrategyArguments arguments;

  @Option(
      names = "--data",
      defaultValue = "demo",
      paramLabel = "[SYMBOL=]FILE|demo",
      description = {
        "What it is run on, at most the first 100,000 rows; default: the demo trades.",
        "Of several symbols one for each: BTCUSD=FILE,SPY=FILE, or the option again."
      })
  private List<String> data;

  @Option(names = "--json", description = "Prints one JSON document.")
  private boolean json;

  /// What `--json` prints.
  ///
  /// @param ok whether nothing is wrong
  /// @param error why the strategy cannot be used; null when it can
  /// @param line of the error, from 1; 0 when it has none
  record Outcome(
      String strategy,
      boolean ok,
      @Nullable String error,
      int line,
      int column,
      @Nullable String excerpt,
      List<String> stack,
      DecisionCheck.@Nullable Report decisions,
      Map<String, Object> parameters) {}

  @Override
  public Integer call() {
    var instruments = arguments.instruments();
    try (var engine = new ScriptEngine()) {
      Outcome outcome;
      try {
        var script = arguments.script(engine);
        var plan = arguments.plan(script);
        var request =
            DataRequest.of(arguments.symbols(), data, arguments.interval(), null, null, false);
        try (var reader = MarketData.open(request)) {
          long startTime = reader.startTime();
          var events = new ArrayList<MarketEvent>();
          while (reader.hasNext() && events.size() < MAX_EVENTS) {
            events.add(reader.next());
          }
          var session =
              new SessionSpec(
                  SessionIds.derived(SessionMode.BACKTEST, plan.toString()),
                  SessionMode.BACKTEST,
                  instruments,
                  new BigDecimal(1_000_000),
                  List.of(plan),
                  startTime);
          var report =
              new DecisionCheck(
                      session,
                      reader.sourceIntervals(),
                      (_, context, snapshot) -> script.start(context, snapshot),
                      events)
                  .run();
          outcome = good(script, report, plan.parameters());
        }
      } catch (StrategyException e) {
        outcome = bad(e);
      }
      var out = spec.commandLine().getOut();
      if (json) {
        out.println(Json.text(outcome));
      } else {
        print(outcome, out);
      }
      return outcome.ok ? 0 : Main.FAILED;
    }
  }

  private static Outcome good(
      Script script, DecisionCheck.Report report, Map<String, Object> parameters) {
    return new Outcome(
        script.name(),
        report.lookAhead().isEmpty(),
        null,
        0,
        0,
        null,
        List.of(),
        report,
        parameters);
  }

  private static Outcome bad(StrategyException e) {
    return new Outcome(
        e.strategy(),
        false,
        e.getMessage(),
        e.line(),
        e.column(),
        e.excerpt(),
        e.stack(),
        null,
        Map.of());
  }

  private static void print(Outcome outcome, PrintWriter out) {
    var report = outcome.decisions;
    if (report == null) {
      out.println(outcome.error);
      if (outcome.excerpt != null) {
        out.println(outcome.excerpt);
      }
      outcome.stack.forEach(frame -> out.println("    at " + frame));
      return;
    }
    out.printf(
        "%s compiles and runs: %,d decisions on %,d events%n",
        outcome.strategy, report.decisions(), report.events());
    if (report.lookAhead().isEmpty()) {
      out.println("look-ahead: none; cutting the data at three points changes no decision");
    } else {
      out.println("look-ahead: these decisions depend on what comes later:");
      report.lookAhead().forEach(each -> out.println("  " + text(each)));
    }
    if (report.warmUpBars() != null) {
      out.printf(
          "warm-up: %,d events until decisions no longer depend on where the data begin%n",
          report.warmUpBars());
    } else {
      out.println("warm-up: decisions still depend on where the data begin at their end:");
      report.unstable().forEach(each -> out.println("  " + text(each)));
    }
  }

  private static String text(DecisionCheck.Difference difference) {
    return "event "
        + difference.bar()
        + ", "
        + BacktestReport.iso(difference.time())
        + ": "
        + (difference.whole().isEmpty() ? "nothing" : difference.whole())
        + " on the whole data, "
        + (difference.cut().isEmpty() ? "nothing" : difference.cut())
        + " on the cut data";
  }
}

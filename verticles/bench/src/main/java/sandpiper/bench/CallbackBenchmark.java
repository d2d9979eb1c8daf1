package sandpiper.bench;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.HostAccess;
import org.graalvm.polyglot.Source;
import org.graalvm.polyglot.Value;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.Interval;
import sandpiper.domain.session.SessionEngine;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.Strategy;
import sandpiper.domain.session.StrategyContext;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.domain.trading.SessionSummary;
import sandpiper.strategies.Script;
import sandpiper.strategies.ScriptEngine;
import sandpiper.strategies.Unguarded;

/// What one callback costs: the session engine over 1,000,000 bars, with a strategy that reads
/// three indicators and writes to its state, in Java and in JavaScript with and without the guard;
/// one with an empty callback; and an empty function of plain GraalJS, without sandbox or engine
/// around it. One operation is one bar.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 6, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(1)
public class CallbackBenchmark {
  private static final int BARS = 1_000_000;
  private static final Interval MINUTE = Interval.parse("1m");

  private static final String READING =
      """
      export const indicators = {
        fast: { use: 'sma', on: 'main.close', period: 10 },
        slow: { use: 'sma', on: 'main.close', period: 30 },
        rsi: { use: 'rsi', on: 'main.close', period: 14 },
      };
      export const state = { init: () => ({ above: 0 }) };
      export function onBar(ctx, bar) {
        const { fast, slow, rsi } = ctx.ind;
        if (fast.value > slow.value && rsi.value > 50) ctx.state.above = ctx.state.above + bar.close;
      }
      """;
  private static final String EMPTY = "export function onBar() {}";

  private final List<Bar> bars = new ArrayList<>(BARS);
  private SessionSpec reading;
  private SessionSpec empty;
  private Script readingScript;
  private Script emptyScript;
  private Script unguardedReadingScript;
  private Script unguardedEmptyScript;
  private Value plain;
  private PlainBar[] plainBars;

  /// A bar as plain GraalJS sees it.
  public static final class PlainBar {
    @HostAccess.Export public final double close;

    PlainBar(double close) {
      this.close = close;
    }
  }

  /// The same logic as the script.
  private static final class JavaReading implements Strategy {
    private final double[] fast;
    private final double[] slow;
    private final double[] rsi;
    private double above;

    JavaReading(StrategyContext context) {
      fast = context.reading("fast").values();
      slow = context.reading("slow").values();
      rsi = context.reading("rsi").values();
    }

    @Override
    public void onBar(Bar bar, int stream) {
      if (fast[0] > slow[0] && rsi[0] > 50) {
        above += bar.close();
      }
    }

    @Override
    public String snapshot() {
      return Double.toString(above);
    }
  }

  /// Makes bars and scripts.
  @Setup
  public void make() {
    for (int i = 0; i < BARS; i++) {
      double price = 100 + 10 * Math.sin(i / 50.0);
      bars.add(
          new Bar("BTCUSD", MINUTE, i * MINUTE.micros(), price, price + 1, price - 1, price, 1));
    }
    var engine = new ScriptEngine();
    if (!engine.compiled()) {
      throw new IllegalStateException(engine.description());
    }
    readingScript = new Script(engine, "reading", READING);
    emptyScript = new Script(engine, "empty", EMPTY);
    var unguarded = Unguarded.engine();
    unguardedReadingScript = new Script(unguarded, "reading", READING);
    unguardedEmptyScript = new Script(unguarded, "empty", EMPTY);
    reading = spec(readingScript.plan("reading", Map.of(), List.of("BTCUSD"), null));
    empty = spec(emptyScript.plan("empty", Map.of(), List.of("BTCUSD"), null));
    var context =
        Context.newBuilder("js")
            .allowExperimentalOptions(true)
            .allowHostAccess(HostAccess.EXPLICIT)
            .option("js.esm-eval-returns-exports", "true")
            .build();
    plain =
        context
            .eval(
                Source.newBuilder("js", EMPTY, "plain.mjs")
                    .mimeType("application/javascript+module")
                    .buildLiteral())
            .getMember("onBar");
    plainBars = bars.stream().map(bar -> new PlainBar(bar.close())).toArray(PlainBar[]::new);
  }

  private static SessionSpec spec(StrategyPlan plan) {
    var one = BigDecimal.ONE;
    return new SessionSpec(
        "bt_0000000000000000",
        SessionMode.BACKTEST,
        List.of(
            new Instrument("BTCUSD", one, one, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO)),
        new BigDecimal(1_000_000),
        List.of(plan),
        0);
  }

  @Benchmark
  @OperationsPerInvocation(BARS)
  public SessionSummary threeIndicatorsJava() {
    return run(reading, (_, context, _) -> new JavaReading(context));
  }

  @Benchmark
  @OperationsPerInvocation(BARS)
  public SessionSummary threeIndicatorsJavaScript() {
    return run(reading, (_, context, snapshot) -> readingScript.start(context, snapshot));
  }

  @Benchmark
  @OperationsPerInvocation(BARS)
  public SessionSummary emptyJava() {
    return run(empty, (_, _, _) -> new Strategy() {});
  }

  @Benchmark
  @OperationsPerInvocation(BARS)
  public SessionSummary emptyJavaScript() {
    return run(empty, (_, context, snapshot) -> emptyScript.start(context, snapshot));
  }

  @Benchmark
  @OperationsPerInvocation(BARS)
  public SessionSummary threeIndicatorsUnguarded() {
    return run(reading, (_, context, snapshot) -> unguardedReadingScript.start(context, snapshot));
  }

  @Benchmark
  @OperationsPerInvocation(BARS)
  public SessionSummary emptyUnguarded() {
    return run(empty, (_, context, snapshot) -> unguardedEmptyScript.start(context, snapshot));
  }

  @Benchmark
  @OperationsPerInvocation(BARS)
  public void emptyPlainGraal() {
    for (var bar : plainBars) {
      plain.executeVoid(null, bar);
    }
  }

  private SessionSummary run(SessionSpec spec, Strategy.Factory strategies) {
    try (var engine = new SessionEngine(spec, Map.of("BTCUSD", MINUTE), strategies, _ -> {})) {
      return engine.run(bars.iterator(), _ -> {});
    }
  }
}

package sandpiper.bench;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.Strategy;
import sandpiper.domain.session.StrategyContext;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.strategies.Script;
import sandpiper.strategies.ScriptEngine;
import sandpiper.strategies.StrategyLibrary;
import sandpiper.strategies.Unguarded;
import sandpiper.testkit.SharedData;

/// What one callback costs in a session that is open: with a strategy that does nothing, with one
/// that reads three indicators and writes to its state, and with sma-cross; each in Java, and in
/// JavaScript with and without the guard. One operation is one bar. What opening a session costs
/// stands beside it.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 8, time = 2)
@Fork(1)
public class CallbackBenchmark {
  private static final int BARS = 10_000;

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

  @Param({"empty", "reading", "sma-cross"})
  private String strategy;

  @Param({"java", "guarded", "unguarded"})
  private String host;

  private ScriptEngine engine;
  private SessionSpec spec;
  private Strategy.Factory factory;
  private OpenSession session;

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

  /// Opens the session.
  @Setup
  public void open() {
    engine = host.equals("unguarded") ? Unguarded.engine() : new ScriptEngine();
    if (!engine.compiled()) {
      throw new IllegalStateException(engine.description());
    }
    var script =
        switch (strategy) {
          case "empty" -> new Script(engine, strategy, EMPTY);
          case "reading" -> new Script(engine, strategy, READING);
          default ->
              new StrategyLibrary(engine, SharedData.home().resolve("strategies-js"))
                  .load(strategy);
        };
    spec = spec(script.plan(strategy, Map.of(), List.of("BTCUSD"), null));
    factory =
        host.equals("java")
            ? (_, context, _) -> inJava(context)
            : (_, context, snapshot) -> script.start(context, snapshot);
    session = new OpenSession(spec, factory);
  }

  private Strategy inJava(StrategyContext context) {
    return switch (strategy) {
      case "empty" -> new Strategy() {};
      case "reading" -> new JavaReading(context);
      default -> new JavaSmaCross(context);
    };
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
  public void bar() {
    for (int i = 0; i < BARS; i++) {
      session.bar();
    }
  }

  /// From nothing to the end of the first bar, and close. One operation is one session.
  @Benchmark
  @OutputTimeUnit(TimeUnit.MICROSECONDS)
  public void opening() {
    try (var opened = new OpenSession(spec, factory)) {
      opened.bar();
    }
  }

  /// Fails when the strategy was suspended.
  @TearDown
  public void close() {
    session.close();
    engine.close();
  }
}

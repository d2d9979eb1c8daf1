package sandpiper.bench;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
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
import sandpiper.domain.trading.SessionSummary;
import sandpiper.strategies.Script;
import sandpiper.strategies.ScriptEngine;
import sandpiper.strategies.StrategyLibrary;
import sandpiper.testkit.SharedData;

/// What a cold start costs: sessions of sma-cross over 100,000 bars, one after the other in one
/// process. The first iteration finds nothing compiled; the later ones, each a session and a
/// context of its own, find what those before them left.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 0)
@Measurement(iterations = 8)
@Fork(3)
public class WarmUpBenchmark {
  private static final int BARS = 100_000;
  private static final Interval MINUTE = Interval.parse("1m");

  private final List<Bar> bars = new ArrayList<>(BARS);
  private Script script;
  private SessionSpec spec;

  /// Makes the bars and reads the script.
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
    script =
        new StrategyLibrary(engine, SharedData.home().resolve("strategies-js")).load("sma-cross");
    var grain = new BigDecimal("0.01");
    spec =
        new SessionSpec(
            "bt_0000000000000000",
            SessionMode.BACKTEST,
            List.of(
                new Instrument(
                    "BTCUSD", grain, grain, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO)),
            new BigDecimal(1_000_000),
            List.of(script.plan("sma-cross", Map.of(), List.of("BTCUSD"), null)),
            0);
  }

  @Benchmark
  public SessionSummary session() {
    try (var engine =
        new SessionEngine(
            spec,
            Map.of("BTCUSD", MINUTE),
            (_, context, snapshot) -> script.start(context, snapshot),
            _ -> {})) {
      return engine.run(bars.iterator(), _ -> {});
    }
  }
}

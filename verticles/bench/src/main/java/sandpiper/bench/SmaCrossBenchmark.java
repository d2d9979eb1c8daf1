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
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.session.SessionEngine;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.Strategy;
import sandpiper.domain.trading.SessionSummary;
import sandpiper.feeds.DataRequest;
import sandpiper.feeds.MarketDataReader;
import sandpiper.strategies.Script;
import sandpiper.strategies.ScriptEngine;
import sandpiper.strategies.StrategyLibrary;
import sandpiper.strategies.Unguarded;
import sandpiper.testkit.SharedData;

/// The whole engine over the 512,727 one-minute bars of BTC/USD 2019, sma-cross 10/30, fee 0.001:
/// 20,033 orders. One operation is one bar of the source; bars are in memory beforehand.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 8, time = 3)
@Measurement(iterations = 5, time = 3)
@Fork(1)
public class SmaCrossBenchmark {
  private static final int BARS = 512_727;
  private static final long FROM = 1_546_300_800_000_000L;
  private static final long TO = 1_577_836_800_000_000L;

  private final List<MarketEvent> bars = new ArrayList<>(BARS);
  private Script script;
  private Script unguarded;
  private SessionSpec spec;

  /// Reads the bars and the script.
  @Setup
  public void read() {
    var file = SharedData.path("data/btcusd_1m_2013_2019.csv.xz").toString();
    var request = new DataRequest(file, "BTCUSD", null, FROM, TO, false);
    try (var reader = MarketDataReader.open(request)) {
      reader.forEachRemaining(bars::add);
    }
    if (bars.size() != BARS) {
      throw new IllegalStateException("expected " + BARS + " bars, read " + bars.size());
    }
    var engine = new ScriptEngine();
    if (!engine.compiled()) {
      throw new IllegalStateException(engine.description());
    }
    var folder = SharedData.home().resolve("strategies-js");
    script = new StrategyLibrary(engine, folder).load("sma-cross");
    unguarded = new StrategyLibrary(Unguarded.engine(), folder).load("sma-cross");
    var fee = new BigDecimal("0.001");
    var grain = new BigDecimal("0.00000001");
    spec =
        new SessionSpec(
            "bt_0000000000000000",
            SessionMode.BACKTEST,
            List.of(new Instrument("BTCUSD", grain, grain, BigDecimal.ZERO, fee, fee)),
            new BigDecimal(1_000_000),
            List.of(script.plan("sma-cross", Map.of(), List.of("BTCUSD"), null)),
            FROM);
  }

  @Benchmark
  @OperationsPerInvocation(BARS)
  public SessionSummary java() {
    return run((_, context, _) -> new JavaSmaCross(context));
  }

  @Benchmark
  @OperationsPerInvocation(BARS)
  public SessionSummary javaScript() {
    return run((_, context, snapshot) -> script.start(context, snapshot));
  }

  @Benchmark
  @OperationsPerInvocation(BARS)
  public SessionSummary javaScriptUnguarded() {
    return run((_, context, snapshot) -> unguarded.start(context, snapshot));
  }

  private SessionSummary run(Strategy.Factory strategies) {
    var interval = spec.strategies().getFirst().streams().getFirst().interval();
    try (var engine = new SessionEngine(spec, Map.of("BTCUSD", interval), strategies, _ -> {})) {
      return engine.run(bars.iterator(), _ -> {});
    }
  }
}

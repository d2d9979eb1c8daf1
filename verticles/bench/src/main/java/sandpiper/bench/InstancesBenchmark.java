package sandpiper.bench;

import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import sandpiper.domain.indicators.IndicatorSet;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.Interval;
import sandpiper.domain.session.SessionCycle;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.domain.trading.OrderManager;
import sandpiper.strategies.Script;
import sandpiper.strategies.ScriptEngine;
import sandpiper.strategies.StrategyLibrary;
import sandpiper.testkit.SharedData;

/// Many instances of sma-cross, up to 100 in a session, each session on a thread of its own: what
/// one bar costs when all of them hear it. Prints what an instance holds.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
@Warmup(iterations = 5, time = 2)
@Measurement(iterations = 5, time = 2)
@Fork(value = 1, jvmArgsAppend = "-Xmx2g")
public class InstancesBenchmark {
  private static final int MOST = 100;
  private static final Interval MINUTE = Interval.parse("1m");

  @Param({"1", "10", "100", "1000"})
  private int instances;

  private ScriptEngine engine;
  private final List<Session> sessions = new ArrayList<>();
  private long seq;

  private record Session(SessionCycle cycle, IndicatorSet indicators, ExecutorService thread) {}

  /// Starts the instances.
  @Setup(Level.Trial)
  public void start() {
    engine = new ScriptEngine();
    var script =
        new StrategyLibrary(engine, SharedData.home().resolve("strategies-js")).load("sma-cross");
    long before = used();
    for (int left = instances; left > 0; left -= MOST) {
      var plans = new ArrayList<StrategyPlan>();
      for (int i = 0; i < Math.min(left, MOST); i++) {
        plans.add(script.plan("s-" + i, Map.of(), List.of("BTCUSD"), null));
      }
      sessions.add(session(script, plans));
    }
    System.out.printf(
        "%d instances: %d KB each%n", instances, (used() - before) / 1024 / instances);
  }

  private static Session session(Script script, List<StrategyPlan> plans) {
    var grain = new BigDecimal("0.01");
    var spec =
        new SessionSpec(
            "pp_0000000000000000",
            SessionMode.PAPER,
            List.of(
                new Instrument(
                    "BTCUSD", grain, grain, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO)),
            new BigDecimal(1_000_000_000),
            plans,
            0);
    var made =
        new SessionCycle(
            spec,
            new OrderManager(spec, _ -> {}),
            (_, context, snapshot) -> script.start(context, snapshot));
    made.start();
    return new Session(made, new IndicatorSet(spec.layout()), Executors.newSingleThreadExecutor());
  }

  private static long used() {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  /// One bar, seen by all.
  @Benchmark
  public long bar() throws Exception {
    double price = 100 + 10 * Math.sin(seq / 500.0);
    var bar =
        new Bar("BTCUSD", MINUTE, seq * MINUTE.micros(), price, price + 1, price - 1, price, 1);
    var closed = new BarClosed(bar);
    seq += 2;
    var heard = new ArrayList<Future<?>>(sessions.size());
    for (var session : sessions) {
      heard.add(session.thread.submit(() -> hear(session, bar, closed)));
    }
    for (var each : heard) {
      each.get();
    }
    return seq;
  }

  private void hear(Session session, Bar bar, BarClosed closed) {
    var cycle = session.cycle;
    cycle.match(seq - 1, bar.closeTime(), bar);
    cycle.decide(bar, session.indicators.values());
    cycle.match(seq, bar.closeTime(), closed);
    session.indicators.update(closed);
    cycle.decide(closed, session.indicators.values());
  }

  /// Lets go of them.
  @TearDown(Level.Trial)
  public void stop() {
    for (var session : sessions) {
      if (session.cycle.suspendedCount() > 0) {
        throw new IllegalStateException(session.cycle.suspended().toString());
      }
      session.cycle.close();
      session.thread.shutdown();
    }
    engine.close();
  }
}

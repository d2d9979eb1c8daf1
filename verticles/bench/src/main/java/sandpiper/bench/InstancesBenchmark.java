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
import sandpiper.domain.market.Instrument;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyPlan;
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

  @Param({"1", "10", "100", "1000"})
  private int instances;

  private ScriptEngine engine;
  private final List<Session> sessions = new ArrayList<>();

  private record Session(OpenSession open, ExecutorService thread) {}

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
    return new Session(
        new OpenSession(spec, (_, context, snapshot) -> script.start(context, snapshot)),
        Executors.newSingleThreadExecutor());
  }

  private static long used() {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  /// One bar, seen by all.
  @Benchmark
  public void bar() throws Exception {
    var heard = new ArrayList<Future<?>>(sessions.size());
    for (var session : sessions) {
      heard.add(session.thread.submit(session.open::bar));
    }
    for (var each : heard) {
      each.get();
    }
  }

  /// Fails when one was suspended.
  @TearDown(Level.Trial)
  public void stop() {
    for (var session : sessions) {
      session.open.close();
      session.thread.shutdown();
    }
    engine.close();
  }
}

package sandpiper.strategies;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.MarketSample;
import sandpiper.bus.Messages.SampleMarket;
import sandpiper.bus.Messages.StrategyCheck;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.session.DecisionCheck;
import sandpiper.domain.session.SessionIds;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyException;

/// Looks at every new version after it was saved, on the demo trades: whether a decision depends on
/// what comes later, and how long it warms up. On a thread of its own, one version at a time; a
/// version that is replaced within a second is not looked at. Looks at any other script when it is
/// asked to. Thread-safe.
final class DecisionChecks implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(DecisionChecks.class);
  private static final String DATA = "demo";
  private static final String SYMBOL = "BTCUSD";
  private static final int EVENTS = 20_000;
  private static final long PAUSE_MILLIS = 1_000;
  private static final int REMEMBERED = 256;
  private static final int MOST_ASKED = 8;

  private final Bus bus;
  private final Map<String, Future<?>> waiting = new ConcurrentHashMap<>();
  private final Map<String, StrategyCheck> done =
      Collections.synchronizedMap(new LinkedHashMap<>());
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("strategy-checks").factory());
  private final AtomicInteger asked = new AtomicInteger();
  private @Nullable MarketSample sample;

  DecisionChecks(Bus bus) {
    this.bus = bus;
  }

  /// A version has become the latest.
  void begin(Script script) {
    if (done.containsKey(script.hash()) || thread.isShutdown()) {
      return;
    }
    var next = thread.schedule(() -> check(script), PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    var before = waiting.put(script.name(), next);
    if (before != null) {
      before.cancel(false);
    }
  }

  /// Looks at a script now, behind those that are being looked at.
  ///
  /// @throws Refusal when too many wait already
  CompletableFuture<StrategyCheck> now(Script script) {
    if (asked.incrementAndGet() > MOST_ASKED) {
      asked.decrementAndGet();
      throw new Refusal(
          Refusal.Kind.CONFLICT, MOST_ASKED + " strategies wait for their check: try again later");
    }
    return CompletableFuture.supplyAsync(() -> outcome(script), thread)
        .whenComplete((_, _) -> asked.decrementAndGet());
  }

  /// What came of it; null before that.
  @Nullable StrategyCheck of(String hash) {
    return done.get(hash);
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }

  private StrategyCheck outcome(Script script) {
    try {
      return new StrategyCheck(null, report(script));
    } catch (StrategyException | IllegalArgumentException e) {
      return new StrategyCheck(String.valueOf(e.getMessage()), null);
    }
  }

  private void check(Script script) {
    StrategyCheck check;
    try {
      check = outcome(script);
      var report = check.report();
      if (report != null && !report.lookAhead().isEmpty()) {
        LOG.warn(
            "strategy {}: {} decisions depend on what comes later, the first at event {}",
            script.name(),
            report.lookAhead().size(),
            report.lookAhead().getFirst().bar());
      }
    } catch (Refusal e) {
      LOG.debug("strategy {} was not checked: {}", script.name(), e.getMessage());
      return;
    } catch (RuntimeException e) { // nobody waits for this thread to fail
      LOG.error("strategy {} could not be checked", script.name(), e);
      return;
    }
    synchronized (done) {
      done.put(script.hash(), check);
      if (done.size() > REMEMBERED) {
        done.remove(done.keySet().iterator().next());
      }
    }
  }

  private DecisionCheck.Report report(Script script) {
    var market = sample();
    var plan = script.plan(script.name(), Map.of(), List.of(SYMBOL), null);
    var grain = new BigDecimal("0.00000001");
    var fee = new BigDecimal("0.001");
    var spec =
        new SessionSpec(
            SessionIds.derived(SessionMode.BACKTEST, plan.toString()),
            SessionMode.BACKTEST,
            List.of(new Instrument(SYMBOL, grain, grain, BigDecimal.ZERO, fee, fee)),
            new BigDecimal(1_000_000),
            List.of(plan),
            market.events().getFirst().beginTime());
    return new DecisionCheck(
            spec,
            market.sourceInterval() == null ? Map.of() : Map.of(SYMBOL, market.sourceInterval()),
            (_, context, snapshot) -> script.start(context, snapshot),
            market.events())
        .run();
  }

  private MarketSample sample() {
    if (sample == null) {
      sample =
          Blocking.await(bus.ask(Channels.SAMPLE_MARKET, new SampleMarket(DATA, SYMBOL, EVENTS)));
    }
    return sample;
  }
}

package sandpiper.strategies;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.ChangeParameters;
import sandpiper.bus.Messages.CommandStrategy;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.OrderEvents;
import sandpiper.bus.Messages.Step;
import sandpiper.bus.Messages.StrategiesChanged;
import sandpiper.bus.Meters;
import sandpiper.domain.journal.Alert;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.LogLine;
import sandpiper.domain.journal.OrderCancelled;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.StrategyEvent;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Trade;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyException;
import sandpiper.domain.trading.OrderManager;

/// Real children, driven over the bus with the real order manager behind it.
class ProcessSessionTest {
  private static final long SECOND = 1_000_000;
  private static final long START = 1_577_836_800L * SECOND;
  private static final Interval MINUTE = Interval.parse("1m");
  private static final String ENDED = " goes on from its last state; its process was ended: ";

  /// Counts trades, holds one unit, has an order that waits, tells what it knows at each trade.
  private static final String COUNTER =
      """
      export const params = { step: { type: 'int', default: 1, min: 1, max: 9, live: true } };
      export const data = { ticks: { trades: true }, main: { bars: '1m' } };
      export const indicators = { avg: { use: 'sma', on: 'ticks.price', period: 2 } };
      export const state = { init: () => ({ n: 0, waiting: null }) };
      export function onStart(ctx) { ctx.timers.every('1h', 'hourly'); }
      export function onTrade(ctx, trade) {
        ctx.state.n += ctx.params.step;
        if (ctx.state.n === 1) {
          ctx.buy({ size: 1 });
          ctx.state.waiting = ctx.buy({ size: 1, price: 1 });
        }
        ctx.log(ctx.state.n, ctx.position().size, ctx.ind.avg.value, ctx.ind.avg.prev(2),
          ctx.history.main.close(0), ctx.ready, ctx.timers.ids().length);
      }
      export function onCommand(ctx, command) {
        if (command.name === 'cancel') ctx.cancel(ctx.state.waiting.id);
      }
      """;

  private static final int HEAP = 256;
  private static final Children CHILDREN = new Children(Play.ENGINE, isolation(HEAP, 15));

  private final Map<String, OrderManager> managers = new HashMap<>();
  private final Map<String, Long> seqs = new HashMap<>();
  private final List<JournalEntry> journal = new CopyOnWriteArrayList<>();
  private final List<StrategiesChanged> changes = new CopyOnWriteArrayList<>();
  private final Meters meters = new Meters(new SimpleMeterRegistry());
  private Vertx vertx;
  private Bus bus;

  @BeforeEach
  void begin() {
    vertx = Vertx.vertx();
    Bus.install(vertx);
    bus = new Bus(vertx);
    await(
        Future.all(
            bus.answer(
                Channels.ORDERS_INPUT,
                input -> {
                  var manager = manager(input.sessionId());
                  var events = manager.onMarket(input.seq(), input.time(), input.event());
                  return Future.succeededFuture(new OrderEvents(events, manager.account()));
                }),
            bus.answer(
                Channels.ORDERS_SUBMIT,
                actions -> {
                  var manager = manager(actions.sessionId());
                  var events = manager.submit(actions.seq(), actions.time(), actions.actions());
                  return Future.succeededFuture(new OrderEvents(events, manager.account()));
                }),
            bus.read(Channels.STRATEGIES_CHANGED, changes::add)));
  }

  /// No test leaves a process behind, but for the one that waits for the next test.
  @AfterEach
  void end() {
    await(vertx.close());
    assertThat(processes()).hasSizeLessThanOrEqualTo(1);
  }

  @AfterAll
  static void endAll() {
    CHILDREN.close();
    assertThat(processes()).isEmpty();
  }

  private static Isolation isolation(int heapMegabytes, int seconds) {
    return new Isolation(
        Isolation.Mode.PROCESS, Isolation.Mode.PROCESS, heapMegabytes, Duration.ofSeconds(seconds));
  }

  private OrderManager manager(String sessionId) {
    var manager = managers.get(sessionId);
    if (manager == null) {
      throw new AssertionError("no session " + sessionId);
    }
    return manager;
  }

  private SessionSpec spec(String sessionId, Script script) {
    var grain = new BigDecimal("0.01");
    var spec =
        new SessionSpec(
            sessionId,
            SessionMode.PAPER,
            List.of(
                new Instrument(
                    "BTCUSD", grain, grain, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO)),
            new BigDecimal("1000"),
            List.of(script.plan("s", Map.of(), List.of("BTCUSD"), null)),
            START);
    managers.put(sessionId, new OrderManager(spec, journal::add));
    return spec;
  }

  private HostedSession apart(String sessionId, Script script, int seconds) {
    return opened(made(sessionId, script, isolation(HEAP, seconds), CHILDREN), script);
  }

  private ProcessSession made(
      String sessionId, Script script, Isolation isolation, Children children) {
    return new ProcessSession(
        spec(sessionId, script), bus, isolation, children, new Trials(isolation, children), meters);
  }

  private static HostedSession opened(HostedSession session, Script script) {
    try {
      await(session.open(_ -> script));
    } catch (RuntimeException e) {
      session.close();
      throw e;
    }
    return session;
  }

  private void input(HostedSession session, MarketEvent event, double... values) {
    await(inputting(session, event, values));
  }

  private Future<Done> inputting(HostedSession session, MarketEvent event, double... values) {
    var spec = session.spec();
    long seq = seqs.merge(spec.sessionId(), 1L, Long::sum);
    return session.onStep(
        new Step(
            new Input(spec.sessionId(), seq, START + seq * SECOND, event), values, spec.layout()));
  }

  /// A trade at `price`, at which the average stands at `average`.
  private void trade(HostedSession session, double price, double average) {
    await(trading(session, price, average));
  }

  private Future<Done> trading(HostedSession session, double price, double average) {
    long time = START + (seqs.getOrDefault(session.spec().sessionId(), 0L) + 1) * SECOND;
    return inputting(session, new Trade("BTCUSD", time, price, 1), average);
  }

  private List<String> log(String sessionId) {
    return of(sessionId, LogLine.class).stream().map(LogLine::text).toList();
  }

  private <T extends JournalEntry> List<T> of(String sessionId, Class<T> kind) {
    return journal.stream()
        .filter(entry -> entry.sessionId().equals(sessionId))
        .filter(kind::isInstance)
        .map(kind::cast)
        .toList();
  }

  private static List<ProcessHandle> processes() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("java"))
        .toList();
  }

  /// The process of the test's session: the oldest, as the one that waits was started after it.
  private static ProcessHandle process() {
    return processes().stream()
        .min(Comparator.comparing(process -> process.info().startInstant().orElseThrow()))
        .orElseThrow();
  }

  private static void end(ProcessHandle child) throws Exception {
    child.destroyForcibly();
    child.onExit().get(30, TimeUnit.SECONDS);
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.toCompletionStage().toCompletableFuture().get(90, TimeUnit.SECONDS);
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    } catch (InterruptedException | TimeoutException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void aChildGetsNothingThatItDoesNotNeed() throws IOException {
    var session = apart("pp_0000000000000001", Play.script(COUNTER), 15);
    try {
      var process = Path.of("/proc", String.valueOf(process().pid()));
      assertThat(Files.readAllBytes(process.resolve("environ"))).isEmpty();
      try (var files = Files.list(process.resolve("cwd").toRealPath())) {
        assertThat(files).isEmpty();
      }
      assertThat(Files.readString(process.resolve("cmdline")))
          .contains(
              "-Xmx256m", "-XX:+ExitOnOutOfMemoryError", "--upgrade-module-path=", "polyglot-")
          .doesNotContain("persistence", "gateway", "pg-client", "netty-codec", "netty-handler")
          .doesNotContainPattern("[0-9a-f]{64}");
    } finally {
      session.close();
    }
  }

  @Test
  void aKilledChildIsReplacedByOneThatGoesOn() throws Exception {
    var id = "pp_0000000000000002";
    var script = Play.script(COUNTER);
    var session = apart(id, script, 15);
    try {
      input(session, new BarClosed(new Bar("BTCUSD", MINUTE, START, 90, 95, 85, 91, 1)), 0);
      trade(session, 100, 100.5);
      trade(session, 101, 101.5);
      await(session.change(new ChangeParameters(id, "s", Map.of("step", 2))));
      trade(session, 102, 102.5);
      end(process());
      trade(session, 103, 103.5); // is lost to the strategy
      trade(session, 104, 104.5);
      trade(session, 105, 105.5);
      assertThat(log(id))
          .containsExactly(
              "1 0 100.5 NaN 91 true 1",
              "2 1 101.5 NaN 91 true 1",
              "4 1 102.5 100.5 91 true 1",
              "6 1 104.5 102.5 91 true 1",
              "8 1 105.5 103.5 91 true 1");
      assertThat(of(id, Alert.class))
          .singleElement()
          .satisfies(alert -> {
            assertThat(alert.text()).isEqualTo("s" + ENDED + "it ended with code 137");
            assertThat(alert.level()).isEqualTo("error");
            assertThat(alert.seq()).isEqualTo(5);
          });
      // The order that waited is still known by the id that the state holds.
      await(session.command(new CommandStrategy(id, "s", "cancel", "null")));
      assertThat(of(id, OrderCancelled.class)).hasSize(1);
      assertThat(of(id, OrderFilled.class)).hasSize(1);
    } finally {
      session.close();
    }
  }

  @Test
  void aChildThatGivesNoAnswerIsKilled() throws Exception {
    var id = "pp_0000000000000003";
    var session = apart(id, Play.script(COUNTER), 8);
    try {
      trade(session, 100, 1);
      var stuck = process();
      var stop = new ProcessBuilder("kill", "-STOP", String.valueOf(stuck.pid())).start();
      assertThat(stop.waitFor()).isZero();
      trade(session, 101, 1);
      assertThat(stuck.isAlive()).isFalse();
      trade(session, 102, 1);
      assertThat(log(id)).hasSize(2).last().asString().startsWith("2 1 ");
      assertThat(of(id, Alert.class).getFirst().text())
          .isEqualTo("s" + ENDED + "it gave no answer in time");
    } finally {
      session.close();
    }
  }

  @Test
  void aHeapBombEndsItsOwnProcessOnly() {
    var id = "pp_0000000000000004";
    var neighbourId = "pp_0000000000000005";
    var bomb =
        Play.script(
            """
            export const data = { ticks: { trades: true } };
            export function onStart(ctx) { ctx.buy({ size: 1, price: 1 }); }
            const all = []; // a little more in each callback, within what one callback may take
            export function onTrade(ctx, trade) { all.push(new Float64Array(1_000_000)); }
            """);
    var counter = Play.script(COUNTER);
    var small = isolation(96, 15);
    var children = new Children(Play.ENGINE, small);
    var neighbour =
        opened(
            new StrategySession(spec(neighbourId, counter), bus, new Trials(small, children)),
            counter);
    var session = opened(made(id, bomb, small, children), bomb);
    try {
      for (int i = 1; i <= 100 && of(id, StrategyEvent.class).isEmpty(); i++) {
        trade(session, 100, 1);
        trade(neighbour, 100, 1);
        assertThat(log(neighbourId)).hasSize(i);
      }
      var last = "it ran out of memory: its heap has 96 MB";
      var suspended = "s: its process was ended 3 times within a minute, at last because " + last;
      assertThat(of(id, Alert.class).stream().map(Alert::text))
          .containsExactly("s" + ENDED + last, "s" + ENDED + last, "s is suspended: " + suspended);
      assertThat(of(id, StrategyEvent.class).stream().map(StrategyEvent::detail))
          .containsExactly(suspended);
      assertThat(of(id, OrderCancelled.class)).hasSize(1);
      assertThat(changes)
          .last()
          .satisfies(changed -> assertThat(changed.suspended()).containsEntry("s", suspended));
      // Its author repairs it.
      var repaired =
          Play.script(
              """
              export const data = { ticks: { trades: true } };
              export function onTrade(ctx, trade) { ctx.log(trade.price); }
              """);
      var outcome = await(session.reload("s", repaired));
      assertThat(outcome.ok()).as(outcome.message()).isTrue();
      trade(session, 100, 1);
      assertThat(log(id)).containsExactly("100");
    } finally {
      session.close();
      neighbour.close();
      children.close();
    }
  }

  @Test
  void aNewVersionIsTriedInAProcessOfItsOwnAndTakesOver() {
    var id = "pp_0000000000000006";
    var session = apart(id, Play.script(COUNTER), 15);
    try {
      trade(session, 100, 1);
      trade(session, 101, 1);
      HostedSession.Worker worker = work -> vertx.executeBlocking(work, false).map(_ -> new Done());
      var bad =
          Play.script(COUNTER + "export function onReload() { throw new Error('not me'); }\n");
      assertThatThrownBy(() -> await(session.tryOut("s", bad, worker)))
          .hasMessageContaining("not me")
          .asInstanceOf(type(StrategyException.class))
          .satisfies(failure -> {
            assertThat(failure.line()).isEqualTo(COUNTER.lines().count() + 1);
            assertThat(failure.excerpt()).contains("throw new Error('not me')");
            assertThat(failure.stack()).first().asString().startsWith("onReload (s.js:");
          });
      assertThat(await(session.reload("s", bad)).message()).contains("not me");
      trade(session, 102, 1);
      var good = Play.script(COUNTER.replace("ctx.log(", "ctx.log('new', "));
      await(session.tryOut("s", good, worker));
      assertThat(await(session.reload("s", good)).ok()).isTrue();
      trade(session, 103, 1);
      assertThat(log(id)).hasSize(4);
      assertThat(log(id).get(2)).startsWith("3 1 ");
      assertThat(log(id).get(3)).startsWith("new 4 1 ");
      assertThat(of(id, Alert.class)).isEmpty();
    } finally {
      session.close();
    }
  }

  @Test
  void aScriptThatFailsIsSuspendedAsElsewhere() {
    var id = "pp_0000000000000007";
    var session =
        apart(
            id,
            Play.script(
                """
                export const data = { ticks: { trades: true } };
                export function onTrade(ctx, trade) {
                  throw new Error('broke');
                }
                """),
            15);
    try {
      trade(session, 100, 1);
      assertThat(of(id, StrategyEvent.class).stream().map(StrategyEvent::detail))
          .containsExactly("s.js:3:9: Error: broke");
    } finally {
      session.close();
    }
  }

  @Test
  void theTimesOfItsCallsAreMeasuredInThePlatform() throws InterruptedException {
    var id = "pp_0000000000000018";
    var session = apart(id, Play.script(COUNTER), 15);
    try {
      for (int i = 0; i < 5; i++) {
        trade(session, 100 + i, 100);
      }
      var timer = requireNonNull(meters.registry().find(Meters.CALLBACK).timer());
      assertThat(timer.count()).isEqualTo(6); // onStart, and onTrade of each
      assertThat(timer.totalTime(TimeUnit.NANOSECONDS)).isPositive();
    } finally {
      session.close();
    }
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (meters.registry().find(Meters.CALLBACK).timer() != null && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    assertThat(meters.registry().find(Meters.CALLBACK).timer()).isNull();
  }

  @Test
  void aSessionMovesIntoAProcessOfItsOwnBetweenTwoInputs() {
    var id = "pp_0000000000000008";
    var script = Play.script(COUNTER);
    var isolation = isolation(HEAP, 15);
    var trials = new Trials(isolation, CHILDREN);
    var here = new StrategySession(spec(id, script), bus, trials);
    opened(here, script);
    input(here, new BarClosed(new Bar("BTCUSD", MINUTE, START, 90, 95, 85, 91, 1)), 0);
    trade(here, 100, 100.5);
    trade(here, 101, 101.5);
    await(here.change(new ChangeParameters(id, "s", Map.of("step", 2))));
    var last = trading(here, 102, 102.5); // is still under way when the session moves
    var apart = ProcessSession.of(here, bus, isolation, CHILDREN, trials, meters);
    try {
      var next = Play.script(COUNTER.replace("ctx.log(", "ctx.log('new', "));
      var reloading = apart.reload("s", next);
      await(last);
      assertThat(await(reloading).ok()).isTrue();
      trade(apart, 103, 103.5);
      trade(apart, 104, 104.5);
      assertThat(log(id))
          .containsExactly(
              "1 0 100.5 NaN 91 true 1",
              "2 1 101.5 NaN 91 true 1",
              "4 1 102.5 100.5 91 true 1",
              "new 6 1 103.5 101.5 91 true 1",
              "new 8 1 104.5 102.5 91 true 1");
      assertThat(of(id, Alert.class)).isEmpty();
      await(apart.command(new CommandStrategy(id, "s", "cancel", "null")));
      assertThat(of(id, OrderCancelled.class)).hasSize(1);
    } finally {
      apart.close();
    }
  }
}

package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sandpiper.app.TestPlatform.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.ChangeParameters;
import sandpiper.bus.Messages.CommandStrategy;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.SaveStrategy;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StopSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.bus.Messages.StrategySaved;
import sandpiper.bus.Refusal;
import sandpiper.domain.session.SessionMode;

/// A new version takes over in a running replay: the whole platform, the demo trades.
class HotReloadIT {
  private static final int RELOADS = 1_000;

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // before each test
  private TestPlatform platform;

  @BeforeEach
  void start() throws IOException {
    Files.writeString(folder.resolve("counter.js"), counter(1));
    Files.writeString(
        folder.resolve("witness.js"),
        """
        let seen = 0;
        export const data = { ticks: { trades: true } };
        export function onTrade() { seen++; }
        export function onStop(ctx) { ctx.metric('trades', seen); }
        """);
    platform = TestPlatform.start(TestPlatform.freshDirectory(), folder);
  }

  @AfterEach
  void stop() {
    platform.close();
  }

  /// Counts every trade in its state and holds on to an order and a timer from the very start.
  private static String counter(int version) {
    return """
    export const params = { step: { type: 'int', default: 1, live: true } };
    export const data = { ticks: { trades: true } };
    export const indicators = { slow: { use: 'sma', on: 'ticks.price', period: 50 } };
    export const state = { version: 1, init: () => ({ seen: 0, beats: 0, wasWarm: false, cold: 0 }) };
    export function onStart(ctx) {
      ctx.timers.every('1m', 'beat');
      ctx.buy({ size: 0.01, price: 1 });
    }
    export function onTrade(ctx) {
      ctx.state.seen += ctx.params.step;
      if (ctx.ready) ctx.state.wasWarm = true;
      else if (ctx.state.wasWarm) ctx.state.cold++;
    }
    export function onTimer(ctx) { ctx.state.beats++; }
    export function onCommand(ctx, command) { ctx.log(command.name, command.data, ctx.params.step); }
    export function onStop(ctx) {
      ctx.metric('version', %d);
      ctx.metric('seen', ctx.state.seen);
      ctx.metric('beats', ctx.state.beats);
      ctx.metric('cold', ctx.state.cold);
    }
    """
        .formatted(version);
  }

  private String replay(double acceleration) {
    return await(
            platform.bus.ask(
                Channels.START_SESSION,
                new StartSession(
                    SessionMode.PAPER,
                    List.of("BTCUSD"),
                    List.of(
                        new StrategyRequest("counter", Map.of()),
                        new StrategyRequest("witness", Map.of())),
                    new BigDecimal("10000"),
                    "demo",
                    null,
                    acceleration)))
        .sessionId();
  }

  private StrategySaved save(int version, String source) {
    return await(
        platform.bus.ask(
            Channels.SAVE_STRATEGY, new SaveStrategy("counter", source, version - 1, "test")));
  }

  private double metric(String sessionId, String name) {
    return platform.rows(HistoryKind.METRICS, sessionId).stream()
        .map(JsonObject::new)
        .filter(row -> row.getString("name").equals(name))
        .reduce((_, last) -> last)
        .orElseThrow()
        .getDouble("value");
  }

  /// As a strategy counted them that nobody reloads.
  private double trades(String sessionId) {
    return metric(sessionId, "trades");
  }

  @Test
  void aThousandVersionsTakeOverWithoutMissingOrDoublingATrade() throws Exception {
    var session = replay(1_000);
    TestPlatform.until(
        () -> platform.session(session).clock() != null, "the first trades of the replay");
    var memory = ManagementFactory.getMemoryMXBean();
    var millis = new ArrayList<Double>();
    long early = 0;
    for (int version = 2; version <= RELOADS + 1; version++) {
      long begun = System.nanoTime();
      var saved = save(version, counter(version));
      millis.add((System.nanoTime() - begun) / 1e6);
      assertThat(saved.reloads()).as("version " + version).hasSize(1);
      assertThat(saved.reloads().getFirst().message()).isNull();
      if (version == RELOADS / 4) {
        memory.gc();
        early = memory.getHeapMemoryUsage().getUsed();
      }
    }
    memory.gc();
    long late = memory.getHeapMemoryUsage().getUsed();
    await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(session)));

    double trades = trades(session);
    assertThat(trades).isGreaterThan(1_000);
    assertThat(metric(session, "seen")).isEqualTo(trades);
    assertThat(metric(session, "version")).isEqualTo(RELOADS + 1);
    assertThat(metric(session, "beats")).isGreaterThan(10);
    assertThat(metric(session, "cold")).isZero();
    assertThat(platform.rows(HistoryKind.STRATEGY_EVENTS, session))
        .hasSize(RELOADS)
        .allMatch(row -> new JsonObject(row).getString("kind").equals("reloaded"));
    // The order of the first version is still the strategy's own; it ends with the session.
    assertThat(platform.rows(HistoryKind.ORDERS, session)).hasSize(1);
    // Seven hundred and fifty more versions must not stay in memory.
    assertThat(late - early).isLessThan(64L << 20);

    millis.sort(null);
    System.out.printf(
        "%d reloads, from save to answer: median %.1f ms, p95 %.1f ms; heap %d -> %d MB%n",
        RELOADS,
        millis.get(millis.size() / 2),
        millis.get(millis.size() * 95 / 100),
        early >> 20,
        late >> 20);
  }

  @Test
  void aVersionThatCannotTakeOverIsNotKept() throws Exception {
    var session = replay(1_000);
    TestPlatform.until(
        () -> platform.session(session).clock() != null, "the first trades of the replay");
    for (var wrong :
        Arrays.asList(
            counter(2).replace("ctx.state.seen += ctx.params.step;", "ctx.state.nothing.here++;"),
            counter(2).replace("version: 1, init", "version: 2, init"),
            counter(2)
                .replace(
                    "version: 1, init",
                    "version: 2, migrate: () => { throw new Error('no'); }, init"),
            counter(2).replace("{ ticks: { trades: true } }", "{ ticks: { bars: '7m' } }"),
            counter(2)
                .replace(
                    "export function onCommand",
                    "export function onReload() { no.no(); }\nexport function onCommand"))) {
      assertThatThrownBy(() -> save(2, wrong))
          .as(wrong)
          .isInstanceOf(Refusal.class)
          .hasMessageStartingWith("counter.js");
    }
    assertThat(platform.session(session).suspended()).isEmpty();
    await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(session)));
    assertThat(metric(session, "version")).isEqualTo(1);
    assertThat(metric(session, "seen")).isEqualTo(trades(session));
  }

  @Test
  void stateMigratesParametersChangeCommandsArriveAndARepairRevives() throws Exception {
    var session = replay(1_000);
    TestPlatform.until(
        () -> platform.session(session).clock() != null, "the first trades of the replay");
    var migrating =
        counter(2)
            .replace(
                "version: 1, init: () => ({ seen: 0,",
                "version: 2, migrate: (old, from) => ({ ...old, seen: old.seen + 1e6 * from }), init:"
                    + " () => ({ seen: 0,");
    assertThat(save(2, migrating).reloads().getFirst().ok()).isTrue();

    await(
        platform.bus.ask(
            Channels.COMMAND_STRATEGY, new CommandStrategy(session, "counter", "hi", "[1,2]")));
    var changed =
        await(
            platform.bus.ask(
                Channels.CHANGE_PARAMETERS,
                new ChangeParameters(session, "counter", Map.of("step", 0))));
    assertThat(changed.plan().parameters()).containsEntry("step", 0L);

    var breaking =
        migrating.replace(
            "ctx.state.seen += ctx.params.step;", "if (ctx.params.step === 2) no.no();");
    assertThat(save(3, breaking).reloads().getFirst().ok()).isTrue();
    await(
        platform.bus.ask(
            Channels.CHANGE_PARAMETERS,
            new ChangeParameters(session, "counter", Map.of("step", 2))));
    TestPlatform.until(
        () -> !platform.session(session).suspended().isEmpty(), "the strategy to be suspended");
    assertThat(platform.session(session).suspended().get("counter"))
        .startsWith("counter.js:10:")
        .endsWith("ReferenceError: no is not defined");

    assertThat(save(4, migrating).reloads().getFirst().ok()).isTrue();
    TestPlatform.until(
        () -> platform.session(session).suspended().isEmpty(), "the strategy to be revived");
    await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(session)));

    assertThat(metric(session, "seen")).isGreaterThan(1e6).isLessThan(2e6);
    assertThat(platform.rows(HistoryKind.LOG, session))
        .anyMatch(row -> new JsonObject(row).getString("text").equals("hi [1,2] 1"));
    assertThat(platform.rows(HistoryKind.ALERTS, session)).hasSize(1);
    assertThat(
            platform.rows(HistoryKind.STRATEGY_EVENTS, session).stream()
                .map(row -> new JsonObject(row).getString("kind")))
        .containsExactly(
            "reloaded", "command", "parameters", "reloaded", "parameters", "suspended", "reloaded");
  }
}

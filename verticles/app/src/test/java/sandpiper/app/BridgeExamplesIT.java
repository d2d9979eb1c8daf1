package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.app.TestPlatform.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StopSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.domain.session.SessionMode;
import sandpiper.testkit.SharedData;

/// The programs in `docs/examples`, as they stand, against the real platform.
class BridgeExamplesIT {
  /// Does nothing of its own: whoever is outside places the orders.
  private static final String OUTSIDE =
      """
      export const data = { ticks: { trades: true }, main: { bars: '1m' } };
      export function onTrade() {}
      """;

  /// Buys once it is told that the mood is good.
  private static final String LISTENER =
      """
      export const data = { ticks: { trades: true }, main: { bars: '1m' } };
      export const state = { version: 1, init: () => ({ mood: 0 }) };
      export function onCommand(ctx, command) { if (command.name === 'mood') ctx.state.mood = command.data.value; }
      export function onTrade(ctx) {
        if (ctx.state.mood > 0.5 && ctx.position().flat && ctx.orders().length === 0) ctx.buy({ size: 0.1 });
      }
      """;

  private static final Path EXAMPLES = SharedData.home().resolve("docs/examples");

  @TempDir static Path folder;
  private static TestPlatform platform;

  @SuppressWarnings("NullAway.Init") // before each test
  private String session;

  /// What a program said and how it ended.
  private record Ended(int code, String output) {}

  @BeforeAll
  static void open() throws IOException {
    Files.writeString(folder.resolve("outside.js"), OUTSIDE);
    Files.writeString(folder.resolve("listener.js"), LISTENER);
    platform = TestPlatform.start(TestPlatform.freshDirectory(), folder);
  }

  @AfterAll
  static void close() {
    platform.close();
  }

  @BeforeEach
  void start() {
    session =
        await(
                platform.bus.ask(
                    Channels.START_SESSION,
                    new StartSession(
                        SessionMode.PAPER,
                        List.of("BTCUSD"),
                        List.of(
                            new StrategyRequest("outside", Map.of()),
                            new StrategyRequest("listener", Map.of())),
                        new BigDecimal("10000"),
                        "demo",
                        null,
                        120.0)))
            .sessionId();
  }

  @AfterEach
  void stop() {
    await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(session)));
  }

  @Test
  void aStrategyInPythonTradesThroughTheSameLedger() throws Exception {
    var ended =
        run("python3", EXAMPLES.resolve("python/strategy.py").toString(), session, "outside", "3");

    assertThat(ended.code()).as(ended.output()).isZero();
    var printed = ended.output().lines().map(line -> line.split(" ", 3)).toList();
    assertThat(printed).as(ended.output()).hasSize(3);
    var orders = rows(HistoryKind.ORDERS);
    var signals = rows(HistoryKind.SIGNALS);
    for (var words : printed) {
      var order = only(orders, "order_id", words[0]);
      assertThat(order.getString("session_id")).isEqualTo(session);
      assertThat(order.getString("signal_id")).isEqualTo(words[1]);
      assertThat(order.getString("strategy")).isEqualTo("outside");
      var signal = only(signals, "signal_id", words[1]);
      assertThat(signal.getString("reason")).startsWith("python: averages crossed at input ");
      assertThat(signal.getString("by")).isEqualTo("admin");
    }
    TestPlatform.until(
        () ->
            rows(HistoryKind.FILLS).stream()
                .anyMatch(fill -> fill.getString("order_id").equals(printed.getFirst()[0])),
        "a fill of the first order");
  }

  @ParameterizedTest
  @ValueSource(strings = {"@vertx/eventbus-bridge-client.js", "vertx3-eventbus-client"})
  void aNodeProgramTellsAStrategyWhatToKnowWithThePublicClients(String client) throws Exception {
    var ended =
        run(
            Map.of("SANDPIPER_CLIENT", client),
            "node",
            EXAMPLES.resolve("node/tell.cjs").toString(),
            session,
            "listener",
            "mood",
            "0.9");

    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output()).contains("told");
    var id = ended.output().lines().filter(line -> line.startsWith("signal ")).toList().getFirst();
    TestPlatform.until(
        () ->
            rows(HistoryKind.ORDERS).stream()
                .anyMatch(order -> order.getString("signal_id").equals(id.substring(7))),
        "the order of the strategy");
  }

  @ParameterizedTest
  @ValueSource(strings = {"@vertx/eventbus-bridge-client.js", "vertx3-eventbus-client"})
  void theyHearWhyTheyAreRefused(String client) throws Exception {
    var ended =
        run(
            Map.of("SANDPIPER_CLIENT", client),
            "node",
            EXAMPLES.resolve("node/tell.cjs").toString(),
            session,
            "nobody",
            "mood",
            "0.9");

    assertThat(ended.code()).isEqualTo(1);
    assertThat(ended.output()).contains("nobody");
  }

  @Test
  void aShellPlacesOrdersAndHearsWhatRiskSays() throws Exception {
    var script = EXAMPLES.resolve("shell/order.sh").toString();
    var placed = run(script, session, "outside", "BTCUSD", "buy", "0.1", "shell: test");
    var refused = run(script, session, "outside", "BTCUSD", "buy", "100000", "shell: too much");

    assertThat(placed.code()).as(placed.output()).isZero();
    assertThat(new JsonObject(placed.output()).getString("signal_id")).startsWith("sig_");
    assertThat(refused.code()).as(refused.output()).isEqualTo(1);
    assertThat(refused.output()).startsWith("409: ");
    TestPlatform.until(
        () ->
            rows(HistoryKind.ORDERS).stream()
                .anyMatch(order ->
                    order.getString("status").equals("rejected")
                        || order.getString("status").equals("refused")),
        "the refused order on record");
  }

  private List<JsonObject> rows(HistoryKind kind) {
    return platform.rows(kind, session).stream().map(JsonObject::new).toList();
  }

  private static JsonObject only(List<JsonObject> rows, String field, String value) {
    var found = rows.stream().filter(row -> row.getString(field).equals(value)).toList();
    assertThat(found).as(field + " " + value).hasSize(1);
    return found.getFirst();
  }

  private static Ended run(String... command) throws Exception {
    return run(Map.of(), command);
  }

  private static Ended run(Map<String, String> environment, String... command) throws Exception {
    var output = Files.createTempFile(folder, "output-", ".txt");
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    var variables = process.environment();
    variables.put("SANDPIPER_URL", platform.url());
    variables.put("SANDPIPER_TCP", "127.0.0.1:" + platform.platform.tcpPort());
    variables.put("SANDPIPER_TOKEN", platform.token());
    variables.put("NODE_PATH", SharedData.home().resolve("webroot/node_modules").toString());
    variables.putAll(environment);
    var running = process.start();
    running.getOutputStream().close();
    if (!running.waitFor(60, TimeUnit.SECONDS)) {
      running.destroyForcibly();
      throw new AssertionError(
          String.join(" ", command) + " did not end within 60 s: " + Files.readString(output));
    }
    return new Ended(running.exitValue(), Files.readString(output).strip());
  }
}

package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.app.TestPlatform.await;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.FindRecording;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.ReadRecording;
import sandpiper.bus.Messages.StartBacktest;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StopSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Trade;
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

  /// In and out with every tenth trade, by turns.
  private static final String TICKER =
      """
      export const data = { ticks: { trades: true } };
      let seen = 0;
      export function onTrade(ctx) {
        seen += 1;
        if (seen % 20 === 0) ctx.buy({ size: 0.1 });
        else if (seen % 20 === 10 && ctx.position().long) ctx.sell({ size: 0.1 });
      }
      """;

  /// Trades on what somebody outside makes of the market.
  private static final String READER =
      """
      export const data = { ticks: { trades: true } };
      export const indicators = { flow: { use: 'external', on: 'ticks.flow' } };
      export function onTrade(ctx) {
        if (!ctx.ready) return;
        const { flow } = ctx.ind;
        if (flow.value > 0 && ctx.position().flat && ctx.orders().length === 0) {
          ctx.buy({ size: 0.1, signal: ctx.signal('long', { reason: 'flow', flow: flow.value }) });
        } else if (flow.value < 0 && ctx.position().long && ctx.orders().length === 0) {
          ctx.sell({ size: 0.1 });
        }
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
    Files.writeString(folder.resolve("reader.js"), READER);
    Files.writeString(folder.resolve("ticker.js"), TICKER);
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
    TestPlatform.until(() -> rows(HistoryKind.ORDERS).size() == 3, "the orders on record");
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

  /// What a program outside feeds in are inputs as any others: recorded, and decided on the same
  /// again.
  @Test
  void pricesOfAPythonProgramAreTradedOnAndReplayed() throws Exception {
    var fed = session(List.of("ticker"), "bridge:py", null);
    var lines = shifted(3_000);
    var trades = Files.write(folder.resolve("trades.csv"), lines);
    var ended =
        run(
            trades,
            Map.of(),
            "python3",
            EXAMPLES.resolve("python/prices.py").toString(),
            "py",
            "BTCUSD");

    assertThat(ended.code()).as(ended.output()).isZero();
    assertThat(ended.output()).isEqualTo("3000 trades taken");
    TestPlatform.until(() -> recorded(fed).size() == lines.size(), "all trades recorded");
    await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(fed)));
    assertThat(recorded(fed)).isEqualTo(lines);
    assertThat(platform.rows(HistoryKind.FILLS, fed)).isNotEmpty();
    replayed(fed, List.of("ticker"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"@vertx/eventbus-bridge-client.js", "vertx3-eventbus-client"})
  void anIndicatorOfANodeProgramIsReadByNameAndReplayed(String client) throws Exception {
    var read = session(List.of("reader"), "demo", 600.0);
    var ended =
        run(
            Map.of("SANDPIPER_CLIENT", client),
            "node",
            EXAMPLES.resolve("node/indicator.cjs").toString(),
            read,
            "flow",
            "20");

    assertThat(ended.code()).as(ended.output()).isZero();
    var values = ended.output().lines().map(Double::valueOf).toList();
    assertThat(values).hasSizeBetween(20, 64);
    TestPlatform.until(
        () -> !platform.rows(HistoryKind.SIGNALS, read).isEmpty(), "the first signal");
    // What was taken waits for its turn, and is on record a little later.
    TestPlatform.until(() -> told(read).size() >= 20, "the values on record");
    await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(read)));
    assertThat(told(read).subList(0, 20)).isEqualTo(values.subList(0, 20));
    var signal = new JsonObject(platform.rows(HistoryKind.SIGNALS, read).getFirst());
    assertThat(signal.getString("reason")).isEqualTo("flow");
    assertThat(values).contains(signal.getJsonObject("values").getDouble("flow"));
    replayed(read, List.of("reader"));
  }

  @Test
  void whatNobodyTakesIsRefused() throws Exception {
    var trades = Files.writeString(folder.resolve("one.csv"), ",100,1\n");
    var prices =
        run(
            trades,
            Map.of(),
            "python3",
            EXAMPLES.resolve("python/prices.py").toString(),
            "nobody",
            "BTCUSD");
    assertThat(prices.code()).isEqualTo(1);
    assertThat(prices.output())
        .isEqualTo(
            "404: no session takes prices of bridge:nobody; start one of mode paper with that as its"
                + " data");
    var indicator =
        run("node", EXAMPLES.resolve("node/indicator.cjs").toString(), session, "nothing", "1");
    assertThat(indicator.code()).isEqualTo(1);
    assertThat(indicator.output())
        .contains("no running session reads the value 'nothing' about BTCUSD");
  }

  private static String session(
      List<String> strategies, String data, @Nullable Double acceleration) {
    return await(
            platform.bus.ask(
                Channels.START_SESSION,
                new StartSession(
                    SessionMode.PAPER,
                    List.of("BTCUSD"),
                    requests(strategies),
                    new BigDecimal("10000"),
                    data,
                    null,
                    acceleration)))
        .sessionId();
  }

  private static List<StrategyRequest> requests(List<String> strategies) {
    return strategies.stream().map(name -> new StrategyRequest(name, Map.of())).toList();
  }

  /// The session's recording, run again in one thread, gives the same decisions.
  private static void replayed(String sessionId, List<String> strategies) throws Exception {
    var again =
        new StartSession(
            SessionMode.BACKTEST,
            List.of("BTCUSD"),
            requests(strategies),
            new BigDecimal("10000"),
            "recording:" + sessionId,
            null,
            null);
    var id =
        await(platform.bus.ask(Channels.START_BACKTEST, new StartBacktest(again, TimeRange.ALL)))
            .sessionId();
    platform.untilEnded(id);
    platform.outcomeOf(id).requireSame(platform.outcomeOf(sessionId));
  }

  /// The first of the demo trades, as if they had begun when the platform did.
  private static List<String> shifted(int count) throws IOException {
    var lines = Files.readAllLines(DemoTrades.first(count, folder));
    var rows = lines.subList(1, count + 1).stream().map(line -> line.split(",", -1)).toList();
    long first = Long.parseLong(rows.getFirst()[0]);
    return rows.stream()
        .map(row ->
            TestPlatform.NOON
                + (Long.parseLong(row[0]) - first) * 1_000_000
                + ","
                + Double.parseDouble(row[1])
                + ","
                + Double.parseDouble(row[2]))
        .toList();
  }

  private static List<Double> told(String sessionId) {
    return inputs(sessionId).stream()
        .filter(ExternalValue.class::isInstance)
        .map(event -> ((ExternalValue) event).value())
        .toList();
  }

  /// All that is recorded; nothing as long as nothing is.
  private static List<MarketEvent> inputs(String sessionId) {
    var events = new ArrayList<MarketEvent>();
    var find = new FindRecording(sessionId, TimeRange.ALL);
    var found = platform.bus.ask(Channels.FIND_RECORDING, find);
    if (await(found.transform(Future::succeededFuture)).failed()) {
      return events;
    }
    var recording = found.result();
    for (long after = 0; after < recording.lastSeq(); after += ReadRecording.MAX_LIMIT) {
      var read = new ReadRecording(recording, after, ReadRecording.MAX_LIMIT);
      await(platform.bus.ask(Channels.READ_RECORDING, read))
          .inputs()
          .forEach(input -> events.add(input.event()));
    }
    return events;
  }

  private static List<String> recorded(String sessionId) {
    return inputs(sessionId).stream()
        .filter(Trade.class::isInstance)
        .map(Trade.class::cast)
        .map(trade -> trade.time() + "," + trade.price() + "," + trade.amount())
        .toList();
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
    return run(null, environment, command);
  }

  private static Ended run(@Nullable Path input, Map<String, String> environment, String... command)
      throws Exception {
    var output = Files.createTempFile(folder, "output-", ".txt");
    var process =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    var variables = process.environment();
    variables.put("SANDPIPER_URL", platform.url());
    variables.put("SANDPIPER_TCP", "127.0.0.1:" + platform.platform.tcpPort());
    variables.put("SANDPIPER_TOKEN", platform.token());
    variables.put("NODE_PATH", SharedData.home().resolve("webroot/node_modules").toString());
    variables.putAll(environment);
    if (input != null) {
      process.redirectInput(input.toFile());
    }
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

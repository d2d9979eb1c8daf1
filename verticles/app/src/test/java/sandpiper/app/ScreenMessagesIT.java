package sandpiper.app;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.app.TestPlatform.await;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Validator;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.AcknowledgeAlert;
import sandpiper.bus.Messages.CommandStrategy;
import sandpiper.bus.Messages.DeleteSession;
import sandpiper.bus.Messages.StartBacktest;
import sandpiper.bus.Messages.StartCollection;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StopSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.domain.journal.RiskAction;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.CostBasis;
import sandpiper.domain.trading.Funding;
import sandpiper.domain.trading.Maintenance;
import sandpiper.domain.trading.Margin;
import sandpiper.domain.trading.RiskLimits;
import sandpiper.gateway.bridge.BridgeContract;
import sandpiper.testkit.SharedData;

/// What the platform really says to screens is what `conf/asyncapi.yaml` promises: every message of
/// every type, field by field. The console is held against the same document in
/// `webroot/messages.test.js`.
class ScreenMessagesIT {
  /// Lets a screen hear of everything: it draws, follows, alerts, is in and out of the market with
  /// all kinds of orders, holds a position for hours, and asks for more than it may.
  private static final String EVERYTHING =
      """
      export const params = { period: { type: 'int', default: 3, min: 2, max: 50, live: true } };
      export const data = { main: { bars: '1m' }, ticks: { trades: true } };
      export const indicators = (p) => ({
        mean: { use: 'ema', on: 'main.close', period: p.period, plot: 'price' },
        bands: { use: 'bollinger', on: 'main.close', period: 20, plot: 'Bands' },
      });
      export const state = { init: () => ({ bars: 0 }) };
      export function onBar(ctx, bar) {
        const n = ctx.state.bars++;
        ctx.log.info('bar', n);
        ctx.metric('bars', n);
        ctx.metric('nothing', NaN);
        ctx.plot.line('close', bar.close, 'Mine');
        ctx.plot.marker(bar.high, 'high');
        if (n % 5 === 0) ctx.alert('warn', `bar ${n}`);
        if (n % 20 === 1 && ctx.position().flat) {
          const signal = ctx.signal('long', { reason: 'every twentieth bar', close: bar.close, mean: ctx.ind.mean.value });
          ctx.buy({ size: 1, signal });
        }
        if (n % 7 === 2) ctx.buy({ size: 0.1, price: bar.close * 0.9, tif: 'GTD:3m' });
        if (n % 7 === 3) ctx.buy({ size: 100 });
        if (n % 11 === 4) ctx.buy({
          size: 0.1, type: 'limit', price: bar.close,
          bracket: { stopLoss: { trail: { percent: 2 } }, takeProfit: { percent: 3 } },
        });
        if (n % 13 === 5) ctx.cancelAll();
        if (n % 60 === 59 && ctx.position().long) ctx.sell({ size: ctx.position().size });
      }
      export function onCommand() {}
      """;

  private static final Set<String> CONSOLE =
      Set.of("console.sessions", "console.session.pp_x", "console.system");

  /// Who is silent for ten seconds is cut off.
  private static final long PING_MILLIS = 3_000;

  /// Of a snapshot.
  private static final int MOST_BYTES = 32 << 20;

  @TempDir Path folder;

  /// As they came, to be looked at when there is time: whoever reads slowly is cut off.
  private final BlockingQueue<Buffer> frames = new LinkedBlockingQueue<>();

  private final List<String> wrong = new CopyOnWriteArrayList<>();
  private final Set<String> seen = new TreeSet<>();

  /// By address of the contract and type.
  private final Map<String, Map<String, Validator>> validators = new HashMap<>();

  @SuppressWarnings("NullAway.Init") // before each test
  private TestPlatform platform;

  @SuppressWarnings("NullAway.Init") // before each test
  private BridgeContract contract;

  /// Held: a client that nobody refers to closes its sockets.
  @SuppressWarnings("NullAway.Init") // before each test
  private WebSocketClient client;

  @SuppressWarnings("NullAway.Init") // before each test
  private WebSocket socket;

  private @Nullable JsonObject snapshot;

  @BeforeEach
  void open() throws IOException {
    Files.writeString(folder.resolve("everything.js"), EVERYTHING);
    var directory = TestPlatform.freshDirectory();
    var market = Files.createDirectories(directory.resolve("market"));
    var rows = new ArrayList<String>();
    rows.add("time,price,amount");
    for (int i = 0; i < 3_000; i++) {
      rows.add(1_384_000_000_000L + i * 1_000L + ",100,1");
    }
    rows.add("this,is,none");
    Files.write(market.resolve("broken.csv"), rows);
    platform = TestPlatform.start(directory, folder);
    contract =
        await(BridgeContract.load(platform.vertx, SharedData.home().resolve("conf/asyncapi.yaml")));
    client =
        platform.vertx.createWebSocketClient(
            new WebSocketClientOptions().setMaxFrameSize(MOST_BYTES).setMaxMessageSize(MOST_BYTES));
    socket =
        await(
            client.connect(
                new WebSocketConnectOptions()
                    .setAbsoluteURI(platform.url().replace("http", "ws") + "/eventbus/websocket")
                    .addHeader("Authorization", "Bearer " + platform.token())));
    socket.binaryMessageHandler(frames::add);
    socket.closeHandler(_ -> wrong.add("the platform hung up"));
    platform.vertx.setPeriodic(
        PING_MILLIS,
        _ -> {
          var _ = socket.writeTextMessage("{\"type\":\"ping\"}");
        });
  }

  @AfterEach
  void close() {
    socket.closeHandler(null);
    platform.close();
  }

  @Test
  void everyMessageIsAsTheContractPromisesAndEveryTypeIsSent() throws Exception {
    register(Channels.CONSOLE_SESSIONS);
    register(Channels.CONSOLE_SYSTEM);
    var id = await(platform.bus.ask(Channels.START_SESSION, paper())).sessionId();
    register(Channels.consoleSession(id));
    // What a command leads to is told once, and screens may miss what comes in a crowd.
    until(
        () -> {
          await(
              platform.bus.ask(
                  Channels.COMMAND_STRATEGY, new CommandStrategy(id, "everything", "go", "1")));
          return seen.contains("strategy.status");
        },
        () -> "what became of a command");
    var done = backtest("demo");
    var failed = backtest("file:broken.csv");
    await(
        platform.bus.ask(
            Channels.START_COLLECTION,
            new StartCollection(List.of("BTCUSD"), Set.of(MarketStream.TRADES), "demo", null)));
    platform.untilEnded(done);
    platform.untilEnded(failed);
    await(platform.bus.ask(Channels.DELETE_SESSION, new DeleteSession(failed)));
    var promised = promised();
    until(() -> seen.containsAll(promised), () -> missing(promised));
    assertThat(seen).isEqualTo(promised);

    ask("console.snapshot", new JsonObject().put("session_id", id));
    until(() -> snapshot != null, () -> "the snapshot");
    var whole = requireNonNull(snapshot);
    assertThat(complaints(answer("console.snapshot"), whole)).isEmpty();
    assertThat(whole.stream().filter(field -> isEmpty(field.getValue()))).isEmpty();

    var alert = whole.getJsonArray("risk_alerts").getJsonObject(0);
    seen.remove("risk.alert");
    await(
        platform.bus.ask(
            Channels.ACKNOWLEDGE_ALERT,
            new AcknowledgeAlert(id, alert.getLong("seq"), alert.getInteger("index"), "alice")));
    until(() -> seen.contains("risk.alert"), () -> "the alert that was seen");
    await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(id)));
  }

  /// A contract that promises less or more than is sent does not pass.
  @Test
  void aFieldMoreOrLessIsNoticed() {
    var validator = requireNonNull(validators("console.session.pp_x").get("tick"));
    var data =
        new JsonObject()
            .put("symbol", "X")
            .put("time", 1)
            .put("price", 1.5)
            .put("amount", 2)
            .putNull("received_at");
    var message =
        new JsonObject()
            .put("type", "tick")
            .put("seq", 1)
            .put("ts", 1)
            .put("sessionId", "pp_x")
            .put("data", data);
    assertThat(complaints(validator, message)).isEmpty();
    data.put("extra", 1);
    assertThat(complaints(validator, message)).isNotEmpty();
    data.remove("extra");
    data.remove("amount");
    assertThat(complaints(validator, message)).isNotEmpty();
    data.putNull("amount");
    assertThat(complaints(validator, message)).isNotEmpty();
  }

  /// Looks at what comes until then, or until something is wrong.
  private void until(BooleanSupplier condition, Supplier<String> what) throws InterruptedException {
    TestPlatform.until(
        () -> {
          for (var frame = frames.poll(); frame != null && wrong.isEmpty(); frame = frames.poll()) {
            onFrame(frame.toJsonObject());
          }
          return condition.getAsBoolean() || !wrong.isEmpty();
        },
        what);
    assertThat(wrong).isEmpty();
  }

  private Set<String> promised() {
    var types = new TreeSet<String>();
    CONSOLE.forEach(address -> types.addAll(validators(address).keySet()));
    return types;
  }

  private static boolean isEmpty(@Nullable Object value) {
    return value == null || (value instanceof JsonArray array && array.isEmpty());
  }

  private String missing(Set<String> promised) {
    var missing = new TreeSet<>(promised);
    missing.removeAll(seen);
    return "messages of type " + missing;
  }

  private Validator answer(String address) {
    return BridgeContract.validator(requireNonNull(contract.inbound(address)).answer());
  }

  private void onFrame(JsonObject frame) {
    if (frame.getString("type").equals("pong")) {
      return;
    }
    if (!frame.getString("type").equals("rec")) {
      wrong.add(frame.encode());
    } else if (frame.getString("address").equals("snapshot-reply")) {
      snapshot = frame.getJsonObject("body");
    } else {
      onMessage(frame.getString("address"), frame.getJsonObject("body"));
    }
  }

  /// By type, of what may be said at an address of the bridge.
  private Map<String, Validator> validators(String address) {
    var outbound = requireNonNull(contract.outbound(address), address);
    return validators.computeIfAbsent(
        outbound.address(),
        _ -> {
          var byType = new HashMap<String, Validator>();
          outbound
              .messages()
              .forEach((type, schema) -> byType.put(type, BridgeContract.validator(schema)));
          return byType;
        });
  }

  private void onMessage(String address, JsonObject message) {
    var type = message.getString("type");
    var validator = validators(address).get(type);
    var found =
        validator == null
            ? List.of("the contract has no " + type + " at " + address)
            : complaints(validator, message);
    if (!found.isEmpty()) {
      wrong.add(found + " of " + message.encode());
    }
    seen.add(type);
  }

  private static List<String> complaints(Validator validator, JsonObject message) {
    var found = validator.validate(message);
    return Boolean.TRUE.equals(found.getValid())
        ? List.of()
        : found.getErrors().stream()
            .map(error -> error.getInstanceLocation() + ": " + error.getError())
            .toList();
  }

  private void register(String address) {
    write(new JsonObject().put("type", "register").put("address", address));
  }

  private void ask(String address, JsonObject body) {
    write(
        new JsonObject()
            .put("type", "send")
            .put("address", address)
            .put("replyAddress", "snapshot-reply")
            .put("body", body));
  }

  private void write(JsonObject frame) {
    await(socket.writeTextMessage(frame.encode()));
  }

  private String backtest(String data) {
    var request =
        new StartSession(
            SessionMode.BACKTEST,
            List.of("BTCUSD"),
            List.of(new StrategyRequest("everything", Map.of())),
            new BigDecimal("10000"),
            data,
            null,
            null);
    return await(
            platform.bus.ask(Channels.START_BACKTEST, new StartBacktest(request, TimeRange.ALL)))
        .sessionId();
  }

  /// On isolated margin, with funding, and with limits of every kind.
  private static StartSession paper() {
    var margin =
        new Margin(
            new BigDecimal("5"),
            new Maintenance(new BigDecimal("0.01"), BigDecimal.ZERO, Maintenance.Basis.MARK),
            new BigDecimal("0.001"),
            new Funding(new BigDecimal("0.0001"), Interval.parse("15m")));
    var limits =
        new RiskLimits(
            new BigDecimal("20000"),
            null,
            50,
            null,
            null,
            null,
            null,
            new RiskLimits.Stop(new BigDecimal("900000"), RiskAction.BLOCK),
            null,
            new RiskLimits.Streak(1_000, 60, RiskAction.CANCEL));
    return new StartSession(
        SessionMode.PAPER,
        List.of("BTCUSD"),
        List.of(new StrategyRequest("everything", Map.of())),
        new BigDecimal("100000"),
        "demo",
        null,
        600.0,
        null,
        limits,
        new AccountRules(CostBasis.AVERAGE, margin));
  }
}

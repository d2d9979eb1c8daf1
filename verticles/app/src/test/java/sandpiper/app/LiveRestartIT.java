package sandpiper.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.app.TestExchange.ETH;
import static sandpiper.app.TestPlatform.await;
import static sandpiper.app.TestPlatform.until;

import io.vertx.core.json.JsonObject;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.CheckParity;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.ListSessions;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.StopSession;
import sandpiper.domain.journal.Side;
import sandpiper.mexc.client.MexcTrading;
import sandpiper.mexc.client.NewSpotOrder;
import sandpiper.mexc.client.Placement;
import sandpiper.mexc.client.SpotFill;
import sandpiper.mexc.client.SpotOrder;
import sandpiper.mexc.client.SpotOrderType;
import sandpiper.testkit.SharedData;

/// A platform in a process of its own that is killed with a live session under way, and the next
/// one on the same database.
class LiveRestartIT {
  /// Buys far below the market, once, and counts bars.
  private static final String WAITER =
      """
      export const data = () => ({ main: { bars: '1s' } });
      export function onStart(ctx) { ctx.state.placed = 0; }
      export function onBar(ctx, bar) {
        if (ctx.state.placed++ === 0) ctx.buy({ size: 0.1, price: bar.close * 0.5 });
      }
      """;

  private final HttpClient http = HttpClient.newHttpClient();

  @TempDir Path strategies;

  @SuppressWarnings("NullAway.Init") // before each test
  private TestExchange exchange;

  @SuppressWarnings("NullAway.Init") // before each test
  private Path database;

  @SuppressWarnings("NullAway.Init") // before each test
  private MexcTrading account;

  @SuppressWarnings("NullAway.Init") // before each test
  private MexcTrading other;

  private @Nullable Process process;

  @BeforeEach
  void open() throws IOException, TimeoutException {
    Files.writeString(strategies.resolve("waiter.js"), WAITER);
    database = TestPlatform.freshDirectory();
    exchange =
        new TestExchange(
            TestExchange.account("key", Map.of("USDT", new BigDecimal(50_000))),
            TestExchange.account("other", Map.of("ETH", new BigDecimal(1_000_000))));
    account = exchange.trading("key");
    other = exchange.trading("other");
  }

  @AfterEach
  void stop() throws TimeoutException {
    if (process != null) {
      process.destroyForcibly();
    }
    http.close();
    exchange.close();
  }

  /// The platform as it is delivered but for its class path: `sandpiper run`.
  private int run() throws IOException {
    int port;
    try (var free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    var config = strategies.resolve("config.yaml");
    Files.writeString(
        config,
        TestPlatform.settingsOnExchange(database, strategies, exchange.port(), port).encode());
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-javaagent"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            "sandpiper.app.Main",
            "run",
            "--config",
            config.toString()));
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.directory(SharedData.home().toFile());
    builder.redirectOutput(new File(strategies.toFile(), "platform.log"));
    builder.environment().put("SANDPIPER_ADMIN_PASSWORD", TestPlatform.PASSWORD);
    builder.environment().put("SANDPIPER_MEXC_KEY", "key");
    builder.environment().put("SANDPIPER_MEXC_SECRET", "secret");
    process = builder.start();
    return port;
  }

  private String log() {
    try {
      return Files.readString(strategies.resolve("platform.log"));
    } catch (IOException e) {
      return e.toString();
    }
  }

  /// Starts the live session by REST, as somebody who has logged in.
  private String begin(int port) throws IOException, InterruptedException {
    var url = "http://127.0.0.1:" + port;
    until(() -> isReady(url), () -> "the platform to be ready: " + log());
    var login =
        post(
            url + "/api/login",
            new JsonObject().put("user", "admin").put("password", TestPlatform.PASSWORD),
            url,
            "");
    var cookie = login.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
    var started =
        post(
            url + "/sessions/start",
            new JsonObject(
                """
                {"mode":"live","symbols":["ETHUSDT"],"strategies":[{"name":"waiter"}],
                 "budget":"10000","data":"mexc","confirmation":"LIVE",
                 "risk":{"order_notional":"5000","daily_loss":{"limit":"1000","action":"cancel"}}}
                """),
            url,
            cookie);
    assertThat(started.statusCode()).as(started.body()).isBetween(200, 201);
    return new JsonObject(started.body()).getString("session_id");
  }

  private boolean isReady(String url) {
    assertThat(Objects.requireNonNull(process).isAlive()).as(log()).isTrue();
    try {
      var request = HttpRequest.newBuilder(URI.create(url + "/health/ready")).build();
      return http.send(request, BodyHandlers.discarding()).statusCode() == 200;
    } catch (IOException | InterruptedException e) {
      return false;
    }
  }

  private HttpResponse<String> post(String url, JsonObject body, String origin, String cookie)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create(url))
            .header("Content-Type", "application/json")
            .header("Origin", origin)
            .POST(BodyPublishers.ofString(body.encode()));
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    return http.send(request.build(), BodyHandlers.ofString());
  }

  /// As `kill -9` does.
  private void kill() throws InterruptedException {
    var running = Objects.requireNonNull(process);
    running.destroyForcibly();
    assertThat(running.waitFor(30, SECONDS)).isTrue();
  }

  private List<SpotOrder> openAtTheExchange() {
    return await(account.openOrders(ETH));
  }

  private List<SpotFill> fillsAtTheExchange() {
    return await(account.fills(ETH, null, null, null));
  }

  private static List<JsonObject> rows(TestPlatform platform, HistoryKind kind, String id) {
    return platform.rows(kind, id).stream().map(JsonObject::new).toList();
  }

  /// Somebody sells until even the lowest bid has got some.
  private void sellDownTo(BigDecimal price) {
    for (int i = 0; fillsAtTheExchange().isEmpty(); i++) {
      var order =
          NewSpotOrder.priced(
              ETH,
              Side.SELL,
              SpotOrderType.IMMEDIATE_OR_CANCEL,
              new BigDecimal(500),
              price,
              "down-" + i);
      assertThat(await(other.place(order)))
          .as("sale %d at %s", i, price)
          .isInstanceOf(Placement.Accepted.class);
    }
  }

  private TestPlatform restart(boolean resumes, String id)
      throws IOException, InterruptedException {
    var platform =
        TestPlatform.startTrading(database, strategies, exchange.port(), resumes, broker -> broker);
    until(
        () ->
            await(platform.bus.ask(Channels.LIST_SESSIONS, new ListSessions(null)))
                .sessions()
                .stream()
                .anyMatch(session -> session.sessionId().equals(id)),
        "the session to be there again");
    return platform;
  }

  @Test
  void aKilledSessionGoesOnWithItsOrderWhichFilledMeanwhile() throws Exception {
    var id = begin(run());
    until(() -> !openAtTheExchange().isEmpty(), () -> "the order at the exchange: " + log());
    var working = openAtTheExchange().getFirst();
    kill();
    sellDownTo(working.price());
    assertThat(fillsAtTheExchange()).hasSize(1);

    try (var platform = restart(true, id)) {
      until(
          () -> rows(platform, HistoryKind.FILLS, id).size() == 1,
          () -> "the fill on record: " + platform.session(id));
      until(() -> platform.session(id).status() == SessionStatus.RUNNING, "the session to run");
      var fill = rows(platform, HistoryKind.FILLS, id).getFirst();
      assertThat(fill.getString("order_id").substring(4)).isEqualTo(working.clientId());
      assertThat(new BigDecimal(fill.getString("price"))).isEqualByComparingTo(working.price());
      long bars = closedBars(platform, id);
      until(() -> closedBars(platform, id) > bars + 2, "more bars");
      await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(id)));
      assertThat(platform.untilEnded(id).status()).isEqualTo(SessionStatus.STOPPED);
      assertThat(rows(platform, HistoryKind.ORDERS, id))
          .singleElement()
          .extracting(order -> order.getString("status"))
          .isEqualTo("filled");
      assertThat(rows(platform, HistoryKind.SIGNALS, id)).hasSize(1);
      assertThat(rows(platform, HistoryKind.RISK_ALERTS, id)).isEmpty();
      var proof = await(platform.bus.ask(Channels.CHECK_PARITY, new CheckParity(id)));
      assertThat(proof.difference()).isNull();
      assertThat(proof.percent()).isEqualByComparingTo("100");
    }
    assertThat(openAtTheExchange()).isEmpty();
    assertThat(fillsAtTheExchange()).as("nothing was sent twice").hasSize(1);
  }

  private static long closedBars(TestPlatform platform, String id) {
    return rows(platform, HistoryKind.READINGS, id).size();
  }

  @Test
  void anOrderWhoseAnswerNobodyHeardIsFoundAndNotSentAgain() throws Exception {
    exchange.fault("name", "latency", "endpoint", "POST /api/v3/order", "millis", 20_000);
    exchange.fault("name", "half-open-sockets", "sockets", "private");
    var id = begin(run());
    until(() -> !openAtTheExchange().isEmpty(), () -> "the order at the exchange: " + log());
    var working = openAtTheExchange().getFirst();
    kill();
    try (var platform = restart(true, id)) {
      until(() -> platform.session(id).status() == SessionStatus.RUNNING, "the session to run");
      until(() -> closedBars(platform, id) > 3, "bars");
      assertThat(openAtTheExchange())
          .singleElement()
          .extracting(SpotOrder::orderId)
          .isEqualTo(working.orderId());
      await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(id)));
      platform.untilEnded(id);
      assertThat(rows(platform, HistoryKind.ORDERS, id))
          .singleElement()
          .extracting(order -> order.getString("status"))
          .isEqualTo("cancelled");
    }
    assertThat(openAtTheExchange()).isEmpty();
  }

  @Test
  void aKilledSessionWaitsForAnExchangeThatDoesNotAnswer() throws Exception {
    var id = begin(run());
    until(() -> !openAtTheExchange().isEmpty(), () -> "the order at the exchange: " + log());
    kill();
    // Questions are asked three times before they count as unanswered.
    exchange.fault(
        "name",
        "server-error",
        "endpoint",
        "GET /api/v3/account",
        "status",
        503,
        "accepted",
        false,
        "count",
        4);
    try (var platform = restart(true, id)) {
      until(
          () -> platform.session(id).status() == SessionStatus.RUNNING,
          () -> "the session to run: " + platform.session(id));
      assertThat(exchange.isFaultless()).isTrue();
      assertThat(openAtTheExchange()).hasSize(1);
      await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(id)));
      assertThat(platform.untilEnded(id).status()).isEqualTo(SessionStatus.STOPPED);
    }
    assertThat(openAtTheExchange()).isEmpty();
  }

  @Test
  void aKilledSessionIsEndedInOrderWhenItIsNotToGoOn() throws Exception {
    var id = begin(run());
    until(() -> !openAtTheExchange().isEmpty(), () -> "the order at the exchange: " + log());
    kill();
    assertThat(openAtTheExchange()).as("it is nobody's now").hasSize(1);
    try (var platform = restart(false, id)) {
      var ended = platform.untilEnded(id);
      until(() -> openAtTheExchange().isEmpty(), "the order to be taken back");
      until(
          () ->
              rows(platform, HistoryKind.ORDERS, id)
                  .getFirst()
                  .getString("status")
                  .equals("cancelled"),
          "that to be on record");
      assertThat(ended.status()).isEqualTo(SessionStatus.FAILED);
      assertThat(ended.error()).startsWith("the platform ended before the session did");
    }
  }
}

package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.HistoryQuery;
import sandpiper.bus.Messages.ListSessions;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.StartSession;
import sandpiper.domain.trading.SessionSummary;
import sandpiper.mexc.client.Credentials;
import sandpiper.orders.BrokerConfig;
import sandpiper.testkit.SharedData;

/// The real platform with a fresh database, free ports, and a clock and chance that repeat.
final class TestPlatform implements AutoCloseable {
  /// Of the user `admin`.
  static final String PASSWORD = "correct horse battery staple";

  /// What its clock shows, always.
  static final long NOON = 1_767_268_800_000_000L;

  final Vertx vertx;
  final Bus bus;
  final Platform platform;
  private @Nullable String token;

  private TestPlatform(Vertx vertx, Platform platform) {
    this.vertx = vertx;
    this.platform = platform;
    bus = new Bus(vertx);
  }

  static TestPlatform start() throws IOException {
    return start(freshDirectory());
  }

  static TestPlatform start(Path database) {
    return start(database, SharedData.home().resolve("strategies-js"));
  }

  /// @param strategies a folder of their own for tests that save some
  static TestPlatform start(Path database, Path strategies) {
    return start(config(database, strategies));
  }

  /// With every strategy in a process of its session's own.
  static TestPlatform startIsolated() throws IOException {
    var folder = SharedData.home().resolve("strategies-js");
    return start(config(freshDirectory(), folder, "process", "process"));
  }

  /// With every script that was not built in in a process of its session's own, as it is by
  /// default.
  static TestPlatform startMixed(Path strategies) throws IOException {
    return start(config(freshDirectory(), strategies, "none", "process"));
  }

  /// One that hears an exchange on loopback, with the clock of this machine.
  static TestPlatform startLive(Path strategies, int exchangePort) throws IOException {
    return startLive(freshDirectory(), strategies, exchangePort, false, broker -> broker);
  }

  /// One that trades there with the key `key` and the secret `secret`.
  ///
  /// @param changed how it trades, from what is configured
  static TestPlatform startTrading(
      Path database, Path strategies, int exchangePort, UnaryOperator<BrokerConfig> changed)
      throws IOException {
    return startTrading(database, strategies, exchangePort, false, changed);
  }

  /// @param resumes whether live sessions go on that were under way when a platform ended
  static TestPlatform startTrading(
      Path database,
      Path strategies,
      int exchangePort,
      boolean resumes,
      UnaryOperator<BrokerConfig> changed)
      throws IOException {
    return startLive(
        database, strategies, exchangePort, resumes, broker -> changed.apply(trading(broker)));
  }

  private static BrokerConfig trading(BrokerConfig broker) {
    return new BrokerConfig(
        broker.exchange(),
        new Credentials("key", "secret"),
        false,
        true,
        broker.reconcileEvery(),
        broker.unknownPatience());
  }

  /// One that trades there, with its rows at a database that it does not look after.
  ///
  /// @param folder of its own
  /// @param url of the database
  /// @param journalMegabytes what may wait while that is away
  static TestPlatform startTrading(
      Path folder, String url, int journalMegabytes, Path strategies, int exchangePort) {
    var settings = onExchange(folder, strategies, exchangePort);
    settings
        .getJsonObject("database")
        .put("url", url)
        .put("user", "postgres")
        .put("journal", folder.resolve("journal").toString())
        .put("journal-megabytes", journalMegabytes);
    var config = AppConfig.of(settings, Map.of("SANDPIPER_ADMIN_PASSWORD", PASSWORD));
    return start(config.with(trading(config.broker())), TestPlatform::wallClock);
  }

  /// The settings of a platform on an exchange, and on this port of loopback, as a file has them.
  static JsonObject settingsOnExchange(Path database, Path strategies, int exchangePort, int port) {
    var host = "127.0.0.1:" + exchangePort;
    var settings = settings(database, strategies, "none", "none");
    settings.getJsonObject("gateway").put("port", port);
    return settings.put(
        "mexc",
        new JsonObject().put("rest", "http://" + host).put("streams", "ws://" + host + "/ws"));
  }

  private static TestPlatform startLive(
      Path database,
      Path strategies,
      int exchangePort,
      boolean resumes,
      UnaryOperator<BrokerConfig> changed) {
    var settings = onExchange(database, strategies, exchangePort);
    var config = AppConfig.of(settings, Map.of("SANDPIPER_ADMIN_PASSWORD", PASSWORD));
    return start(
        config.with(changed.apply(config.broker())).with(config.sessions().withResuming(resumes)),
        TestPlatform::wallClock);
  }

  private static JsonObject onExchange(Path database, Path strategies, int exchangePort) {
    var host = "127.0.0.1:" + exchangePort;
    return settings(database, strategies, "none", "none")
        .put(
            "mexc",
            new JsonObject()
                .put("rest", "http://" + host)
                .put("streams", "ws://" + host + "/ws")
                .put("silent-seconds", 60)
                .put("futures-rest", "http://" + host)
                .put("futures-streams", "ws://" + host + "/edge"));
  }

  private static long wallClock() {
    return TimeUnit.MILLISECONDS.toMicros(System.currentTimeMillis());
  }

  static TestPlatform start(AppConfig config) {
    return start(config, () -> NOON);
  }

  private static TestPlatform start(AppConfig config, LongSupplier clock) {
    var meters = Platform.meters();
    var vertx = Platform.vertx(meters);
    var platform = new Platform(vertx, meters, config, clock, new Random(7));
    await(platform.start());
    return new TestPlatform(vertx, platform);
  }

  static Path freshDirectory() throws IOException {
    var target = SharedData.home().resolve("verticles/app/target");
    Files.createDirectories(target);
    return Files.createTempDirectory(target, "database-");
  }

  static AppConfig config(Path directory, Path strategies) {
    return config(directory, strategies, "none", "none");
  }

  private static AppConfig config(
      Path directory, Path strategies, String bundled, String uploaded) {
    return AppConfig.of(
        settings(directory, strategies, bundled, uploaded),
        Map.of("SANDPIPER_ADMIN_PASSWORD", PASSWORD));
  }

  /// Of a platform with nobody in it, whose first start makes a password up.
  static JsonObject settings(Path directory) {
    return settings(directory, SharedData.home().resolve("strategies-js"), "none", "none");
  }

  private static JsonObject settings(
      Path directory, Path strategies, String bundled, String uploaded) {
    return new JsonObject()
        .put("gateway", new JsonObject().put("host", "127.0.0.1").put("port", 0).put("tcp-port", 0))
        .put(
            "database",
            new JsonObject()
                .put("url", "")
                .put("user", "sandpiper")
                .put("directory", directory.toString())
                .put("port", 0)
                .put("pool-size", 4))
        .put(
            "strategies",
            new JsonObject()
                .put("folder", strategies.toString())
                .put(
                    "isolation",
                    new JsonObject()
                        .put("bundled", bundled)
                        .put("uploaded", uploaded)
                        .put("heap-megabytes", 256)
                        .put("answer-millis", 15_000)))
        .put("instruments", new JsonObject().put("file", "conf/instruments.yaml"))
        .put("data", new JsonObject().put("folder", directory.resolve("market").toString()))
        .put(
            "fills",
            new JsonObject()
                .put("model", "any")
                .put("slippage", "none")
                .put("latency", "none")
                .put("limits", "touch"))
        .put(
            "risk",
            new JsonObject()
                .put("limits", new JsonObject())
                .put("kill-file", directory.resolve("KILL").toString())
                .put("kill-action", "close"))
        .put(
            "demo",
            new JsonObject()
                .put("enabled", false)
                .put("strategy", "ema-cross")
                .put("symbol", "BTCUSD")
                .put("budget", 10_000)
                .put("acceleration", 120));
  }

  /// A request of somebody who may do everything.
  HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create(url() + path))
        .header("Authorization", "Bearer " + token());
  }

  /// Of the first admin, who makes it by logging in.
  synchronized String token() {
    if (token == null) {
      var login =
          post(
              "/api/login",
              new JsonObject().put("user", "admin").put("password", PASSWORD),
              "Origin",
              url());
      var cookie = login.headers().firstValue("set-cookie").orElseThrow().split(";", 2)[0];
      var wanted =
          new JsonObject()
              .put("label", "test")
              .put("permissions", List.of("read", "strategies", "trade", "publish", "admin"));
      token =
          new JsonObject(post("/api/tokens", wanted, "Origin", url(), "Cookie", cookie).body())
              .getString("secret");
    }
    return token;
  }

  private HttpResponse<String> post(String path, JsonObject body, String... headers) {
    var request =
        HttpRequest.newBuilder(URI.create(url() + path))
            .header("Content-Type", "application/json")
            .headers(headers)
            .POST(BodyPublishers.ofString(body.encode()))
            .build();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  String url() {
    return "http://127.0.0.1:" + platform.port();
  }

  SessionState session(String sessionId) {
    return await(bus.ask(Channels.LIST_SESSIONS, new ListSessions(sessionId)))
        .sessions()
        .getFirst();
  }

  SessionState untilEnded(String sessionId) throws InterruptedException {
    until(() -> session(sessionId).status().isFinal(), "session " + sessionId + " to end");
    return session(sessionId);
  }

  /// All rows of one kind, as JSON.
  List<String> rows(HistoryKind kind, String sessionId) {
    var rows = new ArrayList<String>();
    @Nullable String cursor = null;
    do {
      var page = await(bus.ask(Channels.HISTORY, new HistoryQuery(kind, sessionId, 1_000, cursor)));
      page.rows().forEach(row -> rows.add(Json.text(row)));
      cursor = page.nextCursor();
    } while (cursor != null);
    return rows;
  }

  /// What a session left behind, but for its id.
  record Outcome(SessionSummary summary, Map<HistoryKind, List<String>> rows) {
    void requireSame(Outcome other) {
      for (var kind : HistoryKind.values()) {
        assertThat(rows.get(kind)).as(kind.name()).isEqualTo(other.rows.get(kind));
      }
      assertThat(summary).isEqualTo(other.summary);
    }
  }

  /// Runs a session to its end.
  Outcome outcome(StartSession request) throws InterruptedException {
    var id = await(bus.ask(Channels.START_SESSION, request)).sessionId();
    var ended = untilEnded(id);
    assertThat(ended.status()).as(String.valueOf(ended.error())).isEqualTo(SessionStatus.STOPPED);
    return outcomeOf(id);
  }

  /// Of a session that has ended.
  Outcome outcomeOf(String id) {
    var rows = new EnumMap<HistoryKind, List<String>>(HistoryKind.class);
    for (var kind : HistoryKind.values()) {
      rows.put(
          kind,
          rows(kind, id).stream()
              .map(row -> row.replace(id, "ID").replace(id.substring(3), "ID"))
              .toList());
    }
    return new Outcome(Objects.requireNonNull(session(id).summary()), rows);
  }

  static <T> T await(Future<T> future) {
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

  static void until(BooleanSupplier condition, String what) throws InterruptedException {
    until(condition, () -> what);
  }

  /// @param what as it stands at the end
  static void until(BooleanSupplier condition, Supplier<String> what) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(240);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("waited in vain for " + what.get());
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  @Override
  public void close() {
    await(platform.stop());
    await(vertx.close());
  }
}

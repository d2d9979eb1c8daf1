package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Messages.SessionStatus;

/// Sessions by REST over the real platform.
class RestIT {
  private static TestPlatform platform;
  private static HttpClient http;

  @BeforeAll
  static void start() throws IOException {
    platform = TestPlatform.start();
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void stop() {
    http.close();
    platform.close();
  }

  @Test
  void aBacktestAtFullSpeedLeavesItsRows() throws Exception {
    var started =
        post(
            "/sessions/start",
            """
            {"mode": "backtest", "symbols": ["BTCUSD"], "budget": "1000000",
             "strategies": [{"name": "sma-cross", "parameters": {"fast": 10, "slow": 30}}]}
            """);
    assertThat(started.statusCode()).as(started.body()).isEqualTo(201);
    var id = json(started).getString("session_id");
    platform.untilEnded(id);
    var session =
        json(get("/sessions/execution-status?session_id=" + id))
            .getJsonArray("sessions")
            .getJsonObject(0);
    assertThat(session.getString("status")).isEqualTo("stopped");
    // The figures of oracle/backtests/sma_longflat_ta4jtrades1m_10_30_fee0.001.json.
    assertThat(session.getJsonObject("summary").getInteger("closed_trades")).isEqualTo(218);
    assertThat(session.getJsonObject("summary").getString("net")).isEqualTo("-363.86228");
    var performance = json(get("/api/sessions/" + id + "/performance"));
    var trades = performance.getJsonObject("all_trades");
    assertThat(trades.getInteger("count")).isEqualTo(218);
    assertThat(trades.getString("net")).isEqualTo("-363.86228");
    assertThat(performance.getString("final_equity")).isEqualTo("999636.13772");
    assertThat(performance.getJsonArray("trades")).hasSize(218);
    for (var kind : new String[] {"signals", "orders", "fills"}) {
      assertThat(count(kind, id)).as(kind).isEqualTo(436);
    }
    assertThat(count("positions", id)).isEqualTo(218);
  }

  @Test
  void startingAndStoppingTwiceIsHarmlessAndSaysSo() throws Exception {
    var request =
        """
        {"mode": "paper", "symbols": ["BTCUSD"], "budget": "5000", "acceleration": 1,
         "strategies": [{"name": "ema-cross"}]}
        """;
    var first = post("/sessions/start", request);
    assertThat(first.statusCode()).as(first.body()).isEqualTo(201);
    var running = json(first).getString("session_id");
    problem(
        get("/api/sessions/" + running + "/performance"),
        409,
        "session " + running + " is running: it has a performance once it has ended");
    var second = post("/sessions/start", request);
    assertThat(second.statusCode()).isEqualTo(200);
    assertThat(json(second)).isEqualTo(json(first).put("already_running", true));

    var stop = new JsonObject().put("session_id", json(first).getString("session_id")).encode();
    var stopped = json(post("/sessions/stop", stop));
    assertThat(stopped.getString("status")).isEqualTo("stopped");
    assertThat(stopped.getBoolean("already_stopped")).isFalse();
    assertThat(json(post("/sessions/stop", stop)).getBoolean("already_stopped")).isTrue();
  }

  @Test
  void aRunningReplayIsStoppedInOrder() throws Exception {
    var started =
        post(
            "/sessions/start",
            """
            {"mode": "paper", "symbols": ["BTCUSD"], "budget": "5000", "acceleration": 1000,
             "strategies": [{"name": "ema-cross", "parameters": {"fast": 2, "slow": 4}}]}
            """);
    var id = json(started).getString("session_id");
    TestPlatform.until(() -> count("fills", id) > 0, "a fill");
    post("/sessions/stop", new JsonObject().put("session_id", id).encode());
    var orders = json(get("/api/trading/orders?session_id=" + id)).getJsonArray("items");
    assertThat(orders)
        .isNotEmpty()
        .allSatisfy(order ->
            assertThat(((JsonObject) order).getString("status")).isIn("filled", "cancelled"));
  }

  @Test
  void badRequestsAreProblemsInOneSentence() throws Exception {
    problem(
        start("\"nonesuch\"", "\"BTCUSD\"", ""),
        400,
        "unknown strategy 'nonesuch'; there are bollinger-squeeze, donchian-breakout, ema-cross,"
            + " ema-pullback, grid, market-maker, pairs, rsi-reversion, sma-cross, tick-ema");
    problem(
        start("\"ema-cross\"", "\"DOGEUSD\"", ""),
        400,
        "unknown symbol 'DOGEUSD'; there are BTCUSD, BTCUSDT, SPY");
    problem(
        start("\"ema-cross\", \"parameters\": {\"fast\": 0}", "\"BTCUSD\"", ""),
        400,
        "ema-cross.js: parameter fast must be a whole number from 1 up to 500, was 0");
    problem(start("\"ema-cross\"", "\"BTCUSD\"", ", \"data\": \"nowhere.csv\""), 400, null);
    problem(start("\"ema-cross\"", "\"BTCUSD\"", ", \"interval\": \"1x\""), 400, null);
    problem(get("/api/sessions/bt_unknown/performance"), 404, "unknown session 'bt_unknown'");
    problem(
        post("/sessions/stop", "{\"session_id\": \"bt_unknown\"}"),
        404,
        "unknown session 'bt_unknown'");
    assertThat(json(get("/sessions/execution-status")).getJsonArray("sessions"))
        .noneSatisfy(session ->
            assertThat(((JsonObject) session).getString("status")).isEqualTo("starting"));
  }

  @Test
  void aBacktestOfTwoSymbolsNeedsASourceForEach() throws Exception {
    problem(
        start("\"pairs\"", "\"BTCUSD\", \"SPY\"", ""),
        400,
        "data must name a source for each of BTCUSD, SPY, such as BTCUSD=FILE, was 'demo'");
    problem(
        start("\"pairs\"", "\"BTCUSD\", \"SPY\"", ", \"data\": \"BTCUSD=demo,ETHUSD=demo\""),
        400,
        "data must be for symbols of the session, BTCUSD, SPY, was for 'ETHUSD'");
    var started =
        post(
            "/sessions/start",
            """
            {"mode": "backtest", "symbols": ["BTCUSD", "SPY"], "data": "SPY=demo,BTCUSD=demo",
             "strategies": [{"name": "pairs"}]}
            """);
    assertThat(started.statusCode()).as(started.body()).isEqualTo(201);
    var id = json(started).getString("session_id");
    var ended = platform.untilEnded(id);
    assertThat(ended.status()).as(String.valueOf(ended.error())).isEqualTo(SessionStatus.STOPPED);
    assertThat(ended.data()).isEqualTo("SPY=demo,BTCUSD=demo");
  }

  @Test
  void healthMetricsAndTheEngineAreThere() throws Exception {
    assertThat(json(get("/health")).getString("status")).isEqualTo("up");
    assertThat(get("/metrics").body()).contains("vertx_eventbus");
    assertThat(
            json(get("/sessions/execution-status")).getJsonObject("engine").getBoolean("compiled"))
        .isTrue();
    assertThat(json(get("/api/strategies")).getJsonArray("strategies")).hasSize(10);
  }

  private static HttpResponse<String> start(String strategy, String symbol, String more)
      throws Exception {
    return post(
        "/sessions/start",
        "{\"mode\": \"paper\", \"symbols\": ["
            + symbol
            + "], \"strategies\": [{\"name\": "
            + strategy
            + "}]"
            + more
            + "}");
  }

  private static void problem(HttpResponse<String> response, int status, @Nullable String detail) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
    assertThat(response.headers().firstValue("content-type"))
        .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
    assertThat(json(response).getString("detail")).isNotBlank().doesNotContain("Exception");
    if (detail != null) {
      assertThat(json(response).getString("detail")).isEqualTo(detail);
    }
  }

  private static int count(String kind, String id) {
    try {
      return json(get("/api/trading/" + kind + "?limit=5000&session_id=" + id))
          .getJsonArray("items")
          .size();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return http.send(platform.request(path).build(), BodyHandlers.ofString());
  }

  private static HttpResponse<String> post(String path, String body)
      throws IOException, InterruptedException {
    return http.send(
        platform
            .request(path)
            .header("content-type", "application/json")
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }

  private static JsonObject json(HttpResponse<String> response) {
    return new JsonObject(response.body());
  }
}

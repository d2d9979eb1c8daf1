package sandpiper.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.gateway.Samples.SESSION;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.AcknowledgeAlert;
import sandpiper.bus.Messages.AmendManually;
import sandpiper.bus.Messages.AskLedger;
import sandpiper.bus.Messages.CancelAllManually;
import sandpiper.bus.Messages.CancelManually;
import sandpiper.bus.Messages.CloseAllPositions;
import sandpiper.bus.Messages.ClosePosition;
import sandpiper.bus.Messages.FindPerformance;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.HistoryQuery;
import sandpiper.bus.Messages.KillAll;
import sandpiper.bus.Messages.KillSwitch;
import sandpiper.bus.Messages.ListSessions;
import sandpiper.bus.Messages.PlaceManualOrder;
import sandpiper.bus.Messages.ReleaseTrading;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StopSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.bus.Refusal;
import sandpiper.domain.journal.OrderType;
import sandpiper.domain.journal.RiskAction;
import sandpiper.domain.journal.Side;
import sandpiper.domain.journal.TimeInForce;
import sandpiper.domain.market.Interval;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.CostBasis;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.Funding;
import sandpiper.domain.trading.Maintenance;
import sandpiper.domain.trading.ManualOrder;
import sandpiper.domain.trading.Margin;
import sandpiper.domain.trading.RiskLimits;
import sandpiper.gateway.RunningGateway;
import sandpiper.gateway.Samples;

class RestApiTest {
  private RunningGateway gateway = RunningGateway.start();

  @BeforeEach
  void forgetWhatTheStartAsked() throws InterruptedException {
    assertThat(gateway.platform.asked.take()).isEqualTo(new ListSessions(null));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void startingASessionFillsInTheDefaults() {
    var response =
        gateway.post(
            "/sessions/start",
            new JsonObject()
                .put("mode", "backtest")
                .put("symbols", new JsonArray().add("BTCUSD"))
                .put("strategies", new JsonArray().add(new JsonObject().put("name", "ema-cross"))));

    assertThat(response.status()).isEqualTo(201);
    assertThat(response.json())
        .isEqualTo(new JsonObject().put("session_id", SESSION).put("already_running", false));
    assertThat(gateway.platform.asked)
        .containsExactly(
            new StartSession(
                SessionMode.BACKTEST,
                List.of("BTCUSD"),
                List.of(new StrategyRequest("ema-cross", Map.of())),
                new BigDecimal("100000"),
                "demo",
                null,
                null));
  }

  @Test
  void startingASessionPassesOnWhatWasAskedFor() {
    gateway.platform.alreadyRunning = true;
    var response =
        gateway.post(
            "/sessions/start",
            new JsonObject(
                """
                {"mode": "paper", "symbols": ["BTCUSD", "ETHUSD"], "budget": "2500.75",
                 "strategies": [{"name": "ema-cross", "parameters": {"fast": 3, "on": true}}],
                 "data": "bars.csv", "interval": "5m", "acceleration": 60,
                 "fill_rules": {"model": "book", "latency": "uniform:20ms:80ms"},
                 "risk": {"order_notional": "2500.5", "open_orders": 3,
                   "daily_loss": {"limit": "100", "action": "close"},
                   "losing_streak": {"losses": 4, "minutes": 30, "action": "block"}},
                 "account": {"cost_basis": "fifo", "margin": {"leverage": "5",
                   "maintenance": {"rate": "0.005", "basis": "entry"},
                   "funding": {"rate": "-0.0001", "every": "8h"}}}}\
                """));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.json().getBoolean("already_running")).isTrue();
    assertThat(gateway.platform.asked)
        .containsExactly(
            new StartSession(
                SessionMode.PAPER,
                List.of("BTCUSD", "ETHUSD"),
                List.of(new StrategyRequest("ema-cross", Map.of("fast", 3, "on", true))),
                new BigDecimal("2500.75"),
                "bars.csv",
                Interval.parse("5m"),
                60.0,
                FillRules.parse("book", "none", "uniform:20ms:80ms"),
                new RiskLimits(
                    new BigDecimal("2500.5"),
                    null,
                    3,
                    null,
                    null,
                    null,
                    null,
                    new RiskLimits.Stop(new BigDecimal("100"), RiskAction.CLOSE),
                    null,
                    new RiskLimits.Streak(4, 30, RiskAction.BLOCK)),
                new AccountRules(
                    CostBasis.FIFO,
                    new Margin(
                        new BigDecimal("5"),
                        new Maintenance(
                            new BigDecimal("0.005"), BigDecimal.ZERO, Maintenance.Basis.ENTRY),
                        BigDecimal.ZERO,
                        new Funding(new BigDecimal("-0.0001"), Interval.parse("8h"))))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"cost_basis\": \"lifo\"}",
        "{\"margin\": {\"leverage\": \"5\"}}",
        "{\"margin\": {\"leverage\": \"0.5\", \"maintenance\": {\"rate\": \"0.01\"}}}",
        "{\"margin\": {\"leverage\": \"200\", \"maintenance\": {\"rate\": \"0.01\"}}}",
        "{\"no_such_rule\": \"1\"}"
      })
  void accountsThatMakeNoSenseAreRefused(String account) {
    var response =
        gateway.post(
            "/sessions/start",
            new JsonObject()
                .put("mode", "paper")
                .put("symbols", new JsonArray().add("BTCUSD"))
                .put("strategies", new JsonArray().add(new JsonObject().put("name", "ema-cross")))
                .put("account", new JsonObject(account)));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.json().getString("detail")).contains("account");
    assertThat(gateway.platform.asked).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"leverage\": \"0\"}",
        "{\"leverage\": 2}",
        "{\"order_notional\": \"-1\"}",
        "{\"open_orders\": 0}",
        "{\"daily_loss\": {\"limit\": \"10\"}}",
        "{\"daily_loss\": {\"limit\": \"10\", \"action\": \"panic\"}}",
        "{\"no_such_limit\": \"1\"}"
      })
  void limitsThatMakeNoSenseAreRefused(String risk) {
    var response =
        gateway.post(
            "/sessions/start",
            new JsonObject(
                    """
                    {"mode": "paper", "symbols": ["BTCUSD"], "strategies": [{"name": "ema-cross"}]}\
                    """)
                .put("risk", new JsonObject(risk)));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.detail()).contains("risk");
    assertThat(gateway.platform.asked).isEmpty();
  }

  @Test
  void theKillSwitchAndItsRelease() {
    var killed =
        gateway.post(
            "/api/sessions/" + SESSION + "/kill-switch",
            new JsonObject("{\"action\": \"close\", \"reason\": \"enough\"}"));
    assertThat(killed.status()).isEqualTo(200);
    assertThat(killed.json())
        .isEqualTo(new JsonObject().put("session_id", SESSION).put("action", "close"));
    var standard =
        gateway.post(
            "/api/sessions/" + SESSION + "/kill-switch", new JsonObject("{\"reason\": \"bob\"}"));
    assertThat(standard.json().getString("action")).isEqualTo("cancel");
    var released =
        gateway.post(
            "/api/sessions/" + SESSION + "/release", new JsonObject("{\"reason\": \"alice\"}"));
    assertThat(released.status()).isEqualTo(200);
    assertThat(gateway.platform.asked)
        .containsExactly(
            new KillSwitch(SESSION, RiskAction.CLOSE, "enough", "admin"),
            new KillSwitch(SESSION, RiskAction.CANCEL, "bob", "admin"),
            new ReleaseTrading(SESSION, "alice", "admin"));
    var nobody = gateway.post("/api/sessions/" + SESSION + "/kill-switch", new JsonObject());
    assertThat(nobody.status()).isEqualTo(400);
  }

  private static final String ORDER = "ord_0m5k3x9q2v7c4d1e-17-m1";
  private static final String POSITION = "pos_0m5k3x9q2v7c4d1e-17-1";

  private static JsonObject asked(String json) {
    return new JsonObject(json).put("session_id", SESSION);
  }

  @Test
  void ordersByHand() {
    var placed =
        gateway.post(
            "/api/trading/orders",
            asked(
                """
                {"strategy": "cross", "symbol": "BTCUSD", "side": "sell", "type": "stop_limit",
                 "quantity": "0.5", "limit_price": "99.5", "trigger_price": "100",
                 "reduce_only": true, "reason": "news"}\
                """));
    assertThat(placed.status()).isEqualTo(201);
    assertThat(placed.json().getString("order_id")).startsWith("ord_");
    var amended = gateway.patch("/api/trading/orders/" + ORDER, asked("{\"limit_price\": \"98\"}"));
    assertThat(amended.status()).isEqualTo(200);
    var cancelled =
        gateway.post("/api/trading/orders/" + ORDER + "/cancel", asked("{\"reason\": \"alice\"}"));
    assertThat(cancelled.status()).isEqualTo(200);
    var closed =
        gateway.post(
            "/api/trading/positions/" + POSITION + "/close",
            asked("{\"quantity\": \"0.25\", \"reason\": \"out\"}"));
    assertThat(closed.status()).isEqualTo(201);
    assertThat(gateway.platform.asked)
        .containsExactly(
            new PlaceManualOrder(
                SESSION,
                new ManualOrder(
                    "cross",
                    "BTCUSD",
                    Side.SELL,
                    OrderType.STOP_LIMIT,
                    new BigDecimal("0.5"),
                    new BigDecimal("99.5"),
                    new BigDecimal("100"),
                    TimeInForce.GTC,
                    false,
                    true,
                    "news"),
                "admin"),
            new AmendManually(SESSION, ORDER, null, new BigDecimal("98"), null, "admin"),
            new CancelManually(SESSION, ORDER, "alice", "admin"),
            new ClosePosition(SESSION, POSITION, new BigDecimal("0.25"), null, "out", "admin"));
  }

  @Test
  void anAlertIsAcknowledged() {
    var seen = gateway.post("/api/risk/alerts/acknowledge", asked("{\"seq\": 17, \"index\": 1}"));
    assertThat(seen.status()).isEqualTo(200);
    assertThat(seen.json().getString("acknowledged_by")).isEqualTo("admin");
    assertThat(gateway.platform.asked)
        .containsExactly(new AcknowledgeAlert(SESSION, 17, 1, "admin"));
    assertThat(gateway.post("/api/risk/alerts/acknowledge", asked("{\"seq\": 17}")).status())
        .isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "{\"strategy\":\"s\",\"symbol\":\"X\",\"side\":\"hold\",\"quantity\":\"1\",\"reason\":\"a\"}",
        "{\"strategy\":\"s\",\"symbol\":\"X\",\"side\":\"buy\",\"quantity\":\"0\",\"reason\":\"a\"}",
        "{\"strategy\":\"s\",\"symbol\":\"X\",\"side\":\"buy\",\"quantity\":\"1\"}",
        "{\"strategy\":\"s\",\"symbol\":\"X\",\"side\":\"buy\",\"quantity\":1,\"reason\":\"a\"}"
      })
  void ordersByHandThatMakeNoSenseAreRefused(String order) {
    var response = gateway.post("/api/trading/orders", asked(order));
    assertThat(response.status()).isEqualTo(400);
    assertThat(gateway.platform.asked).isEmpty();
  }

  @Test
  void fillRulesThatMakeNoSenseAreRefused() {
    var response =
        gateway.post(
            "/sessions/start",
            new JsonObject(
                """
                {"mode": "paper", "symbols": ["BTCUSD"], "strategies": [{"name": "ema-cross"}],
                 "fill_rules": {"model": "book", "slippage": "volume:0.1:0.1"}}\
                """));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.detail()).startsWith("slippage by volume share is for bars, trades and");
    assertThat(gateway.platform.asked).isEmpty();
  }

  @Test
  void stoppingASessionSaysHowItStands() {
    var response = gateway.post("/sessions/stop", new JsonObject().put("session_id", SESSION));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.json())
        .isEqualTo(
            new JsonObject()
                .put("session_id", SESSION)
                .put("status", "stopped")
                .put("already_stopped", true));
    assertThat(gateway.platform.asked).containsExactly(new StopSession(SESSION));
  }

  @Test
  void executionStatusListsSessionsNewestFirst() {
    var body = gateway.get("/sessions/execution-status").json();

    assertThat(body.getJsonObject("engine"))
        .isEqualTo(new JsonObject().put("compiled", true).put("description", "GraalVM CE 25.0.3"));
    var sessions = body.getJsonArray("sessions");
    assertThat(sessions.getJsonObject(0).getString("session_id")).isEqualTo(SESSION);
    assertThat(sessions.getJsonObject(0).getValue("acceleration")).isEqualTo("max");
    assertThat(sessions.getJsonObject(0).getString("cash")).isEqualTo("100000");
    assertThat(sessions.getJsonObject(1).getJsonObject("summary").getString("final_equity"))
        .isEqualTo("100012.5");
  }

  @Test
  void performanceHasAValueOrAReasonForEveryFigure() {
    var performance = gateway.get("/api/sessions/" + SESSION + "/performance").json();

    assertThat(performance).isEqualTo(Json.object(Samples.performance()));
    assertThat(performance.getInteger("periods_per_year")).isEqualTo(365);
    assertThat(performance.getJsonObject("returns").getJsonObject("total"))
        .isEqualTo(new JsonObject().put("value", 0.0).putNull("reason"));
    assertThat(performance.getJsonObject("all_trades").getJsonObject("profit_factor"))
        .isEqualTo(new JsonObject().putNull("value").put("reason", "no closed trade"));
    assertThat(gateway.platform.asked).containsExactly(new FindPerformance(SESSION));
  }

  @Test
  void theSessionOfAPerformanceMustBeAnId() {
    assertThat(gateway.get("/api/sessions/nonsense/performance").status()).isEqualTo(400);
  }

  @Test
  void executionStatusCanBeAskedOfOneSession() {
    gateway.get("/sessions/execution-status?session_id=" + SESSION);

    assertThat(gateway.platform.asked).contains(new ListSessions(SESSION));
  }

  @Test
  void strategiesAreListedWithTheirParametersAndErrors() {
    var strategies = gateway.get("/api/strategies").json().getJsonArray("strategies");

    assertThat(strategies.getJsonObject(0).getString("name")).isEqualTo("ema-cross");
    assertThat(strategies.getJsonObject(0).getJsonObject("parameters").getJsonObject("fast"))
        .isEqualTo(new JsonObject().put("default", 12).put("min", 1));
    assertThat(strategies.getJsonObject(0).getInteger("version")).isEqualTo(2);
    assertThat(strategies.getJsonObject(0).getString("about")).isEqualTo("Follows two averages.");
    assertThat(strategies.getJsonObject(1).getString("error")).startsWith("line 3");
    assertThat(strategies.getJsonObject(1).getValue("version")).isNull();
  }

  @Test
  void indicatorsAreListedWithEverythingAnEditorWantsToKnow() {
    var list = gateway.get("/api/indicators").json().getJsonArray("indicators");
    var indicators = new JsonObject();
    for (int i = 0; i < list.size(); i++) {
      indicators.put(list.getJsonObject(i).getString("name"), list.getJsonObject(i));
    }

    assertThat(indicators.fieldNames()).hasSize(list.size()).hasSizeGreaterThan(60);
    assertThat(indicators.getJsonObject("macd"))
        .isEqualTo(
            new JsonObject(
                """
                {"name": "macd", "title": "Moving average convergence divergence",
                 "group": "momentum", "input": "series",
                 "parameters": [
                   {"name": "fast", "type": "int", "default": 12, "min": 1, "max": 100000},
                   {"name": "slow", "type": "int", "default": 26, "min": 1, "max": 100000},
                   {"name": "signal", "type": "int", "default": 9, "min": 1, "max": 100000}],
                 "outputs": ["macd", "signal", "histogram"], "warm_up": 34,
                 "source": "Appel 1979"}\
                """));
    assertThat(indicators.getJsonObject("vwap").getString("input")).isEqualTo("bars");
    assertThat(indicators.getJsonObject("vwap").getJsonArray("parameters").getJsonObject(0))
        .isEqualTo(
            new JsonObject(
                """
                {"name": "anchor", "type": "choice", "default": "day",
                 "options": ["day", "week", "month", "none"]}\
                """));
    assertThat(indicators.getJsonObject("pivots").getInteger("warm_up")).isNull();
    assertThat(gateway.platform.asked).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "orders,ORDERS",
    "signals,SIGNALS",
    "positions,POSITIONS",
    "fills,FILLS",
    "equity,EQUITY",
    "readings,READINGS"
  })
  void historyComesInPages(String path, HistoryKind kind) {
    var first = gateway.get("/api/trading/" + path + "?session_id=" + SESSION);
    var last =
        gateway.get("/api/trading/" + path + "?session_id=" + SESSION + "&limit=5000&cursor=2");

    assertThat(first.json().getString("next_cursor")).isEqualTo("2");
    assertThat(first.json().getJsonArray("items").getJsonObject(0).getString("price"))
        .isEqualTo("100.10");
    assertThat(last.json().containsKey("next_cursor")).isTrue();
    assertThat(last.json().getString("next_cursor")).isNull();
    assertThat(gateway.platform.asked)
        .containsExactly(
            new HistoryQuery(kind, SESSION, 500, null), new HistoryQuery(kind, SESSION, 5000, "2"));
  }

  @Test
  void theLedgerIsAskedAboutASignalOrATime() {
    var ledger = "/api/ledger?session_id=" + SESSION;
    var ofSignal = gateway.get(ledger + "&signal_id=sig_0abc-7-1").json();
    gateway.get(ledger + "&time=5&strategy=ema-cross");

    assertThat(ofSignal).isEqualTo(Json.object(Samples.ledger(SESSION)));
    assertThat(gateway.platform.asked)
        .containsExactly(
            new AskLedger(SESSION, "sig_0abc-7-1", null, null),
            new AskLedger(SESSION, null, 5L, "ema-cross"));
    assertThat(gateway.get(ledger).detail())
        .isEqualTo("the ledger is asked about a signal_id or about a time, was neither");
    assertThat(gateway.get(ledger + "&time=5&signal_id=sig_0abc-7-1").detail()).endsWith("both");
  }

  @Test
  void theContractIsServedAsItIsWritten() throws Exception {
    var response = gateway.get("/api/openapi.yaml");

    assertThat(response.header("content-type")).isEqualTo("application/yaml");
    assertThat(response.body().toString()).isEqualTo(Files.readString(RunningGateway.CONTRACT));
    assertThat(response.body().toString()).contains("application/problem+json");
  }

  @Test
  void metricsAreText() {
    var response = gateway.get("/metrics");

    assertThat(response.header("content-type")).startsWith("text/plain; version=0.0.4");
    assertThat(response.body().toString()).isEqualTo("ticks_total 3\n");
  }

  @Test
  void withoutMetricsThatIsSaid() {
    gateway.close();
    gateway = RunningGateway.withoutMetrics();

    var response = gateway.get("/metrics");

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.detail()).isEqualTo("Nothing is measured: metrics are off.");
  }

  @Test
  void anAccidentIsLoggedAndNotShown() {
    gateway.close();
    gateway =
        RunningGateway.withMetrics(() -> {
          throw new IllegalStateException("the inner life of the meter");
        });

    var response = gateway.get("/metrics");

    assertThat(response.status()).isEqualTo(500);
    assertThat(response.type()).isEqualTo("/problems/internal");
    assertThat(response.body().toString()).doesNotContain("inner life");
    assertThat(response.json().getString("instance")).startsWith("urn:uuid:");
  }

  @Test
  void healthIsUpWhileThePlatformAnswers() {
    assertThat(gateway.get("/health").json()).isEqualTo(new JsonObject().put("status", "up"));
  }

  @Test
  void healthSaysWhoDoesNotAnswer() {
    gateway.close();
    gateway = RunningGateway.withoutPlatform();

    var response = gateway.get("/health");

    assertThat(response.status()).isEqualTo(503);
    assertThat(response.type()).isEqualTo("/problems/not-ready");
    assertThat(response.detail()).contains("did not answer");
  }

  @ParameterizedTest
  @CsvSource({
    "INVALID,400,/problems/validation",
    "UNKNOWN,404,/problems/not-found",
    "CONFLICT,409,/problems/conflict",
    "FAILED,500,/problems/failed"
  })
  void refusalsOfThePlatformBecomeProblems(Refusal.Kind kind, int status, String type) {
    gateway.platform.failure = new Refusal(kind, "There is no strategy 'x'.");

    var response = gateway.get("/api/strategies");

    assertThat(response.status()).isEqualTo(status);
    assertThat(response.type()).isEqualTo(type);
    assertThat(response.detail()).isEqualTo("There is no strategy 'x'.");
  }

  @Test
  void anUnknownSessionIsNotFound() {
    var response = gateway.get("/api/trading/fills?session_id=bt_gone");

    assertThat(response.status()).isEqualTo(404);
    assertThat(response.detail()).isEqualTo("There is no session 'bt_gone'.");
  }

  @Test
  void brokenJsonIsSaidWithItsPlace() {
    var response =
        gateway.post("/sessions/stop", Buffer.buffer("{\"session_id\": "), "application/json");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.type()).isEqualTo("/problems/bad-json");
    assertThat(response.detail()).startsWith("The body must be a JSON object: ");
  }

  @Test
  void jsonNestedWithoutEndIsBrokenJson() {
    var response =
        gateway.post("/sessions/stop", Buffer.buffer("[".repeat(100_000)), "application/json");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.type()).isEqualTo("/problems/bad-json");
  }

  @Test
  void anEmptyBodyIsRefused() {
    var response = gateway.post("/sessions/stop", Buffer.buffer(), "application/json");

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.detail()).isEqualTo("The body must be a JSON object, was empty.");
  }

  @Test
  void aBodyBeyondOneMegabyteIsTooLarge() {
    var response =
        gateway.post("/sessions/stop", new JsonObject().put("session_id", "x".repeat(1_100_000)));

    assertThat(response.status()).isEqualTo(413);
    assertThat(response.detail()).isEqualTo("The body must be at most 1 MB.");
  }

  @Test
  void allAtOnce() {
    var reason = new JsonObject("{\"reason\": \"home\"}");
    var closed = gateway.post("/api/sessions/" + SESSION + "/close-all", reason);
    var cancelled = gateway.post("/api/sessions/" + SESSION + "/cancel-all", reason);
    var killed = gateway.post("/api/trading/kill-switch", reason.copy().put("action", "close"));
    var standard = gateway.post("/api/trading/kill-switch", reason);
    assertThat(closed.status()).isEqualTo(200);
    assertThat(closed.json().getJsonArray("orders")).hasSize(1);
    assertThat(cancelled.json()).isEqualTo(closed.json());
    assertThat(killed.json())
        .isEqualTo(
            new JsonObject()
                .put("action", "close")
                .put("session_ids", new JsonArray().add(SESSION)));
    assertThat(standard.json().getString("action")).isEqualTo("cancel");
    assertThat(gateway.platform.asked)
        .containsExactly(
            new CloseAllPositions(SESSION, "home", "admin"),
            new CancelAllManually(SESSION, "home", "admin"),
            new KillAll(RiskAction.CLOSE, "home", "admin"),
            new KillAll(null, "home", "admin"));
  }
}

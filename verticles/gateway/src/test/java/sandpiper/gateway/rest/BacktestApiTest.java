package sandpiper.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.gateway.Samples.NOON;
import static sandpiper.gateway.Samples.SESSION;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.bus.Messages.ChangePace;
import sandpiper.bus.Messages.FindSessions;
import sandpiper.bus.Messages.ListSessions;
import sandpiper.bus.Messages.ReadCandles;
import sandpiper.bus.Messages.StartBacktest;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StopSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.Interval;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.trading.AccountRules;
import sandpiper.gateway.RunningGateway;

/// Every answer is held against the contract by the client.
class BacktestApiTest {
  private static final String PATH = "/api/backtests";
  private static final String ONE = PATH + "/" + SESSION;

  private final RunningGateway gateway = RunningGateway.start();

  @BeforeEach
  void forgetWhatTheStartAsked() throws InterruptedException {
    assertThat(gateway.platform.asked.take()).isEqualTo(new ListSessions(null));
  }

  @AfterEach
  void stop() {
    gateway.close();
  }

  private static JsonObject order() {
    return new JsonObject()
        .put("strategy", "ema-cross")
        .put("symbols", new JsonArray().add("BTCUSD"));
  }

  @Test
  void aBacktestIsStartedWithAllThatCanBeSaid() {
    var body =
        order()
            .put("version", 3)
            .put("parameters", new JsonObject().put("fast", 5))
            .put("data", "recording:pp_1")
            .put("from", 10)
            .put("to", 20)
            .put("interval", "5m")
            .put("budget", "500")
            .put("acceleration", 60);
    var reply = gateway.post(PATH, body);
    assertThat(reply.status()).isEqualTo(201);
    assertThat(reply.json().getString("session_id")).isEqualTo(SESSION);
    assertThat(gateway.platform.asked)
        .contains(
            new StartBacktest(
                new StartSession(
                    SessionMode.BACKTEST,
                    List.of("BTCUSD"),
                    List.of(new StrategyRequest("ema-cross", Map.of("fast", 5), 3)),
                    new BigDecimal("500"),
                    "recording:pp_1",
                    Interval.parse("5m"),
                    60.0,
                    null,
                    null,
                    AccountRules.STANDARD),
                new TimeRange(10L, 20L)));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "demo",
        "file:prices.csv.xz",
        "recording:pp_06dqjvep02xgy5ws",
        "BTCUSD=demo,SPY=file:spy.zip"
      })
  void dataSetsAreNamed(String data) {
    assertThat(gateway.post(PATH, order().put("data", data)).status()).isEqualTo(201);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/etc/passwd",
        "file:../x",
        "file:/etc/passwd",
        "file:.hidden",
        "prices.csv",
        "recording:x",
        "demo,",
        "BTCUSD=/etc/passwd",
        "demo\n"
      })
  void nothingElseIs(String data) {
    var reply = gateway.post(PATH, order().put("data", data));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.detail()).startsWith("data must be a data set as /api/data-sets lists it");
    assertThat(gateway.platform.asked).isEmpty();
  }

  @Test
  void aRangeThatIsNoneIsRefused() {
    var reply = gateway.post(PATH, order().put("from", 20).put("to", 10));
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.detail()).contains("from must be before to");
  }

  @Test
  void whatRunsSaysHowFarItHasComeAndWhatEndedWhatItCameTo() {
    var page = gateway.get(PATH + "?limit=2");
    assertThat(page.status()).isEqualTo(200);
    assertThat(gateway.platform.asked)
        .contains(new FindSessions(null, SessionMode.BACKTEST, 2, null));
    var items = page.json().getJsonArray("items");
    var running = items.getJsonObject(0);
    assertThat(running.getString("status")).isEqualTo("running");
    var progress = running.getJsonObject("progress");
    assertThat(progress.getDouble("fraction")).isEqualTo(0.25);
    assertThat(progress.getDouble("speed")).isEqualTo(1_000);
    assertThat(progress.getLong("remaining_millis")).isEqualTo(9_000);
    assertThat(progress.getValue("acceleration")).isEqualTo("max");
    var ended = items.getJsonObject(1);
    assertThat(ended.getString("status")).isEqualTo("stopped");
    assertThat(ended.getJsonObject("progress").getDouble("fraction")).isEqualTo(1);
    assertThat(ended.getJsonObject("progress").getValue("speed")).isNull();
    assertThat(page.json().getString("next_cursor")).isEqualTo("more");
  }

  @Test
  void thePaceChanges() {
    assertThat(gateway.patch(ONE, new JsonObject().put("acceleration", "max")).status())
        .isEqualTo(200);
    assertThat(gateway.patch(ONE, new JsonObject().put("acceleration", 5)).status()).isEqualTo(200);
    assertThat(gateway.platform.asked)
        .contains(new ChangePace(SESSION, null), new ChangePace(SESSION, 5.0));
    assertThat(gateway.patch(ONE, new JsonObject().put("acceleration", 0)).detail())
        .isEqualTo("acceleration must be a number from 1 to 1000, or max, was 0.");
  }

  @Test
  void oneThatRunsIsCancelledAndOneThatEndedLongAgoHasEnded() {
    assertThat(gateway.post(ONE + "/cancel", new JsonObject()).status()).isEqualTo(200);
    assertThat(gateway.platform.asked).contains(new StopSession(SESSION));
    gateway.platform.asked.clear();
    var old = gateway.post(PATH + "/bt_old/cancel", new JsonObject());
    assertThat(old.json().getBoolean("already_stopped")).isTrue();
    assertThat(gateway.platform.asked).doesNotHaveAnyElementsOfTypes(StopSession.class);
  }

  @Test
  void aResultHasFiguresCurvesTradesAndBars() {
    var result = gateway.get(PATH + "/bt_old/result").json();
    var points = result.getJsonArray("points");
    // The budget of 100,000 bought at 100: at 110 it is worth a tenth more.
    assertThat(points.getJsonObject(0).getDouble("benchmark")).isEqualTo(100_000);
    assertThat(points.getJsonObject(1).getDouble("benchmark")).isEqualTo(110_000);
    assertThat(points.getJsonObject(1).getDouble("drawdown")).isEqualTo(-0.1);
    assertThat(points.getJsonObject(0).getValue("win_rate")).isNull();
    assertThat(result.getJsonObject("performance").containsKey("trades")).isFalse();
    assertThat(result.getJsonObject("candles").getJsonArray("bars")).hasSize(2);
    assertThat(result.getValue("candles_problem")).isNull();
  }

  @Test
  void aResultOutlivesItsData() {
    gateway.platform.candles = Refusal.invalid("prices.csv: no such file");
    var result = gateway.get(PATH + "/bt_old/result").json();
    assertThat(result.getValue("candles")).isNull();
    assertThat(result.getString("candles_problem")).isEqualTo("prices.csv: no such file");
    assertThat(result.getJsonArray("points")).hasSize(2);
  }

  @Test
  void barsComeAsCloseUpAsWanted() {
    var path = PATH + "/bt_old/candles?interval=1m&from=5&to=9&symbol=ETHUSD";
    assertThat(gateway.get(path).json().getJsonArray("bars")).hasSize(2);
    assertThat(gateway.platform.asked)
        .contains(
            new ReadCandles(
                List.of("BTCUSD"),
                "demo",
                "ETHUSD",
                new TimeRange(5L, 9L),
                Interval.parse("1m"),
                5_000));
  }

  @Test
  void twoToFourAreCompared() {
    var path = PATH + "/compare?session_id=bt_old&session_id=" + SESSION;
    var comparison = gateway.get(path).json();
    assertThat(comparison.getJsonArray("sessions")).hasSize(2);
    var difference = comparison.getJsonArray("differences").getJsonObject(0);
    assertThat(difference.getString("session_id")).isEqualTo(SESSION);
    assertThat(difference.getJsonObject("figures").getString("net")).isEqualTo("0");
    assertThat(difference.getJsonObject("added").getInteger("count")).isZero();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /api/backtests?limit=0                       | limit must be a whole number from 1 to 1000, was '0'.
          /api/backtests/pp_1                          | session_id must be the id of a backtest, which begins with bt_, was 'pp_1'.
          /api/backtests/bt_1/candles                  | interval is missing; it must be the length of the bars, such as 1m.
          """)
  void aQuestionThatIsNotAllowedIsExplained(String path, String detail) {
    var reply = gateway.get(path);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.detail()).isEqualTo(detail);
  }

  @Test
  void oneAloneCannotBeCompared() {
    var reply = gateway.get(PATH + "/compare?session_id=bt_1");
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.detail())
        .isEqualTo("session_id must be the ids of two to four different sessions, was bt_1");
    assertThat(gateway.get(PATH + "/compare?session_id=bt_1&session_id=bt_1").status())
        .isEqualTo(400);
  }

  @Test
  void whatNobodyKnowsIsNotThere() {
    var reply = gateway.get(PATH + "/bt_nobody");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.detail()).contains("unknown backtest 'bt_nobody'");
  }

  @Test
  void dataSetsAreFilesFirstThenRecordings() {
    var sets = gateway.get("/api/data-sets").json().getJsonArray("data_sets");
    assertThat(sets.stream().map(set -> ((JsonObject) set).getString("id")))
        .containsExactly("demo", "recording:pp_1");
    assertThat(sets.getJsonObject(1).getLong("from")).isEqualTo(NOON);
  }
}

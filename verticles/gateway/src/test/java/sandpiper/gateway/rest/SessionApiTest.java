package sandpiper.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.gateway.Samples.SESSION;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sandpiper.bus.Messages.DeleteSession;
import sandpiper.bus.Messages.FindSessions;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.HistoryQuery;
import sandpiper.bus.Messages.ListSessions;
import sandpiper.bus.Messages.PauseSession;
import sandpiper.bus.Refusal;
import sandpiper.domain.session.SessionMode;
import sandpiper.gateway.Reply;
import sandpiper.gateway.RunningGateway;

/// Every answer is held against the contract by the client.
class SessionApiTest {
  private static final String PATH = "/api/sessions";
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

  @Test
  void sessionsAreListedOfEveryModeOrOfOne() {
    var page = gateway.get(PATH).json();
    assertThat(page.getJsonArray("items").getJsonObject(1).getString("mode")).isEqualTo("backtest");
    assertThat(page.getString("next_cursor")).isEqualTo("more");
    gateway.get(PATH + "?mode=paper&limit=7&cursor=abc");
    assertThat(gateway.platform.asked)
        .contains(
            new FindSessions(null, null, 50, null),
            new FindSessions(null, SessionMode.PAPER, 7, "abc"));
  }

  @Test
  void oneStandsAsItDoesNow() {
    var session = gateway.get(ONE).json();
    assertThat(session.getString("status")).isEqualTo("running");
    assertThat(session.getJsonObject("fill_rules").getString("model")).isEqualTo("any");
  }

  @Test
  void oneIsHeldAndLetGo() {
    assertThat(gateway.post(ONE + "/pause", new JsonObject()).status()).isEqualTo(200);
    assertThat(gateway.post(ONE + "/resume", new JsonObject()).status()).isEqualTo(200);
    assertThat(gateway.platform.asked)
        .containsSubsequence(new PauseSession(SESSION, true), new PauseSession(SESSION, false));
  }

  @Test
  void oneIsForgotten() {
    var request =
        gateway.request(HttpMethod.DELETE, ONE).putHeader("content-type", "application/json");
    var reply = gateway.send(request, HttpMethod.DELETE, ONE, null);
    assertThat(reply.json()).isEqualTo(new JsonObject().put("session_id", SESSION));
    assertThat(gateway.platform.asked).contains(new DeleteSession(SESSION));
  }

  @Test
  void jsonHasTheRowsOfAllPages() {
    var reply = export("equity", "json");
    assertThat(reply.header("content-disposition"))
        .isEqualTo("attachment; filename=\"" + SESSION + "-equity.json\"");
    var file = reply.json();
    assertThat(file.getString("kind")).isEqualTo("equity");
    var items = file.getJsonArray("items");
    assertThat(items.size()).isEqualTo(2);
    assertThat(items.getJsonObject(1).getString("price")).isEqualTo("100.10");
    assertThat(gateway.platform.asked)
        .containsSubsequence(
            new HistoryQuery(HistoryKind.EQUITY, SESSION, 2_000, null),
            new HistoryQuery(HistoryKind.EQUITY, SESSION, 2_000, "2"));
  }

  @Test
  void csvHasOneLineOfNamesWhateverTheNumberOfPages() {
    var lines = export("fills", "csv").body().toString().lines().toList();
    assertThat(lines).hasSize(3);
    assertThat(List.of(lines.getFirst().split(",", -1)))
        .containsExactlyInAnyOrder("session_id", "price", "seq", "time", "reason", "values");
    assertThat(lines.get(1)).isEqualTo(lines.get(2));
    assertThat(lines.get(1))
        .contains("2023-11-15T12:00:00.000007Z")
        .contains("\"he said \"\"up\"\", and went\"")
        .contains("\"{\"\"fast\"\":1.5}\"");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          /export?kind=secrets&format=csv | kind must be signals, orders, order_events, fills, positions, equity, log, alerts, metrics, plot_points, strategy_events, risk_alerts, funding or readings, was 'secrets'.
          /export?kind=fills&format=xls   | format must be csv or json, was 'xls'.
          /export?kind=fills              | format is missing; it must be csv or json.
          """)
  void anExportThatIsNotAllowedIsExplained(String path, String detail) {
    var reply = gateway.get(ONE + path);
    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.detail()).isEqualTo(detail);
  }

  @Test
  void whatIsNotThereIsNotExported() {
    var reply = gateway.get(PATH + "/bt_nobody/export?kind=fills&format=csv");
    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.detail()).isEqualTo("unknown session 'bt_nobody'");
    gateway.platform.failure = new Refusal(Refusal.Kind.FAILED, "the database is away");
    assertThat(export("fills", "csv").detail()).contains("the database is away");
  }

  private Reply export(String kind, String format) {
    return gateway.get(ONE + "/export?kind=" + kind + "&format=" + format);
  }

  @Test
  void theProofOfASessionHasBothSidesOfTheFirstDifference() {
    var proof = gateway.get("/api/sessions/pp_x/parity").json();

    assertThat(proof.getString("percent")).isEqualTo("50");
    assertThat(proof.getJsonObject("difference"))
        .isEqualTo(
            new JsonObject()
                .put("kind", "fills")
                .put("seq", 3)
                .putNull("session")
                .put("again", new JsonObject().put("price", "1.5")));
  }
}

package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.app.TestPlatform.await;

import com.microsoft.playwright.assertions.PlaywrightAssertions;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.CloseAllPositions;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.JournalBatch;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StopSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.session.SessionMode;

/// Paper sessions of the real platform, run again from what they recorded.
class ParityProofIT extends BrowserTest {
  private static TestPlatform platform;
  private static HttpClient http;
  private static Path config;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    var database = TestPlatform.freshDirectory();
    platform = TestPlatform.start(database);
    http = HttpClient.newHttpClient();
    config =
        Files.writeString(
            folder.resolve("config.yaml"), "database: {port: 0, directory: " + database + "}\n");
  }

  @AfterAll
  static void stop() {
    http.close();
    platform.close();
  }

  private static String start(@Nullable Double acceleration, String... strategies) {
    var wanted = Arrays.stream(strategies).map(name -> new StrategyRequest(name, Map.of()));
    return await(
            platform.bus.ask(
                Channels.START_SESSION,
                new StartSession(
                    SessionMode.PAPER,
                    List.of("BTCUSD"),
                    wanted.toList(),
                    new BigDecimal("25000"),
                    "demo",
                    null,
                    acceleration)))
        .sessionId();
  }

  private static HttpResponse<String> ask(String session) throws Exception {
    return http.send(
        platform.request("/api/sessions/" + session + "/parity").build(), BodyHandlers.ofString());
  }

  private static JsonObject proof(String session) throws Exception {
    var answer = ask(session);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  private static int fills(String session) {
    return platform.rows(HistoryKind.FILLS, session).size();
  }

  /// Stopped in the middle of a bar: the replay must not close the bars that were open.
  @Test
  void aSessionThatWasStoppedDecidesTheSameAgain() throws Exception {
    var session = start(1000.0, "ema-cross", "grid", "ema-pullback");
    TestPlatform.until(() -> fills(session) >= 12, "some fills");
    assertThat(ask(session).statusCode()).isEqualTo(409);
    await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(session)));

    var proof = proof(session);

    assertThat(proof.getJsonObject("difference")).isNull();
    assertThat(proof.getString("percent")).isEqualTo("100");
    assertThat(proof.getLong("matched")).isEqualTo(proof.getLong("decisions")).isGreaterThan(50);
    assertThat(proof.getLong("compared")).isEqualTo(proof.getLong("inputs"));
    assertThat(proof.getString("intervention")).isNull();

    var shown = Cli.run("parity", session, "--config", config.toString());
    assertThat(shown.code()).as(shown.err()).isZero();
    assertThat(shown.out()).contains("100 % of decisions came again");

    visit(platform, "/#/history/" + session);
    element("parity-prove").click();
    PlaywrightAssertions.assertThat(element("parity-proof"))
        .containsText("100 % of decisions came again");
  }

  /// As if the session had acted on something that is not among its inputs.
  @Test
  void aDecisionThatDoesNotComeAgainIsShown() throws Exception {
    var session = start(1000.0, "ema-cross");
    TestPlatform.until(() -> fills(session) >= 2, "a fill");
    await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(session)));
    var last = new JsonObject(platform.rows(HistoryKind.SIGNALS, session).getLast());
    var more =
        new Signal(
            session,
            last.getString("signal_id") + "9",
            last.getLong("seq"),
            last.getLong("time"),
            "ema-cross",
            "BTCUSD",
            "more",
            "nobody knows why",
            Map.of(),
            null);
    await(platform.bus.ask(Channels.WRITE_JOURNAL, new JournalBatch(session, List.of(more))));

    var proof = proof(session);

    var difference = proof.getJsonObject("difference");
    assertThat(difference.getString("kind")).isEqualTo("signals");
    assertThat(difference.getLong("seq")).isEqualTo(last.getLong("seq"));
    assertThat(difference.getJsonObject("session").getString("name")).isEqualTo("more");
    assertThat(difference.getJsonObject("again")).isNull();
    assertThat(proof.getLong("matched")).isEqualTo(proof.getLong("decisions") - 1);
    assertThat(new BigDecimal(proof.getString("percent"))).isLessThan(new BigDecimal(100));
    var shown = Cli.run("parity", session, "--config", config.toString());
    assertThat(shown.code()).isEqualTo(1);
    assertThat(shown.out()).contains("first difference, signals of input", "nobody knows why");
  }

  @Test
  void theComparisonEndsWhereSomebodySteppedIn() throws Exception {
    var session = start(300.0, "ema-cross");
    TestPlatform.until(() -> fills(session) >= 3, "some fills");
    var close = new CloseAllPositions(session, "enough", "alice");
    TestPlatform.until(
        () -> !await(platform.bus.ask(Channels.CLOSE_ALL_POSITIONS, close)).orders().isEmpty(),
        "a position that can be closed");
    int before = fills(session);
    TestPlatform.until(() -> fills(session) > before, "the fill that closes");
    await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(session)));

    var proof = proof(session);

    assertThat(proof.getString("intervention")).isEqualTo("a signal by alice");
    assertThat(proof.getLong("compared")).isPositive().isLessThan(proof.getLong("inputs"));
    assertThat(proof.getJsonObject("difference")).isNull();
    assertThat(proof.getString("percent")).isEqualTo("100");
  }

  @Test
  void aBacktestHasNoInputsToProveItWith() throws Exception {
    var request =
        new StartSession(
            SessionMode.BACKTEST,
            List.of("BTCUSD"),
            List.of(new StrategyRequest("sma-cross", Map.of())),
            new BigDecimal("25000"),
            "demo",
            null,
            null);
    var id = await(platform.bus.ask(Channels.START_SESSION, request)).sessionId();
    platform.untilEnded(id);

    assertThat(ask(id).statusCode()).isEqualTo(400);
    assertThat(ask("pp_0000000000000000").statusCode()).isEqualTo(404);
  }
}

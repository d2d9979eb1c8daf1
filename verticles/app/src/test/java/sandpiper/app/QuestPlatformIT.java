package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.app.TestPlatform.await;

import io.questdb.ServerMain;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.StartBacktest;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.domain.session.SessionMode;

/// The whole platform with its market data in QuestDB, which runs in the process of the test.
class QuestPlatformIT {
  private static final int TRADES = 20_000;

  private static ServerMain server;
  private static TestPlatform platform;
  private static Path database;
  private static Path data;

  @BeforeAll
  static void start(@TempDir Path folder) throws IOException {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    var quest = folder.resolve("questdb");
    Files.createDirectories(quest.resolve("conf"));
    Files.writeString(
        quest.resolve("conf/server.conf"),
        """
        pg.net.bind.to=127.0.0.1:%d
        http.enabled=false
        http.min.enabled=false
        line.tcp.enabled=false
        telemetry.enabled=false
        shared.worker.count=1
        """
            .formatted(port));
    server = new ServerMain("-d", quest.toString());
    server.start();
    database = TestPlatform.freshDirectory();
    var series =
        new JsonObject()
            .put("questdb-url", "postgresql://127.0.0.1:" + port + "/qdb")
            .put("questdb-user", "admin");
    var environment =
        Map.of(
            "SANDPIPER_ADMIN_PASSWORD",
            TestPlatform.PASSWORD,
            "SANDPIPER_QUESTDB_PASSWORD",
            "quest");
    platform =
        TestPlatform.start(
            AppConfig.of(TestPlatform.settings(database).put("time-series", series), environment));
    data = DemoTrades.first(TRADES, folder);
  }

  @AfterAll
  static void stop() {
    platform.close();
    server.close();
  }

  private static StartSession session(SessionMode mode, String from) {
    return new StartSession(
        mode,
        List.of("BTCUSD"),
        List.of(new StrategyRequest("sma-cross", Map.of()), new StrategyRequest("grid", Map.of())),
        new BigDecimal("25000"),
        from,
        null,
        null);
  }

  @Test
  void aSessionIsRecordedThereProvedAndPlayedAgain() throws Exception {
    var paper = session(SessionMode.PAPER, data.toString());
    var id = await(platform.bus.ask(Channels.START_SESSION, paper)).sessionId();
    assertThat(platform.untilEnded(id).error()).isNull();
    var rows = Rows.of(database);
    assertThat(rows.get("trades")).isEmpty();
    assertThat(rows.get("recorded")).isNotEmpty().allMatch(row -> row.contains("questdb"));

    var recorded = platform.outcomeOf(id);
    assertThat(recorded.summary().fills()).isGreaterThan(20);
    var again = session(SessionMode.BACKTEST, "recording:" + id);
    var replayed =
        await(platform.bus.ask(Channels.START_BACKTEST, new StartBacktest(again, TimeRange.ALL)))
            .sessionId();
    assertThat(platform.untilEnded(replayed).error()).isNull();
    platform.outcomeOf(replayed).requireSame(recorded);

    var proof = new JsonObject(get("/api/sessions/" + id + "/parity"));
    assertThat(proof.getString("percent")).isEqualTo("100");
    assertThat(proof.getLong("compared")).isEqualTo(proof.getLong("inputs"));
  }

  @Test
  void whatIsImportedIsExportedAsItWas() throws Exception {
    var file = Files.readString(data);
    try (var http = HttpClient.newHttpClient()) {
      var answer =
          http.send(
              platform
                  .request("/api/data-collection/import?symbol=BTCUSD&kind=trades")
                  .header("Content-Type", "text/csv")
                  .POST(BodyPublishers.ofString(file))
                  .build(),
              BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
      var id = new JsonObject(answer.body()).getString("session_id");
      TestPlatform.until(
          () -> collection(id).getString("status").equals("stopped"), "the import of " + id);
      var csv =
          get("/api/data-collection/sessions/" + id + "/export?format=csv&kind=trades")
              .lines()
              .toList();
      var lines = file.lines().toList();
      assertThat(csv).hasSize(TRADES + 1);
      for (int i = 1; i <= TRADES; i++) {
        assertThat(numbers(csv.get(i))).isEqualTo(numbers(lines.get(i)));
      }
    }
  }

  private static JsonObject collection(String id) {
    return new JsonObject(get("/api/data-collection/sessions/" + id));
  }

  /// Price and amount; times are written in another unit.
  private static List<BigDecimal> numbers(String line) {
    var columns = line.split(",");
    return List.of(
        new BigDecimal(columns[1]).stripTrailingZeros(),
        new BigDecimal(columns[2]).stripTrailingZeros());
  }

  private static String get(String path) {
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(platform.request(path).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      return answer.body();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}

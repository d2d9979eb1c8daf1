package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import sandpiper.bus.LogKeys;

/// What the platform says of itself by REST.
class SystemIT {
  private static final String SECRET = "a secret of the database";

  @SuppressWarnings("NullAway.Init") // before all tests
  private static TestPlatform platform;

  @BeforeAll
  static void start() throws IOException {
    platform =
        TestPlatform.start(
            AppConfig.of(
                TestPlatform.settings(TestPlatform.freshDirectory()),
                Map.of(
                    "SANDPIPER_ADMIN_PASSWORD",
                    TestPlatform.PASSWORD,
                    "SANDPIPER_DATABASE_PASSWORD",
                    SECRET)));
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  private static JsonObject get(String path) throws IOException, InterruptedException {
    try (var http = HttpClient.newHttpClient()) {
      var answer = http.send(platform.request(path).build(), BodyHandlers.ofString());
      assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
      assertThat(answer.body()).doesNotContain(SECRET).doesNotContain(TestPlatform.PASSWORD);
      return new JsonObject(answer.body());
    }
  }

  @Test
  void infoNamesWhatRunsAndItsConfigurationWithoutSecrets() throws Exception {
    var info = get("/api/system/info");
    assertThat(info.getString("version")).isEqualTo(Main.VERSION);
    assertThat(info.getJsonObject("java").getString("version"))
        .isEqualTo(System.getProperty("java.version"));
    assertThat(info.getJsonObject("database").getString("server")).startsWith("18");
    assertThat(info.getJsonObject("database").getString("schema")).isGreaterThanOrEqualTo("013");
    assertThat(info.getJsonObject("engine").getBoolean("compiled")).isTrue();
    assertThat(
            info.getJsonObject("configuration").getJsonObject("database").getInteger("pool-size"))
        .isEqualTo(4);
  }

  @Test
  void healthHasTheFiguresOfAnIdlePlatform() throws Exception {
    var health = get("/api/system/health");
    assertThat(health.getString("phase")).isEqualTo("up");
    assertThat(health.getJsonArray("verticles")).hasSize(7);
    assertThat(health.getJsonObject("jvm").getLong("heap_used")).isPositive();
    assertThat(health.getJsonObject("database").getValue("problem")).isNull();
    assertThat(health.getJsonObject("database").getInteger("pool_size")).isEqualTo(4);
    assertThat(health.getJsonObject("database").getInteger("in_use")).isNotNull();
    assertThat(health.getJsonArray("feeds")).isEmpty();
  }

  @Test
  void theLogComesNewestFirstPageByPage() throws Exception {
    var log = LoggerFactory.getLogger(SystemIT.class);
    log.info("not wanted");
    for (int i = 1; i <= 3; i++) {
      log.atError()
          .addKeyValue(LogKeys.SESSION, "pp_1")
          .addKeyValue(LogKeys.SIGNAL, "sig_" + i)
          .log("line {}", i);
    }
    var first = get("/api/system/log?level=error&limit=2");
    assertThat(first.getJsonArray("items").getJsonObject(0).getString("signal_id"))
        .isEqualTo("sig_3");
    assertThat(first.getJsonArray("items").getJsonObject(1).getString("message"))
        .isEqualTo("line 2");
    var second =
        get("/api/system/log?level=error&limit=2&cursor=" + first.getString("next_cursor"));
    var line = second.getJsonArray("items").getJsonObject(0);
    assertThat(line.getString("message")).isEqualTo("line 1");
    assertThat(line.getString("session_id")).isEqualTo("pp_1");
    assertThat(line.getString("level")).isEqualTo("error");
  }
}

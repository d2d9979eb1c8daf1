package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.testkit.SharedData;

/// Versions of strategies by REST over the real platform, with a folder of their own.
class StrategyVersionsIT {
  private static final String PATH = "/api/strategies/ema-cross";

  private final HttpClient http = HttpClient.newHttpClient();
  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // before each test
  private Path database;

  @SuppressWarnings("NullAway.Init") // before each test
  private TestPlatform platform;

  @SuppressWarnings("NullAway.Init") // before each test
  private String original;

  @BeforeEach
  void start() throws IOException {
    original = Files.readString(SharedData.home().resolve("strategies-js/ema-cross.js"));
    Files.writeString(file(), original);
    database = TestPlatform.freshDirectory();
    platform = TestPlatform.start(database, folder);
  }

  @AfterEach
  void stop() {
    http.close();
    platform.close();
  }

  @Test
  void aStrategyIsReadSavedComparedAndRestored() throws Exception {
    var first = ok(get(PATH));
    assertThat(first.getInteger("version")).isEqualTo(1);
    assertThat(first.getString("author")).isEqualTo("file");
    assertThat(first.getString("source")).isEqualTo(original);
    assertThat(first.getJsonObject("parameters").getJsonObject("fast").getInteger("default"))
        .isEqualTo(9);

    var edited = original.replace("default: 9,", "default: 12,");
    var saved = ok(put(PATH, edited, 1));
    assertThat(saved.getInteger("version")).isEqualTo(2);
    assertThat(saved.getBoolean("changed")).isTrue();
    assertThat(saved.getJsonArray("reloads")).isEmpty();
    assertThat(Files.readString(file())).isEqualTo(edited);
    assertThat(ok(put(PATH, edited, 2)).getBoolean("changed")).isFalse();

    var diff = ok(get(PATH + "/diff?from=1&to=2")).getString("diff");
    assertThat(diff.lines().filter(line -> line.startsWith("+") || line.startsWith("-")))
        .containsExactly(
            "--- ema-cross.js, version 1",
            "+++ ema-cross.js, version 2",
            "-  fast: { type: 'int', default: 9, min: 1, max: 500 },",
            "+  fast: { type: 'int', default: 12, min: 1, max: 500 },");

    var stale = put(PATH, original + "// other\n", 1);
    assertThat(stale.statusCode()).isEqualTo(409);
    assertThat(json(stale).getString("type")).isEqualTo("/problems/conflict");
    assertThat(json(stale).getInteger("latest")).isEqualTo(2);
    assertThat(json(stale).getInteger("base")).isEqualTo(1);

    var restored = ok(post(PATH + "/restore", "{\"version\": 1, \"base\": 2}"));
    assertThat(restored.getInteger("version")).isEqualTo(3);
    assertThat(Files.readString(file())).isEqualTo(original);
    assertThat(versions()).containsExactly("3 admin restored from 1", "2 admin", "1 file");
    assertThat(ok(get(PATH + "?version=2")).getString("source")).isEqualTo(edited);
    assertThat(get(PATH + "?version=4").statusCode()).isEqualTo(404);
    assertThat(get("/api/strategies/nonesuch").statusCode()).isEqualTo(404);
    assertThat(get("/api/strategies/nonesuch/versions").statusCode()).isEqualTo(404);
  }

  @Test
  void aBrokenSourceIsRefusedWithItsPlaceAndASessionStartsWhatWasSaved() throws Exception {
    var broken = put(PATH, "export const params = {\n  fast: ;\n", 1);
    assertThat(broken.statusCode()).isEqualTo(400);
    assertThat(json(broken).getString("type")).isEqualTo("/problems/validation");
    assertThat(json(broken).getInteger("line")).isEqualTo(2);
    assertThat(json(broken).getInteger("column")).isEqualTo(9);
    assertThat(json(broken).getString("reason")).startsWith("SyntaxError: ");
    assertThat(versions()).containsExactly("1 file");

    var large = put("/api/strategies/fresh", "//" + "é".repeat(128 * 1024), null);
    assertThat(large.statusCode()).isEqualTo(400);
    assertThat(json(large).getString("detail"))
        .isEqualTo("source must be at most 262144 bytes (256 KB), was 262146");

    var created = put("/api/strategies/fresh", original, null);
    assertThat(created.statusCode()).as(created.body()).isEqualTo(201);
    var hash = json(created).getString("hash");
    for (var mode : List.of("backtest", "paper")) {
      var started =
          post(
              "/sessions/start",
              """
              {"mode": "%s", "symbols": ["BTCUSD"], "strategies": [{"name": "fresh"}],
               "acceleration": %s}
              """
                  .formatted(mode, mode.equals("paper") ? "1" : "\"max\""));
      assertThat(started.statusCode()).as(started.body()).isEqualTo(201);
      var id = json(started).getString("session_id");
      post("/sessions/stop", new JsonObject().put("session_id", id).encode());
      var state = platform.untilEnded(id);
      assertThat(state.error()).isNull();
      assertThat(state.strategies().getFirst().version()).isEqualTo(hash);
    }
    assertThat(ok(get("/api/strategies/fresh/versions")).getJsonArray("versions")).hasSize(1);
  }

  @Test
  void anEditOfTheFileIsNoticedWhileThePlatformRunsAndAfterItWasDown() throws Exception {
    Files.writeString(file(), original + "// by hand\n");
    TestPlatform.until(() -> versions().size() == 2, "a version of the edited file");
    assertThat(versions()).containsExactly("2 file", "1 file");

    Files.writeString(file(), original + "export {\n");
    TestPlatform.until(() -> error() != null, "the error of the broken file");
    assertThat(json(get(PATH)).getInteger("version")).isEqualTo(2);

    platform.close();
    Files.writeString(file(), original);
    Files.writeString(folder.resolve("other.js"), original);
    platform = TestPlatform.start(database, folder);
    assertThat(versions()).containsExactly("3 file", "2 file", "1 file");
    assertThat(error()).isNull();
    Files.delete(folder.resolve("other.js"));
    TestPlatform.until(
        () -> json(get("/api/strategies")).getJsonArray("strategies").size() == 1,
        "a deleted file to leave the list");
    assertThat(ok(get("/api/strategies/other")).getString("source")).isEqualTo(original);
  }

  private Path file() {
    return folder.resolve("ema-cross.js");
  }

  private @Nullable JsonObject error() {
    return json(get(PATH)).getJsonObject("error");
  }

  /// Number, author and origin, newest first.
  private List<String> versions() {
    return ok(get(PATH + "/versions")).getJsonArray("versions").stream()
        .map(JsonObject.class::cast)
        .map(version -> {
          var from = version.getInteger("restored_from");
          return version.getInteger("version")
              + " "
              + version.getString("author")
              + (from == null ? "" : " restored from " + from);
        })
        .toList();
  }

  private static JsonObject ok(HttpResponse<String> response) {
    assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
    return json(response);
  }

  private HttpResponse<String> get(String path) {
    return send(request(path).build());
  }

  private HttpResponse<String> post(String path, String body) {
    return send(request(path).POST(BodyPublishers.ofString(body)).build());
  }

  private HttpResponse<String> put(String path, String source, @Nullable Integer base) {
    var body = new JsonObject().put("source", source).put("base", base).encode();
    return send(request(path).PUT(BodyPublishers.ofString(body)).build());
  }

  private HttpRequest.Builder request(String path) {
    return platform.request(path).header("content-type", "application/json");
  }

  private HttpResponse<String> send(HttpRequest request) {
    try {
      return http.send(request, BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static JsonObject json(HttpResponse<String> response) {
    return new JsonObject(response.body());
  }
}

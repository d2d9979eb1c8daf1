package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.app.TestPlatform.await;
import static sandpiper.app.TestPlatform.until;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Whether it is alive and whether it is ready, from the first second to the last.
class HealthIT {
  private static HttpResponse<String> get(Platform platform, String path)
      throws IOException, InterruptedException {
    var request =
        HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + platform.port() + path)).build();
    try (var http = HttpClient.newHttpClient()) {
      return http.send(request, BodyHandlers.ofString());
    }
  }

  @Test
  void itIsAliveBeforeItIsReadyAndWhileItStops() throws Exception {
    var meters = Platform.meters();
    var vertx = Platform.vertx(meters);
    var config =
        AppConfig.of(
            TestPlatform.settings(TestPlatform.freshDirectory()),
            Map.of("SANDPIPER_ADMIN_PASSWORD", TestPlatform.PASSWORD));
    var platform = new Platform(vertx, meters, config, () -> 1_767_268_800_000_000L, new Random(7));
    var started = platform.start();
    until(() -> platform.port() != 0, "the gateway to listen");

    assertThat(get(platform, "/health/live").statusCode()).isEqualTo(200);
    var early = get(platform, "/health/ready");
    assertThat(early.statusCode()).isEqualTo(503);
    assertThat(new JsonObject(early.body()).getJsonArray("reasons").getString(0))
        .isEqualTo("The platform is starting: persistence is not up yet.");
    var turnedAway = get(platform, "/api/sessions/execution-status");
    assertThat(turnedAway.statusCode()).isEqualTo(503);
    assertThat(turnedAway.headers().firstValue("retry-after")).contains("1");
    assertThat(new JsonObject(turnedAway.body()).getString("type"))
        .isEqualTo("/problems/not-ready");

    await(started);
    assertThat(get(platform, "/health/live").statusCode()).isEqualTo(200);
    var ready = get(platform, "/health/ready");
    assertThat(ready.statusCode()).as(ready.body()).isEqualTo(200);

    var stopped = platform.stop();
    var late = get(platform, "/health/ready");
    assertThat(late.statusCode()).isEqualTo(503);
    assertThat(new JsonObject(late.body()).getJsonArray("reasons").getString(0))
        .isEqualTo("The platform is stopping.");
    assertThat(get(platform, "/health/live").statusCode()).isEqualTo(200);
    await(stopped);
    await(vertx.close());
  }
}

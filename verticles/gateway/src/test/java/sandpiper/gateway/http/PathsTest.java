package sandpiper.gateway.http;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.gateway.Reply;
import sandpiper.gateway.RunningGateway;

/// What is there, and that nothing else is.
class PathsTest {
  @SuppressWarnings("NullAway.Init")
  private static RunningGateway gateway;

  @BeforeAll
  static void start() {
    gateway = RunningGateway.start();
  }

  @AfterAll
  static void stop() {
    gateway.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/index.html"})
  void theConsoleIsAskedForAnewEachTime(String path) {
    var reply = gateway.get(path);

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.header("content-type")).isEqualTo("text/html; charset=utf-8");
    assertThat(reply.header("cache-control")).isEqualTo("no-cache");
    assertThat(reply.body().toString()).contains("<title>");
  }

  @Test
  void assetsMayBeKeptForever() {
    for (int i = 0; i < 2; i++) {
      var reply = gateway.get("/assets/app-1a2b3c.js");

      assertThat(reply.status()).isEqualTo(200);
      assertThat(reply.header("content-type")).isEqualTo("text/javascript; charset=utf-8");
      assertThat(reply.header("cache-control")).isEqualTo("public, max-age=31536000, immutable");
    }
  }

  @Test
  void onlyTheHeadCanBeAskedFor() {
    var reply = send(HttpMethod.HEAD, "/index.html");

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.body().length()).isZero();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/nowhere",
        "/assets",
        "/assets/",
        "/assets/noext",
        "/assets/gone-1.js",
        "/logback-test.xml",
        "/../logback-test.xml",
        "/%2e%2e/logback-test.xml",
        "/assets/..%2f..%2flogback-test.xml",
        "/.git/config",
        "/assets//app-1a2b3c.js%00",
        "/sandpiper/gateway/GatewayVerticle.class",
        "/api",
        "/api/trading",
        "/eventbus",
        "/eventbus/",
        "/eventbus/iframe.html",
        "/eventbus/iframe-1.html",
        "/eventbus/chunking_test",
        "/eventbus/1/2/xhr"
      })
  void everythingElseIsNotThere(String path) {
    var reply = gateway.get(path);

    assertThat(reply.status()).isEqualTo(404);
    assertThat(reply.type()).isEqualTo("/problems/not-found");
    assertThat(reply.header("cache-control")).isEqualTo("no-store");
  }

  @ParameterizedTest
  @CsvSource({
    "GET,/sessions/start,POST",
    "GET,/sessions/stop,POST",
    "DELETE,/api/strategies,GET",
    "POST,/health,GET",
    "PUT,/api/trading/fills,GET"
  })
  void theWrongMethodIsToldTheRightOne(String method, String path, String allowed) {
    var reply = send(HttpMethod.valueOf(method), path);

    assertThat(reply.status()).isEqualTo(405);
    assertThat(reply.header("allow")).isEqualTo(allowed);
    assertThat(reply.detail())
        .isEqualTo("The method of " + path + " must be " + allowed + ", was " + method + ".");
  }

  @Test
  void postingToAnUnknownPathIsNotFound() {
    assertThat(send(HttpMethod.POST, "/nowhere").status()).isEqualTo(404);
    assertThat(send(HttpMethod.POST, "/index.html").status()).isEqualTo(404);
  }

  @Test
  void theSocketPathTakesOnlySockets() {
    var reply = gateway.get("/eventbus/websocket");

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.detail()).isEqualTo("This path takes only upgrades to a WebSocket.");
  }

  private static Reply send(HttpMethod method, String path) {
    var request = gateway.request(method, path).putHeader("content-type", "application/json");
    return gateway.send(request, method, path, null);
  }
}

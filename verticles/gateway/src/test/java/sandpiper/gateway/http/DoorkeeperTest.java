package sandpiper.gateway.http;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.UpgradeRejectedException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.gateway.Reply;
import sandpiper.gateway.RunningGateway;

class DoorkeeperTest {
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
  @ValueSource(strings = {"localhost", "LOCALHOST:80", "127.0.0.1:1", "127.8.9.1", "[::1]:8080"})
  void namesOfThisMachineMayCome(String host) {
    assertThat(get("/health", "host", host).status()).isEqualTo(200);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "evil.example",
        "127.0.0.1.evil.example",
        "localhost.evil.example:8080",
        "192.168.1.7",
        "[::2]:8080"
      })
  void otherNamesMayNot(String host) {
    var reply = get("/health", "host", host);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.type()).isEqualTo("/problems/foreign-host");
    assertThat(reply.detail())
        .isEqualTo("Host must be a name of this machine, such as localhost, was '" + host + "'.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"localhost@evil.example", "::2", "127.0.0.1:80:80", "a b"})
  void aNameThatIsNoneIsNotEvenRead(String host) {
    var reply = get("/health", "host", host);

    assertThat(reply.status()).isEqualTo(400);
    assertThat(reply.type()).isEqualTo("/problems/bad-request");
  }

  @Test
  void aRequestWithoutAHostIsRefused() throws IOException {
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), gateway.port())) {
      socket.getOutputStream().write("GET /health HTTP/1.0\r\n\r\n".getBytes(US_ASCII));

      assertThat(new String(socket.getInputStream().readAllBytes(), US_ASCII))
          .startsWith("HTTP/1.0 403 ");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"http://evil.example", "null", "http://127.0.0.1:1", "https://127.0.0.1"})
  void otherSitesMayNot(String origin) {
    var reply = get("/health", "origin", origin);

    assertThat(reply.status()).isEqualTo(403);
    assertThat(reply.type()).isEqualTo("/problems/foreign-origin");
    assertThat(reply.detail()).endsWith(", was '" + origin + "'.");
  }

  @Test
  void theConsoleItselfMay() {
    assertThat(get("/health", "origin", "http://127.0.0.1:" + gateway.port()).status())
        .isEqualTo(200);
  }

  @Test
  void aSocketOfAnotherSiteIsNotOpened() {
    var options = gateway.socketOptions().addHeader("origin", "http://evil.example");

    assertThatThrownBy(() -> RunningGateway.await(gateway.sockets().connect(options)))
        .isInstanceOfSatisfying(
            UpgradeRejectedException.class,
            refused -> assertThat(refused.getStatus()).isEqualTo(403));
  }

  @Test
  void aSocketUnderAnotherNameIsNotOpened() {
    var options = gateway.socketOptions().addHeader("host", "evil.example");

    assertThatThrownBy(() -> RunningGateway.await(gateway.sockets().connect(options)))
        .isInstanceOfSatisfying(
            UpgradeRejectedException.class,
            refused -> assertThat(refused.getStatus()).isEqualTo(403));
  }

  @ParameterizedTest
  @ValueSource(strings = {"text/plain", "application/x-www-form-urlencoded", "application/jsonp"})
  void aPostMustBeJson(String type) {
    var reply = gateway.post("/sessions/stop", Buffer.buffer("{}"), type);

    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.detail())
        .isEqualTo("Content-Type must be application/json, was '" + type + "'.");
  }

  @Test
  void aPostWithoutContentTypeIsRefused() {
    var reply =
        gateway.send(
            gateway.request(HttpMethod.POST, "/sessions/stop"),
            HttpMethod.POST,
            "/sessions/stop",
            null);

    assertThat(reply.status()).isEqualTo(415);
    assertThat(reply.detail()).isEqualTo("Content-Type must be application/json, was absent.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"/", "/health", "/nowhere", "/assets/app-1a2b3c.js"})
  void everyAnswerCarriesTheHeadersThatProtectThePage(String path) {
    var reply = gateway.get(path);

    assertThat(reply.header("content-security-policy"))
        .isEqualTo(
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src"
                + " 'self' data:; font-src 'self'; connect-src 'self' ws://127.0.0.1:"
                + gateway.port()
                + "; manifest-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors"
                + " 'none'");
    assertThat(reply.header("x-content-type-options")).isEqualTo("nosniff");
    assertThat(reply.header("referrer-policy")).isEqualTo("no-referrer");
  }

  private static Reply get(String path, String header, String value) {
    return gateway.send(
        gateway.request(HttpMethod.GET, path).putHeader(header, value), HttpMethod.GET, path, null);
  }
}

package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.app.TestPlatform.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.ListSessions;

/// What is sent again is carried out once, with the real platform and its database.
class IdempotencyIT {
  private static final HttpClient HTTP = HttpClient.newHttpClient();
  private static final String START =
      """
      {"mode": "backtest", "symbols": ["BTCUSD"], "strategies": [{"name": "ema-cross"}]}\
      """;

  @Test
  void aRequestIsCarriedOutOnce() throws Exception {
    var database = TestPlatform.freshDirectory();
    String id;
    try (var platform = TestPlatform.start(database)) {
      var first = start(platform, "key-1", START);
      id = new JsonObject(first.body()).getString("session_id");
      assertThat(first.statusCode()).isEqualTo(201);
      assertThat(first.headers().firstValue("Idempotency-Replayed")).isEmpty();
      platform.untilEnded(id);

      var again = start(platform, "key-1", START);
      assertThat(again.statusCode()).isEqualTo(201);
      assertThat(again.body()).isEqualTo(first.body());
      assertThat(again.headers().firstValue("Idempotency-Replayed")).contains("true");
      assertThat(new JsonObject(start(platform, "key-2", START).body()).getString("session_id"))
          .as("with another key it is another request")
          .isNotEqualTo(id);

      var other = start(platform, "key-1", START.replace("ema-cross", "sma-cross"));
      assertThat(other.statusCode()).isEqualTo(409);
      assertThat(new JsonObject(other.body()).getString("detail"))
          .isEqualTo("Idempotency-Key 'key-1' was sent with another request before.");
    }
    try (var platform = TestPlatform.start(database)) {
      assertThat(new JsonObject(start(platform, "key-1", START).body()).getString("session_id"))
          .as("after a restart")
          .isEqualTo(id);
    }
  }

  @Test
  void ofManyAtOnceOneIsCarriedOut() throws Exception {
    try (var platform = TestPlatform.start()) {
      platform.request("/api/me"); // has a token by now
      var sent =
          IntStream.range(0, 12)
              .mapToObj(_ ->
                  HTTP.sendAsync(
                      platform
                          .request("/sessions/start")
                          .header("Content-Type", "application/json")
                          .header("Idempotency-Key", "same")
                          .POST(BodyPublishers.ofString(START))
                          .build(),
                      BodyHandlers.ofString()))
              .toList();
      var answers = sent.stream().map(CompletableFuture::join).toList();

      assertThat(answers).extracting(HttpResponse::statusCode).containsOnly(201, 409).contains(201);
      var session =
          await(platform.bus.ask(Channels.LIST_SESSIONS, new ListSessions(null))).sessions();
      assertThat(session).hasSize(1);
      assertThat(answers)
          .filteredOn(answer -> answer.statusCode() == 201)
          .extracting(answer -> new JsonObject(answer.body()).getString("session_id"))
          .containsOnly(session.getFirst().sessionId());
    }
  }

  @Test
  void aRefusalIsAnAnswerToo() throws Exception {
    try (var platform = TestPlatform.start()) {
      var wrong = START.replace("ema-cross", "no-such-strategy");
      var first = start(platform, "key", wrong);
      var again = start(platform, "key", wrong);

      assertThat(first.statusCode()).isEqualTo(400);
      assertThat(again.statusCode()).isEqualTo(400);
      assertThat(again.body()).isEqualTo(first.body());
      assertThat(again.headers().firstValue("Content-Type")).contains("application/problem+json");
      var bad = start(platform, "a key", START);
      assertThat(bad.statusCode()).isEqualTo(400);
      assertThat(new JsonObject(bad.body()).getString("detail"))
          .isEqualTo(
              "Idempotency-Key must be 1 to 64 printable characters without spaces, was 'a key'.");
    }
  }

  @Test
  void aSecretIsNotKept() throws Exception {
    try (var platform = TestPlatform.start()) {
      var body = "{\"user\": \"ann\", \"role\": \"viewer\"}";
      var first = post(platform, "/api/users", "key", body);
      var again = post(platform, "/api/users", "key", body);

      assertThat(first.statusCode()).isEqualTo(201);
      assertThat(again.statusCode()).isEqualTo(409);
      assertThat(new JsonObject(again.body()).getString("detail"))
          .isEqualTo(
              "Idempotency-Key 'key' is of a request that was carried out; its answer had a secret,"
                  + " which is not kept.");
    }
  }

  private static HttpResponse<String> start(TestPlatform platform, String key, String body)
      throws IOException, InterruptedException {
    return post(platform, "/sessions/start", key, body);
  }

  private static HttpResponse<String> post(
      TestPlatform platform, String path, String key, String body)
      throws IOException, InterruptedException {
    return HTTP.send(
        platform
            .request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", key)
            .POST(BodyPublishers.ofString(body))
            .build(),
        BodyHandlers.ofString());
  }
}

package sandpiper.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.gateway.Samples.NOON;
import static sandpiper.gateway.Samples.SESSION;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.bus.Messages.CheckStrategy;
import sandpiper.bus.Messages.DeleteStrategy;
import sandpiper.bus.Messages.DiffVersions;
import sandpiper.bus.Messages.GetStrategy;
import sandpiper.bus.Messages.ListSessions;
import sandpiper.bus.Messages.ListVersions;
import sandpiper.bus.Messages.RestoreStrategy;
import sandpiper.bus.Messages.SaveStrategy;
import sandpiper.bus.Messages.ScriptError;
import sandpiper.bus.Messages.StrategyChecked;
import sandpiper.bus.Messages.StrategyDetail;
import sandpiper.bus.Messages.StrategySaved;
import sandpiper.bus.Refusal;
import sandpiper.gateway.RunningGateway;

/// Strategies and their versions; every answer is held against the contract.
class StrategiesApiTest {
  private static final String PATH = "/api/strategies/ema-cross";

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
  void aStrategyComesWithItsSourceAndVersion() {
    var response = gateway.get(PATH);

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.json())
        .isEqualTo(
            new JsonObject()
                .put("name", "ema-cross")
                .put("version", 2)
                .put("hash", "abc2")
                .put("author", "file")
                .put("created_at", NOON + 2)
                .put("restored_from", 1)
                .put("source", "// source")
                .put("parameters", JsonObject.of("fast", JsonObject.of("default", 12)))
                .put("error", null)
                .put("check", null));
    assertThat(gateway.platform.asked).containsExactly(new GetStrategy("ema-cross", null));
  }

  @Test
  void anOlderVersionCanBeAskedFor() {
    gateway.get(PATH + "?version=1");

    assertThat(gateway.platform.asked).containsExactly(new GetStrategy("ema-cross", 1));
  }

  @Test
  void aBrokenFileThatNeverMadeAVersionHasItsErrorWithLineAndColumn() {
    gateway.platform.detail =
        new StrategyDetail(
            "ema-cross",
            null,
            "export {",
            Map.of(),
            new ScriptError(
                "ema-cross.js:1:9: SyntaxError: no", 1, 9, "SyntaxError: no", null, List.of()),
            null);

    var body = gateway.get(PATH).json();

    assertThat(body.fieldNames()).contains("version", "hash");
    assertThat(body.getInteger("version")).isNull();
    assertThat(body.getString("source")).isEqualTo("export {");
    assertThat(body.getJsonObject("error"))
        .isEqualTo(
            new JsonObject()
                .put("detail", "ema-cross.js:1:9: SyntaxError: no")
                .put("line", 1)
                .put("column", 9)
                .put("reason", "SyntaxError: no")
                .put("excerpt", null)
                .put("stack", new JsonArray()));
  }

  @Test
  void checkingAnswersWithWhatIsWrong() {
    gateway.platform.checked =
        new StrategyChecked(
            Map.of(),
            new ScriptError("strategy.js:1:9: no", 1, 9, "no", "export {\n        ^", List.of()),
            null);

    var reply = gateway.post("/api/strategies/check", new JsonObject().put("source", "export {"));

    assertThat(reply.status()).isEqualTo(200);
    assertThat(reply.json().getJsonObject("error").getInteger("column")).isEqualTo(9);
    assertThat(gateway.platform.asked).containsExactly(new CheckStrategy("export {"));
    assertThat(gateway.post("/api/strategies/check", new JsonObject()).status()).isEqualTo(400);
  }

  @Test
  void aStrategyIsDeletedInTheNameOfTheUser() {
    assertThat(gateway.delete(PATH).json()).isEqualTo(new JsonObject().put("name", "ema-cross"));
    assertThat(gateway.platform.asked).containsExactly(new DeleteStrategy("ema-cross", "admin"));
  }

  @Test
  void savingAnswersWithTheVersionAndWhatWasReloaded() {
    var response = gateway.put(PATH, new JsonObject().put("source", "// new €").put("base", 1));

    assertThat(response.status()).isEqualTo(200);
    assertThat(response.json())
        .isEqualTo(
            new JsonObject()
                .put("name", "ema-cross")
                .put("version", 2)
                .put("hash", "abc")
                .put("changed", true)
                .put(
                    "reloads",
                    new JsonArray()
                        .add(
                            new JsonObject()
                                .put("session_id", SESSION)
                                .put("instance", "ema-cross")
                                .put("ok", true)
                                .put("message", null))));
    assertThat(gateway.platform.asked)
        .containsExactly(new SaveStrategy("ema-cross", "// new €", 1, "admin"));
  }

  @Test
  void theFirstVersionOfAStrategyIsCreated() {
    gateway.platform.saved = new StrategySaved("ema-cross", 1, "abc", true, List.of());
    var save = new JsonObject().put("source", "//").putNull("base");

    assertThat(gateway.put(PATH, save).status()).isEqualTo(201);
    gateway.platform.saved = new StrategySaved("ema-cross", 1, "abc", false, List.of());
    assertThat(gateway.put(PATH, save).status()).isEqualTo(200);
    assertThat(gateway.platform.asked)
        .containsOnly(new SaveStrategy("ema-cross", "//", null, "admin"));
  }

  @Test
  void versionsAreListedNewestFirst() {
    var body = gateway.get(PATH + "/versions").json();

    assertThat(body.getString("name")).isEqualTo("ema-cross");
    var versions = body.getJsonArray("versions");
    assertThat(versions.getJsonObject(0).getInteger("version")).isEqualTo(2);
    assertThat(versions.getJsonObject(0).getInteger("restored_from")).isEqualTo(1);
    assertThat(versions.getJsonObject(1))
        .isEqualTo(
            new JsonObject()
                .put("version", 1)
                .put("hash", "abc1")
                .put("author", "file")
                .put("created_at", NOON + 1)
                .put("restored_from", null));
    assertThat(gateway.platform.asked).containsExactly(new ListVersions("ema-cross"));
  }

  @Test
  void aDiffIsText() {
    var body = gateway.get(PATH + "/diff?from=1&to=2").json();

    assertThat(body)
        .isEqualTo(
            new JsonObject()
                .put("name", "ema-cross")
                .put("from", 1)
                .put("to", 2)
                .put("diff", "@@ …\n"));
    assertThat(gateway.platform.asked).containsExactly(new DiffVersions("ema-cross", 1, 2));
  }

  @Test
  void restoringNamesVersionAndBase() {
    var body = new JsonObject().put("version", 1).put("base", 2);

    assertThat(gateway.post(PATH + "/restore", body).status()).isEqualTo(200);
    assertThat(gateway.post(PATH + "/restore", body).status()).isEqualTo(200);
    assertThat(gateway.platform.asked)
        .containsExactly(
            new RestoreStrategy("ema-cross", 1, 2, "admin"),
            new RestoreStrategy("ema-cross", 1, 2, "admin"));
  }

  @Test
  void aConflictNamesLatestAndBase() {
    gateway.platform.failure = Refusal.conflict("ema-cross", 1, 4);

    var response = gateway.put(PATH, new JsonObject().put("source", "//").put("base", 1));

    assertThat(response.status()).isEqualTo(409);
    assertThat(response.type()).isEqualTo("/problems/conflict");
    assertThat(response.detail())
        .isEqualTo("the latest version of strategy 'ema-cross' is 4, base was 1");
    assertThat(response.json().getInteger("latest")).isEqualTo(4);
    assertThat(response.json().getInteger("base")).isEqualTo(1);
  }

  @Test
  void aSourceThatDoesNotCompileIsRefusedWithItsPlace() {
    var members = new HashMap<String, @Nullable Object>();
    members.put("line", 3);
    members.put("column", null);
    members.put("reason", "SyntaxError: no");
    gateway.platform.failure =
        new Refusal(Refusal.Kind.INVALID, "ema-cross.js:3: SyntaxError: no", members);

    var response = gateway.put(PATH, new JsonObject().put("source", "//").put("base", 1));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.type()).isEqualTo("/problems/validation");
    assertThat(response.json().getInteger("line")).isEqualTo(3);
    assertThat(response.json().fieldNames()).contains("column");
    assertThat(response.json().getInteger("column")).isNull();
    assertThat(response.json().getString("reason")).isEqualTo("SyntaxError: no");
  }

  @ParameterizedTest
  @ValueSource(strings = {"Ema", "1ema", "-", "ema_cross", "ema.js", "..%2Fema", "%2e%2e", "a%00"})
  void aNameThatIsNotAllowedIsRefused(String name) {
    var response = gateway.get("/api/strategies/" + name + "/versions");

    assertThat(response.status()).isIn(400, 404);
    assertThat(gateway.platform.asked).isEmpty();
  }

  @Test
  void namesHaveOneTo64Characters() {
    assertThat(gateway.get("/api/strategies/" + "a".repeat(64)).status()).isEqualTo(200);
    var response = gateway.get("/api/strategies/" + "a".repeat(65));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.detail())
        .isEqualTo(
            "name must be 1 to 64 of a-z, 0-9 and '-', beginning with a letter, was '"
                + "a".repeat(65)
                + "'.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          ?version=0            | version must be the number of a version, from 1, was '0'.
          ?version=x            | version must be the number of a version, from 1, was 'x'.
          ?version=3000000000   | version must be the number of a version, from 1, was '3000000000'.
          /diff?from=1          | to is missing; it must be the number of a version, from 1.
          /diff?from=one&to=2   | from must be the number of a version, from 1, was 'one'.
          """)
  void aQueryThatIsNotAllowedIsExplained(String query, String detail) {
    var response = gateway.get(PATH + query);

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.detail()).isEqualTo(detail);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"base": 1}                                | source is missing; it must be JavaScript, at most 256 KB.
          {"source": "//"}                           | base is missing; it must be the number of the version that was edited, or null for a new strategy.
          {"source": "", "base": 1}                  | source must be JavaScript, at most 256 KB, was ''.
          {"source": "//", "base": 0}                | base must be the number of the version that was edited, or null for a new strategy, was 0.
          {"source": "//", "base": "1"}              | base must be the number of the version that was edited, or null for a new strategy, was '1'.
          {"source": "//", "base": 1, "bas": 1}      | There is no field 'bas'; allowed are source, base.
          """)
  void aSaveThatIsNotAllowedIsExplained(String body, String detail) {
    var response = gateway.put(PATH, new JsonObject(body));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.detail()).isEqualTo(detail);
    assertThat(gateway.platform.asked).isEmpty();
  }

  @Test
  void aSourceOf256KilobytesPassesAndALongerOneIsRefusedWithTheLimit() {
    var largest = "\n".repeat(256 * 1024);
    var save = new JsonObject().put("source", largest).put("base", 1);
    assertThat(gateway.put(PATH, save).status()).isEqualTo(200);

    var response = gateway.put(PATH, save.put("source", largest + "x"));

    assertThat(response.status()).isEqualTo(400);
    assertThat(response.detail()).startsWith("source must be JavaScript, at most 256 KB, was '");
  }

  @Test
  void otherMethodsAreNamed() {
    var response = gateway.patch(PATH, new JsonObject());

    assertThat(response.status()).isEqualTo(405);
    assertThat(response.header("allow").split(", "))
        .containsExactlyInAnyOrder("GET", "PUT", "DELETE");
  }
}

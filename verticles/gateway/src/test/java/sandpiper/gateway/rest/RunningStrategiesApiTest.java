package sandpiper.gateway.rest;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sandpiper.bus.Messages.ChangeParameters;
import sandpiper.bus.Messages.CommandStrategy;
import sandpiper.bus.Messages.ListSessions;
import sandpiper.gateway.RunningGateway;

/// What can be done to a strategy while it runs.
class RunningStrategiesApiTest {
  private static final String PATH = "/api/sessions/pp_1/strategies/cross/";

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
  void liveParametersChange() {
    var body = new JsonObject().put("parameters", new JsonObject().put("fast", 5));
    var request = gateway.request(HttpMethod.PATCH, PATH + "parameters");
    var response =
        gateway.send(
            request.putHeader("content-type", "application/json"),
            HttpMethod.PATCH,
            PATH + "parameters",
            body.toBuffer());
    assertThat(response.status()).isEqualTo(200);
    assertThat(response.json())
        .isEqualTo(
            new JsonObject()
                .put("instance", "cross")
                .put("parameters", new JsonObject().put("fast", 3).put("long_only", true)));
    assertThat(gateway.platform.asked)
        .containsExactly(new ChangeParameters("pp_1", "cross", Map.of("fast", 5)));
  }

  @Test
  void aCommandReachesTheStrategy() {
    var response =
        gateway.post(
            PATH + "command",
            new JsonObject().put("name", "pause").put("data", new JsonObject().put("on", true)));
    assertThat(response.status()).isEqualTo(200);
    assertThat(gateway.platform.asked)
        .containsExactly(new CommandStrategy("pp_1", "cross", "pause", "{\"on\":true}"));
  }

  @Test
  void aCommandNeedsNoData() {
    gateway.post(PATH + "command", new JsonObject().put("name", "pause"));
    assertThat(gateway.platform.asked)
        .containsExactly(new CommandStrategy("pp_1", "cross", "pause", "null"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {}              | name is missing; it must be 1 to 64 characters.
          {"name": ""}    | name must be 1 to 64 characters, was ''.
          """)
  void aCommandThatIsNotAllowedIsExplained(String body, String detail) {
    var response = gateway.post(PATH + "command", new JsonObject(body));
    assertThat(response.status()).isEqualTo(400);
    assertThat(response.detail()).isEqualTo(detail);
    assertThat(gateway.platform.asked).isEmpty();
  }
}

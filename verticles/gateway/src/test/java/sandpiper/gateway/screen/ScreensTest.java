package sandpiper.gateway.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sandpiper.gateway.RunningGateway.await;
import static sandpiper.gateway.Samples.NOON;

import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.gateway.RunningGateway;
import sandpiper.gateway.Samples;

class ScreensTest {
  private final RunningGateway gateway = RunningGateway.withoutPlatform();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void beyondFiftySessionsTheOldestThatEndedIsForgotten() {
    publish("bt_running", SessionStatus.RUNNING);
    for (int i = 0; i < 50; i++) {
      publish("bt_" + i, SessionStatus.STOPPED);
    }

    assertThat(known("bt_49")).isEqualTo("bt_49");
    assertThat(known("bt_running")).isEqualTo("bt_running");
    assertThat(known("bt_1")).isEqualTo("bt_1");
    assertThatThrownBy(() -> known("bt_0"))
        .hasMessage("Session 'bt_0' is not among the latest 50.");
  }

  @Test
  void stepsOfUnknownSessionsAreTakenAndForgotten() {
    assertThat(
            await(gateway.bus.ask(Channels.SCREEN_STEP, Samples.step(1, Samples.trade(NOON, 1)))))
        .isNotNull();
  }

  private void publish(String sessionId, SessionStatus status) {
    gateway.bus.publish(Channels.SESSION_STATES, Samples.state(sessionId, status, NOON));
  }

  private String known(String sessionId) {
    var question = new JsonObject().put("session_id", sessionId);
    return await(gateway.vertx.eventBus().<JsonObject>request(Channels.CONSOLE_SNAPSHOT, question))
        .body()
        .getJsonObject("session")
        .getString("session_id");
  }
}

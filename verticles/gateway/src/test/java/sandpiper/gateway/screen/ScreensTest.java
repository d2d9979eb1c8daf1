package sandpiper.gateway.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sandpiper.gateway.RunningGateway.await;
import static sandpiper.gateway.Samples.NOON;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.CollectionState;
import sandpiper.bus.Messages.SessionDeleted;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.domain.market.MarketStream;
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
  void aDataCollectionIsToldToWhoeverListsSessionsAndHasNoScreen() throws Exception {
    var heard = new LinkedBlockingQueue<JsonObject>();
    var consumer =
        gateway
            .vertx
            .eventBus()
            .<JsonObject>consumer(Channels.CONSOLE_SESSIONS, message -> heard.add(message.body()));
    await(consumer.completion());
    gateway.bus.publish(
        Channels.COLLECTION_STATES,
        new CollectionState(
            "dc_1",
            SessionStatus.RUNNING,
            List.of("BTCUSD"),
            List.of(MarketStream.TRADES),
            "demo",
            null,
            NOON,
            7,
            0.25,
            NOON,
            null,
            null));
    var message = Objects.requireNonNull(heard.poll(10, TimeUnit.SECONDS));
    assertThat(message.getString("type")).isEqualTo("recording.state");
    assertThat(message.getString("sessionId")).isEqualTo("dc_1");
    assertThat(message.getJsonObject("data"))
        .isEqualTo(
            new JsonObject(
                """
                {"status": "running", "symbols": ["BTCUSD"], "streams": ["trades"], "data": "demo",
                 "acceleration": "max", "clock": %d, "rows": 7, "consumed": 0.25,
                 "started_at": %d, "ended_at": null, "error": null}\
                """
                    .formatted(NOON, NOON)));
    assertThatThrownBy(() -> known("dc_1"))
        .hasMessage("Session 'dc_1' is not among the latest 50.");
    gateway.bus.publish(Channels.SESSION_DELETED, new SessionDeleted("dc_1"));
    assertThat(Objects.requireNonNull(heard.poll(10, TimeUnit.SECONDS)).getString("type"))
        .isEqualTo("session.deleted");
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

package sandpiper.gateway.bridge;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.gateway.RunningGateway.await;
import static sandpiper.gateway.Samples.NOON;
import static sandpiper.gateway.Samples.SESSION;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.WebSocket;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.FeedProgress;
import sandpiper.bus.Messages.JournalBatch;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.gateway.RunningGateway;
import sandpiper.gateway.Samples;

/// The console's socket, with real frames.
class BridgeTest {
  private final RunningGateway gateway = RunningGateway.start();
  private final BlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();
  private final WebSocket socket = listening(gateway.socket());

  @AfterEach
  void stop() {
    gateway.close();
  }

  @Test
  void aListenerOfASessionGetsItsMessagesInOrder() {
    sendStates();
    var before = snapshot();
    register(Channels.consoleSession(SESSION));
    await(gateway.bus.ask(Channels.SCREEN_STEP, Samples.step(1, Samples.trade(NOON, 100.5))));
    await(
        gateway.bus.ask(
            Channels.SCREEN_JOURNAL, new JournalBatch(SESSION, List.of(Samples.signal(1)))));

    var tick = message("tick");
    var signal = message("signal");

    assertThat(tick.getJsonObject("data").getDouble("price")).isEqualTo(100.5);
    assertThat(tick.getString("sessionId")).isEqualTo(SESSION);
    assertThat(tick.getLong("ts")).isGreaterThan(NOON);
    assertThat(signal.getJsonObject("data").getString("signal_id")).isEqualTo("sig_x-1");
    assertThat(tick.getLong("seq")).isGreaterThan(before.getLong("seq"));
    assertThat(signal.getLong("seq")).isGreaterThan(tick.getLong("seq"));
  }

  @Test
  void statesOfAllSessionsComeOnOneAddress() {
    register(Channels.CONSOLE_SESSIONS);
    gateway.bus.publish(
        Channels.SESSION_STATES, Samples.state("pp_two", SessionStatus.STARTING, NOON));

    var state = message("session.state");

    assertThat(state.getString("sessionId")).isEqualTo("pp_two");
    assertThat(state.getJsonObject("data").getString("status")).isEqualTo("starting");
  }

  @Test
  void whoWatchesThePlatformHearsOfItAtOnceAndEachSecondUntilTheyLeave() {
    register(Channels.CONSOLE_SYSTEM);
    long began = System.nanoTime();
    var first = message("system.health");
    assertThat(first.getJsonObject("data").getString("phase")).isEqualTo("up");
    assertThat(first.getJsonObject("data").getInteger("clients")).isEqualTo(1);
    var second = message("system.health");
    assertThat(second.getLong("seq")).isEqualTo(first.getLong("seq") + 1);
    assertThat(System.nanoTime() - began).isGreaterThan(500_000_000L);

    write(new JsonObject().put("type", "unregister").put("address", Channels.CONSOLE_SYSTEM));
    var heard = Promise.<Void>promise();
    gateway.vertx.eventBus().consumer(Channels.CONSOLE_SYSTEM).handler(_ -> heard.tryComplete());
    var quiet = Promise.<Void>promise();
    gateway.vertx.setTimer(2_500, _ -> quiet.tryComplete(null));
    await(quiet.future());
    assertThat(heard.future().isComplete()).isFalse();
  }

  @Test
  void progressMovesTheClockOfASession() {
    sendStates();
    register(Channels.CONSOLE_SESSIONS);
    gateway.bus.publish(Channels.FEED_PROGRESS, new FeedProgress(SESSION, 9, NOON + 60, 0.5));

    var clock = 0L;
    while (clock != NOON + 60) {
      clock = message("session.state").getJsonObject("data").getLong("clock");
    }
  }

  @Test
  void aSnapshotHasEverythingToBeginWith() {
    sendStates();

    var snapshot = snapshot();

    assertThat(snapshot.fieldNames())
        .containsExactlyInAnyOrder(
            "seq",
            "session",
            "candles",
            "indicators",
            "signals",
            "orders",
            "fills",
            "positions",
            "account",
            "log",
            "alerts",
            "metrics",
            "plots",
            "strategy_events",
            "risk_alerts");
    assertThat(snapshot.getJsonObject("session").getString("session_id")).isEqualTo(SESSION);
  }

  @Test
  void aLargeSnapshotComesInOnePiece() {
    sendStates();
    for (int i = 1; i <= 5_000; i++) {
      var bar = Samples.bar(NOON + i * 60_000_000L, 100 + i);
      gateway.vertx.eventBus().send(Channels.SCREEN_STEP.address(), Samples.closed(i, bar, i));
    }
    await(gateway.bus.ask(Channels.SCREEN_STEP, Samples.step(5_001, Samples.trade(NOON, 1))));

    assertThat(snapshot().getJsonArray("candles").size()).isGreaterThan(4_900);
  }

  @Test
  void aSnapshotOfAnUnknownSessionIsRefusedInASentence() {
    ask(new JsonObject().put("session_id", "bt_nobody"));

    var refusal = frame();

    assertThat(refusal.getString("type")).isEqualTo("err");
    assertThat(refusal.getInteger("failureCode")).isEqualTo(404);
    assertThat(refusal.getString("message"))
        .isEqualTo("Session 'bt_nobody' is not among the latest 50.");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"session_id\": 7}"})
  void aQuestionThatIsNoneIsRefused(String body) {
    ask(new JsonObject(body));

    assertThat(frame().getInteger("failureCode")).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "sessions.start",
        "orders.submit",
        "orders.manual.place",
        "console.sessions",
        "login",
        "nowhere"
      })
  void nothingElseCanBeSentTo(String address) {
    write(
        new JsonObject()
            .put("type", "send")
            .put("address", address)
            .put("body", new JsonObject())
            .put("replyAddress", "r"));

    assertThat(frame())
        .isEqualTo(
            refused(
                "r",
                404,
                "Nothing can be sent to '" + address + "'; conf/asyncapi.yaml has what can."));
    assertThat(gateway.platform.asked).hasSize(1); // what the gateway itself asked
  }

  @Test
  void nothingCanBePublished() {
    write(
        new JsonObject()
            .put("type", "publish")
            .put("address", Channels.CONSOLE_SNAPSHOT)
            .put("body", new JsonObject()));

    assertThat(frame())
        .isEqualTo(refused(null, 403, "Clients cannot publish; they send, and are answered."));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"sessions.states", "screens.step", "console.snapshot", "console.session."})
  void nothingElseCanBeListenedTo(String address) {
    write(new JsonObject().put("type", "register").put("address", address));

    assertThat(frame())
        .isEqualTo(
            refused(
                address,
                404,
                "Nothing can be heard at '" + address + "'; conf/asyncapi.yaml has what can."));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "[1]", "null", "{}", "{\"type\":[]}", "{\"type\":\"x\"}"})
  void brokenFramesAreAnsweredAndTheSocketGoesOn(String text) {
    await(socket.writeTextMessage(text));
    assertThat(frame().getString("type")).isEqualTo("err");

    sendStates();
    assertThat(snapshot().getJsonObject("session")).isNotNull();
  }

  @Test
  void jsonNestedWithoutEndIsAnsweredLikeAnyBrokenFrame() {
    await(socket.writeTextMessage("{\"type\":".repeat(20_000)));

    assertThat(frame()).isEqualTo(error("invalid_json"));
  }

  @Test
  void brokenHeadersDoNoHarm() {
    sendStates();
    for (var headers : List.of("text", new JsonArray().add(1), new JsonObject().putNull("a"))) {
      write(question(new JsonObject().put("session_id", SESSION)).put("headers", headers));
      assertThat(frame().getString("type")).isEqualTo("rec");
    }
  }

  @Test
  void aMessageBeyondTheLimitEndsTheSocket() {
    var closed = closing();

    socket.writeTextMessage("x".repeat(1 << 20));

    await(closed);
  }

  @Test
  void aClientThatDoesNotReadMissesMessagesAndIsThenCutOff() throws InterruptedException {
    sendStates();
    register(Channels.consoleSession(SESSION));
    var closed = closing();
    socket.pause();
    var batch = new JournalBatch(SESSION, List.of(Samples.log(1, "x".repeat(100_000))));
    int sent = 0;
    // There is always more than fits.
    long end = System.nanoTime() + MILLISECONDS.toNanos(Client.PATIENCE_MILLIS + 2_000);
    while (System.nanoTime() < end) {
      await(gateway.bus.ask(Channels.SCREEN_JOURNAL, batch));
      if (sent++ > 400) {
        Thread.sleep(20);
      }
    }
    socket.resume();

    assertThat(await(closed)).isEqualTo((short) 1013);
    assertThat(frames.size()).isLessThan(sent);
  }

  private Future<Short> closing() {
    var closed = Promise.<Short>promise();
    socket.closeHandler(_ -> closed.complete(socket.closeStatusCode()));
    return closed.future();
  }

  private void sendStates() {
    gateway.bus.publish(Channels.SESSION_STATES, Samples.running());
  }

  private JsonObject snapshot() {
    ask(new JsonObject().put("session_id", SESSION));
    var reply = frame();
    assertThat(reply.getString("type")).describedAs("%s", reply).isEqualTo("rec");
    return reply.getJsonObject("body");
  }

  private void ask(JsonObject body) {
    write(question(body));
  }

  private static JsonObject question(JsonObject body) {
    return new JsonObject()
        .put("type", "send")
        .put("address", Channels.CONSOLE_SNAPSHOT)
        .put("body", body)
        .put("replyAddress", "r1");
  }

  /// Returns when the registration holds: the bridge handles frames in order.
  private void register(String address) {
    write(new JsonObject().put("type", "register").put("address", address));
    ask(new JsonObject());
    var early = new ArrayList<JsonObject>();
    for (var frame = frame(); !"err".equals(frame.getString("type")); frame = frame()) {
      early.add(frame);
    }
    frames.addAll(early);
  }

  private void write(JsonObject frame) {
    await(socket.writeTextMessage(frame.encode()));
  }

  private static JsonObject refused(@Nullable String address, int code, String message) {
    var frame =
        new JsonObject()
            .put("type", "err")
            .put("failureCode", code)
            .put("failureType", "RECIPIENT_FAILURE")
            .put("message", message);
    return address == null ? frame : frame.put("address", address);
  }

  private static JsonObject error(String reason) {
    return new JsonObject().put("type", "err").put("body", reason);
  }

  /// The next message of a type, past others.
  private JsonObject message(String type) {
    while (true) {
      var body = frame().getJsonObject("body");
      if (type.equals(body.getString("type"))) {
        return body;
      }
    }
  }

  private JsonObject frame() {
    try {
      var frame = frames.poll(10, SECONDS);
      if (frame == null) {
        throw new AssertionError("no frame within 10 s");
      }
      return frame;
    } catch (InterruptedException e) {
      throw new AssertionError("interrupted", e);
    }
  }

  private WebSocket listening(WebSocket socket) {
    return socket
        .binaryMessageHandler(data -> frames.add(data.toJsonObject()))
        .textMessageHandler(text -> frames.add(Buffer.buffer(text).toJsonObject()));
  }
}

package sandpiper.gateway.bridge;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.gateway.RunningGateway.await;
import static sandpiper.gateway.Samples.SESSION;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.Map;
import java.util.TreeSet;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.PlaceManualOrder;
import sandpiper.gateway.FakeUsers;
import sandpiper.gateway.RunningGateway;

/// Every address with every role, by TCP with real frames; the table is written by hand.
class AddressesTest {
  private static final JsonObject ORDER =
      new JsonObject()
          .put("session_id", SESSION)
          .put("strategy", "ema-cross")
          .put("symbol", "BTCUSD")
          .put("side", "buy")
          .put("quantity", "1")
          .put("reason", "test");

  /// A body that is as it should be, by address.
  private static final Map<String, JsonObject> BODIES =
      Map.of(
          "console.snapshot",
          new JsonObject().put("session_id", SESSION),
          "trading.place",
          ORDER,
          "trading.amend",
          new JsonObject().put("session_id", SESSION).put("order_id", "ord_1").put("quantity", "2"),
          "trading.cancel",
          new JsonObject()
              .put("session_id", SESSION)
              .put("order_id", "ord_1")
              .put("reason", "test"),
          "trading.close",
          new JsonObject()
              .put("session_id", SESSION)
              .put("position_id", "pos_1")
              .put("reason", "test"),
          "strategies.command",
          new JsonObject()
              .put("session_id", SESSION)
              .put("instance", "ema-cross")
              .put("name", "go"),
          "market.publish",
          new JsonObject()
              .put("feed", "py")
              .put(
                  "events",
                  new JsonArray()
                      .add(
                          new JsonObject()
                              .put("type", "trade")
                              .put("symbol", "BTCUSD")
                              .put("price", 100))),
          "indicators.publish",
          new JsonObject().put("symbol", "BTCUSD").put("name", "mood").put("value", 0.5));

  private final RunningGateway gateway = RunningGateway.start();
  private final BlockingQueue<JsonObject> frames = new LinkedBlockingQueue<>();

  @AfterEach
  void stop() {
    gateway.close();
  }

  @ParameterizedTest(name = "{0} may say {1}: {2}")
  @CsvSource({
    "viewer, console.snapshot, true", "viewer, trading.place, false",
    "viewer, trading.amend, false", "viewer, trading.cancel, false",
    "viewer, trading.close, false", "viewer, strategies.command, false",
    "trader, console.snapshot, true", "trader, trading.place, true",
    "trader, trading.amend, true", "trader, trading.cancel, true",
    "trader, trading.close, true", "trader, strategies.command, true",
    "viewer, market.publish, false", "viewer, indicators.publish, false",
    "trader, market.publish, true", "trader, indicators.publish, true",
    "admin, market.publish, true", "admin, indicators.publish, true",
    "admin, console.snapshot, true", "admin, trading.place, true",
    "admin, trading.amend, true", "admin, trading.cancel, true",
    "admin, trading.close, true", "admin, strategies.command, true",
  })
  void whatARoleMaySay(String role, String address, boolean allowed) {
    gateway.bus.publish(Channels.SESSION_STATES, sandpiper.gateway.Samples.running());
    var socket = known("sp_" + role);

    send(socket, address, java.util.Objects.requireNonNull(BODIES.get(address)));

    var frame = frame();
    assertThat(frame.getString("type")).as("%s", frame).isEqualTo(allowed ? "rec" : "err");
    if (!allowed) {
      assertThat(frame.getInteger("failureCode")).isEqualTo(403);
      assertThat(frame.getString("message"))
          .matches("This needs the permission (trade|strategies|publish); user '" + role + "', .*");
      assertThat(gateway.platform.asked).hasSize(1);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "viewer, console.sessions", "viewer, console.session.x", "viewer, session.inputs.x",
    "trader, console.sessions", "trader, console.session.x", "trader, session.inputs.x",
    "admin, console.sessions", "admin, console.session.x", "admin, session.inputs.x",
  })
  void whatARoleMayHear(String role, String address) {
    var socket = known("sp_" + role);
    write(socket, new JsonObject().put("type", "register").put("address", address));
    write(socket, new JsonObject().put("type", "ping"));
    assertThat(frame().getString("type")).isEqualTo("pong");

    gateway.vertx.eventBus().publish(address, new JsonObject().put("seq", 1));

    assertThat(frame())
        .isEqualTo(
            new JsonObject()
                .put("type", "rec")
                .put("address", address)
                .put("body", new JsonObject().put("seq", 1)));
  }

  @Test
  void theTableHasEveryAddressOfTheDocument() {
    var contract = await(BridgeContract.load(gateway.vertx, RunningGateway.BRIDGE));
    var inTable = new TreeSet<>(BODIES.keySet());
    inTable.add("login");

    assertThat(new TreeSet<>(contract.inboundAddresses())).isEqualTo(inTable);
    assertThat(contract.outbound().stream().map(BridgeContract.Outbound::address))
        .containsExactlyInAnyOrder(
            "console.sessions",
            "console.session.{session_id}",
            "console.system",
            "session.inputs.{session_id}");
  }

  @Test
  void anOrderIsPlacedInTheNameOfTheUserAndWrittenDown() throws InterruptedException {
    gateway.platform.asked.clear();
    send(known(FakeUsers.TRADER), "trading.place", ORDER);

    assertThat(frame().getJsonObject("body").getString("order_id")).startsWith("ord_");
    var placed = (PlaceManualOrder) gateway.platform.asked.poll(1, SECONDS);
    assertThat(placed.by()).isEqualTo("trader");
    assertThat(placed.order().strategy()).isEqualTo("ema-cross");
    var row = gateway.users.audited.getLast();
    assertThat(row.operation()).isEqualTo("trading.place");
    assertThat(row.user()).isEqualTo("trader");
    assertThat(row.detail()).contains("\"quantity\":\"1\"");
    assertThat(gateway.users.closed.getLast().status()).isEqualTo(200);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "quantity | -1 | quantity must be a decimal above zero in quotes, such as \"2500.5\", was"
            + " '-1'.",
        "side | long | side must be buy or sell, was 'long'.",
        "session_id | x | session_id must be the id of a session, which begins with bt_, pp_ or"
            + " lv_, was 'x'.",
        "colour | red | There is no field 'colour'; allowed are session_id, strategy, symbol, side,"
            + " type, quantity, limit_price, trigger_price, time_in_force, post_only, reduce_only,"
            + " reason.",
      })
  void aBodyThatIsNotAsTheDocumentSaysIsRefused(String field, String value, String message) {
    send(known(FakeUsers.TRADER), "trading.place", ORDER.copy().put(field, value));

    var frame = frame();
    assertThat(frame.getInteger("failureCode")).isEqualTo(400);
    assertThat(frame.getString("message")).isEqualTo(message);
    assertThat(gateway.platform.asked).hasSize(1);
  }

  @Test
  void nothingIsAnsweredBeforeTheLogin() {
    var socket = socket();
    send(socket, "trading.place", ORDER);

    assertThat(frame().getString("message"))
        .isEqualTo("The first frame must be a send to login, with {\"token\": \"sp_…\"}.");
    assertThat(frames).isEmpty();
    assertThat(gateway.platform.asked).hasSize(1);
  }

  @Test
  void aTokenThatIsNotKnownEndsTheConnection() throws InterruptedException {
    var socket = socket();
    var closed = new LinkedBlockingQueue<Boolean>();
    socket.closeHandler(_ -> closed.add(true));
    send(socket, "login", new JsonObject().put("token", "sp_nobody"));

    assertThat(frame().getInteger("failureCode")).isEqualTo(401);
    assertThat(closed.poll(5, SECONDS)).isTrue();
  }

  @Test
  void aFrameBeyondTheLimitEndsTheConnection() {
    var socket = known(FakeUsers.TRADER);
    await(socket.write(Buffer.buffer().appendInt(1 << 20)));

    assertThat(frame().getString("message"))
        .isEqualTo("A frame has 1 to 65536 bytes, was 1048576.");
  }

  private NetSocket known(String token) {
    var socket = socket();
    send(socket, "login", new JsonObject().put("token", token));
    var welcome = frame();
    assertThat(welcome.getString("type")).as("%s", welcome).isEqualTo("rec");
    assertThat(welcome.getJsonObject("body").getString("user")).isEqualTo(token.substring(3));
    return socket;
  }

  private NetSocket socket() {
    var socket = await(gateway.vertx.createNetClient().connect(gateway.tcpPort(), "127.0.0.1"));
    var parser = RecordParser.newFixed(4);
    var inLength = new boolean[] {true};
    parser.handler(part -> {
      if (inLength[0]) {
        parser.fixedSizeMode(part.getInt(0));
      } else {
        frames.add(part.toJsonObject());
        parser.fixedSizeMode(4);
      }
      inLength[0] = !inLength[0];
    });
    socket.handler(parser);
    return socket;
  }

  private static void send(NetSocket socket, String address, JsonObject body) {
    write(
        socket,
        new JsonObject()
            .put("type", "send")
            .put("address", address)
            .put("body", body)
            .put("replyAddress", "r"));
  }

  private static void write(NetSocket socket, JsonObject frame) {
    var text = frame.toBuffer();
    await(socket.write(Buffer.buffer().appendInt(text.length()).appendBuffer(text)));
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
}

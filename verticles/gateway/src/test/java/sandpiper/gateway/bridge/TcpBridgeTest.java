package sandpiper.gateway.bridge;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.gateway.RunningGateway.await;
import static sandpiper.gateway.Samples.NOON;
import static sandpiper.gateway.Samples.SESSION;

import io.vertx.core.json.JsonObject;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.JournalBatch;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.gateway.FakeUsers;
import sandpiper.gateway.RunningGateway;
import sandpiper.gateway.Samples;

/// The bridge by TCP, with the sockets of the JDK.
class TcpBridgeTest {
  private final RunningGateway gateway = RunningGateway.start();

  @AfterEach
  void stop() {
    gateway.close();
  }

  /// It never reads again, so nothing that waits for it may keep the server from letting it go.
  @Test
  void aClientThatDoesNotReadIsLetGoAndTheOthersHearEverything() throws Exception {
    gateway.bus.publish(
        Channels.SESSION_STATES, Samples.state(SESSION, SessionStatus.RUNNING, NOON));
    try (var slow = new Socket(InetAddress.getLoopbackAddress(), gateway.tcpPort());
        var other = new Socket(InetAddress.getLoopbackAddress(), gateway.tcpPort())) {
      other.setSoTimeout(60_000);
      for (var each : List.of(slow, other)) {
        write(each, "send", "login", new JsonObject().put("token", FakeUsers.VIEWER));
        assertThat(read(each).getString("type")).isEqualTo("rec");
        write(each, "register", Channels.consoleSession(SESSION), null);
        write(each, "send", Channels.CONSOLE_SNAPSHOT, new JsonObject());
        assertThat(read(each).getString("type")).isEqualTo("err"); // so it is registered
      }
      var text = "x".repeat(100_000);
      for (int i = 1; i <= 150; i++) {
        await(
            gateway.bus.ask(
                Channels.SCREEN_JOURNAL, new JournalBatch(SESSION, List.of(Samples.log(i, text)))));
        var heard = read(other).getJsonObject("body").getJsonObject("data");
        assertThat(heard.getString("text")).hasSize(text.length());
      }

      long end = System.nanoTime() + SECONDS.toNanos(60);
      assertThat(slow)
          .satisfies(socket -> {
            while (isOpen(socket)) {
              assertThat(System.nanoTime()).as("when it is let go").isLessThan(end);
              Thread.sleep(50);
            }
          });
      write(other, "ping", null, null);
      assertThat(read(other).getString("type")).isEqualTo("pong");
    }
  }

  /// To write to a socket that the other side has closed fails.
  private static boolean isOpen(Socket socket) {
    try {
      write(socket, "ping", null, null);
      return true;
    } catch (IOException _) {
      return false;
    }
  }

  private static void write(
      Socket socket, String type, @Nullable String address, @Nullable JsonObject body)
      throws IOException {
    var frame = new JsonObject().put("type", type).put("address", address).put("body", body);
    var bytes = frame.put("replyAddress", "r").encode().getBytes(UTF_8);
    var out = new DataOutputStream(socket.getOutputStream());
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static JsonObject read(Socket socket) throws IOException {
    var in = new DataInputStream(socket.getInputStream());
    return new JsonObject(new String(in.readNBytes(in.readInt()), UTF_8));
  }
}

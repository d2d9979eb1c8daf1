package sandpiper.gateway.bridge;

import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.gateway.RunningGateway.await;
import static sandpiper.gateway.Samples.NOON;
import static sandpiper.gateway.Samples.SESSION;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.JsonObject;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.JournalBatch;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.domain.journal.LogLine;
import sandpiper.gateway.RunningGateway;
import sandpiper.gateway.Samples;

/// Five hundred sockets at once, some of which do not read.
class ManyClientsTest {
  private static final int CLIENTS = 500;
  private static final int SLOW = 25;
  private static final int AT_ONCE = 50;
  private static final long PING_MILLIS = 3_000;
  private static final String OTHER = "pp_two";

  private final RunningGateway gateway = RunningGateway.start();

  /// Of their own, as other programs have.
  private final Vertx clients = Vertx.vertx();

  private final WebSocketClient sockets =
      clients.createWebSocketClient(
          new WebSocketClientOptions().setMaxConnections(CLIENTS).setReceiveBufferSize(1 << 14));

  /// A client that was told of the end of its socket waits for the server to close it, without end.
  @AfterEach
  void stop() {
    await(clients.close());
    gateway.close();
  }

  /// Hears a session, and counts what it hears.
  private static final class Listener {
    private final Promise<Void> registered = Promise.promise();
    private final Promise<Short> closed = Promise.promise();
    private final WebSocket socket;
    private long last;
    private final AtomicInteger heard = new AtomicInteger();
    private final AtomicInteger gaps = new AtomicInteger();

    private Listener(WebSocket socket) {
      this.socket = socket;
      socket.textMessageHandler(text -> onFrame(new JsonObject(text)));
      socket.binaryMessageHandler(frame -> onFrame(frame.toJsonObject()));
      socket.closeHandler(_ -> closed.complete(socket.closeStatusCode()));
    }

    private void register(String... addresses) {
      for (var address : addresses) {
        socket.writeTextMessage(
            new JsonObject().put("type", "register").put("address", address).encode());
      }
      // Frames are taken in order: who is answered has been registered.
      socket.writeTextMessage(
          new JsonObject()
              .put("type", "send")
              .put("address", Channels.CONSOLE_SNAPSHOT)
              .put("replyAddress", "r1")
              .put("body", new JsonObject())
              .encode());
    }

    private void ping() {
      socket.writeTextMessage("{\"type\": \"ping\"}");
    }

    private void onFrame(JsonObject frame) {
      if (frame.getString("type").equals("err")) {
        registered.tryComplete();
      }
      if (!frame.getString("type").equals("rec")) {
        return; // the answer to the question above, or to a ping
      }
      var message = frame.getJsonObject("body");
      if (message.getString("sessionId").equals(SESSION)) {
        long seq = message.getLong("seq");
        if (last != 0 && seq != last + 1) {
          gaps.incrementAndGet();
        }
        last = seq;
        heard.incrementAndGet();
      }
    }
  }

  @Test
  void everyOneHearsEverythingTheSlowAreLetGoAndMemoryStaysFlat() throws InterruptedException {
    say(SESSION);
    say(OTHER);
    var all = new ArrayList<Listener>();
    for (int i = 0; i < CLIENTS; i += AT_ONCE) {
      var some = Future.all(IntStream.range(0, AT_ONCE).mapToObj(_ -> connect()).toList());
      all.addAll(await(some).<Listener>list());
    }
    var slow = all.subList(0, SLOW);
    var fast = all.subList(SLOW, CLIENTS);
    slow.forEach(
        each -> each.register(Channels.consoleSession(SESSION), Channels.consoleSession(OTHER)));
    fast.forEach(each -> each.register(Channels.consoleSession(SESSION)));
    await(Future.all(all.stream().map(each -> each.registered.future()).toList()));
    clients.setPeriodic(PING_MILLIS, _ -> all.forEach(Listener::ping));

    int told = tell(100, fast, 0);
    long before = usedBytes();

    slow.forEach(each -> each.socket.pause());
    var line = new LogLine(OTHER, 1, NOON, 1, "cross", "info", "x".repeat(100_000));
    for (int i = 0; i < 150; i++) {
      await(gateway.bus.ask(Channels.SCREEN_JOURNAL, new JournalBatch(OTHER, List.of(line))));
    }
    long patience = System.nanoTime() + MILLISECONDS.toNanos(Client.PATIENCE_MILLIS + 5_000);
    while (System.nanoTime() < patience) {
      told = tell(50, fast, told);
    }
    slow.forEach(each -> each.socket.resume());

    for (var each : slow) {
      assertThat(await(each.closed.future())).isEqualTo((short) 1013);
    }
    told = tell(50, fast, told);
    assertThat(fast).allMatch(each -> each.gaps.get() == 0 && !each.closed.future().isComplete());
    assertThat(told).isGreaterThanOrEqualTo(200);
    assertThat(usedBytes()).isLessThan(before + before / 10);
  }

  private Future<Listener> connect() {
    return sockets.connect(gateway.socketOptions()).map(Listener::new);
  }

  /// Numbered messages, and returns when everybody has them.
  private int tell(int messages, List<Listener> listeners, int told) throws InterruptedException {
    for (int i = 0; i < messages; i++) {
      say(SESSION);
    }
    int all = told + messages;
    long end = System.nanoTime() + SECONDS.toNanos(120);
    while (!listeners.stream().allMatch(each -> each.heard.get() == all)) {
      assertThat(System.nanoTime()).as("%d messages to everybody", all).isLessThan(end);
      Thread.sleep(5);
    }
    return all;
  }

  private void say(String session) {
    gateway.bus.publish(
        Channels.SESSION_STATES, Samples.state(session, SessionStatus.RUNNING, NOON));
  }

  private static long usedBytes() {
    System.gc();
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}

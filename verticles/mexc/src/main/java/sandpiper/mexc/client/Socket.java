package sandpiper.mexc.client;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import sandpiper.mexc.wire.PushDataV3ApiWrapper;

/// One WebSocket to the exchange, from its connection to its end, with its subscriptions. For one
/// event loop.
///
/// It ends when the exchange ends it, when nothing is heard of it for too long although it was
/// asked, and when something comes that cannot be read: what that was to say is lost.
final class Socket {
  private static final String REFUSED = "Not Subscribed";
  private static final long NO_TIMER = -1;

  /// Hears of one socket.
  interface Owner {
    void onFrame(PushDataV3ApiWrapper frame);

    /// Once, and not when the owner itself closed it.
    ///
    /// @param why for people
    void onEnd(Socket socket, MexcException why);
  }

  private final Vertx vertx;
  private final StreamTiming timing;
  private final LongSupplier nanos;
  private final Owner owner;
  private final ClientWebSocket socket;
  private final long begunAt;
  private final Set<String> awaited = new LinkedHashSet<>();
  private final Promise<Void> subscribed = Promise.promise();
  private @Nullable WebSocket connected;
  private long timer = NO_TIMER;
  private long heardAt;
  private boolean ended;

  Socket(
      Vertx vertx, WebSocketClient client, StreamTiming timing, LongSupplier nanos, Owner owner) {
    this.vertx = vertx;
    this.timing = timing;
    this.nanos = nanos;
    this.owner = owner;
    begunAt = nanos.getAsLong();
    heardAt = begunAt;
    // Handlers are there before the first frame can be.
    socket = client.webSocket();
    socket.textMessageHandler(this::onText);
    socket.binaryMessageHandler(this::onBytes);
    socket.closeHandler(_ -> end(lost("the connection was closed")));
    socket.exceptionHandler(failure ->
        end(lost("the connection was lost (" + failure.getClass().getSimpleName() + ")")));
  }

  private static MexcException lost(String why) {
    return new MexcException(MexcError.UNCERTAIN, why);
  }

  /// Completes when the exchange has agreed to every channel; fails when it does not, or not soon.
  Future<Void> open(URI address, String query, List<String> channels) {
    awaited.addAll(channels);
    timer = vertx.setPeriodic(timing.ping().toMillis(), _ -> lookAfter());
    var path = address.getRawPath().isEmpty() ? "/" : address.getRawPath();
    var options =
        new WebSocketConnectOptions()
            .setHost(address.getHost())
            .setPort(MexcConfig.port(address))
            .setSsl(MexcConfig.isSecure(address))
            .setURI(path + query)
            .setTimeout(timing.dead().toMillis());
    socket
        .connect(options)
        .onSuccess(this::onConnected)
        .onFailure(failure -> end(lost("no connection: " + failure.getClass().getSimpleName())));
    return subscribed.future();
  }

  private void onConnected(WebSocket there) {
    connected = there;
    if (ended) {
      var _ = there.close();
      return;
    }
    heardAt = nanos.getAsLong();
    var channels = new JsonArray(List.copyOf(awaited));
    write(there, new JsonObject().put("method", "SUBSCRIPTION").put("params", channels).encode());
  }

  private void write(WebSocket there, String text) {
    there
        .writeTextMessage(text)
        .onFailure(failure -> end(lost(failure.getClass().getSimpleName())));
  }

  /// `nanos` of the last sign of life.
  long heardAt() {
    return heardAt;
  }

  /// The owner hears nothing more.
  void close() {
    if (!ended) {
      settle(lost("it is not wanted any more"));
    }
  }

  private void lookAfter() {
    long now = nanos.getAsLong();
    long dead = timing.dead().toNanos();
    if (now - heardAt > dead) {
      end(lost("nothing was heard for " + timing.dead().toMillis() + " ms"));
    } else if (!subscribed.future().isComplete() && now - begunAt > dead) {
      end(lost("no subscription for " + timing.dead().toMillis() + " ms"));
    } else if (connected != null) {
      write(connected, "{\"method\":\"PING\"}");
    }
  }

  private void onBytes(Buffer bytes) {
    if (ended) {
      return;
    }
    heardAt = nanos.getAsLong();
    PushDataV3ApiWrapper frame;
    try {
      frame = PushDataV3ApiWrapper.parseFrom(bytes.getBytes());
    } catch (InvalidProtocolBufferException e) {
      end(lost("a frame of " + bytes.length() + " bytes cannot be read: " + e.getMessage()));
      return;
    }
    owner.onFrame(frame);
  }

  private void onText(String text) {
    if (ended) {
      return;
    }
    heardAt = nanos.getAsLong();
    if (text.startsWith("Invalid listen key")) {
      end(new MexcException(MexcError.LISTEN_KEY, "the listen key is not valid"));
      return;
    }
    String message;
    try {
      message = String.valueOf(new JsonObject(text).getValue("msg"));
    } catch (DecodeException _) {
      end(lost("a text cannot be read: " + text));
      return;
    }
    if (message.startsWith(REFUSED)) {
      end(new MexcException(MexcError.SYMBOL, message));
    } else {
      List.of(message.split(",")).forEach(awaited::remove);
      if (awaited.isEmpty()) {
        subscribed.tryComplete();
      }
    }
  }

  /// What the owner does not want, it uses this for as well.
  void end(MexcException why) {
    if (!ended) {
      settle(why);
      owner.onEnd(this, why);
    }
  }

  private void settle(MexcException why) {
    ended = true;
    vertx.cancelTimer(timer);
    subscribed.tryFail(why);
    if (connected != null && !connected.isClosed()) {
      // Nobody waits for the exchange's goodbye.
      var _ = connected.close();
    }
  }
}

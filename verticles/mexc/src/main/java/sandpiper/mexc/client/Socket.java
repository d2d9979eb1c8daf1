package sandpiper.mexc.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ClientWebSocket;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketConnectOptions;
import java.net.URI;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// One WebSocket to the exchange, from its connection to its end, with its subscriptions. For one
/// event loop.
///
/// It ends when the exchange ends it, when nothing is heard of it for too long although it was
/// asked, and when something comes that cannot be read: what that was to say is lost.
final class Socket<F> {
  private static final long NO_TIMER = -1;

  /// Hears of one socket.
  interface Owner<F> {
    void onFrame(F frame);

    /// Once, and not when the owner itself closed it.
    ///
    /// @param why for people
    void onEnd(Socket<F> socket, MexcException why);
  }

  private final Vertx vertx;
  private final StreamTiming timing;
  private final LongSupplier nanos;
  private final Protocol<F> protocol;
  private final Owner<F> owner;
  private final ClientWebSocket socket;
  private final long begunAt;
  private final Set<String> awaited = new LinkedHashSet<>();
  private final Promise<Void> subscribed = Promise.promise();
  private @Nullable WebSocket connected;
  private long timer = NO_TIMER;
  private long heardAt;
  private boolean ended;

  Socket(
      Vertx vertx,
      WebSocketClient client,
      StreamTiming timing,
      LongSupplier nanos,
      Protocol<F> protocol,
      Owner<F> owner) {
    this.vertx = vertx;
    this.timing = timing;
    this.nanos = nanos;
    this.protocol = protocol;
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
    protocol.requests(List.copyOf(awaited)).forEach(request -> write(there, request));
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
      write(connected, protocol.ping());
    }
  }

  private void onBytes(Buffer bytes) {
    hear(() -> protocol.read(bytes));
  }

  private void onText(String text) {
    hear(() -> {
      var news = protocol.read(text, awaited);
      if (awaited.isEmpty()) {
        subscribed.tryComplete();
      }
      return news;
    });
  }

  private void hear(Supplier<@Nullable F> reading) {
    if (ended) {
      return;
    }
    heardAt = nanos.getAsLong();
    F news;
    try {
      news = reading.get();
    } catch (MexcException why) {
      end(why);
      return;
    }
    if (news != null) {
      owner.onFrame(news);
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

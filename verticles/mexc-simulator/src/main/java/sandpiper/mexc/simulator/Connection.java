package sandpiper.mexc.simulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import io.vertx.core.internal.http.WebSocketInternal;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// One WebSocket of a client.
final class Connection {
  private static final long SECOND = 1_000;

  private final ServerWebSocket socket;
  private final @Nullable String listenKey;
  private @Nullable Account account;
  private final long opened;
  private final Set<String> channels = new LinkedHashSet<>();
  private long lastTraffic;
  private long lastHeard;
  private long second;
  private int heard;
  private boolean halfOpen;

  /// @param listenKey that it came with, of `account`; both null for one without
  Connection(
      ServerWebSocket socket, @Nullable String listenKey, @Nullable Account account, long now) {
    this.socket = socket;
    this.listenKey = listenKey;
    this.account = account;
    opened = now;
    lastTraffic = now;
    lastHeard = now;
  }

  @Nullable String listenKey() {
    return listenKey;
  }

  @Nullable Account account() {
    return account;
  }

  /// It hears of an account from now on.
  void login(Account of) {
    account = of;
  }

  /// When the client said something.
  long lastHeard() {
    return lastHeard;
  }

  long opened() {
    return opened;
  }

  long lastTraffic() {
    return lastTraffic;
  }

  /// Names of those that it has subscribed to.
  Set<String> channels() {
    return channels;
  }

  boolean isHalfOpen() {
    return halfOpen;
  }

  /// A message has come.
  ///
  /// @return how many there were in this second
  int hear(long now) {
    lastTraffic = now;
    lastHeard = now;
    if (now / SECOND != second) {
      second = now / SECOND;
      heard = 0;
    }
    return ++heard;
  }

  void send(String text, long now) {
    if (mayWrite()) {
      lastTraffic = now;
      socket.writeTextMessage(text);
    }
  }

  void send(Buffer frame, long now) {
    if (mayWrite()) {
      lastTraffic = now;
      socket.writeBinaryMessage(frame);
    }
  }

  /// One that does not read is closed: nothing is kept for it without bound.
  private boolean mayWrite() {
    if (halfOpen || socket.isClosed()) {
      return false;
    }
    if (socket.writeQueueFull()) {
      drop();
      return false;
    }
    return true;
  }

  void close() {
    if (!socket.isClosed()) {
      socket.close();
    }
  }

  /// Ends the connection without saying goodbye.
  void drop() {
    // From the handler on, which would say goodbye.
    var _ = ((WebSocketInternal) socket).channelHandlerContext().close();
  }

  /// Nothing is read from it and nothing written to it any more; it stays open.
  void freeze() {
    halfOpen = true;
    socket.pause();
  }
}

package sandpiper.mexc.simulator;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.ServerWebSocket;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import java.util.function.Predicate;

/// The WebSockets of one address: who has subscribed to what, and what can go wrong with them.
final class Sockets {
  private static final int MOST_MESSAGES = 100;
  private static final long LIFE = 24 * 60 * 60 * 1_000L;
  private static final int GARBAGE_BYTES = 64;

  private final LongSupplier clock;
  private final SplittableRandom random;
  private final Set<Connection> connections = new LinkedHashSet<>();
  private final Map<String, Set<Connection>> subscribers = new LinkedHashMap<>();

  /// @param clock UTC milliseconds
  Sockets(LongSupplier clock, long seed) {
    this.clock = clock;
    random = new SplittableRandom(seed);
  }

  /// @param hear gets every text, unless there are too many
  void add(Connection connection, ServerWebSocket socket, Consumer<String> hear) {
    connections.add(connection);
    socket.textMessageHandler(text -> {
      if (connection.hear(clock.getAsLong()) > MOST_MESSAGES) {
        connection.close();
      } else {
        hear.accept(text);
      }
    });
    socket.exceptionHandler(_ -> connection.close());
    socket.closeHandler(_ -> forget(connection));
  }

  private void forget(Connection connection) {
    connections.remove(connection);
    Set.copyOf(connection.channels()).forEach(channel -> unsubscribe(connection, channel));
  }

  long count(Predicate<Connection> which) {
    return connections.stream().filter(which).count();
  }

  void subscribe(Connection connection, String channel) {
    connection.channels().add(channel);
    subscribers.computeIfAbsent(channel, _ -> new LinkedHashSet<>()).add(connection);
  }

  void unsubscribe(Connection connection, String channel) {
    var others = subscribers.get(channel);
    if (connection.channels().remove(channel) && others != null) {
      others.remove(connection);
      if (others.isEmpty()) {
        subscribers.remove(channel);
      }
    }
  }

  /// To which somebody has subscribed, the oldest first.
  Set<String> channels() {
    return Collections.unmodifiableSet(new LinkedHashSet<>(subscribers.keySet()));
  }

  void send(String channel, Buffer frame, Predicate<Connection> whom) {
    each(channel, whom, connection -> connection.send(frame, clock.getAsLong()));
  }

  void send(String channel, String text, Predicate<Connection> whom) {
    each(channel, whom, connection -> connection.send(text, clock.getAsLong()));
  }

  private void each(String channel, Predicate<Connection> whom, Consumer<Connection> work) {
    var them = subscribers.get(channel);
    if (them != null) {
      List.copyOf(them).stream().filter(whom).forEach(work);
    }
  }

  /// Ends those that have lived too long, and those that are over for another reason; one that is
  /// half open stays.
  void closeOld(Predicate<Connection> over) {
    long now = clock.getAsLong();
    for (var connection : List.copyOf(connections)) {
      if (!connection.isHalfOpen()
          && (now - connection.opened() >= LIFE || over.test(connection))) {
        connection.close();
      }
    }
  }

  /// Ends sockets without a goodbye.
  void drop(String which) {
    select(which).forEach(Connection::drop);
  }

  /// Lets sockets stand that say nothing and hear nothing any more.
  void freeze(String which) {
    select(which).forEach(Connection::freeze);
  }

  /// Sends what nobody can read: bytes, and text.
  void sendGarbage(String which) {
    var bytes = new byte[GARBAGE_BYTES];
    random.nextBytes(bytes);
    bytes[0] = (byte) 0xff;
    for (var connection : select(which)) {
      connection.send(Buffer.buffer(bytes), clock.getAsLong());
      connection.send("{\"id\":", clock.getAsLong());
    }
  }

  /// Ends those that came for an account.
  void closePrivate() {
    select("private").forEach(Connection::close);
  }

  private List<Connection> select(String which) {
    return connections.stream()
        .filter(each -> which.equals("all") || which.equals("private") == (each.account() != null))
        .toList();
  }
}

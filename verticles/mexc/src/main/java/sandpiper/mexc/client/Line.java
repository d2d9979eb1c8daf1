package sandpiper.mexc.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/// Channels that are heard for as long as they are wanted, over one socket after the other. For one
/// event loop.
///
/// A socket that ends is followed by another, after a pause that doubles. Before the exchange ends
/// one for its age, another takes over: for a second both are heard, so nothing is missed, and what
/// both say comes twice.
final class Line<F> implements Socket.Owner<F> {
  private static final Duration OVERLAP = Duration.ofSeconds(1);
  private static final double JITTER = 0.5;
  private static final double EARLY = 0.05;
  private static final int MOST_DOUBLINGS = 20;
  private static final long NO_TIMER = -1;

  /// Hears what comes over the line.
  interface Listener<F> {
    void onFrame(F frame);

    /// Nothing is heard until [#onBack].
    void onLost(MexcException why);

    /// Everything is subscribed to again; what happened in between was not heard.
    ///
    /// @param millis for which nothing was heard
    void onBack(long millis);
  }

  private final Vertx vertx;
  private final WebSocketClient client;
  private final URI address;
  private final StreamTiming timing;
  private final LongSupplier nanos;
  private final RandomGenerator random;
  private final Supplier<Future<String>> query;
  private final List<String> channels;
  private final Protocol<F> protocol;
  private final Listener<F> listener;
  private final List<Socket<F>> old = new ArrayList<>();
  private @Nullable Socket<F> current;
  private @Nullable Socket<F> coming;
  private int attempts;
  private long openedAt;
  private long lostAt;
  private long reconnects;
  private long renewals;
  private long lifeTimer = NO_TIMER;
  private boolean opened;
  private boolean closed;

  /// @param query of the address, with its `?`, or empty; asked for before each connection
  Line(
      Vertx vertx,
      WebSocketClient client,
      URI address,
      StreamTiming timing,
      LongSupplier nanos,
      RandomGenerator random,
      Supplier<Future<String>> query,
      Protocol<F> protocol,
      List<String> channels,
      Listener<F> listener) {
    this.vertx = vertx;
    this.client = client;
    this.address = address;
    this.timing = timing;
    this.nanos = nanos;
    this.random = random;
    this.query = query;
    this.channels = List.copyOf(channels);
    this.protocol = protocol;
    this.listener = listener;
  }

  /// Completes with the first connection; tried once. Afterwards the line looks after itself.
  Future<Void> open() {
    return connect().onSuccess(_ -> opened = true).onFailure(_ -> close());
  }

  void close() {
    closed = true;
    vertx.cancelTimer(lifeTimer);
    for (var socket : List.copyOf(old)) {
      socket.close();
    }
    old.clear();
    if (current != null) {
      current.close();
      current = null;
    }
    if (coming != null) {
      coming.close();
      coming = null;
    }
  }

  boolean isUp() {
    return current != null;
  }

  /// Whether two sockets are heard at once.
  boolean isDouble() {
    return !old.isEmpty() || (current != null && coming != null);
  }

  /// `nanos` since which the line is up.
  long upSince() {
    return openedAt;
  }

  long reconnects() {
    return reconnects;
  }

  long renewals() {
    return renewals;
  }

  /// As if the connection had been lost; harmless when there is none.
  void restart(MexcException why) {
    if (current != null) {
      current.end(why);
    }
  }

  private Future<Void> connect() {
    return query
        .get()
        .compose(part -> {
          if (closed) {
            return Future.<Void>failedFuture(
                new MexcException(MexcError.UNCERTAIN, "it is not wanted any more"));
          }
          var socket = new Socket<F>(vertx, client, timing, nanos, protocol, this);
          coming = socket;
          return socket.open(address, part, channels).onSuccess(_ -> takeOver(socket));
        });
  }

  private void takeOver(Socket<F> socket) {
    if (closed) {
      return;
    }
    var before = current;
    current = socket;
    coming = null;
    openedAt = nanos.getAsLong();
    if (before != null) {
      renewals++;
      old.add(before);
      vertx.setTimer(
          OVERLAP.toMillis(),
          _ -> {
            before.close();
            old.remove(before);
          });
    } else if (opened) {
      reconnects++;
      listener.onBack(TimeUnit.NANOSECONDS.toMillis(openedAt - lostAt));
    }
    long life = timing.life().toMillis();
    vertx.cancelTimer(lifeTimer);
    lifeTimer =
        vertx.setTimer(
            Math.max(1, life - (long) (life * EARLY * random.nextDouble())), _ -> renew());
  }

  /// Another socket beside the one there is, which goes on until then.
  private void renew() {
    if (current != null && coming == null && !closed) {
      connect().onFailure(_ -> tryAgain());
    }
  }

  private void reconnect() {
    if (current == null && coming == null && !closed) {
      connect().onFailure(_ -> tryAgain());
    }
  }

  private void tryAgain() {
    if (!closed) {
      boolean lost = current == null;
      vertx.setTimer(
          pause(),
          _ -> {
            if (lost) {
              reconnect();
            } else {
              renew();
            }
          });
    }
  }

  @Override
  public void onFrame(F frame) {
    if (!closed) {
      listener.onFrame(frame);
    }
  }

  @Override
  public void onEnd(Socket<F> socket, MexcException why) {
    old.remove(socket);
    if (socket == coming) {
      coming = null;
    }
    if (socket != current || closed) {
      return;
    }
    current = null;
    lostAt = socket.heardAt();
    if (nanos.getAsLong() - openedAt > timing.stable().toNanos()) {
      attempts = 0;
    }
    listener.onLost(why);
    // One that was to take over anyway does.
    if (coming == null) {
      tryAgain();
    }
  }

  /// Doubles with each attempt; half of it is left to chance, so that not all come back at once.
  private long pause() {
    double longest = timing.longestBackOff().toMillis();
    double pause =
        Math.min(
            longest, timing.backOff().toMillis() * Math.pow(2, Math.min(attempts, MOST_DOUBLINGS)));
    attempts++;
    return Math.max(1, (long) (pause * (1 - JITTER * random.nextDouble())));
  }
}

package sandpiper.gateway.bridge;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.eventbus.MessageConsumer;
import io.vertx.core.internal.net.NetSocketInternal;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.core.net.NetServerOptions;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Access.Permission;
import sandpiper.gateway.GatewayConfig;
import sandpiper.gateway.auth.Authentication;
import sandpiper.gateway.auth.Identity;
import sandpiper.gateway.bridge.Desk.Denial;

/// The bridge by TCP: frames as over a WebSocket, each a length of four bytes, big-endian, and so
/// many bytes of JSON. The first is a `send` of a token to `login`; nothing else is answered
/// before.
///
/// Runs on one event loop, that of whoever lets it listen.
public final class TcpBridge {
  private static final Logger LOG = LoggerFactory.getLogger(TcpBridge.class);
  private static final int MAX_FRAME = 65_536;
  private static final int MAX_REGISTRATIONS = 100;
  private static final int MAX_STRANGERS = 1_000;
  private static final long LOGIN_SECONDS = 10;
  private static final long GOODBYE_SECONDS = 2;
  private static final long LOOK_AGAIN_MILLIS = 5_000;
  private static final long LOOK_FOR_SLOW_MILLIS = 1_000;

  private final Vertx vertx;
  private final Authentication authentication;
  private final Desk desk;
  private final Set<Connection> open = new HashSet<>();
  private int strangers;

  /// @param authentication knows tokens
  public TcpBridge(Vertx vertx, Authentication authentication, Desk desk) {
    this.vertx = vertx;
    this.authentication = authentication;
    this.desk = desk;
  }

  /// Returns the port.
  public Future<Integer> listen(GatewayConfig config) {
    var port = requireNonNull(config.tcpPort());
    var options = new NetServerOptions().setHost(config.host()).setPort(port);
    var tls = config.tls();
    if (tls != null) {
      options.setSsl(true).setKeyCertOptions(tls.options());
    }
    vertx.setPeriodic(LOOK_AGAIN_MILLIS, _ -> lookAgain());
    vertx.setPeriodic(LOOK_FOR_SLOW_MILLIS, _ -> cutOffTheSlow());
    return vertx
        .createNetServer(options)
        .connectHandler(this::onConnection)
        .listen()
        .map(server -> {
          LOG.info("bridge by TCP at {}:{}", config.host(), server.actualPort());
          return server.actualPort();
        })
        .recover(failure ->
            Future.failedFuture(
                new IllegalStateException(
                    "The bridge cannot listen on "
                        + config.host()
                        + ":"
                        + port
                        + ": "
                        + failure.getMessage()
                        + "; set gateway.tcp-port to a free port or to \"\".",
                    failure)));
  }

  /// Closes the connections of those whom this is about.
  public void close(Predicate<Identity> whose) {
    for (var connection : List.copyOf(open)) {
      var client = connection.client;
      if (client != null && whose.test(client.identity())) {
        connection.end(new Denial(403, "not let in any more"));
      }
    }
  }

  private void lookAgain() {
    var identities = new HashSet<Identity>();
    for (var connection : open) {
      if (connection.client != null) {
        identities.add(connection.client.identity());
      }
    }
    for (var identity : identities) {
      authentication
          .isStill(identity)
          .onSuccess(still -> {
            if (!still) {
              close(identity::equals);
            }
          });
    }
  }

  private void cutOffTheSlow() {
    for (var connection : List.copyOf(open)) {
      if (connection.client != null && connection.client.isTooSlow()) {
        LOG.warn("client {} cut off: it reads too slowly", connection.socket.remoteAddress());
        connection.client.cutOff();
        connection.end(new Denial(429, "reads too slowly"));
      }
    }
  }

  private void onConnection(NetSocket socket) {
    if (strangers >= MAX_STRANGERS) {
      socket.close();
      return;
    }
    var connection = new Connection(socket);
    open.add(connection);
    connection.begin();
  }

  /// What one client has to do with.
  private final class Connection {
    private final NetSocket socket;
    private final Map<String, MessageConsumer<Object>> registrations = new HashMap<>();
    private final RecordParser parser = RecordParser.newFixed(Integer.BYTES);
    private boolean inLength = true;
    private boolean asked;
    private boolean ended;
    private @Nullable Client client;

    Connection(NetSocket socket) {
      this.socket = socket;
    }

    void begin() {
      strangers++;
      long timer =
          vertx.setTimer(
              TimeUnit.SECONDS.toMillis(LOGIN_SECONDS),
              _ -> {
                if (client == null) {
                  end(new Denial(401, "no login within " + LOGIN_SECONDS + " s"));
                }
              });
      socket.setWriteQueueMaxSize(Client.MAX_WAITING);
      socket.exceptionHandler(failure -> {
        LOG.debug("client {}: {}", socket.remoteAddress(), failure.toString());
        socket.close();
      });
      socket.closeHandler(_ -> {
        vertx.cancelTimer(timer);
        forget();
      });
      parser.handler(this::onPart);
      socket.handler(parser);
    }

    private void forget() {
      if (open.remove(this)) {
        if (client == null) {
          strangers--;
        }
        registrations.values().forEach(MessageConsumer::unregister);
        registrations.clear();
        if (client != null) {
          client.close();
        }
      }
    }

    /// Says why and closes; what comes until then is for nobody.
    void end(Denial why) {
      if (!ended) {
        write(Frames.error(null, why));
        ended = true;
        forget();
        socket.close();
        // To close waits for what is still to be written, and who does not read waits for nothing.
        vertx.setTimer(
            TimeUnit.SECONDS.toMillis(GOODBYE_SECONDS),
            _ -> {
              var _ = ((NetSocketInternal) socket).channelHandlerContext().close();
            });
      }
    }

    private void onPart(Buffer part) {
      if (ended) {
        return;
      }
      if (inLength) {
        int length = part.getInt(0);
        if (length < 1 || length > MAX_FRAME) {
          end(new Denial(400, "A frame has 1 to " + MAX_FRAME + " bytes, was " + length + "."));
          return;
        }
        inLength = false;
        parser.fixedSizeMode(length);
        return;
      }
      inLength = true;
      parser.fixedSizeMode(Integer.BYTES);
      JsonObject frame;
      try {
        frame = part.toJsonObject();
      } catch (DecodeException | ClassCastException e) {
        end(new Denial(400, "A frame must be a JSON object."));
        return;
      }
      onFrame(frame);
    }

    private void onFrame(JsonObject frame) {
      var known = client;
      var type = frame.getValue("type") instanceof String text ? text : "";
      if (type.equals("ping")) {
        write(new JsonObject().put("type", "pong"));
      } else if (known == null) {
        login(frame);
      } else {
        switch (type) {
          case "send" -> known.onSend(frame);
          case "publish" -> known.onPublish(frame);
          case "register" -> register(known, frame.getValue("address"));
          case "unregister" -> {
            if (frame.getValue("address") instanceof String address) {
              var registration = registrations.remove(address);
              if (registration != null) {
                registration.unregister();
                known.hearsNoMore(address);
              }
            }
          }
          default ->
              write(
                  Frames.error(
                      null, new Denial(400, "type must be send, register, unregister or ping.")));
        }
      }
    }

    private void login(JsonObject frame) {
      var body = frame.getValue("body");
      if (asked
          || !BridgeContract.LOGIN.equals(frame.getValue("address"))
          || !(body instanceof JsonObject object)
          || !(object.getValue("token") instanceof String token)) {
        end(
            new Denial(
                401, "The first frame must be a send to login, with {\"token\": \"sp_…\"}."));
        return;
      }
      asked = true;
      socket.pause();
      authentication
          .client(token)
          .onComplete(
              identity -> {
                if (identity == null) {
                  end(new Denial(401, "The token is not known, has expired or was revoked."));
                } else {
                  welcome(identity, frame.getValue("replyAddress"));
                }
                socket.resume();
              },
              failure -> {
                LOG.warn("nobody can be let in now", failure);
                end(new Denial(503, "Nobody can be let in now."));
              });
    }

    private void welcome(Identity identity, @Nullable Object replyAddress) {
      if (ended || !open.contains(this)) {
        return;
      }
      strangers--;
      client =
          new Client(
              desk,
              identity,
              socket.remoteAddress().hostAddress(),
              this::write,
              socket::writeQueueFull,
              () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
      if (replyAddress instanceof String address) {
        var permissions = new JsonArray();
        identity.permissions().stream().map(Permission::text).forEach(permissions::add);
        write(
            Frames.message(
                address,
                new JsonObject().put("user", identity.user()).put("permissions", permissions)));
      }
    }

    private void register(Client known, @Nullable Object wanted) {
      if (!known.mayHear(wanted) || !(wanted instanceof String address)) {
        return;
      }
      if (registrations.size() >= MAX_REGISTRATIONS) {
        write(
            Frames.error(
                address,
                new Denial(429, "A client listens to at most " + MAX_REGISTRATIONS + ".")));
        return;
      }
      registrations.computeIfAbsent(
          address,
          _ ->
              vertx
                  .eventBus()
                  .localConsumer(
                      address,
                      message -> {
                        if (!ended
                            && message.body() instanceof JsonObject body
                            && known.takes(body)) {
                          write(Frames.message(address, body));
                        }
                      }));
      known.hears(address);
    }

    private void write(JsonObject frame) {
      if (!ended) {
        var text = frame.toBuffer();
        socket.write(Buffer.buffer().appendInt(text.length()).appendBuffer(text));
      }
    }
  }
}

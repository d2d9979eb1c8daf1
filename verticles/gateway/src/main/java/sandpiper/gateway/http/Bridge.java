package sandpiper.gateway.http;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authorization.AuthorizationProvider;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Access.Permission;
import sandpiper.bus.Channels;
import sandpiper.bus.Meters;
import sandpiper.gateway.auth.Authentication;
import sandpiper.gateway.auth.Identity;
import sandpiper.gateway.system.SystemScreen;

/// The console's way to the bus: who may read may ask for a snapshot and listen to sessions,
/// nothing else.
///
/// A client that reads slower than the platform talks is cut off once [#MAX_WAITING] bytes wait for
/// it: it connects again, asks for a snapshot and has missed nothing. So a client costs a bounded
/// amount of memory. Runs on the event loop of the server.
public final class Bridge {
  /// Bytes that may wait for one client: a few of the largest snapshots.
  static final int MAX_WAITING = 8 << 20;

  private static final int MAX_REGISTRATIONS = 100;
  private static final int TRY_AGAIN_LATER = 1013;
  private static final int POLICY = 1008;
  private static final long LOOK_AGAIN_MILLIS = 5_000;

  /// What somebody may do is known when they come in.
  private static final AuthorizationProvider NO_PROVIDER =
      new AuthorizationProvider() {
        @Override
        public String getId() {
          return "none";
        }

        @Override
        public Future<Void> getAuthorizations(User user) {
          return Future.succeededFuture();
        }
      };

  private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

  private final Vertx vertx;
  private final SystemScreen system;
  private final Counter cutOffs;
  private final Set<SockJSSocket> watching = Collections.newSetFromMap(new IdentityHashMap<>());
  private final Authentication authentication;
  private final Set<SockJSSocket> cutOff = Collections.newSetFromMap(new IdentityHashMap<>());
  private final IdentityHashMap<SockJSSocket, Identity> open = new IdentityHashMap<>();

  /// @param authentication who is known may pass, and stay as long as they are
  /// @param system told who watches the platform
  public Bridge(Vertx vertx, Authentication authentication, SystemScreen system) {
    this.vertx = vertx;
    this.system = system;
    var meters = Meters.of(vertx);
    cutOffs = meters.cutOff();
    meters.gauge(Meters.CLIENTS, open, IdentityHashMap::size);
    this.authentication = authentication;
    vertx.setPeriodic(LOOK_AGAIN_MILLIS, _ -> lookAgain());
  }

  /// Users and tokens change without the gateway hearing of it: the command line does that.
  private void lookAgain() {
    for (var identity : Set.copyOf(open.values())) {
      authentication
          .isStill(identity)
          .onSuccess(still -> {
            if (!still) {
              close(identity::equals);
            }
          });
    }
  }

  /// Closes the sockets of those whom this is about.
  public void close(Predicate<Identity> whose) {
    for (var socket : List.copyOf(open.entrySet())) {
      if (whose.test(socket.getValue())) {
        socket.getKey().close(POLICY, "not let in any more");
      }
    }
  }

  /// Mount at `/eventbus/*`. Sockets only: no polling, no frames.
  public Router router() {
    var transports =
        new SockJSHandlerOptions()
            .setInsertJSESSIONID(false)
            .addDisabledTransport("EVENT_SOURCE")
            .addDisabledTransport("HTML_FILE")
            .addDisabledTransport("JSON_P")
            .addDisabledTransport("XHR");
    var router = Router.router(vertx);
    router.route("/").handler(context -> unknown(context.normalizedPath()).send(context));
    router
        .routeWithRegex(".*/(?:iframe[^/]*|chunking_test)")
        .handler(context -> unknown(context.normalizedPath()).send(context));
    router
        .route()
        .handler(context -> {
          if (context.normalizedPath().endsWith("/websocket")
              && !context.request().canUpgradeToWebSocket()) {
            Problem.badRequest(400, "This path takes only upgrades to a WebSocket.").send(context);
          } else {
            context.next();
          }
        });
    router.route().handler(authentication.handler());
    router
        .route("/*")
        .subRouter(
            SockJSHandler.create(vertx, transports)
                .bridge(NO_PROVIDER, permitted(), this::onEvent));
    return router;
  }

  private static Problem unknown(String path) {
    return Problem.notFound("There is nothing at " + Words.quoted(path) + ".");
  }

  private static SockJSBridgeOptions permitted() {
    return new SockJSBridgeOptions()
        .setMaxHandlersPerSocket(MAX_REGISTRATIONS)
        .addInboundPermitted(reading().setAddress(Channels.CONSOLE_SNAPSHOT))
        .addOutboundPermitted(reading().setAddress(Channels.CONSOLE_SESSIONS))
        .addOutboundPermitted(reading().setAddress(Channels.CONSOLE_SYSTEM))
        .addOutboundPermitted(reading().setAddressRegex("console\\.session\\..+"));
  }

  private static PermittedOptions reading() {
    return new PermittedOptions().setRequiredAuthority(Permission.READ.text());
  }

  private void onEvent(BridgeEvent event) {
    switch (event.type()) {
      case SOCKET_CREATED -> {
        open.put(event.socket(), Identity.of(event.socket().webUser()));
        prepare(event.socket());
        event.complete(true);
      }
      case SEND -> {
        forgetHeaders(event.getRawMessage());
        event.complete(true);
      }
      case PUBLISH -> event.complete(false);
      case RECEIVE -> event.complete(keepsUp(event.socket()));
      case REGISTERED -> {
        if (isSystem(event) && watching.add(event.socket())) {
          system.watch();
        }
        event.complete(true);
      }
      case UNREGISTER -> {
        if (isSystem(event)) {
          leaveSystem(event.socket());
        }
        event.complete(true);
      }
      case SOCKET_CLOSED -> {
        leaveSystem(event.socket());
        open.remove(event.socket());
        cutOff.remove(event.socket());
        event.complete(true);
      }
      default -> event.complete(true);
    }
  }

  private static boolean isSystem(BridgeEvent event) {
    var message = event.getRawMessage();
    return message != null && Channels.CONSOLE_SYSTEM.equals(message.getString("address"));
  }

  private void leaveSystem(SockJSSocket socket) {
    if (watching.remove(socket)) {
      system.leave();
    }
  }

  /// The bridge sets its own handler of exceptions right after this event: one that logs a stack
  /// trace for every broken frame. Ours comes one turn later and takes its place.
  private void prepare(SockJSSocket socket) {
    socket.setWriteQueueMaxSize(MAX_WAITING);
    vertx.runOnContext(_ ->
        socket.exceptionHandler(failure -> {
          LOG.warn("console {} cut off: {}", socket.remoteAddress(), failure.toString());
          socket.close();
        }));
  }

  /// Headers have no meaning here, and malformed ones would throw inside the bridge.
  private static void forgetHeaders(JsonObject message) {
    message.remove("headers");
  }

  /// Closing takes a while when nobody reads; what comes until then is for nobody.
  private boolean keepsUp(SockJSSocket socket) {
    if (cutOff.contains(socket)) {
      return false;
    }
    if (!socket.writeQueueFull()) {
      return true;
    }
    LOG.warn("console {} cut off: it reads too slowly", socket.remoteAddress());
    cutOffs.increment();
    cutOff.add(socket);
    socket.close(TRY_AGAIN_LATER, "reads too slowly");
    return false;
  }
}

package sandpiper.gateway.bridge;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authorization.AuthorizationProvider;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.gateway.auth.Authentication;
import sandpiper.gateway.auth.Identity;
import sandpiper.gateway.http.Problem;
import sandpiper.gateway.http.Words;

/// WebSocket and SockJS: the [Desk] answers what clients send and says what they may listen to; the
/// bridge of Vert.x only carries what they hear. A client that reads too slowly is cut off: it
/// connects again, asks for a snapshot and has missed nothing. Runs on the event loop of the
/// server.
public final class Bridge {
  private static final int MAX_REGISTRATIONS = 100;
  private static final int TRY_AGAIN_LATER = 1013;
  private static final int POLICY = 1008;
  private static final long LOOK_AGAIN_MILLIS = 5_000;
  private static final long LOOK_FOR_SLOW_MILLIS = 1_000;

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
  private final Authentication authentication;
  private final Desk desk;
  private final IdentityHashMap<SockJSSocket, Client> open = new IdentityHashMap<>();

  /// @param authentication who is known may pass, and stay as long as they are
  public Bridge(Vertx vertx, Authentication authentication, Desk desk) {
    this.vertx = vertx;
    this.authentication = authentication;
    this.desk = desk;
    vertx.setPeriodic(LOOK_AGAIN_MILLIS, _ -> lookAgain());
    vertx.setPeriodic(LOOK_FOR_SLOW_MILLIS, _ -> cutOffTheSlow());
  }

  /// Users and tokens change without the gateway hearing of it: the command line does that.
  private void lookAgain() {
    for (var identity : open.values().stream().map(Client::identity).distinct().toList()) {
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
      if (whose.test(socket.getValue().identity())) {
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
    // SockJS clients ask for it before they connect, and cannot say who they are; it is no secret.
    var known = authentication.handler();
    router
        .route()
        .handler(context -> {
          if (context.normalizedPath().equals(context.mountPoint() + "info")
              || context.normalizedPath().equals(context.mountPoint() + "/info")) {
            context.next();
          } else {
            known.handle(context);
          }
        });
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

  /// Who may listen to what says the desk, at each registration.
  private static SockJSBridgeOptions permitted() {
    return new SockJSBridgeOptions()
        .setMaxHandlersPerSocket(MAX_REGISTRATIONS)
        .addOutboundPermitted(new PermittedOptions().setAddressRegex(".+"));
  }

  /// An event that is not completed ends here: the desk has answered it.
  private void onEvent(BridgeEvent event) {
    var client = open.get(event.socket());
    switch (event.type()) {
      case SOCKET_CREATED -> {
        open.put(event.socket(), prepare(event.socket()));
        event.complete(true);
      }
      case SOCKET_CLOSED -> {
        open.remove(event.socket());
        if (client != null) {
          client.close();
        }
        event.complete(true);
      }
      case SEND -> {
        if (client != null) {
          client.onSend(event.getRawMessage());
        }
      }
      case PUBLISH -> {
        if (client != null) {
          client.onPublish(event.getRawMessage());
        }
      }
      case REGISTER -> {
        if (client != null && client.mayHear(event.getRawMessage().getValue("address"))) {
          event.complete(true);
        }
      }
      case REGISTERED -> {
        if (client != null) {
          client.hears(event.getRawMessage().getValue("address"));
        }
        event.complete(true);
      }
      case UNREGISTER -> {
        if (client != null) {
          client.hearsNoMore(event.getRawMessage().getValue("address"));
        }
        event.complete(true);
      }
      case RECEIVE ->
          event.complete(client != null && client.takes(event.getRawMessage().getValue("body")));
      default -> event.complete(true);
    }
  }

  /// The bridge sets its own handler of exceptions right after this event: one that logs a stack
  /// trace for every broken frame. Ours comes one turn later and takes its place.
  private Client prepare(SockJSSocket socket) {
    socket.setWriteQueueMaxSize(Client.MAX_WAITING);
    vertx.runOnContext(_ ->
        socket.exceptionHandler(failure -> {
          LOG.warn("client {} cut off: {}", socket.remoteAddress(), failure.toString());
          socket.close();
        }));
    return new Client(
        desk,
        Identity.of(socket.webUser()),
        socket.remoteAddress().hostAddress(),
        frame -> socket.write(frame.toBuffer()),
        socket::writeQueueFull,
        () -> TimeUnit.NANOSECONDS.toMillis(System.nanoTime()));
  }

  private void cutOffTheSlow() {
    for (var each : List.copyOf(open.entrySet())) {
      if (each.getValue().isTooSlow()) {
        LOG.warn("client {} cut off: it reads too slowly", each.getKey().remoteAddress());
        each.getValue().cutOff();
        each.getKey().close(TRY_AGAIN_LATER, "reads too slowly");
        open.remove(each.getKey());
      }
    }
  }
}

package sandpiper.gateway.http;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.bridge.PermittedOptions;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.handler.sockjs.BridgeEvent;
import io.vertx.ext.web.handler.sockjs.SockJSBridgeOptions;
import io.vertx.ext.web.handler.sockjs.SockJSHandler;
import io.vertx.ext.web.handler.sockjs.SockJSHandlerOptions;
import io.vertx.ext.web.handler.sockjs.SockJSSocket;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Channels;

/// The console's way to the bus: it may ask for a snapshot and listen to sessions, nothing else.
///
/// A client that reads slower than the platform talks is cut off once [#MAX_WAITING] bytes wait for
/// it: it connects again, asks for a snapshot and has missed nothing. So a client costs a bounded
/// amount of memory. Runs on the event loop of the server.
public final class Bridge {
  /// Bytes that may wait for one client: a few of the largest snapshots.
  static final int MAX_WAITING = 8 << 20;

  private static final int MAX_REGISTRATIONS = 100;
  private static final int TRY_AGAIN_LATER = 1013;
  private static final Logger LOG = LoggerFactory.getLogger(Bridge.class);

  private final Vertx vertx;
  private final Set<SockJSSocket> cutOff = Collections.newSetFromMap(new IdentityHashMap<>());

  public Bridge(Vertx vertx) {
    this.vertx = vertx;
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
    router
        .route("/*")
        .subRouter(
            SockJSHandler.create(vertx, transports).bridge(null, permitted(), this::onEvent));
    return router;
  }

  private static Problem unknown(String path) {
    return Problem.notFound("There is nothing at " + Words.quoted(path) + ".");
  }

  private static SockJSBridgeOptions permitted() {
    return new SockJSBridgeOptions()
        .setMaxHandlersPerSocket(MAX_REGISTRATIONS)
        .addInboundPermitted(new PermittedOptions().setAddress(Channels.CONSOLE_SNAPSHOT))
        .addOutboundPermitted(new PermittedOptions().setAddress(Channels.CONSOLE_SESSIONS))
        .addOutboundPermitted(new PermittedOptions().setAddressRegex("console\\.session\\..+"));
  }

  private void onEvent(BridgeEvent event) {
    switch (event.type()) {
      case SOCKET_CREATED -> {
        prepare(event.socket());
        event.complete(true);
      }
      case SEND -> {
        forgetHeaders(event.getRawMessage());
        event.complete(true);
      }
      case PUBLISH -> event.complete(false);
      case RECEIVE -> event.complete(keepsUp(event.socket()));
      case SOCKET_CLOSED -> {
        cutOff.remove(event.socket());
        event.complete(true);
      }
      default -> event.complete(true);
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
    cutOff.add(socket);
    socket.close(TRY_AGAIN_LATER, "reads too slowly");
    return false;
  }
}

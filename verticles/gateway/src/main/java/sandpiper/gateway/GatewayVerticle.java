package sandpiper.gateway;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.ext.web.Router;
import java.net.BindException;
import java.net.UnknownHostException;
import java.nio.channels.UnresolvedAddressException;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Bus;
import sandpiper.gateway.auth.AuditTrail;
import sandpiper.gateway.auth.Authentication;
import sandpiper.gateway.auth.Logins;
import sandpiper.gateway.auth.Passwords;
import sandpiper.gateway.bridge.Bridge;
import sandpiper.gateway.bridge.BridgeContract;
import sandpiper.gateway.bridge.Desk;
import sandpiper.gateway.bridge.TcpBridge;
import sandpiper.gateway.http.ConsoleFiles;
import sandpiper.gateway.http.Doorkeeper;
import sandpiper.gateway.http.LastResort;
import sandpiper.gateway.http.OpeningHours;
import sandpiper.gateway.http.Problems;
import sandpiper.gateway.rest.Contract;
import sandpiper.gateway.rest.RestApi;
import sandpiper.gateway.screen.Screens;
import sandpiper.gateway.screen.SystemScreen;
import sandpiper.gateway.system.SystemHealth;
import sandpiper.gateway.system.SystemSources;

/// Serves REST by the contract, the console, and the console's socket.
///
/// Reads [SESSION_STATES][sandpiper.bus.Channels#SESSION_STATES] and
/// [FEED_PROGRESS][sandpiper.bus.Channels#FEED_PROGRESS], answers
/// [SCREEN_STEP][sandpiper.bus.Channels#SCREEN_STEP],
/// [SCREEN_JOURNAL][sandpiper.bus.Channels#SCREEN_JOURNAL] and
/// [CONSOLE_SNAPSHOT][sandpiper.bus.Channels#CONSOLE_SNAPSHOT], publishes what the console shows.
/// Deploy one instance, on an event loop.
public final class GatewayVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(GatewayVerticle.class);

  private final GatewayConfig config;
  private final SystemSources system;
  private final LongSupplier wallClock;
  private volatile int port;
  private volatile int tcpPort;

  /// @param system what it shows of the platform; until that is up, requests are turned away
  /// @param wallClock UTC microseconds
  public GatewayVerticle(GatewayConfig config, SystemSources system, LongSupplier wallClock) {
    this.config = config;
    this.system = system;
    this.wallClock = wallClock;
  }

  @Override
  public Future<?> start() {
    var bus = new Bus(vertx);
    var health = new SystemHealth(vertx, bus, system);
    var screens = new Screens(vertx, bus);
    return Future.all(screens.open(), health.open())
        .compose(_ -> Contract.load(vertx, config.contract()))
        .compose(contract ->
            BridgeContract.load(vertx, config.bridge())
                .compose(addresses -> open(bus, contract, addresses, health, screens)));
  }

  /// Where it listens, once it has started.
  public int port() {
    return port;
  }

  private Future<?> open(
      Bus bus, Contract contract, BridgeContract addresses, SystemHealth health, Screens screens) {
    var authentication = new Authentication(vertx, bus, wallClock, config.tls() != null);
    var audit = new AuditTrail(bus, wallClock);
    var systemScreen = new SystemScreen(vertx, health, wallClock);
    var desk = new Desk(vertx, bus, addresses, audit, systemScreen, screens, wallClock);
    var bridge = new Bridge(vertx, authentication, desk);
    var tcp = new TcpBridge(vertx, authentication, desk);
    Logins.Predicates close =
        whose -> {
          bridge.close(whose);
          tcp.close(whose);
        };
    return listen(router(bus, contract, health, authentication, audit, bridge, close))
        .compose(_ -> openTcp(tcp));
  }

  private Future<?> openTcp(TcpBridge tcp) {
    return config.tcpPort() == null
        ? Future.succeededFuture()
        : tcp.listen(config).onSuccess(actual -> tcpPort = actual);
  }

  /// Where the bridge listens by TCP, once it has started; 0 when it does not.
  public int tcpPort() {
    return tcpPort;
  }

  private Router router(
      Bus bus,
      Contract contract,
      SystemHealth health,
      Authentication authentication,
      AuditTrail audit,
      Bridge bridge,
      Logins.Predicates close) {
    var passwords = new Passwords(vertx);
    var logins = new Logins(bus, passwords, authentication, audit, wallClock, close);
    var rest =
        new RestApi(
            vertx,
            bus,
            contract,
            health,
            system,
            authentication,
            logins,
            passwords,
            audit,
            wallClock);
    var router = Router.router(vertx);
    router.route().handler(new Doorkeeper(config.host()));
    router.route().handler(new OpeningHours(system.readiness()));
    router.route("/eventbus/*").subRouter(bridge.router());
    router.route("/*").subRouter(rest.router());
    router.route().handler(new ConsoleFiles(vertx));
    router.route().handler(new LastResort(contract::methods)).failureHandler(new Problems());
    return router;
  }

  private Future<HttpServer> listen(Router router) {
    var options =
        new HttpServerOptions()
            .setHost(config.host())
            .setPort(config.port())
            .setHttp2ClearTextEnabled(false)
            .setPerMessageWebSocketCompressionSupported(false)
            .setPerFrameWebSocketCompressionSupported(false)
            .setIdleTimeout(120);
    var tls = config.tls();
    if (tls != null) {
      options.setSsl(true).setKeyCertOptions(tls.options());
    }
    return vertx
        .createHttpServer(options)
        .requestHandler(router)
        .invalidRequestHandler(Problems::onUnreadable)
        .listen()
        .onSuccess(this::onListening)
        .recover(failure -> Future.failedFuture(explain(failure)));
  }

  private void onListening(HttpServer server) {
    port = server.actualPort();
    LOG.info("console at {}", config.address(port));
    if (!Doorkeeper.isLoopback(config.host()) && config.tls() == null) {
      LOG.warn(
          "gateway.host {} lets other machines in without TLS: passwords can be read on the way",
          config.host());
    }
  }

  private IllegalStateException explain(Throwable failure) {
    var place = config.host() + ":" + config.port();
    var reason =
        switch (failure) {
          case BindException _ ->
              "the port is in use or the address is not of this machine; set gateway.port or"
                  + " gateway.host to a free one";
          case UnknownHostException _, UnresolvedAddressException _ ->
              "the name is not known; set gateway.host to a name or address of this machine";
          default -> String.valueOf(failure.getMessage());
        };
    return new IllegalStateException("The gateway cannot listen on " + place + ": " + reason + ".");
  }
}

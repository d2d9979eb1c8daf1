package sandpiper.app;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.KillAll;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.domain.session.SessionMode;
import sandpiper.feeds.DataSets;
import sandpiper.feeds.FeedsVerticle;
import sandpiper.gateway.GatewayVerticle;
import sandpiper.indicators.IndicatorsVerticle;
import sandpiper.orders.OrdersVerticle;
import sandpiper.persistence.PersistenceVerticle;
import sandpiper.sessions.SessionsVerticle;
import sandpiper.strategies.Budget;
import sandpiper.strategies.ScriptEngine;
import sandpiper.strategies.StrategiesVerticle;
import sandpiper.strategies.StrategyLibrary;

/// All verticles of the platform, deployed in order and undeployed in the opposite one.
///
/// The database comes first and goes last; sessions end before what they run on does; the gateway
/// opens its port only when everything behind it is there.
final class Platform {
  private static final Logger LOG = LoggerFactory.getLogger(Platform.class);

  private final Vertx vertx;
  private final AppConfig config;
  private final ScriptEngine engine;
  private final Deque<String> deployed = new ArrayDeque<>();
  private final LongSupplier wallClock;
  private final RandomGenerator random;
  private final GatewayVerticle gateway;
  private volatile @Nullable String firstPassword;

  Platform(Vertx vertx, PrometheusMeterRegistry meters, AppConfig config) {
    this(vertx, meters, config, Platform::wallClock, new SecureRandom());
  }

  /// @param wallClock UTC microseconds
  /// @param random tells apart sessions that begin in the same millisecond
  Platform(
      Vertx vertx,
      PrometheusMeterRegistry meters,
      AppConfig config,
      LongSupplier wallClock,
      RandomGenerator random) {
    this.vertx = vertx;
    this.config = config;
    engine = new ScriptEngine(config.budget(), Budget.BACKTEST);
    this.wallClock = wallClock;
    this.random = random;
    gateway = new GatewayVerticle(config.gateway(), meters::scrape, wallClock);
  }

  /// Where the bridge listens by TCP, once started; 0 when it does not.
  int tcpPort() {
    return gateway.tcpPort();
  }

  /// Where the gateway listens, once started.
  int port() {
    return gateway.port();
  }

  /// A Vert.x instance that counts into `meters` and knows how records travel.
  static Vertx vertx(PrometheusMeterRegistry meters) {
    // Half the processors, the other half runs scripts and compilers: a message between verticles
    // of
    // one loop wakes no thread. On two processors a replay at full speed takes a quarter less time
    // than with the four loops that would be the default.
    var options =
        new VertxOptions()
            .setEventLoopPoolSize(Math.max(1, Runtime.getRuntime().availableProcessors() / 2))
            .setMetricsOptions(new MicrometerMetricsOptions().setEnabled(true));
    var vertx =
        Vertx.builder().with(options).withMetrics(new MicrometerMetricsFactory(meters)).build();
    Bus.install(vertx);
    return vertx;
  }

  static PrometheusMeterRegistry meters() {
    return new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  }

  /// Starts everything, or nothing: what is up when something fails is taken down again.
  Future<Void> start() {
    var instruments = Instruments.read(config.instruments());
    var library = new StrategyLibrary(engine, config.strategies());
    var dataSets = new DataSets(config.data(), new Bus(vertx));
    var verticles =
        List.<VerticleBase>of(
            new PersistenceVerticle(config.database(), Home.resolve("migrations")),
            new IndicatorsVerticle(),
            new OrdersVerticle(),
            new StrategiesVerticle(engine, library, config.isolation()),
            new FeedsVerticle(config.data()),
            new SessionsVerticle(
                instruments,
                config.sessions(),
                (bus, request, pinned, progress) ->
                    new InThreadWiring(
                        vertx,
                        bus,
                        library,
                        config.isolation(),
                        request,
                        dataSets,
                        pinned,
                        progress),
                wallClock,
                random),
            gateway);
    Future<Void> done = Future.succeededFuture();
    for (var verticle : verticles) {
      done =
          done.compose(_ -> verticle == gateway ? createFirstAdmin() : Future.succeededFuture())
              .compose(_ -> vertx.deployVerticle(verticle))
              .map(id -> {
                deployed.push(id);
                return null;
              });
    }
    return done.recover(failure -> stop().transform(_ -> Future.failedFuture(failure)));
  }

  /// The password that the first admin got by this start, to be shown once; null when it is not the
  /// first start, or the environment gave one.
  @Nullable String firstPassword() {
    return firstPassword;
  }

  /// Where the console is, once started.
  String address() {
    return config.gateway().address(gateway.port());
  }

  private Future<?> createFirstAdmin() {
    return new FirstAdmin(vertx)
        .create(config.adminPassword())
        .onSuccess(password -> firstPassword = password);
  }

  /// Begins the demo replay.
  Future<?> startDemo() {
    var demo = config.demo();
    if (!demo.enabled()) {
      return Future.succeededFuture();
    }
    var request =
        new StartSession(
            SessionMode.PAPER,
            List.of(demo.symbol()),
            List.of(new StrategyRequest(demo.strategy(), Map.of())),
            demo.budget(),
            "demo",
            null,
            demo.acceleration());
    return new Bus(vertx)
        .ask(Channels.START_SESSION, request)
        .onSuccess(started -> LOG.info("demo replay started: {}", started.sessionId()))
        .onFailure(failure -> LOG.error("the demo replay did not start: {}", failure.getMessage()));
  }

  /// Stops trading in all sessions, from any thread.
  ///
  /// @param reason for people
  Future<?> killAll(String reason) {
    return new Bus(vertx).ask(Channels.KILL_ALL, new KillAll(null, reason, null));
  }

  /// In the opposite order of the start; what is acknowledged is in the database before it closes.
  Future<Void> stop() {
    Future<Void> done = Future.succeededFuture();
    while (!deployed.isEmpty()) {
      var id = deployed.pop();
      done =
          done.compose(_ -> vertx.undeploy(id))
              .recover(failure -> {
                LOG.error("a verticle did not stop in order", failure);
                return Future.succeededFuture();
              });
    }
    return done.onComplete(_ -> engine.close());
  }

  private static long wallClock() {
    var now = Instant.now();
    return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1_000;
  }
}

package sandpiper.app;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.vertx.core.DeploymentOptions;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.micrometer.MicrometerMetricsFactory;
import io.vertx.micrometer.MicrometerMetricsOptions;
import java.lang.management.ManagementFactory;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.LogKeys;
import sandpiper.bus.Messages.KillAll;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.bus.Meters;
import sandpiper.domain.session.SessionMode;
import sandpiper.feeds.DataSets;
import sandpiper.feeds.FeedsVerticle;
import sandpiper.gateway.GatewayVerticle;
import sandpiper.gateway.system.LogRing;
import sandpiper.gateway.system.Readiness;
import sandpiper.gateway.system.SystemSources;
import sandpiper.indicators.IndicatorsVerticle;
import sandpiper.orders.OrdersVerticle;
import sandpiper.sessions.SessionsVerticle;
import sandpiper.strategies.Budget;
import sandpiper.strategies.ScriptEngine;
import sandpiper.strategies.StrategiesVerticle;
import sandpiper.strategies.StrategyLibrary;

/// All verticles of the platform, deployed in order and undeployed in the opposite one.
///
/// The gateway comes first and goes last, so that it can be asked how far the platform is; until
/// all is up it takes no other requests. Then comes the database; sessions end before what they run
/// on does.
final class Platform {
  private static final double MILLIS_A_SECOND = 1_000;
  private static final Logger LOG = LoggerFactory.getLogger(Platform.class);

  private final Vertx vertx;
  private final AppConfig config;
  private final ScriptEngine engine;
  private final Deque<String> deployed = new ArrayDeque<>();
  private final LongSupplier wallClock;
  private final RandomGenerator random;
  private final GatewayVerticle gateway;
  private final Readiness readiness = new Readiness();
  private final LogRing log = new LogRing();
  private final AutoCloseable copying;
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
    copying = Logging.copy(log, Meters.of(vertx));
    var about =
        new JsonObject()
            .put("version", Main.VERSION)
            .put("started_at", wallClock.getAsLong())
            .put("configuration", config.shown());
    gateway =
        new GatewayVerticle(
            config.gateway(), new SystemSources(meters::scrape, readiness, log, about), wallClock);
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
            .setEventLoopPoolSize(eventLoops())
            .setMetricsOptions(new MicrometerMetricsOptions().setEnabled(true));
    var vertx =
        Vertx.builder().with(options).withMetrics(new MicrometerMetricsFactory(meters)).build();
    Bus.install(vertx);
    Meters.install(vertx, meters);
    return vertx;
  }

  private static int eventLoops() {
    return Math.max(1, Runtime.getRuntime().availableProcessors() / 2);
  }

  static PrometheusMeterRegistry meters() {
    var meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    new JvmMemoryMetrics().bindTo(meters);
    new JvmThreadMetrics().bindTo(meters);
    new ProcessorMetrics().bindTo(meters);
    new UptimeMetrics().bindTo(meters);
    for (var collector : ManagementFactory.getGarbageCollectorMXBeans()) {
      FunctionCounter.builder(
              "jvm.gc.time", collector, each -> each.getCollectionTime() / MILLIS_A_SECOND)
          .baseUnit("seconds")
          .tag("gc", collector.getName())
          .register(meters);
    }
    return meters;
  }

  /// Starts everything, or nothing: what is up when something fails is taken down again.
  Future<Void> start() {
    var instruments = Instruments.read(config.instruments());
    var library = new StrategyLibrary(engine, config.strategies());
    var dataSets = new DataSets(config.data(), new Bus(vertx));
    var verticles =
        List.<VerticleBase>of(
            gateway,
            config.persistence(),
            new IndicatorsVerticle(),
            new OrdersVerticle(config.broker(), random),
            new StrategiesVerticle(engine, library, config.isolation()),
            new FeedsVerticle(config.data(), config.broker().exchange(), wallClock, random),
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
                random));
    readiness.expect(verticles.stream().map(Platform::name).toList());
    Future<Void> done =
        vertx
            .deployVerticle(LoopLag::new, new DeploymentOptions().setInstances(eventLoops()))
            .map(this::deployed);
    for (var verticle : verticles) {
      done =
          done.compose(_ -> vertx.deployVerticle(verticle))
              .map(id -> {
                readiness.set(name(verticle), true);
                return deployed(id);
              });
    }
    var bus = new Bus(vertx);
    var parity = new Parity(vertx, bus, library, dataSets);
    done =
        done.compose(_ -> bus.answer(Channels.CHECK_PARITY, parity::check))
            .compose(_ -> createFirstAdmin())
            .map(_ -> {
              readiness.enter(Readiness.Phase.UP);
              return null;
            });
    return done.recover(failure -> stop().transform(_ -> Future.failedFuture(failure)));
  }

  private @Nullable Void deployed(String id) {
    deployed.push(id);
    return null;
  }

  /// `FeedsVerticle` is feeds.
  private static String name(VerticleBase verticle) {
    return verticle.getClass().getSimpleName().replace("Verticle", "").toLowerCase(Locale.ROOT);
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
        .onSuccess(started ->
            LOG.atInfo()
                .addKeyValue(LogKeys.SESSION, started.sessionId())
                .log("demo replay started: {}", started.sessionId()))
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
    readiness.enter(Readiness.Phase.STOPPING);
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
    return done.onComplete(_ -> {
      engine.close();
      stopCopying();
    });
  }

  private void stopCopying() {
    try {
      copying.close();
    } catch (Exception e) {
      throw new IllegalStateException("the log could not be let go", e);
    }
  }

  private static long wallClock() {
    var now = Instant.now();
    return TimeUnit.SECONDS.toMicros(now.getEpochSecond()) + now.getNano() / 1_000;
  }
}

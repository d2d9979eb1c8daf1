package sandpiper.app;

import io.vertx.config.ConfigRetriever;
import io.vertx.config.ConfigRetrieverOptions;
import io.vertx.config.ConfigStoreOptions;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Refusal;
import sandpiper.domain.journal.RiskAction;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.RiskLimits;
import sandpiper.domain.trading.Words;
import sandpiper.gateway.GatewayConfig;
import sandpiper.gateway.auth.Passwords;
import sandpiper.mexc.client.FuturesConfig;
import sandpiper.mexc.client.MexcConfig;
import sandpiper.mexc.client.MexcLimits;
import sandpiper.orders.BrokerConfig;
import sandpiper.persistence.DatabaseConfig;
import sandpiper.persistence.PersistenceVerticle;
import sandpiper.persistence.TimeSeriesConfig;
import sandpiper.sessions.SessionsConfig;
import sandpiper.strategies.Budget;
import sandpiper.strategies.Isolation;

/// The whole configuration, checked: a wrong key or value stops the start with a sentence.
///
/// @param shown what was read, to be shown; secrets stand in the environment only
/// @param adminPassword what the first admin logs in with; null to make one up
record AppConfig(
    GatewayConfig gateway,
    DatabaseConfig database,
    TimeSeriesConfig timeSeries,
    Path strategies,
    Budget budget,
    Isolation isolation,
    Path instruments,
    Path data,
    BrokerConfig broker,
    SessionsConfig sessions,
    Demo demo,
    Logging.Format log,
    JsonObject shown,
    @Nullable String adminPassword) {

  /// The replay that a start begins.
  record Demo(
      boolean enabled, String strategy, String symbol, BigDecimal budget, double acceleration) {
    Demo {
      if (!(acceleration >= 1 && acceleration <= 1_000)) {
        throw new UsageException("demo.acceleration must be from 1 to 1000, was " + acceleration);
      }
    }
  }

  /// Of the environment: what the first admin logs in with.
  private static final String ADMIN_PASSWORD = "SANDPIPER_ADMIN_PASSWORD";

  private static final Map<String, Set<String>> KNOWN =
      Map.ofEntries(
          Map.entry("gateway", Set.of("host", "port", "tcp-port", "tls-certificate", "tls-key")),
          Map.entry(
              "database",
              Set.of(
                  "url", "user", "directory", "port", "pool-size", "journal", "journal-megabytes")),
          Map.entry("time-series", Set.of("questdb-url", "questdb-user", "retention-days")),
          Map.entry(
              "strategies",
              Set.of(
                  "folder",
                  "isolation",
                  "callback-millis",
                  "slow-callback-millis",
                  "callback-megabytes",
                  "held-megabytes",
                  "session-megabytes",
                  "instances")),
          Map.entry("instruments", Set.of("file")),
          Map.entry("data", Set.of("folder")),
          Map.entry(
              "mexc",
              Set.of(
                  "rest",
                  "streams",
                  "requests-a-second",
                  "orders-a-second",
                  "account-a-second",
                  "batches-a-second",
                  "silent-seconds",
                  "key-file",
                  "on-difference",
                  "on-restart",
                  "futures-rest",
                  "futures-streams",
                  "futures-orders")),
          Map.entry("fills", Set.of("model", "slippage", "latency", "limits")),
          Map.entry("risk", Set.of("limits", "kill-file", "kill-action")),
          Map.entry("log", Set.of("format")),
          Map.entry("demo", Set.of("enabled", "strategy", "symbol", "budget", "acceleration")));

  private static final Set<String> ISOLATION =
      Set.of("bundled", "uploaded", "heap-megabytes", "answer-millis");

  /// Reads `conf/application.yaml`, then `file` over it.
  ///
  /// @param environment where `SANDPIPER_DATABASE_PASSWORD` and `SANDPIPER_ADMIN_PASSWORD` may
  ///   stand
  static Future<AppConfig> read(Vertx vertx, @Nullable Path file, Map<String, String> environment) {
    var options =
        new ConfigRetrieverOptions().addStore(store(Home.resolve("conf/application.yaml")));
    if (file != null) {
      options.addStore(store(file));
    }
    var retriever = ConfigRetriever.create(vertx, options);
    return retriever
        .getConfig()
        .recover(failure ->
            Future.failedFuture(
                new UsageException("the configuration cannot be read: " + failure.getMessage())))
        .map(json -> of(json, environment))
        .eventually(retriever::close);
  }

  static AppConfig of(JsonObject json, Map<String, String> environment) {
    checkKeys(json);
    try {
      var gateway = section(json, "gateway");
      var database = section(json, "database");
      var demo = section(json, "demo");
      var strategies = section(json, "strategies");
      var url = database.getString("url", "");
      return new AppConfig(
          new GatewayConfig(
              gateway.getString("host"),
              gateway.getInteger("port"),
              Home.resolve("conf/openapi.yaml"),
              Home.resolve("conf/asyncapi.yaml"),
              tcpPort(gateway.getValue("tcp-port", "")),
              tls(gateway)),
          new DatabaseConfig(
              url.isEmpty() ? null : url,
              database.getString("user"),
              environment.getOrDefault("SANDPIPER_DATABASE_PASSWORD", ""),
              Home.resolve(database.getString("directory")),
              database.getInteger("port"),
              database.getInteger("pool-size"),
              database.containsKey("journal") ? Home.resolve(database.getString("journal")) : null,
              (long)
                      database.getInteger(
                          "journal-megabytes", DatabaseConfig.DEFAULT_JOURNAL_MEGABYTES)
                  << 20),
          timeSeries(json, environment),
          Home.resolve(strategies.getString("folder")),
          budget(strategies),
          isolation(strategies),
          Home.resolve(section(json, "instruments").getString("file")),
          Home.resolve(section(json, "data").getString("folder")),
          broker(json.containsKey("mexc") ? section(json, "mexc") : new JsonObject(), environment),
          sessions(fillRules(section(json, "fills")), section(json, "risk"))
              .withResuming(resumesLive(json)),
          new Demo(
              demo.getBoolean("enabled"),
              demo.getString("strategy"),
              demo.getString("symbol"),
              new BigDecimal(demo.getValue("budget").toString()),
              demo.getDouble("acceleration")),
          logFormat(json),
          shown(json),
          adminPassword(environment));
    } catch (ClassCastException | NumberFormatException e) {
      throw new UsageException(
          "the configuration has a value of the wrong type: " + e.getMessage());
    }
  }

  private static TimeSeriesConfig timeSeries(JsonObject json, Map<String, String> environment) {
    var series = json.containsKey("time-series") ? section(json, "time-series") : new JsonObject();
    var url = series.getString("questdb-url", "");
    return new TimeSeriesConfig(
        url.isEmpty() ? null : url,
        series.getString("questdb-user", ""),
        environment.getOrDefault("SANDPIPER_QUESTDB_PASSWORD", ""),
        series.getInteger("retention-days", 0));
  }

  /// The verticle of the platform.
  PersistenceVerticle persistence() {
    return new PersistenceVerticle(database, timeSeries, Home.resolve("migrations"));
  }

  /// The verticle of a tool, beside a platform that may run.
  PersistenceVerticle persistenceBeside() {
    return PersistenceVerticle.beside(database, timeSeries, Home.resolve("migrations"));
  }

  private static @Nullable Integer tcpPort(Object port) {
    return "".equals(port) ? null : (Integer) port;
  }

  private static GatewayConfig.@Nullable Tls tls(JsonObject gateway) {
    var certificate = gateway.getString("tls-certificate", "");
    var key = gateway.getString("tls-key", "");
    if (certificate.isEmpty() != key.isEmpty()) {
      throw new UsageException("gateway.tls-certificate and gateway.tls-key need each other");
    }
    return key.isEmpty()
        ? null
        : new GatewayConfig.Tls(Home.resolve(certificate), Home.resolve(key));
  }

  private static Logging.Format logFormat(JsonObject json) {
    var log = json.containsKey("log") ? section(json, "log") : new JsonObject();
    return switch (log.getString("format", "text")) {
      case "text" -> Logging.Format.TEXT;
      case "json" -> Logging.Format.JSON;
      default ->
          throw new UsageException(
              "log.format must be text or json, was '" + log.getString("format") + "'");
    };
  }

  /// A URL of a database may carry a password where it should not.
  private static JsonObject shown(JsonObject json) {
    var shown = json.copy();
    var database = section(shown, "database");
    database.put("url", withoutPassword(database.getString("url", "")));
    if (shown.containsKey("time-series")) {
      var series = section(shown, "time-series");
      series.put("questdb-url", withoutPassword(series.getString("questdb-url", "")));
    }
    return shown;
  }

  private static String withoutPassword(String url) {
    return url.replaceAll("//.*@", "//…@").replaceAll("\\?.*", "?…");
  }

  private static @Nullable String adminPassword(Map<String, String> environment) {
    var password = environment.get(ADMIN_PASSWORD);
    if (password != null) {
      try {
        Passwords.check(password, FirstAdmin.NAME);
      } catch (Refusal e) {
        throw new UsageException(ADMIN_PASSWORD + ": " + e.getMessage());
      }
    }
    return password;
  }

  private static FillRules fillRules(JsonObject fills) {
    try {
      return FillRules.parse(
          fills.getString("model"),
          fills.getString("slippage"),
          fills.getString("latency"),
          fills.getString("limits"));
    } catch (IllegalArgumentException e) {
      throw new UsageException("fills: " + e.getMessage());
    }
  }

  private static SessionsConfig sessions(FillRules fills, JsonObject risk) {
    if (!(risk.getValue("limits") instanceof JsonObject limits)) {
      throw new UsageException("'risk.limits' of the configuration must be a map");
    }
    var texts = new TreeMap<String, String>();
    limits.forEach(limit -> texts.put(limit.getKey(), String.valueOf(limit.getValue())));
    var killFile = risk.getString("kill-file");
    try {
      return new SessionsConfig(
          fills,
          RiskLimits.parse(texts),
          RiskLimits.NONE,
          killFile.isEmpty() ? null : Home.resolve(killFile),
          Words.parse(RiskAction.values(), "kill-action", risk.getString("kill-action")),
          false);
    } catch (IllegalArgumentException e) {
      throw new UsageException("risk: " + e.getMessage());
    }
  }

  @Override
  public String toString() {
    return "AppConfig[" + gateway + "]";
  }

  /// The same with another way to trade.
  AppConfig with(BrokerConfig other) {
    return new AppConfig(
        gateway,
        database,
        timeSeries,
        strategies,
        budget,
        isolation,
        instruments,
        data,
        other,
        sessions,
        demo,
        log,
        shown,
        adminPassword);
  }

  /// The same with other defaults of sessions.
  AppConfig with(SessionsConfig other) {
    return new AppConfig(
        gateway,
        database,
        timeSeries,
        strategies,
        budget,
        isolation,
        instruments,
        data,
        broker,
        other,
        demo,
        log,
        shown,
        adminPassword);
  }

  private static Budget budget(JsonObject strategies) {
    return new Budget(
        from1(strategies, "callback-millis", 50) * 1_000_000L,
        from1(strategies, "slow-callback-millis", 250) * 1_000_000L,
        Budget.LIVE.loading(),
        (long) from1(strategies, "callback-megabytes", 64) << 20,
        (long) from1(strategies, "held-megabytes", 64) << 20,
        (long) from1(strategies, "session-megabytes", 1024) << 20,
        from1(strategies, "instances", 100),
        Budget.LIVE.source());
  }

  private static int from1(JsonObject strategies, String key, int standard) {
    int value = strategies.getInteger(key, standard);
    if (value < 1 || value > 100_000) {
      throw new UsageException("strategies." + key + " must be from 1 to 100000, was " + value);
    }
    return value;
  }

  private static void checkKeys(JsonObject json) {
    for (var section : json.fieldNames()) {
      var known = KNOWN.get(section);
      if (known == null) {
        throw new UsageException(
            "unknown section '"
                + section
                + "' in the configuration; there are "
                + sorted(KNOWN.keySet()));
      }
      checkKeys(section, section(json, section), known);
    }
  }

  private static void checkKeys(String section, JsonObject json, Set<String> known) {
    for (var key : json.fieldNames()) {
      if (!known.contains(key)) {
        throw new UsageException(
            "unknown key '"
                + section
                + "."
                + key
                + "' in the configuration; there are "
                + sorted(known));
      }
    }
  }

  private static boolean resumesLive(JsonObject json) {
    var mexc = json.containsKey("mexc") ? section(json, "mexc") : new JsonObject();
    return switch (mexc.getString("on-restart", "end")) {
      case "end" -> false;
      case "resume" -> true;
      default ->
          throw new UsageException(
              "mexc.on-restart must be end or resume, was '" + mexc.getString("on-restart") + "'");
    };
  }

  private static BrokerConfig broker(JsonObject mexc, Map<String, String> environment) {
    var file = mexc.getString("key-file", "");
    var halts =
        switch (mexc.getString("on-difference", "halt")) {
          case "halt" -> true;
          case "alert" -> false;
          default ->
              throw new UsageException(
                  "mexc.on-difference must be halt or alert, was '"
                      + mexc.getString("on-difference")
                      + "'");
        };
    return new BrokerConfig(
        mexc(mexc),
        ExchangeKey.read(environment, file.isEmpty() ? null : Home.resolve(file)),
        false,
        halts,
        BrokerConfig.NONE.reconcileEvery(),
        BrokerConfig.NONE.unknownPatience());
  }

  private static MexcConfig mexc(JsonObject mexc) {
    var standard = MexcConfig.STANDARD;
    var limits = standard.limits();
    var futures = standard.futures();
    try {
      var timing =
          standard
              .timing()
              .withSilent(
                  Duration.ofSeconds(
                      mexc.getInteger(
                          "silent-seconds", (int) standard.timing().silent().toSeconds())));
      return MexcConfig.of(
              mexc.getString("rest", standard.rest().toString()),
              mexc.getString("streams", standard.streams().toString()))
          .with(
              new MexcLimits(
                  mexc.getDouble("requests-a-second", limits.requests()),
                  mexc.getDouble("orders-a-second", limits.orders()),
                  mexc.getDouble("account-a-second", limits.account()),
                  mexc.getDouble("batches-a-second", limits.batches())))
          .with(timing)
          .with(
              FuturesConfig.of(
                      mexc.getString("futures-rest", futures.rest().toString()),
                      mexc.getString("futures-streams", futures.streams().toString()))
                  .with(timing)
                  .withOrders(mexc.getBoolean("futures-orders", futures.orders())));
    } catch (IllegalArgumentException e) {
      throw new UsageException("mexc: " + e.getMessage());
    }
  }

  private static Isolation isolation(JsonObject strategies) {
    if (!(strategies.getValue("isolation") instanceof JsonObject isolation)) {
      throw new UsageException("'strategies.isolation' of the configuration must be a map");
    }
    checkKeys("strategies.isolation", isolation, ISOLATION);
    try {
      return new Isolation(
          mode(isolation, "bundled"),
          mode(isolation, "uploaded"),
          isolation.getInteger("heap-megabytes"),
          Duration.ofMillis(isolation.getInteger("answer-millis")));
    } catch (IllegalArgumentException e) {
      throw new UsageException("strategies.isolation: " + e.getMessage());
    }
  }

  private static Isolation.Mode mode(JsonObject isolation, String key) {
    return switch (isolation.getString(key)) {
      case "none" -> Isolation.Mode.NONE;
      case "process" -> Isolation.Mode.PROCESS;
      default ->
          throw new UsageException(
              "strategies.isolation."
                  + key
                  + " must be none or process, was '"
                  + isolation.getString(key)
                  + "'");
    };
  }

  private static JsonObject section(JsonObject json, String name) {
    if (json.getValue(name) instanceof JsonObject section) {
      return section;
    }
    throw new UsageException("section '" + name + "' of the configuration must be a map");
  }

  private static List<String> sorted(Set<String> names) {
    return names.stream().sorted().toList();
  }

  private static ConfigStoreOptions store(Path file) {
    if (!Files.isReadable(file)) {
      throw new UsageException("cannot read configuration file " + file);
    }
    return new ConfigStoreOptions()
        .setType("file")
        .setFormat("yaml")
        .setConfig(new JsonObject().put("path", file.toString()));
  }
}

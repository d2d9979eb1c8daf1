package sandpiper.gateway.system;

import static java.util.Objects.requireNonNullElse;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.event.Level;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.CollectionState;
import sandpiper.bus.Messages.DatabaseStatus;
import sandpiper.bus.Messages.FeedHealth;
import sandpiper.bus.Messages.FeedProgress;
import sandpiper.bus.Messages.ListSessions;
import sandpiper.bus.Messages.ListStrategies;
import sandpiper.bus.Messages.ReadDatabaseStatus;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.StorageLevel;
import sandpiper.bus.Messages.StorageState;
import sandpiper.bus.Meters;

/// How the platform is at this moment, read from its meters. Use on one event loop.
public final class SystemHealth {
  private static final long PATIENCE_SECONDS = 2;
  private static final long FORGET_SECONDS = 5;
  private static final double NANOS = 1e9;

  private final Bus bus;
  private final Meters meters;
  private final Figures figures;
  private final SystemSources sources;
  private final Map<String, SessionState> sessions = new LinkedHashMap<>();

  /// Data collections that run.
  private final Map<String, CollectionState> collections = new LinkedHashMap<>();

  /// Of sessions and of data collections.
  private final Map<String, Heard> feeds = new LinkedHashMap<>();

  private final Map<String, Live> live = new LinkedHashMap<>();
  private StorageState storage = new StorageState(StorageLevel.WRITTEN, null);

  /// @param at `System.nanoTime` of the feed's last word
  private record Heard(FeedProgress progress, long at) {
    double age() {
      return (System.nanoTime() - at) / NANOS;
    }
  }

  /// @param at `System.nanoTime` of the word
  private record Live(FeedHealth health, long at) {
    boolean isOld() {
      return System.nanoTime() - at > TimeUnit.SECONDS.toNanos(FORGET_SECONDS);
    }
  }

  public SystemHealth(Vertx vertx, Bus bus, SystemSources sources) {
    this.bus = bus;
    this.sources = sources;
    meters = Meters.of(vertx);
    figures = new Figures(meters.registry());
  }

  /// Completes when it hears of sessions and feeds.
  public Future<?> open() {
    meters.gauge(Meters.SESSIONS, sessions, Map::size);
    meters.gauge(Meters.FEEDS, feeds, Map::size);
    meters.gauge(
        Meters.FEED_AGE,
        feeds,
        all -> List.copyOf(all.values()).stream().mapToDouble(Heard::age).max().orElse(0));
    return Future.all(
        bus.read(Channels.SESSION_STATES, this::onState),
        bus.read(Channels.COLLECTION_STATES, this::onCollection),
        bus.read(
            Channels.FEED_HEALTH,
            health -> live.put(health.sessionId(), new Live(health, System.nanoTime()))),
        bus.read(Channels.STORAGE_STATE, state -> storage = state),
        bus.read(Channels.FEED_PROGRESS, this::onProgress));
  }

  private void onState(SessionState state) {
    if (state.status().isFinal()) {
      sessions.remove(state.sessionId());
      feeds.remove(state.sessionId());
    } else {
      sessions.put(state.sessionId(), state);
    }
  }

  private void onCollection(CollectionState state) {
    if (state.status().isFinal()) {
      collections.remove(state.sessionId());
      feeds.remove(state.sessionId());
    } else {
      collections.put(state.sessionId(), state);
    }
  }

  private void onProgress(FeedProgress progress) {
    if (symbols(progress.sessionId()) != null) {
      feeds.put(progress.sessionId(), new Heard(progress, System.nanoTime()));
    }
  }

  /// Sentences that say why the platform is not ready; empty when it is. Asks the database, the
  /// strategies and the sessions, and gives each two seconds.
  public Future<List<String>> reasons() {
    var known = sources.readiness().reasons();
    if (!known.isEmpty()) {
      return Future.succeededFuture(known);
    }
    var questions =
        List.of(
            asked("The database", bus.ask(Channels.DATABASE_STATUS, new ReadDatabaseStatus())),
            asked("Strategies", bus.ask(Channels.ENGINE_STATUS, new ListStrategies())),
            asked("Sessions", bus.ask(Channels.LIST_SESSIONS, new ListSessions(null))));
    return Future.all(questions)
        .map(_ -> {
          var reasons = new ArrayList<String>();
          if (storage.level() == StorageLevel.FULL) {
            reasons.add(
                "Nothing that sessions write can be kept: "
                    + requireNonNullElse(storage.problem(), "the journal on disk is full"));
          }
          for (var question : questions) {
            if (!question.result().isEmpty()) {
              reasons.add(question.result());
            }
          }
          return reasons;
        });
  }

  private static Future<String> asked(String who, Future<?> answer) {
    return answer
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .map("")
        .otherwise(failure -> who + " did not answer: " + failure.getMessage());
  }

  /// What the console shows.
  public Future<JsonObject> figures() {
    return bus.ask(Channels.DATABASE_STATUS, new ReadDatabaseStatus())
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .map(status -> figures(status, null))
        .otherwise(failure -> figures(null, failure.getMessage()));
  }

  private JsonObject figures(@Nullable DatabaseStatus status, @Nullable String problem) {
    var readiness = sources.readiness();
    var verticles = new JsonArray();
    readiness
        .parts()
        .forEach((name, up) -> verticles.add(new JsonObject().put("name", name).put("up", up)));
    return new JsonObject()
        .put("phase", readiness.phase().text())
        .put("uptime_seconds", figures.sum("process.uptime"))
        .put("verticles", verticles)
        .put("stages", figures.timers(Meters.STAGE, "stage"))
        .put("callbacks", figures.timers(Meters.CALLBACK, "strategy"))
        .put("inputs", figures.values(Meters.INPUTS, "wiring", "count"))
        .put("feeds", feeds())
        .put("exchange", exchange())
        .put("sessions", sessions.size())
        .put("loops", figures.timers(Meters.LOOP_LAG, "loop"))
        .put("jvm", jvm())
        .put("queues", figures.values(Meters.QUEUE, "queue", "depth"))
        .put("dropped", figures.values(Meters.DROPPED, "queue", "count"))
        .put("database", database(status, problem))
        .put("clients", whole(figures.sum(Meters.CLIENTS)))
        .put("cut_off", whole(figures.sum(Meters.CUT_OFF)))
        .put(
            "log",
            new JsonObject()
                .put("warnings", sources.log().count(Level.WARN))
                .put("errors", sources.log().count(Level.ERROR)));
  }

  /// Null when it is neither a session that runs nor a data collection.
  private @Nullable List<String> symbols(String id) {
    var session = sessions.get(id);
    var collection = collections.get(id);
    return session != null ? session.symbols() : collection != null ? collection.symbols() : null;
  }

  private JsonArray feeds() {
    var all = new JsonArray();
    feeds.forEach((id, heard) ->
        all.add(
            new JsonObject()
                .put("session_id", id)
                .put("symbols", new JsonArray(requireNonNullElse(symbols(id), List.of())))
                .put("seq", heard.progress().seq())
                .put("clock", heard.progress().clock())
                .put("age_seconds", heard.age())));
    return all;
  }

  /// What hears an exchange says so every second; what says no more has ended.
  private JsonArray exchange() {
    live.values().removeIf(Live::isOld);
    var all = new JsonArray();
    live.values().forEach(each -> all.add(exchange(each.health())));
    return all;
  }

  private static JsonObject exchange(FeedHealth health) {
    var symbols = new JsonArray();
    health
        .symbols()
        .forEach(each ->
            symbols.add(
                new JsonObject()
                    .put("symbol", each.symbol())
                    .put("age_seconds", each.ageSeconds())
                    .put("connected", each.connected())
                    .put("silent", each.silent())));
    return new JsonObject()
        .put("session_id", health.sessionId())
        .put("data", health.data())
        .put("connections", health.connections())
        .put("connected", health.connected())
        .put("reconnects", health.reconnects())
        .put("renewals", health.renewals())
        .put("gaps", health.gaps())
        .put("missed", health.missed())
        .put("symbols", symbols);
  }

  private JsonObject jvm() {
    return new JsonObject()
        .put("heap_used", whole(figures.sum("jvm.memory.used", "area", "heap")))
        .put("heap_committed", whole(figures.sum("jvm.memory.committed", "area", "heap")))
        .put("heap_max", Runtime.getRuntime().maxMemory())
        .put("threads", whole(figures.sum("jvm.threads.live")))
        .put("processors", Runtime.getRuntime().availableProcessors())
        .put("cpu", figures.sum("process.cpu.usage"));
  }

  private JsonObject database(@Nullable DatabaseStatus status, @Nullable String problem) {
    return new JsonObject()
        .put("problem", problem)
        .put("server", status == null ? null : status.server())
        .put("schema", status == null ? null : status.schema())
        .put("bytes", status == null ? null : status.bytes())
        .put("pool_size", status == null ? null : status.poolSize())
        .put("answer_ms", status == null ? null : status.micros() / 1e3)
        .put("in_use", whole(figures.sum("vertx.pool.in.use", "pool_type", "sql")))
        .put("waiting", whole(figures.sum("vertx.pool.queue.pending", "pool_type", "sql")))
        .put("journal", journal())
        .put("batches", figures.timers(Meters.BATCH, "kind"))
        .put("failed", figures.values(Meters.BATCH_FAILED, "kind", "count"))
        .put("rows", figures.values(Meters.ROWS, "table", "count"));
  }

  /// What waits on disk for the database.
  private JsonObject journal() {
    return new JsonObject()
        .put("level", storage.level().name().toLowerCase(Locale.ROOT))
        .put("problem", storage.problem())
        .put("records", whole(figures.sum(Meters.JOURNAL_RECORDS)))
        .put("bytes", whole(figures.sum(Meters.JOURNAL_BYTES)))
        .put("age_seconds", figures.sum(Meters.JOURNAL_AGE));
  }

  private static @Nullable Long whole(@Nullable Double value) {
    return value == null ? null : Math.round(value);
  }

  /// What does not change, and what the platform runs on.
  public Future<JsonObject> info() {
    var engine = bus.ask(Channels.ENGINE_STATUS, new ListStrategies());
    var database = bus.ask(Channels.DATABASE_STATUS, new ReadDatabaseStatus());
    return Future.all(engine, database)
        .map(_ ->
            sources
                .about()
                .copy()
                .put("uptime_seconds", figures.sum("process.uptime"))
                .put(
                    "java",
                    new JsonObject()
                        .put("version", System.getProperty("java.version"))
                        .put("vendor", System.getProperty("java.vendor"))
                        .put("processors", Runtime.getRuntime().availableProcessors())
                        .put("heap_max", Runtime.getRuntime().maxMemory()))
                .put(
                    "engine",
                    new JsonObject()
                        .put("compiled", engine.result().compiled())
                        .put("description", engine.result().description()))
                .put(
                    "database",
                    new JsonObject()
                        .put("server", database.result().server())
                        .put("schema", database.result().schema())
                        .put("bytes", database.result().bytes())));
  }
}

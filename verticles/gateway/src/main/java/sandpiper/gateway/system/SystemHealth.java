package sandpiper.gateway.system;

import static java.util.Objects.requireNonNullElse;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
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
import sandpiper.gateway.system.SystemFigures.Batch;
import sandpiper.gateway.system.SystemFigures.Callback;
import sandpiper.gateway.system.SystemFigures.Database;
import sandpiper.gateway.system.SystemFigures.Dropped;
import sandpiper.gateway.system.SystemFigures.Failed;
import sandpiper.gateway.system.SystemFigures.Feed;
import sandpiper.gateway.system.SystemFigures.Inputs;
import sandpiper.gateway.system.SystemFigures.Journal;
import sandpiper.gateway.system.SystemFigures.Jvm;
import sandpiper.gateway.system.SystemFigures.Log;
import sandpiper.gateway.system.SystemFigures.Loop;
import sandpiper.gateway.system.SystemFigures.Queue;
import sandpiper.gateway.system.SystemFigures.Rows;
import sandpiper.gateway.system.SystemFigures.Stage;
import sandpiper.gateway.system.SystemFigures.Verticle;

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
  public Future<SystemFigures> figures() {
    return bus.ask(Channels.DATABASE_STATUS, new ReadDatabaseStatus())
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .map(status -> figures(status, null))
        .otherwise(failure -> figures(null, failure.getMessage()));
  }

  private SystemFigures figures(@Nullable DatabaseStatus status, @Nullable String problem) {
    var readiness = sources.readiness();
    return new SystemFigures(
        readiness.phase(),
        figures.sum("process.uptime"),
        readiness.parts().entrySet().stream()
            .map(part -> new Verticle(part.getKey(), part.getValue()))
            .toList(),
        figures.timers(Meters.STAGE, "stage", Stage::new),
        figures.timers(Meters.CALLBACK, "strategy", Callback::new),
        figures.values(Meters.INPUTS, "wiring", Inputs::new),
        feeds.values().stream().map(this::feed).toList(),
        exchange(),
        sessions.size(),
        figures.timers(Meters.LOOP_LAG, "loop", Loop::new),
        jvm(),
        figures.values(Meters.QUEUE, "queue", Queue::new),
        figures.values(Meters.DROPPED, "queue", Dropped::new),
        database(status, problem),
        whole(figures.sum(Meters.CLIENTS)),
        whole(figures.sum(Meters.CUT_OFF)),
        new Log(sources.log().count(Level.WARN), sources.log().count(Level.ERROR)));
  }

  /// Null when it is neither a session that runs nor a data collection.
  private @Nullable List<String> symbols(String id) {
    var session = sessions.get(id);
    var collection = collections.get(id);
    return session != null ? session.symbols() : collection != null ? collection.symbols() : null;
  }

  private Feed feed(Heard heard) {
    var progress = heard.progress();
    return new Feed(
        progress.sessionId(),
        requireNonNullElse(symbols(progress.sessionId()), List.of()),
        progress.seq(),
        progress.clock(),
        heard.age());
  }

  /// What hears an exchange says so every second; what says no more has ended.
  private List<FeedHealth> exchange() {
    live.values().removeIf(Live::isOld);
    return live.values().stream().map(Live::health).toList();
  }

  private Jvm jvm() {
    return new Jvm(
        whole(figures.sum("jvm.memory.used", "area", "heap")),
        whole(figures.sum("jvm.memory.committed", "area", "heap")),
        Runtime.getRuntime().maxMemory(),
        whole(figures.sum("jvm.threads.live")),
        Runtime.getRuntime().availableProcessors(),
        figures.sum("process.cpu.usage"));
  }

  private Database database(@Nullable DatabaseStatus status, @Nullable String problem) {
    return new Database(
        problem,
        status == null ? null : status.server(),
        status == null ? null : status.schema(),
        status == null ? null : Long.valueOf(status.bytes()),
        status == null ? null : Integer.valueOf(status.poolSize()),
        status == null ? null : Double.valueOf(status.micros() / 1e3),
        whole(figures.sum("vertx.pool.in.use", "pool_type", "sql")),
        whole(figures.sum("vertx.pool.queue.pending", "pool_type", "sql")),
        new Journal(
            storage.level(),
            storage.problem(),
            whole(figures.sum(Meters.JOURNAL_RECORDS)),
            whole(figures.sum(Meters.JOURNAL_BYTES)),
            figures.sum(Meters.JOURNAL_AGE)),
        figures.timers(Meters.BATCH, "kind", Batch::new),
        figures.values(Meters.BATCH_FAILED, "kind", Failed::new),
        figures.values(Meters.ROWS, "table", Rows::new));
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

package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.PoolOptions;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Refusal;

/// An open database: its tables up to date, a pool of connections to it, and the embedded server if
/// it is that.
public final class Database {
  private static final Logger LOG = LoggerFactory.getLogger(Database.class);
  private static final int READERS = 4;
  private static final long LOOK_MILLIS = 200;

  private final Vertx vertx;
  private final Pool pool;
  private final Pool readers;
  private @Nullable Pool quest;
  private final @Nullable EmbeddedDatabase embedded;
  private @Nullable Long watch;
  private volatile boolean reviving;

  /// The server and, when it is our own, the means to stop it.
  record Started(Server server, @Nullable EmbeddedDatabase embedded) implements AutoCloseable {
    @Override
    public void close() throws IOException {
      if (embedded != null) {
        embedded.close();
      }
    }
  }

  private Database(Vertx vertx, Server server, int size, @Nullable EmbeddedDatabase embedded) {
    this.vertx = vertx;
    pool = pool(vertx, server, new PoolOptions().setMaxSize(size));
    readers = pool(vertx, server, new PoolOptions().setMaxSize(READERS).setEventLoopSize(1));
    this.embedded = embedded;
    if (embedded != null) {
      watch = vertx.setPeriodic(LOOK_MILLIS, _ -> look(embedded));
    }
  }

  /// A server of our own that dies is started again.
  private void look(EmbeddedDatabase server) {
    if (reviving || server.isAlive()) {
      return;
    }
    reviving = true;
    vertx
        .<@Nullable Void>executeBlocking(() -> {
          server.revive();
          return null;
        })
        .onFailure(e -> LOG.error("the embedded database could not be started again", e))
        .onComplete(_ -> reviving = false);
  }

  /// Starts or reaches the server and migrates. Fails with a sentence for people, and then nothing
  /// is left running.
  ///
  /// @param migrations folder of the scripts
  public static Future<Database> open(Vertx vertx, DatabaseConfig config, Path migrations) {
    return open(vertx, config, migrations, false);
  }

  /// @param beside whether to share the embedded server of a platform that runs, if one does
  static Future<Database> open(
      Vertx vertx, DatabaseConfig config, Path migrations, boolean beside) {
    return vertx
        .executeBlocking(() -> start(config, migrations, beside))
        .map(started -> {
          var running = Objects.requireNonNull(started);
          return new Database(vertx, running.server(), config.poolSize(), running.embedded());
        });
  }

  /// Whether the server is this one's alone: then what the tables say still runs does not. At one
  /// that is shared another platform may be running it.
  boolean isOwn() {
    return embedded != null;
  }

  public Pool pool() {
    return pool;
  }

  /// Connections, with a thread of their own, for those who read much: the others never wait for
  /// them.
  Pool readers() {
    return readers;
  }

  /// Where market data are kept; its tables are there when it is.
  Future<TimeSeriesStore> series(TimeSeriesConfig config) {
    if (config.questUrl() == null) {
      return Future.succeededFuture(new PostgresTimeSeries(pool, readers));
    }
    var server =
        Server.parse(
            "time-series.questdb-url",
            config.questUrl(),
            config.questUser(),
            config.questPassword());
    quest = pool(vertx, server, new PoolOptions().setMaxSize(READERS).setEventLoopSize(1));
    return new QuestTimeSeries(vertx, pool, quest)
        .start()
        .<TimeSeriesStore>map(store -> store)
        .recover(failure ->
            Future.failedFuture(
                new Refusal(
                    Refusal.Kind.FAILED,
                    "QuestDB at " + server + " cannot be used: " + failure.getMessage())));
  }

  /// Closes the connections, then stops the embedded server.
  public Future<Void> close() {
    if (watch != null) {
      vertx.cancelTimer(watch);
    }
    var questClosed = quest == null ? Future.<Void>succeededFuture() : quest.close();
    return Future.join(pool.close(), readers.close(), questClosed)
        .<Void>mapEmpty()
        .eventually(() ->
            vertx.executeBlocking(() -> {
              if (embedded != null) {
                embedded.close();
              }
              return null;
            }));
  }

  /// Starts or reaches the server and migrates. Blocks.
  ///
  /// @param beside whether to share the embedded server of a platform that runs, if one does
  static Started start(DatabaseConfig config, Path migrations, boolean beside) throws IOException {
    var running =
        beside && config.url() == null ? EmbeddedDatabase.running(config.directory()) : null;
    if (running != null) {
      return new Started(running, null);
    }
    var started = reach(config);
    try {
      Migrations.run(started.server(), migrations);
      return started;
    } catch (RuntimeException e) {
      started.close();
      throw e;
    }
  }

  /// Starts or reaches the server, and leaves what is in it alone. Blocks.
  static Started reach(DatabaseConfig config) throws IOException {
    if (config.url() != null) {
      return new Started(Server.parse(config.url(), config.user(), config.password()), null);
    }
    var embedded = EmbeddedDatabase.start(config.directory(), config.port());
    return new Started(embedded.server(), embedded);
  }

  private static Pool pool(Vertx vertx, Server server, PoolOptions options) {
    return PgBuilder.pool()
        .connectingTo(server.options())
        .with(options.setConnectionTimeout(10).setConnectionTimeoutUnit(TimeUnit.SECONDS))
        .using(vertx)
        .build();
  }
}

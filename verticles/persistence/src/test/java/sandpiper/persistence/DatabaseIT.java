package sandpiper.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.persistence.Waiting.await;
import static sandpiper.persistence.Waiting.failureOf;
import static sandpiper.persistence.Waiting.series;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.FindVersion;
import sandpiper.bus.Messages.FoundVersion;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.HistoryQuery;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.bus.Messages.JournalBatch;
import sandpiper.bus.Messages.ListVersions;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.StrategySource;
import sandpiper.bus.Messages.VersionList;
import sandpiper.bus.Messages.WriteStrategy;
import sandpiper.bus.Refusal;

/// Opening a database by its URL, and the verticle in front of it.
@Timeout(60)
@ExtendWith(SharedDatabase.class)
class DatabaseIT {
  private final Vertx vertx = Vertx.vertx();
  private final Database shared;

  DatabaseIT(Database shared) {
    this.shared = shared;
  }

  @BeforeEach
  void installBus() {
    Bus.install(vertx);
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void aServerThatIsNotThereIsNamedAtOnce() throws Exception {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    var config = server("postgresql://127.0.0.1:" + port + "/sand", "piper");
    assertThat(failureOf(vertx.deployVerticle(verticle(config))))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith(
            "no PostgreSQL server answers at postgresql://127.0.0.1:" + port + "/sand: ");
    assertThat(vertx.deploymentIDs()).isEmpty();
  }

  @Test
  void aDatabaseThatIsNotThereIsNamed() throws Exception {
    var url = sharedUrl().replace("/postgres", "/nothing");
    assertThat(failureOf(Database.open(vertx, server(url, "postgres"), Waiting.MIGRATIONS)))
        .hasMessageStartingWith(url + " cannot be used: ")
        .hasMessageContaining("\"nothing\" does not exist");
  }

  @Test
  void aUserThatIsNotKnownIsNamed() throws Exception {
    var url = sharedUrl();
    assertThat(failureOf(Database.open(vertx, server(url, "nobody"), Waiting.MIGRATIONS)))
        .hasMessageStartingWith(url + " does not let user 'nobody' in: ")
        .hasMessageNotContaining("secret");
  }

  @Test
  void aDatabaseOfOtherMigrationsIsNotTouched(@TempDir Path scripts) throws Exception {
    Files.writeString(scripts.resolve("V001__other.sql"), "create table other (id text);\n");
    var url = sharedUrl();
    assertThat(failureOf(Database.open(vertx, server(url, "postgres"), scripts)))
        .hasMessage(
            url
                + " was set up by other migrations than those in "
                + scripts
                + ": put those back, or begin with an empty database");
  }

  @Test
  void aMigrationThatWasChangedIsRefused(@TempDir Path scripts) throws Exception {
    copyMigrations(scripts);
    var changed = scripts.resolve("V012__backtests.sql");
    Files.writeString(changed, Files.readString(changed) + "create table other (id text);\n");
    var url = sharedUrl();
    assertThat(failureOf(Database.open(vertx, server(url, "postgres"), scripts)))
        .hasMessageStartingWith(url + " was set up by other migrations than those in " + scripts);
  }

  /// As after going back to an older version of the platform.
  @Test
  void aDatabaseThatIsNewerThanThePlatformIsRefused(@TempDir Path scripts) throws Exception {
    copyMigrations(scripts);
    Path last;
    try (var files = Files.list(scripts)) {
      last = files.max(Comparator.naturalOrder()).orElseThrow();
    }
    Files.delete(last);
    var url = sharedUrl();
    int version = Integer.parseInt(last.getFileName().toString().substring(1, 4));
    assertThat(failureOf(Database.open(vertx, server(url, "postgres"), scripts)))
        .hasMessage(
            "%s was set up by a newer version of Sandpiper: its schema is %03d, this one knows those"
                + " up to %03d: run that version",
            url, version, version - 1);
  }

  private static void copyMigrations(Path target) throws IOException {
    try (var files = Files.list(Waiting.MIGRATIONS)) {
      for (var file : files.toList()) {
        Files.copy(file, target.resolve(file.getFileName()));
      }
    }
  }

  @Test
  void aScriptThatFailsIsNamedAndTheEmbeddedServerStoppedAgain(@TempDir Path scripts)
      throws Exception {
    Files.writeString(scripts.resolve("V001__broken.sql"), "create table broken (id nonsense);");
    var directory = FreshDirectory.of("broken-database");
    var config = new DatabaseConfig(null, "", "", directory, 0, 1);
    assertThat(failureOf(Database.open(vertx, config, scripts)))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("the migrations in " + scripts + " failed at postgresql://127.0.0.1:")
        .hasMessageContaining("type \"nonsense\" does not exist");
    assertThat(new Postmaster(directory.resolve("postgres")).isRunning()).isFalse();
    DirectoryLock.take("database.directory", directory).close();
  }

  @Test
  void theVerticleAnswersOnItsChannels() throws Exception {
    var example = new Example();
    var bus = new Bus(vertx);
    var id = await(vertx.deployVerticle(verticle(server(sharedUrl(), "postgres"))));
    var done = new Done();
    var strategy = new WriteStrategy(example.sessionId, "abc", "// source", "file", null, null);
    var written = await(bus.ask(Channels.WRITE_STRATEGY, strategy)).version();
    assertThat(await(bus.ask(Channels.FIND_VERSION, new FindVersion(strategy.name(), null))))
        .isEqualTo(new FoundVersion(new StrategySource(written, "// source")));
    assertThat(await(bus.ask(Channels.KEPT_VERSIONS, new ListVersions(strategy.name()))))
        .isEqualTo(new VersionList(strategy.name(), List.of(written)));
    var state = example.state(SessionStatus.RUNNING);
    assertThat(await(bus.ask(Channels.WRITE_SESSION, state))).isEqualTo(done);
    var journal = new JournalBatch(example.sessionId, example.everything());
    assertThat(await(bus.ask(Channels.WRITE_JOURNAL, journal))).isEqualTo(done);
    var inputs = new InputBatch(example.sessionId, example.inputs(1, 10));
    assertThat(await(bus.ask(Channels.WRITE_INPUTS, inputs))).isEqualTo(done);
    var query = new HistoryQuery(HistoryKind.FILLS, example.sessionId, 10, null);
    assertThat(await(bus.ask(Channels.HISTORY, query)).rows()).hasSize(2);
    assertThat(failureOf(bus.ask(Channels.HISTORY, query(query, "nonsense"))))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID));
    await(vertx.undeploy(id));
  }

  @Test
  void aSessionThatAKilledPlatformLeftBehindHasFailed() throws Exception {
    var running = new Example();
    var stopped = new Example();
    var free = new DatabaseConfig(null, "", "", FreshDirectory.of("interrupted-database"), 0, 2);
    var database = await(Database.open(vertx, free, Waiting.MIGRATIONS));
    var records = new Records(database.pool(), series(database));
    await(records.write(running.state(SessionStatus.RUNNING)));
    await(records.write(stopped.state(SessionStatus.STOPPED)));
    // By a clock that was far ahead, and is not any more.
    await(database.pool().query("update sessions set started_at = 9000000000000000").execute());
    await(database.close());

    var id = await(vertx.deployVerticle(verticle(free)));
    await(vertx.undeploy(id));

    var again = await(Database.open(vertx, free, Waiting.MIGRATIONS));
    var rows =
        await(again.pool().query("select session_id, status, error from sessions").execute());
    var early =
        await(
            again
                .pool()
                .query("select count(*) from sessions where ended_at < started_at")
                .execute());
    assertThat(early.iterator().next().getLong(0)).as("ended before they began").isZero();
    var seen = new HashMap<String, String>();
    rows.forEach(row -> seen.put(row.getString(0), row.getString(1) + ": " + row.getString(2)));
    await(again.close());
    assertThat(seen)
        .containsEntry(running.sessionId, "failed: the platform ended before the session did")
        .containsEntry(stopped.sessionId, "stopped: null");
  }

  @Test
  void aSessionsRowFollowsItsState() throws Exception {
    var example = new Example();
    var records = new Records(shared.pool(), series(shared));
    await(records.write(example.state(SessionStatus.STARTING)));
    await(records.write(example.state(SessionStatus.STOPPED)));
    var sql =
        "select status, cash::text, symbols[1], strategies::text, summary, data,"
            + " concat_ws(' ', fill_model, slippage, latency) from sessions";
    var rows =
        await(
            shared.pool().query(sql + " where session_id = '" + example.sessionId + "'").execute());
    var row = rows.iterator().next();
    assertThat(row.getString(0)).isEqualTo("stopped");
    assertThat(row.getString(1)).isEqualTo("147376.98835249279000");
    assertThat(row.getString(2)).isEqualTo("BTCUSD");
    assertThat(row.getString(3)).isEqualTo("[]");
    assertThat(row.getValue(4)).isNull();
    assertThat(row.getString(6)).isEqualTo("book fixed:0.05 uniform:20ms:80ms");
  }

  private String sharedUrl() throws Exception {
    var port =
        await(shared.pool().query("select inet_server_port()").execute())
            .iterator()
            .next()
            .getInteger(0);
    return "postgresql://127.0.0.1:" + port + "/postgres";
  }

  private static PersistenceVerticle verticle(DatabaseConfig config) {
    return new PersistenceVerticle(config, TimeSeriesConfig.STANDARD, Waiting.MIGRATIONS);
  }

  private static DatabaseConfig server(String url, String user) {
    return new DatabaseConfig(url, user, "secret", Path.of("target", "unused"), 0, 2);
  }

  private static HistoryQuery query(HistoryQuery query, @Nullable String cursor) {
    return new HistoryQuery(query.kind(), query.sessionId(), query.limit(), cursor);
  }
}

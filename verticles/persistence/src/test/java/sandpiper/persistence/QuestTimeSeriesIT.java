package sandpiper.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sandpiper.persistence.Waiting.await;
import static sandpiper.persistence.Waiting.count;
import static sandpiper.persistence.Waiting.failureOf;

import io.questdb.ServerMain;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/// QuestDB runs in the process of the test; it is spoken to over its PostgreSQL wire alone.
@ExtendWith(SharedDatabase.class)
class QuestTimeSeriesIT extends TimeSeriesContract {
  private static int port;
  private static ServerMain server;
  private static Vertx vertx;
  private static Pool pool;

  private final Database database;

  QuestTimeSeriesIT(Database database) throws Exception {
    super(database, await(new QuestTimeSeries(vertx, database.pool(), pool).start()));
    this.database = database;
  }

  @BeforeAll
  static void startQuestDb() throws IOException {
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    server = new ServerMain("-d", directory().toString());
    server.start();
    vertx = Vertx.vertx();
    pool = PgBuilder.pool().connectingTo(questDb("quest").options()).using(vertx).build();
  }

  private static Server questDb(String password) {
    return new Server("127.0.0.1", port, "qdb", "admin", password);
  }

  private static Path directory() {
    try {
      var directory = FreshDirectory.of("questdb");
      Files.createDirectories(directory.resolve("conf"));
      Files.writeString(
          directory.resolve("conf/server.conf"),
          """
          pg.net.bind.to=127.0.0.1:%d
          http.enabled=false
          http.min.enabled=false
          line.tcp.enabled=false
          telemetry.enabled=false
          shared.worker.count=1
          """
              .formatted(port));
      return directory;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @AfterAll
  static void stopQuestDb() throws Exception {
    await(pool.close());
    await(vertx.close());
    server.close();
  }

  @Override
  long rows(String table, String sessionId) throws Exception {
    await(store.settle());
    return count(pool, table, sessionId);
  }

  /// The configuration chooses; what lies in the one store is not looked for in the other.
  @Test
  void whatIsInQuestDbIsNotInTheDatabase() throws Exception {
    write();
    assertThat(count(database.pool(), "trades", id)).isZero();
    var elsewhere = new Recordings(database.pool(), Waiting.series(database));
    assertThat(failureOf(elsewhere.find(all()))).hasMessage("session " + id + " recorded nothing");
  }

  @Test
  void theConfigurationChoosesTheStore() throws Exception {
    var url = "postgresql://127.0.0.1:" + port + "/qdb";
    var chosen = await(database.series(new TimeSeriesConfig(url, "admin", "quest", 0)));
    assertThat(chosen).isInstanceOf(QuestTimeSeries.class);
    await(chosen.settle());
    assertThat(await(database.series(TimeSeriesConfig.STANDARD)))
        .isInstanceOf(PostgresTimeSeries.class);
    assertThatThrownBy(() -> new TimeSeriesConfig("http://127.0.0.1:9000", "admin", "", 0))
        .hasMessageStartingWith("time-series.questdb-url must be postgresql://host:port/database");
  }

  @Test
  void aServerThatTurnsUsAwayIsNamed() throws Exception {
    var config =
        new TimeSeriesConfig(
            "postgresql://127.0.0.1:" + port + "/qdb", "admin", "not the password", 0);
    assertThat(config.toString()).doesNotContain("not the password");
    assertThat(failureOf(database.series(config)))
        .hasMessageStartingWith(
            "QuestDB at postgresql://127.0.0.1:" + port + "/qdb cannot be used: ");
  }
}

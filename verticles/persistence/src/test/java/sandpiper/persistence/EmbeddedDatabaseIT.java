package sandpiper.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sandpiper.persistence.Waiting.await;
import static sandpiper.persistence.Waiting.series;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Refusal;

/// What becomes of data and server when things are killed.
@Timeout(60)
class EmbeddedDatabaseIT {
  private static final int BATCH = 500;

  private final Vertx vertx = Vertx.vertx();
  private final Path directory;
  private final DatabaseConfig config;

  EmbeddedDatabaseIT() throws Exception {
    directory = FreshDirectory.of("embedded-database");
    config = new DatabaseConfig(null, "", "", directory, 0, 2);
  }

  @BeforeEach
  void nothingRuns() throws Exception {
    assertThat(postmaster().isRunning()).isFalse();
  }

  @AfterEach
  void close() throws Exception {
    postmaster().stop();
    await(vertx.close());
  }

  @Test
  void aKilledServerLosesNothingThatWasAcknowledged() throws Exception {
    var example = new Example();
    var database = open();
    var records = new Records(database.pool(), series(database));
    await(records.write(example.state(SessionStatus.RUNNING)));
    int acknowledged = 0;
    var running = records.write(batch(example, acknowledged));
    while (succeeded(running)) {
      acknowledged++;
      running = records.write(batch(example, acknowledged));
      if (acknowledged == 20) {
        ProcessHandle.of(postmaster().pid().orElseThrow()).orElseThrow().destroyForcibly();
      }
    }
    await(database.close());
    assertThat(acknowledged).isGreaterThanOrEqualTo(20);

    var again = open();
    var sent = (acknowledged + 1L) * BATCH;
    var found = Waiting.count(again.pool(), "trades", example.sessionId);
    assertThat(found).isIn((long) acknowledged * BATCH, sent);
    await(new Records(again.pool(), series(again)).write(batch(example, acknowledged)));
    assertThat(Waiting.count(again.pool(), "trades", example.sessionId)).isEqualTo(sent);
    await(again.close());
  }

  @Test
  void theServerOfAKilledPlatformIsTakenOverAndThatOfALiveOneIsNot() throws Exception {
    var child = startInAnotherProcess();
    try {
      assertThatThrownBy(() -> EmbeddedDatabase.start(directory, 0))
          .isInstanceOf(Refusal.class)
          .hasMessage(
              "database.directory must belong to one running platform, but process %s is using %s:"
                  + " stop it or name another directory",
              child.pid(), directory);
      assertThat(postmaster().isRunning()).isTrue();
    } finally {
      child.destroyForcibly().waitFor();
    }
    assertThat(postmaster().isRunning()).as("orphaned server").isTrue();
    long orphan = postmaster().pid().orElseThrow();

    try (var database = EmbeddedDatabase.start(directory, 0)) {
      assertThat(database.pid()).isNotEqualTo(orphan);
    }
    assertThat(postmaster().isRunning()).isFalse();
  }

  @Test
  void aPortInUseIsNamed() throws Exception {
    try (var other = new ServerSocket(0, 1, InetAddress.getByAddress(new byte[] {127, 0, 0, 1}))) {
      assertThatThrownBy(() -> EmbeddedDatabase.start(directory, other.getLocalPort()))
          .isInstanceOf(Refusal.class)
          .hasMessage(
              "database.port must be free, but another program listens on 127.0.0.1:%s: stop it or"
                  + " name another port",
              other.getLocalPort());
    }
    DirectoryLock.take("database.directory", directory).close();
  }

  @Test
  void commitsReachTheDisk() throws Exception {
    var database = open();
    for (var setting : new String[] {"fsync", "synchronous_commit", "full_page_writes"}) {
      var rows = await(database.pool().query("show " + setting).execute());
      assertThat(rows.iterator().next().getString(0)).as(setting).isEqualTo("on");
    }
    await(database.close());
  }

  private Database open() throws Exception {
    return await(Database.open(vertx, config, Waiting.MIGRATIONS));
  }

  private Postmaster postmaster() {
    return new Postmaster(directory.resolve("postgres"));
  }

  private static InputBatch batch(Example example, int number) {
    return new InputBatch(example.sessionId, example.inputs(1 + (long) number * BATCH, BATCH));
  }

  private static boolean succeeded(Future<?> future) {
    try {
      await(future);
      return true;
    } catch (Exception _) {
      return false;
    }
  }

  private Process startInAnotherProcess() throws Exception {
    var process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                OtherPlatform.class.getName(),
                directory.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    var out =
        new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
    String line;
    do {
      line = Objects.requireNonNull(out.readLine(), "the other process ended");
    } while (!line.equals(OtherPlatform.READY));
    return process;
  }

  /// Starts the embedded database and lives until it is killed, or the test is gone.
  static final class OtherPlatform {
    static final String READY = "ready";

    private OtherPlatform() {}

    public static void main(String[] args) throws Exception {
      var database = EmbeddedDatabase.start(Path.of(args[0]), 0);
      System.out.println(READY);
      int end = System.in.read();
      database.close();
      System.exit(end + 1);
    }
  }
}

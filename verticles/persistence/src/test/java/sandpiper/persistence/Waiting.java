package sandpiper.persistence;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Path;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Meters;

/// What the tests share: waiting on the test's thread, and where the scripts are.
final class Waiting {
  static final Path MIGRATIONS =
      Path.of(Objects.requireNonNull(System.getProperty("sandpiper.home")), "migrations");

  private Waiting() {}

  static <T extends @Nullable Object> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(30, SECONDS);
  }

  static Throwable failureOf(Future<?> future) throws Exception {
    try {
      await(future);
    } catch (ExecutionException e) {
      return Objects.requireNonNull(e.getCause());
    }
    throw new AssertionError("should have failed");
  }

  static TimeSeriesStore series(Database database) {
    return new PostgresTimeSeries(database.pool(), database.readers());
  }

  static Writes writes(Database database) {
    var meters = new Meters(new SimpleMeterRegistry());
    return new DirectWrites(database.pool(), series(database), meters);
  }

  /// How many rows of a session there are.
  static long count(Pool pool, String table, String sessionId) throws Exception {
    var rows =
        await(
            pool.preparedQuery("select count(*) from " + table + " where session_id = $1")
                .execute(Tuple.of(sessionId)));
    assertThat(rows.size()).isEqualTo(1);
    return rows.iterator().next().getLong(0);
  }
}

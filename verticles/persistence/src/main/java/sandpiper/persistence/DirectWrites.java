package sandpiper.persistence;

import io.micrometer.core.instrument.Counter;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import sandpiper.bus.Meters;
import sandpiper.persistence.Table.Insert;

/// Writes to the database at once, or fails. Use on one event loop.
final class DirectWrites implements Writes {
  private static final int SECONDS = 30;

  private final Pool pool;
  private final TimeSeriesStore series;
  private final Meters meters;
  private final Map<String, Counter> rows = new HashMap<>();

  DirectWrites(Pool pool, TimeSeriesStore series, Meters meters) {
    this.pool = pool;
    this.series = series;
    this.meters = meters;
  }

  @Override
  public Future<Map<String, Integer>> write(Write write) {
    var written =
        switch (write) {
          case Write.Statements statements -> write(statements.inserts());
          case Write.Inputs inputs -> series.write(inputs.batch());
        };
    return written
        .timeout(SECONDS, TimeUnit.SECONDS)
        .onSuccess(affected ->
            affected.forEach(
                (table, count) -> rows.computeIfAbsent(table, meters::rows).increment(count)));
  }

  private Future<Map<String, Integer>> write(List<Insert> inserts) {
    var affected = new HashMap<String, Integer>();
    var written =
        switch (inserts.size()) {
          case 0 -> Future.<Void>succeededFuture();
          case 1 -> execute(pool, inserts.getFirst(), affected);
          default ->
              pool.<Void>withTransaction(connection -> inOrder(connection, inserts, affected));
        };
    return written.map(affected);
  }

  /// @param affected filled in: rows written by table
  private static Future<Void> inOrder(
      SqlClient client, List<Insert> inserts, Map<String, Integer> affected) {
    var done = Future.<Void>succeededFuture();
    for (var insert : inserts) {
      done = done.compose(_ -> execute(client, insert, affected));
    }
    return done;
  }

  private static Future<Void> execute(
      SqlClient client, Insert insert, Map<String, Integer> affected) {
    return client
        .preparedQuery(insert.sql())
        .execute(insert.parameters())
        .onSuccess(rows -> affected.merge(insert.table(), rows.rowCount(), Integer::sum))
        .mapEmpty();
  }
}

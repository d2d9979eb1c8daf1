package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import sandpiper.bus.Messages.DatabaseStatus;

/// Asks the database how it is.
final class Status {
  private static final String READ =
      """
      select current_setting('server_version') as server,
        (select version from flyway_schema_history
          where success and version is not null order by installed_rank desc limit 1) as schema,
        pg_database_size(current_database()) as bytes\
      """;

  private final Pool pool;
  private final int poolSize;

  Status(Pool pool, int poolSize) {
    this.pool = pool;
    this.poolSize = poolSize;
  }

  Future<DatabaseStatus> read() {
    long began = System.nanoTime();
    return Answers.within(
        pool.query(READ)
            .execute()
            .map(rows -> {
              var row = rows.iterator().next();
              return new DatabaseStatus(
                  row.getString("server"),
                  row.getString("schema"),
                  row.getLong("bytes"),
                  poolSize,
                  (System.nanoTime() - began) / 1_000);
            }),
        "ask the database how it is");
  }
}

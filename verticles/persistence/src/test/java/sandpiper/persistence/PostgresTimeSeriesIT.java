package sandpiper.persistence;

import static sandpiper.persistence.Waiting.count;

import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(SharedDatabase.class)
class PostgresTimeSeriesIT extends TimeSeriesContract {
  private final Database database;

  PostgresTimeSeriesIT(Database database) {
    super(database, Waiting.series(database));
    this.database = database;
  }

  @Override
  long rows(String table, String sessionId) throws Exception {
    return count(database.pool(), table, sessionId);
  }
}

package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import sandpiper.bus.Messages.AcknowledgeAlert;
import sandpiper.bus.Messages.AlertAcknowledged;
import sandpiper.bus.Refusal;

/// Keeps who saw which risk alert. The first to say so stands.
final class Acknowledgements {
  private static final String WRITE =
      """
      update risk_alerts
      set acknowledged_at = coalesce(acknowledged_at,
            floor(extract(epoch from clock_timestamp()) * 1000000)::bigint),
        acknowledged_by = coalesce(acknowledged_by, $4)
      where session_id = $1 and seq = $2 and idx = $3
      returning acknowledged_at, acknowledged_by\
      """;

  private final Pool pool;

  Acknowledgements(Pool pool) {
    this.pool = pool;
  }

  /// May be repeated.
  ///
  /// @return who saw it first, and when; fails with a [Refusal] when there is no such alert
  Future<AlertAcknowledged> write(AcknowledgeAlert seen) {
    var parameters = Tuple.of(seen.sessionId(), seen.seq(), seen.index(), seen.by());
    return Answers.within(
            pool.preparedQuery(WRITE).execute(parameters),
            "acknowledge an alert of session " + seen.sessionId())
        .map(rows -> first(seen, rows));
  }

  private static AlertAcknowledged first(AcknowledgeAlert seen, RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw Refusal.unknown(
          "session "
              + seen.sessionId()
              + " has no risk alert "
              + seen.index()
              + " of input "
              + seen.seq());
    }
    var row = rows.iterator().next();
    return new AlertAcknowledged(
        seen.sessionId(),
        seen.seq(),
        seen.index(),
        row.getLong("acknowledged_at"),
        row.getString("acknowledged_by"));
  }
}

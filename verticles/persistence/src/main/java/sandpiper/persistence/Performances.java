package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.FindPerformance;
import sandpiper.bus.Messages.KeptPerformance;
import sandpiper.bus.Messages.SessionPerformance;
import sandpiper.bus.Refusal;

/// Keeps how well sessions did.
final class Performances {
  private static final String WRITE =
      """
      insert into performance (session_id, report) values ($1, $2::text::jsonb)
      on conflict (session_id) do update set report = excluded.report\
      """;

  private static final String FIND =
      """
      select status, report::text as report
      from sessions left join performance using (session_id)
      where session_id = $1\
      """;

  private final Pool pool;
  private final Writes writes;

  Performances(Pool pool, Writes writes) {
    this.pool = pool;
    this.writes = writes;
  }

  /// May be repeated.
  Future<Done> write(SessionPerformance performance) {
    var id = performance.sessionId();
    return writes.write(
        id,
        "the performance of session " + id,
        "performance",
        WRITE,
        Tuple.of(id, Json.text(performance.report())));
  }

  /// @return fails with a [Refusal] when the session is not known, has not ended, or left none
  Future<KeptPerformance> find(FindPerformance wanted) {
    return Answers.within(
            pool.preparedQuery(FIND).execute(Tuple.of(wanted.sessionId())),
            "read the performance of session " + wanted.sessionId())
        .map(rows -> found(wanted.sessionId(), rows));
  }

  private static KeptPerformance found(String sessionId, RowSet<Row> rows) {
    if (rows.size() == 0) {
      throw Refusal.unknown("unknown session '" + sessionId + "'");
    }
    var row = rows.iterator().next();
    var report = row.getString("report");
    if (report != null) {
      return new KeptPerformance(report);
    }
    var status = row.getString("status");
    throw switch (status) {
      case "stopped", "failed" ->
          Refusal.unknown("session " + sessionId + " " + status + " without a performance");
      default ->
          new Refusal(
              Refusal.Kind.CONFLICT,
              "session "
                  + sessionId
                  + " is "
                  + status
                  + ": it has a performance once it has ended");
    };
  }
}

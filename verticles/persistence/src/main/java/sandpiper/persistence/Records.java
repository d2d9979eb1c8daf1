package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.bus.Messages.JournalBatch;
import sandpiper.bus.Messages.SessionState;
import sandpiper.persistence.Table.Insert;

/// Writes what sessions tell. Every call is one transaction, answered after its commit, and may be
/// repeated.
final class Records {
  private static final String SESSION =
      """
      insert into sessions (session_id, mode, status, symbols, acceleration, cash, data, clock,
        started_at, ended_at, error, strategies, summary, fill_model, slippage, latency,
        account, risk, limit_fill)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12::text::jsonb, $13::text::jsonb,
        $14, $15, $16, $17::text::jsonb, $18::text::jsonb, $19)
      on conflict (session_id) do update set (mode, status, symbols, acceleration, cash, data, clock,
        started_at, ended_at, error, strategies, summary, fill_model, slippage, latency,
        account, risk, limit_fill) =
        (excluded.mode, excluded.status, excluded.symbols, excluded.acceleration, excluded.cash,
        excluded.data, excluded.clock, excluded.started_at, excluded.ended_at, excluded.error,
        excluded.strategies, excluded.summary, excluded.fill_model, excluded.slippage,
        excluded.latency, excluded.account, excluded.risk, excluded.limit_fill)\
      """;

  private static final String INTERRUPTED =
      """
      update sessions
      set status = 'failed',
        error = 'the platform ended before the session did',
        ended_at = floor(extract(epoch from clock_timestamp()) * 1000000)::bigint
      where status in ('starting', 'running', 'paused', 'stopping')\
      """;

  private final Pool pool;

  Records(Pool pool) {
    this.pool = pool;
  }

  Future<Done> write(JournalBatch batch) {
    return write(
        new JournalRows(batch.entries()).inserts(), "the journal of session " + batch.sessionId());
  }

  Future<Done> write(InputBatch batch) {
    return write(
        new InputRows(batch.inputs()).inserts(), "the inputs of session " + batch.sessionId());
  }

  Future<Done> write(SessionState state) {
    var parameters =
        Tuple.tuple()
            .addString(state.sessionId())
            .addString(state.mode().text())
            .addString(state.status().name().toLowerCase(Locale.ROOT))
            .addArrayOfString(state.symbols().toArray(String[]::new))
            .addValue(state.acceleration())
            .addBigDecimal(state.cash())
            .addString(state.data())
            .addValue(state.clock())
            .addLong(state.startedAt())
            .addValue(state.endedAt())
            .addValue(state.error())
            .addString(Json.text(state.strategies()))
            .addValue(jsonOrNull(state.summary()))
            .addString(state.fillRules().model().text())
            .addString(state.fillRules().slippage().toString())
            .addString(state.fillRules().latency().toString())
            .addString(Json.text(state.account()))
            .addString(Json.text(state.risk()))
            .addString(state.fillRules().limits().text());
    return write(List.of(new Insert(SESSION, parameters)), "session " + state.sessionId());
  }

  /// Sessions that a platform left behind when it was killed have failed.
  Future<Done> endInterrupted() {
    return Answers.within(
        pool.query(INTERRUPTED).execute().map(new Done()), "end interrupted sessions");
  }

  private Future<Done> write(List<Insert> inserts, String what) {
    var written =
        switch (inserts.size()) {
          case 0 -> Future.<Void>succeededFuture();
          case 1 -> execute(pool, inserts.getFirst());
          default -> pool.<Void>withTransaction(connection -> inOrder(connection, inserts));
        };
    return Answers.within(written.map(new Done()), "write " + what);
  }

  private static Future<Void> inOrder(SqlClient client, List<Insert> inserts) {
    var done = Future.<Void>succeededFuture();
    for (var insert : inserts) {
      done = done.compose(_ -> execute(client, insert));
    }
    return done;
  }

  private static Future<Void> execute(SqlClient client, Insert insert) {
    return client.preparedQuery(insert.sql()).execute(insert.parameters()).mapEmpty();
  }

  private static @Nullable String jsonOrNull(@Nullable Object value) {
    return value == null ? null : Json.text(value);
  }
}

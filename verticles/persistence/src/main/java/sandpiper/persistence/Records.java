package sandpiper.persistence;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.bus.Messages.Interrupted;
import sandpiper.bus.Messages.InterruptedSession;
import sandpiper.bus.Messages.JournalBatch;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Meters;
import sandpiper.domain.session.SessionMode;
import sandpiper.persistence.Table.Insert;

/// Writes what sessions tell. Every call is one transaction, answered when it is safe, and may be
/// repeated. Use on one event loop.
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
        ended_at = greatest(started_at,
          floor(extract(epoch from clock_timestamp()) * 1000000)::bigint)
      where status in ('starting', 'running', 'paused', 'stopping')
      returning session_id, mode, started_at\
      """;

  private final Pool pool;
  private final Writes writes;
  private final Kind journal;
  private final Kind inputs;
  private final Kind sessions;
  private final Map<String, Future<Done>> turns = new HashMap<>();

  /// Batches of one kind, as they are measured.
  private static final class Kind {
    private final Timer time;
    private final Counter failed;

    private Kind(String name, Meters meters) {
      time = meters.batch(name);
      failed = meters.batchFailed(name);
    }
  }

  /// What nobody measures.
  Records(Pool pool, TimeSeriesStore series) {
    this(pool, series, new Meters(new SimpleMeterRegistry()));
  }

  private Records(Pool pool, TimeSeriesStore series, Meters meters) {
    this(pool, new DirectWrites(pool, series, meters), meters);
  }

  Records(Pool pool, Writes writes, Meters meters) {
    this.pool = pool;
    this.writes = writes;
    journal = new Kind("journal", meters);
    inputs = new Kind("inputs", meters);
    sessions = new Kind("session", meters);
  }

  Future<Done> write(JournalBatch batch) {
    var id = batch.sessionId();
    var inserts = new JournalRows(batch.entries()).inserts();
    return write(journal, new Write.Statements(id, "the journal of session " + id, inserts));
  }

  Future<Done> write(InputBatch batch) {
    return write(inputs, new Write.Inputs(batch));
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
    var id = state.sessionId();
    var write =
        new Write.Statements(
            id, "session " + id, List.of(new Insert("sessions", SESSION, parameters)));
    return inTurn(id, () -> write(sessions, write));
  }

  /// Two states of a session never overtake each other, whichever way they take.
  private Future<Done> inTurn(String sessionId, Supplier<Future<Done>> write) {
    var before = turns.get(sessionId);
    var turn = before == null ? write.get() : before.transform(_ -> write.get());
    turns.put(sessionId, turn);
    return turn.onComplete(_ -> turns.remove(sessionId, turn));
  }

  /// Sessions that a platform left behind when it was killed have failed.
  ///
  /// @return those of mode live, which may have orders at an exchange
  Future<Interrupted> endInterrupted() {
    return Answers.within(
        pool.query(INTERRUPTED).execute().map(Records::interrupted), "end interrupted sessions");
  }

  private static Interrupted interrupted(RowSet<Row> rows) {
    var live = new ArrayList<InterruptedSession>();
    for (var row : rows) {
      if (row.getString("mode").equals(SessionMode.LIVE.text())) {
        live.add(new InterruptedSession(row.getString("session_id"), row.getLong("started_at")));
      }
    }
    return new Interrupted(live);
  }

  private Future<Done> write(Kind kind, Write write) {
    long began = System.nanoTime();
    return Answers.explained(writes.write(write), "write " + write.what())
        .onComplete(
            _ -> kind.time.record(System.nanoTime() - began, TimeUnit.NANOSECONDS),
            _ -> kind.failed.increment())
        .map(new Done());
  }

  private static @Nullable String jsonOrNull(@Nullable Object value) {
    return value == null ? null : Json.text(value);
  }
}

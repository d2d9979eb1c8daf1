package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Tuple;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.WriteBacktest;

/// Keeps what backtests have besides their sessions.
final class Backtests {
  private static final String WRITE =
      """
      insert into backtests (session_id, from_time, to_time, start_time, end_time, cancelled)
      values ($1, $2, $3, $4, $5, $6)
      on conflict (session_id) do update set cancelled = excluded.cancelled\
      """;

  private final Writes writes;

  Backtests(Writes writes) {
    this.writes = writes;
  }

  /// May be repeated.
  Future<Done> write(WriteBacktest backtest) {
    var parameters =
        Tuple.tuple()
            .addString(backtest.sessionId())
            .addValue(backtest.range().from())
            .addValue(backtest.range().to())
            .addLong(backtest.startTime())
            .addValue(backtest.endTime())
            .addBoolean(backtest.cancelled());
    var id = backtest.sessionId();
    return writes.write(id, "backtest " + id, "backtests", WRITE, parameters);
  }
}

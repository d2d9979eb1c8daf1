package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.bus.Messages.RecordedPart;
import sandpiper.bus.Messages.Recording;
import sandpiper.domain.market.Interval;
import sandpiper.persistence.Catalog.Days;
import sandpiper.persistence.Table.Insert;

/// Market data in PostgreSQL, a partition for each day. Rows and catalog are of one transaction.
final class PostgresTimeSeries implements TimeSeriesStore {
  private static final String INTERVALS =
      """
      select symbol, max(interval_micros) as micros
      from bars where session_id = $1 and not closed group by symbol\
      """;

  /// The size of a row is the mean of the first thousand; 52 bytes are of its line pointer and its
  /// entry in the index.
  private static final String CONTENTS =
      """
      with counted as (
        select 'trades' as stream, symbol, null::bigint as interval, count(*) as rows,
          min(event_time) as first, max(event_time) as last
        from trades where session_id = $1 group by symbol
        union all
        select 'quotes', symbol, null, count(*), min(event_time), max(event_time)
        from quotes where session_id = $1 group by symbol
        union all
        select 'books', symbol, null, count(*), min(event_time), max(event_time)
        from books where session_id = $1 group by symbol
        union all
        select 'bars', symbol, max(interval_micros), count(*), min(open_time), max(open_time)
        from bars where session_id = $1 and not closed group by symbol
      ), sizes as (
        select 'trades' as stream, avg(pg_column_size(row)) as bytes
        from (select * from trades where session_id = $1 limit 1000) as row
        union all
        select 'quotes', avg(pg_column_size(row))
        from (select * from quotes where session_id = $1 limit 1000) as row
        union all
        select 'books', avg(pg_column_size(row))
        from (select * from books where session_id = $1 limit 1000) as row
        union all
        select 'bars', avg(pg_column_size(row))
        from (select * from bars where session_id = $1 limit 1000) as row
      )
      select counted.*, (rows * (coalesce(bytes, 0) + 52))::bigint as bytes
      from counted join sizes using (stream)
      order by symbol, stream\
      """;

  static final String NAME = "postgresql";

  private final Pool pool;
  private final Pool readers;
  private final Catalog catalog;
  private final Set<LocalDate> days = new HashSet<>();

  /// @param readers connections for the windows; whoever reads much waits there, and nobody else
  PostgresTimeSeries(Pool pool, Pool readers) {
    this.pool = pool;
    this.readers = readers;
    catalog = new Catalog(pool, NAME);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Future<?> settle() {
    return Future.succeededFuture();
  }

  @Override
  public Future<Map<String, Integer>> write(InputBatch batch) {
    if (batch.inputs().isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return catalog
        .days(batch.sessionId())
        .compose(kept ->
            ready(batch.inputs(), kept)
                .compose(_ -> pool.withTransaction(connection -> write(connection, batch, kept))));
  }

  private Future<Map<String, Integer>> write(
      SqlConnection connection, InputBatch batch, Days kept) {
    var counts = new HashMap<String, Integer>();
    var done = Future.<Void>succeededFuture();
    for (var insert : new InputRows(batch.inputs(), kept).inserts()) {
      done = done.compose(_ -> execute(connection, insert, counts));
    }
    return done.compose(_ -> catalog.add(connection, batch.sessionId(), batch.inputs(), kept))
        .map(counts);
  }

  private static Future<Void> execute(
      SqlConnection connection, Insert insert, Map<String, Integer> counts) {
    return connection
        .preparedQuery(insert.sql())
        .execute(insert.parameters())
        .map(rows -> {
          counts.put(insert.table(), rows.rowCount());
          return null;
        });
  }

  /// Makes the partitions that a batch needs, once.
  private Future<?> ready(List<Input> inputs, Days kept) {
    Future<?> done = Future.succeededFuture();
    for (var day : inputs.stream().map(kept::of).distinct().toList()) {
      if (!days.contains(day)) {
        done =
            done.compose(_ -> pool.preparedQuery("select keep_day($1)").execute(Tuple.of(day)))
                .onSuccess(_ -> days.add(day));
      }
    }
    return done;
  }

  @Override
  public Future<List<Input>> read(Recording recording, RecordedPart part, long after, long last) {
    return InputSeries.of(part.series())
        .read(readers, recording, Tuple.of(recording.sessionId(), after, last, part.day()));
  }

  @Override
  public Future<@Nullable Long> firstSeq(String sessionId, RecordedPart part, long time) {
    var sql =
        "select min(seq) from "
            + InputSeries.of(part.series()).table()
            + " where session_id = $1 and day = $2 and time >= $3";
    return readers
        .preparedQuery(sql)
        .execute(Tuple.of(sessionId, part.day(), time))
        .map(rows -> rows.iterator().next().getLong(0));
  }

  @Override
  public Future<Map<String, Interval>> intervals(String sessionId) {
    return pool.preparedQuery(INTERVALS)
        .execute(Tuple.of(sessionId))
        .map(PostgresTimeSeries::intervals);
  }

  /// Of rows of `symbol` and `micros`.
  static Map<String, Interval> intervals(RowSet<Row> bars) {
    var intervals = new HashMap<String, Interval>();
    bars.forEach(
        bar -> intervals.put(bar.getString("symbol"), new Interval(bar.getLong("micros"))));
    return intervals;
  }

  @Override
  public Future<JsonObject> contents(String sessionId) {
    return pool.preparedQuery(CONTENTS)
        .execute(Tuple.of(sessionId))
        .map(PostgresTimeSeries::contents);
  }

  private static JsonObject contents(RowSet<Row> found) {
    var parts = new JsonArray();
    long bytes = 0;
    for (var row : found) {
      var micros = row.getLong("interval");
      parts.add(
          new JsonObject()
              .put("symbol", row.getString("symbol"))
              .put("stream", row.getString("stream"))
              .put("interval", micros == null ? null : new Interval(micros).toString())
              .put("rows", row.getLong("rows"))
              .put("from", row.getLong("first"))
              .put("to", row.getLong("last")));
      bytes += row.getLong("bytes");
    }
    return new JsonObject().put("streams", parts).put("bytes", bytes);
  }

  /// Table by table, each on its own, so that whoever reads several never waits in a circle; fails
  /// when somebody holds one for longer than a moment.
  @Override
  public Future<Integer> drop(LocalDate before) {
    return catalog
        .forget(before)
        .compose(_ -> dropPartitions(pool, before))
        .onComplete(_ -> days.clear()); // what is written to a dropped day after all makes it anew
  }

  /// @return how many there were
  static Future<Integer> dropPartitions(Pool pool, LocalDate before) {
    var done = Future.succeededFuture(0);
    for (var series : InputSeries.values()) {
      done =
          done.compose(dropped ->
              pool.preparedQuery("select drop_days($1, $2)")
                  .execute(Tuple.of(series.table(), before))
                  .map(rows -> dropped + rows.iterator().next().getInteger(0)));
    }
    return done;
  }
}

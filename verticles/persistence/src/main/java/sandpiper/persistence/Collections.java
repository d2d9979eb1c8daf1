package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.FindCollections;
import sandpiper.bus.Messages.FindSessions;
import sandpiper.bus.Messages.HistoryPage;
import sandpiper.bus.Messages.WriteCollection;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.session.SessionMode;

/// Data collections, with what they hold. That is counted when somebody asks, and kept once the
/// collection has ended and changes no more.
final class Collections {
  private static final int MAX_LIMIT = 200;

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

  private final Pool pool;
  private final Sessions sessions;

  Collections(Pool pool) {
    this.pool = pool;
    sessions = new Sessions(pool);
  }

  Future<Done> write(WriteCollection collection) {
    var streams = collection.streams().stream().map(MarketStream::text).toArray(String[]::new);
    return Answers.within(
        pool.preparedQuery(
                """
                insert into collections (session_id, streams) values ($1, $2)
                on conflict (session_id) do nothing\
                """)
            .execute(Tuple.tuple().addString(collection.sessionId()).addArrayOfString(streams))
            .map(new Done()),
        "write data collection " + collection.sessionId());
  }

  /// @throws Refusal when limit or cursor is not allowed
  Future<HistoryPage> find(FindCollections wanted) {
    if (wanted.limit() < 1 || wanted.limit() > MAX_LIMIT) {
      throw Refusal.invalid("limit must be from 1 to " + MAX_LIMIT + ", was " + wanted.limit());
    }
    return sessions
        .find(
            new FindSessions(
                wanted.sessionId(), SessionMode.COLLECTION, wanted.limit(), wanted.cursor()))
        .compose(page -> {
          var rows = page.rows().stream().map(this::withContents).toList();
          return Future.all(rows)
              .map(_ ->
                  new HistoryPage(rows.stream().map(Future::result).toList(), page.nextCursor()));
        });
  }

  private Future<Map<String, Object>> withContents(Map<String, Object> row) {
    if (row.get("contents") != null) {
      return Future.succeededFuture(row);
    }
    var id = String.valueOf(row.get("session_id"));
    boolean isOver = List.of("stopped", "failed").contains(row.get("status"));
    return Answers.within(
        pool.preparedQuery(CONTENTS)
            .execute(Tuple.of(id))
            .map(Collections::contents)
            .compose(contents -> isOver ? keep(id, contents) : Future.succeededFuture(contents))
            .map(contents -> {
              var filled = new LinkedHashMap<>(row);
              filled.put("contents", new JsonObject(contents.encode()).getMap());
              return filled;
            }),
        "count what data collection " + id + " holds");
  }

  private Future<JsonObject> keep(String id, JsonObject contents) {
    return pool.preparedQuery(
            "update collections set contents = $2::text::jsonb where session_id = $1")
        .execute(Tuple.of(id, contents.encode()))
        .map(contents);
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
}

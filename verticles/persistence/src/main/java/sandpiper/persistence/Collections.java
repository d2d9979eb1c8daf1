package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
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
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.session.SessionMode;

/// Data collections, with what they hold. That is counted when somebody asks, and kept once the
/// collection has ended and changes no more.
final class Collections {
  private static final int MAX_LIMIT = 200;

  private static final String WRITE =
      """
      insert into collections (session_id, streams) values ($1, $2)
      on conflict (session_id) do nothing\
      """;

  private final Pool pool;
  private final TimeSeriesStore series;
  private final Writes writes;
  private final Sessions sessions;

  Collections(Pool pool, TimeSeriesStore series, Writes writes) {
    this.pool = pool;
    this.writes = writes;
    this.series = series;
    sessions = new Sessions(pool);
  }

  Future<Done> write(WriteCollection collection) {
    var streams = collection.streams().stream().map(MarketStream::text).toArray(String[]::new);
    var id = collection.sessionId();
    return writes.write(
        id,
        "data collection " + id,
        "collections",
        WRITE,
        Tuple.tuple().addString(id).addArrayOfString(streams));
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
        series
            .contents(id)
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
}

package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.bus.Messages.RecordedPart;
import sandpiper.bus.Messages.Recording;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.market.VenueReport;
import sandpiper.persistence.Catalog.Days;

/// Market data in QuestDB, spoken to over its PostgreSQL wire; the catalog is in PostgreSQL.
///
/// A row stands at the day under which it is kept plus its number in microseconds: rows of a
/// session lie in order, a window is a range of that timestamp, and a row that is written again
/// meets itself (DEDUP by timestamp and session). What is acknowledged is in QuestDB's log, and
/// becomes readable a moment later: [#settle] waits for it.
final class QuestTimeSeries implements TimeSeriesStore {
  static final String NAME = "questdb";
  private static final long POLL_MILLIS = 10;
  private static final int POLLS = 2_000;

  private static final Map<InputSeries, String> COLUMNS =
      new EnumMap<>(
          Map.of(
              InputSeries.BARS,
              "interval_micros long, open_time long, open double, high double, low double,"
                  + " close double, volume double, closed boolean",
              InputSeries.TRADES,
              "event_time long, price double, amount double",
              InputSeries.QUOTES,
              "event_time long, bid double, ask double, bid_size double, ask_size double",
              InputSeries.BOOKS,
              "event_time long, first_id long, last_id long, bids varchar, asks varchar",
              InputSeries.EXTERNAL_VALUES,
              "name symbol, value double",
              InputSeries.VENUE_REPORTS,
              "report varchar"));

  private final Vertx vertx;
  private final Pool pool;
  private final Pool quest;
  private final Catalog catalog;

  /// @param pool of PostgreSQL, for the catalog
  /// @param quest of QuestDB
  QuestTimeSeries(Vertx vertx, Pool pool, Pool quest) {
    this.vertx = vertx;
    this.pool = pool;
    this.quest = quest;
    catalog = new Catalog(pool, NAME);
  }

  /// Makes the tables where they are missing.
  Future<QuestTimeSeries> start() {
    Future<?> done = Future.succeededFuture();
    for (var series : InputSeries.values()) {
      var create =
          """
          create table if not exists %s (
            ts timestamp, session_id symbol, seq long, time long, symbol symbol, %s
          ) timestamp(ts) partition by day wal dedup upsert keys(ts, session_id)\
          """
              .formatted(series.table(), COLUMNS.get(series));
      done = done.compose(_ -> quest.query(create).execute());
    }
    return done.map(this);
  }

  @Override
  public String name() {
    return NAME;
  }

  /// Rows first, the catalog when they are safe: what it names is there.
  @Override
  public Future<Map<String, Integer>> write(InputBatch batch) {
    if (batch.inputs().isEmpty()) {
      return Future.succeededFuture(Map.of());
    }
    return catalog.days(batch.sessionId()).compose(days -> write(batch, days));
  }

  private Future<Map<String, Integer>> write(InputBatch batch, Days days) {
    var rows = new EnumMap<InputSeries, List<Tuple>>(InputSeries.class);
    for (var input : batch.inputs()) {
      rows.computeIfAbsent(series(input), _ -> new ArrayList<>()).add(row(input, days));
    }
    Future<?> done = Future.succeededFuture();
    var counts = new HashMap<String, Integer>();
    for (var each : rows.entrySet()) {
      var insert = insert(each.getKey().table(), each.getValue().getFirst().size());
      counts.put(each.getKey().table(), each.getValue().size());
      done = done.compose(_ -> quest.preparedQuery(insert).executeBatch(each.getValue()));
    }
    return done.compose(_ -> catalog.add(pool, batch.sessionId(), batch.inputs(), days))
        .map(counts);
  }

  private static String insert(String table, int columns) {
    var insert = new StringBuilder("insert into " + table + " values ($1");
    for (int i = 2; i <= columns; i++) {
      insert.append(", $").append(i);
    }
    return insert.append(')').toString();
  }

  private static InputSeries series(Input input) {
    return switch (input.event()) {
      case Bar _, BarClosed _ -> InputSeries.BARS;
      case Trade _ -> InputSeries.TRADES;
      case Quote _ -> InputSeries.QUOTES;
      case BookEvent _ -> InputSeries.BOOKS;
      case ExternalValue _ -> InputSeries.EXTERNAL_VALUES;
      case VenueReport _ -> InputSeries.VENUE_REPORTS;
    };
  }

  private static Tuple row(Input input, Days days) {
    var row =
        Tuple.tuple()
            .addLocalDateTime(place(days.of(input), input.seq()))
            .addString(input.sessionId())
            .addLong(input.seq())
            .addLong(input.time())
            .addString(input.event().symbol());
    return switch (input.event()) {
      case Bar bar -> bar(row, bar, false);
      case BarClosed closed -> bar(row, closed.bar(), true);
      case Trade trade ->
          row.addLong(trade.time()).addDouble(trade.price()).addDouble(trade.amount());
      case Quote quote ->
          row.addLong(quote.time())
              .addDouble(quote.bid())
              .addDouble(quote.ask())
              .addDouble(quote.bidSize())
              .addDouble(quote.askSize());
      case BookEvent book ->
          row.addLong(book.time())
              .addLong(book instanceof BookUpdate update ? update.firstId() : null)
              .addLong(book.lastId())
              .addString(Column.literal(book.bids()))
              .addString(Column.literal(book.asks()));
      case ExternalValue value -> row.addString(value.name()).addDouble(value.value());
      case VenueReport report -> row.addString(Json.text(report));
    };
  }

  private static Tuple bar(Tuple row, Bar bar, boolean closed) {
    return row.addLong(bar.interval().micros())
        .addLong(bar.openTime())
        .addDouble(bar.open())
        .addDouble(bar.high())
        .addDouble(bar.low())
        .addDouble(bar.close())
        .addDouble(bar.volume())
        .addBoolean(closed);
  }

  /// Where the row of a number stands.
  private static LocalDateTime place(LocalDate day, long seq) {
    return day.atStartOfDay()
        .plusSeconds(Math.floorDiv(seq, 1_000_000))
        .plusNanos(Math.floorMod(seq, 1_000_000L) * 1_000);
  }

  @Override
  public Future<?> settle() {
    return log()
        .compose(log -> {
          var written = new HashMap<String, Long>();
          log.forEach(row -> written.put(row.getString("name"), row.getLong("sequencerTxn")));
          return applied(written, POLLS);
        });
  }

  private Future<RowSet<Row>> log() {
    return quest
        .query("select name, suspended, writerTxn, sequencerTxn from wal_tables()")
        .execute();
  }

  private Future<?> applied(Map<String, Long> written, int polls) {
    return log()
        .compose(log -> {
          boolean done = true;
          for (var row : log) {
            long until = written.getOrDefault(row.getString("name"), 0L);
            if (row.getLong("writerTxn") < until && row.getBoolean("suspended")) {
              throw new Refusal(
                  Refusal.Kind.FAILED,
                  "QuestDB has suspended its table " + row.getString("name") + ": see its log");
            }
            done &= row.getLong("writerTxn") >= until;
          }
          if (done || polls == 0) {
            return done
                ? Future.succeededFuture()
                : Future.failedFuture("QuestDB does not come to the end of its log");
          }
          return vertx.timer(POLL_MILLIS).compose(_ -> applied(written, polls - 1));
        });
  }

  @Override
  public Future<List<Input>> read(Recording recording, RecordedPart part, long after, long last) {
    return InputSeries.of(part.series())
        .readQuest(
            quest,
            recording,
            Tuple.of(recording.sessionId(), place(part.day(), after), place(part.day(), last)));
  }

  @Override
  public Future<@Nullable Long> firstSeq(String sessionId, RecordedPart part, long time) {
    var sql =
        "select min(seq) from "
            + InputSeries.of(part.series()).table()
            + " where session_id = $1 and ts >= $2 and ts <= $3 and time >= $4";
    return quest
        .preparedQuery(sql)
        .execute(
            Tuple.of(
                sessionId,
                place(part.day(), part.firstSeq()),
                place(part.day(), part.lastSeq()),
                time))
        .map(rows -> rows.size() == 0 ? null : rows.iterator().next().getLong(0));
  }

  @Override
  public Future<Map<String, Interval>> intervals(String sessionId) {
    return quest
        .preparedQuery(
            "select symbol, max(interval_micros) as micros from bars"
                + " where session_id = $1 and closed = false")
        .execute(Tuple.of(sessionId))
        .map(PostgresTimeSeries::intervals);
  }

  /// Bytes are those of the columns; QuestDB keeps little besides.
  @Override
  public Future<JsonObject> contents(String sessionId) {
    var trades = counted(sessionId, "trades", "event_time", "", "56");
    var quotes = counted(sessionId, "quotes", "event_time", "", "72");
    var books =
        counted(sessionId, "books", "event_time", "", "88 + avg(length(bids) + length(asks))");
    var bars = counted(sessionId, "bars", "open_time", " and closed = false", "89");
    return settle()
        .compose(_ -> Future.all(trades.get(), quotes.get(), books.get(), bars.get()))
        .map(found -> {
          var parts = new ArrayList<JsonObject>();
          long bytes = 0;
          for (int i = 0; i < found.size(); i++) {
            RowSet<Row> rows = found.resultAt(i);
            for (var row : rows) {
              parts.add(part(List.of("trades", "quotes", "books", "bars").get(i), row));
              bytes += (long) (row.getLong("rows") * row.getDouble("bytes"));
            }
          }
          parts.sort(
              Comparator.comparing((JsonObject part) -> part.getString("symbol"))
                  .thenComparing(part -> part.getString("stream")));
          return new JsonObject().put("streams", new JsonArray(parts)).put("bytes", bytes);
        });
  }

  private static JsonObject part(String stream, Row row) {
    var micros = stream.equals("bars") ? row.getLong("micros") : null;
    return new JsonObject()
        .put("symbol", row.getString("symbol"))
        .put("stream", stream)
        .put("interval", micros == null ? null : new Interval(micros).toString())
        .put("rows", row.getLong("rows"))
        .put("from", row.getLong("first"))
        .put("to", row.getLong("last"));
  }

  private Supplier<Future<RowSet<Row>>> counted(
      String sessionId, String table, String time, String condition, String bytes) {
    var statement =
        """
        select symbol, count() as rows, min(%2$s) as first, max(%2$s) as last,
          cast(%4$s as double) as bytes%5$s
        from %1$s where session_id = $1%3$s\
        """
            .formatted(
                table,
                time,
                condition,
                bytes,
                table.equals("bars") ? ", max(interval_micros) as micros" : "");
    return () -> quest.preparedQuery(statement).execute(Tuple.of(sessionId));
  }

  /// Those that PostgreSQL may hold from before as well.
  @Override
  public Future<Integer> drop(LocalDate before) {
    Future<Integer> done =
        catalog.forget(before).compose(_ -> PostgresTimeSeries.dropPartitions(pool, before));
    for (var series : InputSeries.values()) {
      done = done.compose(dropped -> drop(series.table(), before).map(more -> dropped + more));
    }
    return done;
  }

  private Future<Integer> drop(String table, LocalDate before) {
    var day = before.atStartOfDay(ZoneOffset.UTC).toInstant();
    return quest
        .query(
            "select count() from table_partitions('"
                + table
                + "') where minTimestamp < '"
                + day
                + "'")
        .execute()
        .compose(rows -> {
          int old = rows.iterator().next().getLong(0).intValue();
          return old == 0
              ? Future.succeededFuture(0)
              : quest
                  .query("alter table " + table + " drop partition where ts < '" + day + "'")
                  .execute()
                  .map(old);
        });
  }
}

package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Messages.DataSet;
import sandpiper.bus.Messages.DataSetList;
import sandpiper.bus.Messages.FindRecording;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.ListDataSets;
import sandpiper.bus.Messages.ReadRecording;
import sandpiper.bus.Messages.Recording;
import sandpiper.bus.Messages.RecordingPage;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;

/// Reads what sessions recorded, for sessions that run over it again.
///
/// Every question says all that it takes to answer it, and nothing is kept here or in the database
/// between two of them. So any number may read one recording at a time, each at its own place.
final class Recordings {
  static final int MAX_LIMIT = 5_000;

  /// The five tables share one numbering. The ends are found by their keys.
  private static final String FIND =
      """
      with inputs as not materialized (
        select seq, time from bars where session_id = $1
        union all select seq, time from trades where session_id = $1
        union all select seq, time from quotes where session_id = $1
        union all select seq, time from books where session_id = $1
        union all select seq, time from external_values where session_id = $1
      )
      select symbols,
        (select min(seq) from inputs where $2::bigint is null or time >= $2) as first_seq,
        (select max(seq) from inputs) as last_seq,
        (select time from inputs order by seq desc limit 1) as end_time
      from sessions where session_id = $1\
      """;

  private static final String INTERVALS =
      """
      select symbol, max(interval_micros) as micros
      from bars where session_id = $1 and not closed group by symbol\
      """;

  private static final String READ =
      """
      select 'trade' as kind, seq, time, symbol, event_time, price as a, amount as b,
        null::double precision as c, null::double precision as d, null::double precision as e,
        null::bigint as i, null::bigint as j,
        null::double precision[] as bids, null::double precision[] as asks, null as name
      from trades where session_id = $1 and seq > $2 and seq <= $3
      union all
      select 'bar', seq, time, symbol, open_time, open, high, low, close, volume,
        interval_micros, null, null, null, null
      from bars where session_id = $1 and seq > $2 and seq <= $3 and not closed
      union all
      select 'quote', seq, time, symbol, event_time, bid, ask, bid_size, ask_size, null,
        null, null, null, null, null
      from quotes where session_id = $1 and seq > $2 and seq <= $3
      union all
      select 'book', seq, time, symbol, event_time, null, null, null, null, null,
        first_id, last_id, bids, asks, null
      from books where session_id = $1 and seq > $2 and seq <= $3
      union all
      select 'value', seq, time, symbol, time, value, null, null, null, null,
        null, null, null, null, name
      from external_values where session_id = $1 and seq > $2 and seq <= $3
      order by seq\
      """;

  /// Of the latest sessions that recorded anything, the ends, found by the keys of the tables.
  private static final String LIST =
      """
      select session_id, mode, data, symbols, started_at, first_time, last_time, last_seq, bars,
        (select string_agg(plan ->> 'strategy', ', ') from jsonb_array_elements(strategies) as plan)
          as strategies
      from sessions,
        lateral (
          select min(time) as first_time, max(time) as last_time, max(seq) as last_seq,
            bool_or(bars) as bars
          from (
            (select seq, time, false as bars from trades where session_id = sessions.session_id order by seq limit 1)
            union all
            (select seq, time, false from trades where session_id = sessions.session_id order by seq desc limit 1)
            union all
            (select seq, time, not closed from bars where session_id = sessions.session_id order by seq limit 1)
            union all
            (select seq, time, not closed from bars where session_id = sessions.session_id order by seq desc limit 1)
            union all
            (select seq, time, false from quotes where session_id = sessions.session_id order by seq limit 1)
            union all
            (select seq, time, false from quotes where session_id = sessions.session_id order by seq desc limit 1)
            union all
            (select seq, time, false from books where session_id = sessions.session_id order by seq limit 1)
            union all
            (select seq, time, false from books where session_id = sessions.session_id order by seq desc limit 1)
          ) as rows
        ) as ends
      where last_seq is not null
      order by started_at desc, session_id desc
      limit 200\
      """;

  private final Pool pool;

  Recordings(Pool pool) {
    this.pool = pool;
  }

  Future<DataSetList> list(ListDataSets wanted) {
    return Answers.within(
        pool.query(LIST)
            .execute()
            .map(rows -> {
              var sets = new ArrayList<DataSet>();
              rows.forEach(row -> sets.add(dataSet(row)));
              return new DataSetList(sets);
            }),
        "list the recordings");
  }

  private static DataSet dataSet(Row row) {
    return new DataSet(
        "recording:" + row.getString("session_id"),
        row.getBoolean("bars") ? "bars" : "trades",
        List.of(row.getArrayOfStrings("symbols")),
        null,
        row.getLong("first_time"),
        row.getLong("last_time"),
        row.getLong("last_seq"),
        row.getString("strategies") == null
            ? "data collection of " + row.getString("data")
            : row.getString("mode") + " session of " + row.getString("strategies"),
        null);
  }

  /// @return fails with a [Refusal] when there is no such session, or it recorded nothing in the
  ///   range
  Future<Recording> find(FindRecording wanted) {
    var id = wanted.sessionId();
    var ends = pool.preparedQuery(FIND).execute(Tuple.of(id, wanted.range().from()));
    var intervals = pool.preparedQuery(INTERVALS).execute(Tuple.of(id));
    return Answers.within(
        Future.all(ends, intervals).map(_ -> found(id, ends.result(), intervals.result())),
        "find the recording of session " + id);
  }

  private static Recording found(String sessionId, RowSet<Row> ends, RowSet<Row> bars) {
    var row = ends.size() == 0 ? null : ends.iterator().next();
    if (row == null) {
      throw Refusal.unknown("unknown session '" + sessionId + "'");
    }
    if (row.getLong("last_seq") == null) {
      throw Refusal.unknown("session " + sessionId + " recorded nothing");
    }
    var first = row.getLong("first_seq");
    if (first == null) {
      throw Refusal.unknown("session " + sessionId + " recorded nothing in this range");
    }
    var intervals = new HashMap<String, Interval>();
    bars.forEach(
        bar -> intervals.put(bar.getString("symbol"), new Interval(bar.getLong("micros"))));
    return new Recording(
        sessionId,
        List.of(row.getArrayOfStrings("symbols")),
        intervals,
        first,
        row.getLong("last_seq"),
        row.getLong("end_time"));
  }

  /// @throws Refusal when the limit is not allowed
  Future<RecordingPage> read(ReadRecording wanted) {
    if (wanted.limit() < 1 || wanted.limit() > MAX_LIMIT) {
      throw Refusal.invalid("limit must be from 1 to " + MAX_LIMIT + ", was " + wanted.limit());
    }
    var id = wanted.sessionId();
    var rows =
        pool.preparedQuery(READ)
            .execute(Tuple.of(id, wanted.after(), wanted.after() + wanted.limit()));
    return Answers.within(
        rows.map(found -> page(id, found)), "read the recording of session " + id);
  }

  private static RecordingPage page(String sessionId, RowSet<Row> rows) {
    var inputs = new ArrayList<Input>(rows.size());
    for (var row : rows) {
      inputs.add(new Input(sessionId, row.getLong("seq"), row.getLong("time"), event(row)));
    }
    return new RecordingPage(inputs);
  }

  private static MarketEvent event(Row row) {
    var symbol = row.getString("symbol");
    long time = row.getLong("event_time");
    return switch (row.getString("kind")) {
      case "trade" -> new Trade(symbol, time, row.getDouble("a"), row.getDouble("b"));
      case "bar" ->
          new Bar(
              symbol,
              new Interval(row.getLong("i")),
              time,
              row.getDouble("a"),
              row.getDouble("b"),
              row.getDouble("c"),
              row.getDouble("d"),
              row.getDouble("e"));
      case "quote" ->
          new Quote(
              symbol,
              time,
              row.getDouble("a"),
              row.getDouble("b"),
              row.getDouble("c"),
              row.getDouble("d"));
      case "value" -> new ExternalValue(symbol, time, row.getString("name"), row.getDouble("a"));
      default -> book(row, symbol, time, row.getLong("i"));
    };
  }

  private static MarketEvent book(Row row, String symbol, long time, @Nullable Long firstId) {
    long lastId = row.getLong("j");
    var bids = levels(row.getArrayOfDoubles("bids"));
    var asks = levels(row.getArrayOfDoubles("asks"));
    return firstId == null
        ? new BookSnapshot(symbol, time, lastId, bids, asks)
        : new BookUpdate(symbol, time, firstId, lastId, bids, asks);
  }

  /// Of prices and sizes by turns.
  private static Levels levels(Double[] numbers) {
    var prices = new double[numbers.length / 2];
    var sizes = new double[prices.length];
    for (int i = 0; i < prices.length; i++) {
      prices[i] = numbers[2 * i];
      sizes[i] = numbers[2 * i + 1];
    }
    return new Levels(prices, sizes);
  }
}

package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import sandpiper.bus.Messages.DataSet;
import sandpiper.bus.Messages.DataSetList;
import sandpiper.bus.Messages.FindRecording;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.ListDataSets;
import sandpiper.bus.Messages.ReadRecording;
import sandpiper.bus.Messages.Recording;
import sandpiper.bus.Messages.RecordingPage;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.Interval;

/// Reads what sessions recorded, for sessions that run over it again.
///
/// Every question says all that it takes to answer it, and nothing is kept here or in the database
/// between two of them. So any number may read one recording at a time, each at its own place.
final class Recordings {
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
        (select time from inputs order by seq desc limit 1) as end_time,
        array_remove(array[
          case when exists (select from bars where session_id = $1 and not closed) then 'bars' end,
          case when exists (select from trades where session_id = $1) then 'trades' end,
          case when exists (select from quotes where session_id = $1) then 'quotes' end,
          case when exists (select from books where session_id = $1) then 'books' end,
          case when exists (select from external_values where session_id = $1)
            then 'external_values' end], null) as series
      from sessions where session_id = $1\
      """;

  private static final String INTERVALS =
      """
      select symbol, max(interval_micros) as micros
      from bars where session_id = $1 and not closed group by symbol\
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
  private final Pool readers;

  /// @param readers connections for the windows; whoever reads much waits there, and nobody else
  Recordings(Pool pool, Pool readers) {
    this.pool = pool;
    this.readers = readers;
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
        List.of(row.getArrayOfStrings("series")),
        intervals,
        first,
        row.getLong("last_seq"),
        row.getLong("end_time"));
  }

  /// @throws Refusal when the limit is not allowed
  Future<RecordingPage> read(ReadRecording wanted) {
    int limit = wanted.limit();
    if (limit < 1 || limit > ReadRecording.MAX_LIMIT) {
      throw Refusal.invalid(
          "limit must be from 1 to " + ReadRecording.MAX_LIMIT + ", was " + limit);
    }
    var id = wanted.recording().sessionId();
    var window = Tuple.of(id, wanted.after(), wanted.after() + limit);
    var parts =
        wanted.recording().series().stream()
            .map(name -> InputSeries.of(name).read(readers, id, window))
            .toList();
    return Answers.within(
        Future.all(parts).map(_ -> page(parts)), "read the recording of session " + id);
  }

  private static RecordingPage page(List<Future<List<Input>>> parts) {
    if (parts.size() == 1) {
      return new RecordingPage(parts.getFirst().result());
    }
    var inputs = new ArrayList<Input>();
    parts.forEach(part -> inputs.addAll(part.result()));
    inputs.sort(Comparator.comparingLong(Input::seq));
    return new RecordingPage(inputs);
  }
}

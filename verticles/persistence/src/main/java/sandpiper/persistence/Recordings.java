package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Messages.DataSet;
import sandpiper.bus.Messages.DataSetList;
import sandpiper.bus.Messages.FindRecording;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.ListDataSets;
import sandpiper.bus.Messages.ReadRecording;
import sandpiper.bus.Messages.RecordedPart;
import sandpiper.bus.Messages.Recording;
import sandpiper.bus.Messages.RecordingPage;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.Interval;

/// Reads what sessions recorded, for sessions that run over it again.
///
/// Every question says all that it takes to answer it, and nothing is kept here or in the database
/// between two of them. So any number may read one recording at a time, each at its own place.
final class Recordings {
  private static final String PARTS =
      """
      select series, day, first_seq, last_seq, last_time
      from recorded where session_id = $1 and store = $2 order by first_seq\
      """;

  private static final String LIST =
      """
      select session_id, mode, data, symbols, started_at, first_time, last_time, last_seq, bars,
        (select string_agg(plan ->> 'strategy', ', ') from jsonb_array_elements(strategies) as plan)
          as strategies
      from sessions join (
        select session_id, min(first_time) as first_time, max(last_time) as last_time,
          max(last_seq) as last_seq, bool_or(series = 'bars') as bars
        from recorded where store = $1 group by session_id
      ) as found using (session_id)
      order by started_at desc, session_id desc
      limit 200\
      """;

  private final Pool pool;
  private final TimeSeriesStore series;

  Recordings(Pool pool, TimeSeriesStore series) {
    this.pool = pool;
    this.series = series;
  }

  Future<DataSetList> list(ListDataSets wanted) {
    return Answers.within(
        pool.preparedQuery(LIST)
            .execute(Tuple.of(series.name()))
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
    var parts = pool.preparedQuery(PARTS).execute(Tuple.of(id, series.name()));
    return Answers.within(
        parts
            .compose(_ -> series.settle())
            .compose(_ -> {
              var symbols =
                  pool.preparedQuery("select symbols from sessions where session_id = $1")
                      .execute(Tuple.of(id));
              var intervals = series.intervals(id);
              return Future.all(symbols, intervals)
                  .compose(
                      _ -> found(wanted, symbols.result(), parts.result(), intervals.result()));
            }),
        "find the recording of session " + id);
  }

  private Future<Recording> found(
      FindRecording wanted,
      RowSet<Row> sessions,
      RowSet<Row> rows,
      Map<String, Interval> intervals) {
    var id = wanted.sessionId();
    if (sessions.size() == 0) {
      throw Refusal.unknown("unknown session '" + id + "'");
    }
    if (rows.size() == 0) {
      throw Refusal.unknown("session " + id + " recorded nothing");
    }
    var parts = new ArrayList<RecordedPart>();
    long lastSeq = 0;
    long endTime = 0;
    for (var row : rows) {
      if (row.getLong("last_seq") > lastSeq) {
        lastSeq = row.getLong("last_seq");
        endTime = row.getLong("last_time");
      }
      parts.add(
          new RecordedPart(
              row.getString("series"),
              row.getLocalDate("day"),
              row.getLong("first_seq"),
              row.getLong("last_seq")));
    }
    var symbols = List.of(sessions.iterator().next().getArrayOfStrings("symbols"));
    var end = new End(lastSeq, endTime);
    return first(wanted, parts)
        .map(first -> {
          if (first == null) {
            throw Refusal.unknown("session " + id + " recorded nothing in this range");
          }
          return new Recording(id, symbols, parts, intervals, first, end.seq(), end.time());
        });
  }

  private record End(long seq, long time) {}

  /// The number of the first input in the range; null when there is none.
  private Future<@Nullable Long> first(FindRecording wanted, List<RecordedPart> parts) {
    var from = wanted.range().from();
    if (from == null) {
      return Future.succeededFuture(parts.getFirst().firstSeq());
    }
    var firsts =
        parts.stream()
            .filter(Recordings::isSource)
            .map(part -> series.firstSeq(wanted.sessionId(), part, from))
            .toList();
    return Future.all(firsts)
        .map(_ ->
            firsts.stream()
                .map(Future::result)
                .filter(Objects::nonNull)
                .min(Comparator.naturalOrder())
                .orElse(null));
  }

  /// @throws Refusal when the limit is not allowed
  Future<RecordingPage> read(ReadRecording wanted) {
    int limit = wanted.limit();
    if (limit < 1 || limit > ReadRecording.MAX_LIMIT) {
      throw Refusal.invalid(
          "limit must be from 1 to " + ReadRecording.MAX_LIMIT + ", was " + limit);
    }
    var id = wanted.recording().sessionId();
    long last = wanted.after() + limit;
    var reads =
        wanted.recording().parts().stream()
            .filter(part -> part.firstSeq() <= last && part.lastSeq() > wanted.after())
            .filter(Recordings::isSource)
            .map(part -> series.read(wanted.recording(), part, wanted.after(), last))
            .toList();
    return Answers.within(
        Future.all(reads).map(_ -> page(reads)), "read the recording of session " + id);
  }

  private static boolean isSource(RecordedPart part) {
    return !part.series().equals(Catalog.CLOSINGS);
  }

  private static RecordingPage page(List<Future<List<Input>>> reads) {
    if (reads.size() == 1) {
      return new RecordingPage(reads.getFirst().result());
    }
    var inputs = new ArrayList<Input>();
    reads.forEach(read -> inputs.addAll(read.result()));
    inputs.sort(Comparator.comparingLong(Input::seq));
    return new RecordingPage(inputs);
  }
}

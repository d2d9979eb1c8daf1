package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.Tuple;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Refusal;

/// What recordings there are: the table `recorded`. For one event loop.
final class Catalog {
  /// The series of bars that sessions built; nobody reads it again.
  static final String CLOSINGS = "closings";

  private static final int REMEMBERED = 1_000;

  private static final String WRITE =
      """
      insert into recorded (session_id, store, series, day, first_seq, last_seq, first_time, last_time)
      select $1, $8, * from unnest($2::text[], $3::date[], $4::bigint[], $5::bigint[], $6::bigint[],
        $7::bigint[])
      on conflict (session_id, series, day) do update set
        first_seq = least(recorded.first_seq, excluded.first_seq),
        last_seq = greatest(recorded.last_seq, excluded.last_seq),
        first_time = least(recorded.first_time, excluded.first_time),
        last_time = greatest(recorded.last_time, excluded.last_time)\
      """;

  private final Pool pool;
  private final String store;

  /// UTC microseconds at which the sessions began that record; those of latest.
  private final Map<String, Long> starts =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Long> eldest) {
          return size() > REMEMBERED;
        }
      };

  /// A series, on one day.
  private record Part(String series, LocalDate day) {}

  private record Extent(long firstSeq, long lastSeq, long firstTime, long lastTime) {
    Extent with(Extent next) {
      return new Extent(
          Math.min(firstSeq, next.firstSeq),
          Math.max(lastSeq, next.lastSeq),
          Math.min(firstTime, next.firstTime),
          Math.max(lastTime, next.lastTime));
    }
  }

  /// @param store that has the rows
  Catalog(Pool pool, String store) {
    this.pool = pool;
    this.store = store;
  }

  /// Under which days the inputs of a session are kept.
  Future<Days> days(String sessionId) {
    var known = starts.get(sessionId);
    if (known != null) {
      return Future.succeededFuture(new Days(known));
    }
    return pool.preparedQuery("select started_at from sessions where session_id = $1")
        .execute(Tuple.of(sessionId))
        .map(rows -> {
          if (rows.size() == 0) {
            throw Refusal.unknown("unknown session '" + sessionId + "'");
          }
          long start = rows.iterator().next().getLong(0);
          starts.put(sessionId, start);
          return new Days(start);
        });
  }

  /// Says what inputs there are, together with those that were there.
  Future<?> add(SqlClient client, String sessionId, List<Input> inputs, Days days) {
    var parts = new HashMap<Part, Extent>();
    for (var input : inputs) {
      var extent = new Extent(input.seq(), input.seq(), input.time(), input.time());
      var part = new Part(InputRows.series(input.event()), days.of(input));
      parts.merge(part, extent, Extent::with);
    }
    var entries = new ArrayList<>(parts.entrySet());
    var parameters =
        Tuple.tuple()
            .addString(sessionId)
            .addArrayOfString(
                entries.stream().map(each -> each.getKey().series()).toArray(String[]::new))
            .addArrayOfLocalDate(
                entries.stream().map(each -> each.getKey().day()).toArray(LocalDate[]::new))
            .addArrayOfLong(numbers(entries, Extent::firstSeq))
            .addArrayOfLong(numbers(entries, Extent::lastSeq))
            .addArrayOfLong(numbers(entries, Extent::firstTime))
            .addArrayOfLong(numbers(entries, Extent::lastTime))
            .addString(store);
    return client.preparedQuery(WRITE).execute(parameters);
  }

  /// Forgets all days before one. Rows that are not in the catalog are found by nobody, so they may
  /// go afterwards, one table at a time.
  Future<?> forget(LocalDate before) {
    return pool.preparedQuery(
            """
            with gone as (delete from recorded where day < $1 returning session_id)
            update collections set contents = null where session_id in (select session_id from gone)\
            """)
        .execute(Tuple.of(before));
  }

  private static Long[] numbers(List<Map.Entry<Part, Extent>> entries, ToLongFunction<Extent> of) {
    return entries.stream().map(each -> of.applyAsLong(each.getValue())).toArray(Long[]::new);
  }

  /// The UTC day under which each input of a session is kept: that of its time, or that on which
  /// the session began if that is later.
  ///
  /// @param start of the session, UTC microseconds
  record Days(long start) {
    LocalDate of(Input input) {
      return day(Math.max(input.time(), start));
    }

    private static LocalDate day(long micros) {
      return LocalDate.ofEpochDay(Math.floorDiv(micros, TimeUnit.DAYS.toMicros(1)));
    }
  }
}

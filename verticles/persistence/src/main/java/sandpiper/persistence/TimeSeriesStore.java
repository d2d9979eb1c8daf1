package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.bus.Messages.RecordedPart;
import sandpiper.bus.Messages.Recording;
import sandpiper.domain.market.Interval;

/// Keeps the market data that sessions saw: much, only ever appended, read in windows.
///
/// Which recordings there are, and what is in them, stands in PostgreSQL in any case ([Catalog]); a
/// store has the rows. All of it is for one event loop.
interface TimeSeriesStore {
  /// What the catalog calls it.
  String name();

  /// May be repeated: a row that is there is not there twice.
  ///
  /// @return how many rows were new, by table, when they are safe; a store that cannot tell counts
  ///   all
  Future<Map<String, Integer>> write(InputBatch batch);

  /// Completes when all that was safe when it was asked can be read.
  Future<?> settle();

  /// The inputs of one series and day that are numbered `after + 1` to `last`, in order.
  Future<List<Input>> read(Recording recording, RecordedPart part, long after, long last);

  /// The number of the first input of one series and day at or after a time, UTC microseconds; null
  /// when there is none.
  Future<@Nullable Long> firstSeq(String sessionId, RecordedPart part, long time);

  /// Of the bars that came from a source, by symbol.
  Future<Map<String, Interval>> intervals(String sessionId);

  /// Rows, times and estimated bytes by stream and symbol: `streams` and `bytes` as of a data
  /// collection.
  Future<JsonObject> contents(String sessionId);

  /// Forgets all days before one; what the catalog says of them goes as well.
  ///
  /// @return how many partitions there were of them
  Future<Integer> drop(LocalDate before);
}

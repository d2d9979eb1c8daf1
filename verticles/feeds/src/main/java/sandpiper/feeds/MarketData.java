package sandpiper.feeds;

import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;

/// The events of one session's symbols, in the order in which they become known, read as they are
/// asked for.
///
/// All but [#progress] is for one thread at a time. [#hasNext], [#next] and [#startTime] throw
/// [DataException] for data that cannot be used; after a failure every further call fails with it.
public sealed interface MarketData extends Iterator<MarketEvent>, AutoCloseable
    permits SourceData, MergedData {
  /// Opens every source and reads its header; no row yet.
  ///
  /// @param requests at least one; at equal times the events of the former come first
  /// @throws DataException when one cannot be used
  static MarketData open(List<DataRequest> requests) {
    return MergedData.open(requests, SourceData::open);
  }

  /// UTC microseconds at which the earliest of the first events began; ask before any is taken.
  ///
  /// @throws DataException also when a source has no event in the range
  long startTime();

  /// Of the bars of each source, by symbol; a symbol that is missing has trades or more.
  Map<String, Interval> sourceIntervals();

  /// UTC microseconds at which the data end, or the range that was asked for; null where only
  /// reading them all could tell.
  @Nullable Long endTime();

  /// How many events were handed out so far.
  long rows();

  /// How many bad rows were left out so far.
  long skippedRows();

  /// How much of the data is consumed, from 0 to 1.
  double progress();

  /// Such as `prices.csv.xz: bars of 1m`.
  String description();

  @Override
  void close();
}

package sandpiper.feeds;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;

/// Several sources as one, each checked on its own: the event that is known first comes first, at
/// equal times that of the source named first.
final class MergedData implements MarketData {
  private final List<SourceData> readers;
  private @Nullable SourceData first;

  /// @param readers of different symbols; closed with this
  MergedData(List<SourceData> readers) {
    this.readers = List.copyOf(readers);
  }

  /// @param requests at least one
  /// @param opener of each
  /// @throws DataException when one cannot be used
  static MarketData open(List<DataRequest> requests, Function<DataRequest, SourceData> opener) {
    if (requests.size() == 1) {
      return opener.apply(requests.getFirst());
    }
    var readers = new ArrayList<SourceData>();
    try {
      requests.forEach(request -> readers.add(opener.apply(request)));
      return new MergedData(readers);
    } catch (DataException e) {
      readers.forEach(SourceData::close);
      throw e;
    }
  }

  @Override
  public boolean hasNext() {
    if (first == null) {
      first = first();
    }
    return first != null;
  }

  private @Nullable SourceData first() {
    SourceData found = null;
    long earliest = Long.MAX_VALUE;
    for (int i = 0; i < readers.size(); i++) {
      var reader = readers.get(i);
      if (reader.hasNext()) {
        long time = reader.peek().time();
        if (time < earliest) {
          earliest = time;
          found = reader;
        }
      }
    }
    return found;
  }

  @Override
  public MarketEvent next() {
    if (!hasNext() || first == null) {
      throw new NoSuchElementException();
    }
    var event = first.next();
    first = null;
    return event;
  }

  @Override
  public long startTime() {
    return readers.stream().mapToLong(MarketData::startTime).min().orElseThrow();
  }

  @Override
  public @Nullable Long endTime() {
    Long latest = null;
    for (var reader : readers) {
      var end = reader.endTime();
      if (end == null) {
        return null;
      }
      latest = latest == null ? end : Long.valueOf(Math.max(latest, end));
    }
    return latest;
  }

  @Override
  public Map<String, Interval> sourceIntervals() {
    var intervals = new HashMap<String, Interval>();
    readers.forEach(reader -> intervals.putAll(reader.sourceIntervals()));
    return intervals;
  }

  @Override
  public long rows() {
    return readers.stream().mapToLong(MarketData::rows).sum();
  }

  @Override
  public long skippedRows() {
    return readers.stream().mapToLong(MarketData::skippedRows).sum();
  }

  /// The mean of the sources.
  @Override
  public double progress() {
    return readers.stream().mapToDouble(MarketData::progress).average().orElseThrow();
  }

  @Override
  public String description() {
    return readers.stream().map(MarketData::description).collect(Collectors.joining("; "));
  }

  @Override
  public void close() {
    DataException failure = null;
    for (var reader : readers) {
      try {
        reader.close();
      } catch (DataException e) {
        failure = e;
      }
    }
    if (failure != null) {
      throw failure;
    }
  }
}

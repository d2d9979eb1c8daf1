package sandpiper.feeds;

import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Interval;

/// What to read from one file.
///
/// @param data `demo` or the path of a file, which may be packed as xz, gzip or zip: CSV, or
///   messages of an exchange ([StreamReader])
/// @param symbol of the instrument that the data are of
/// @param interval of the bars that are wanted; bars in the file must divide it; null for any
/// @param from UTC microseconds of the first row wanted; null for the first there is
/// @param to UTC microseconds that end the range, not part of it; null for all there is
/// @param skipBadRows whether bad rows are counted and left out, not an error
public record DataRequest(
    String data,
    String symbol,
    @Nullable Interval interval,
    @Nullable Long from,
    @Nullable Long to,
    boolean skipBadRows) {
  /// The data that come with the program.
  public static final String DEMO = "demo";

  /// UTC microseconds of the last of them.
  static final long DEMO_END = 1_385_913_725_000_000L;

  public DataRequest {
    if (from != null && to != null && from >= to) {
      throw new IllegalArgumentException(
          "from must be before to, was " + Times.text(from) + " and " + Times.text(to));
    }
  }

  DataRequest with(String otherData) {
    return new DataRequest(otherData, symbol, interval, from, to, skipBadRows);
  }

  /// For messages: ` from 2019-01-01T00:00:00Z to …`, or nothing.
  String range() {
    return (from == null ? "" : " from " + Times.text(from))
        + (to == null ? "" : " to " + Times.text(to));
  }

  /// What to read for each symbol of a session.
  ///
  /// @param symbols at least one, all different
  /// @param data as given, in one text or several: a source for the only symbol, or
  ///   `SYMBOL=source`, with commas between, for every one
  /// @param interval of the bars that are wanted of an only symbol; null for any
  /// @return in the order of `symbols`
  /// @throws DataException when not every symbol has one source, or another one has
  public static List<DataRequest> of(
      List<String> symbols,
      List<String> data,
      @Nullable Interval interval,
      @Nullable Long from,
      @Nullable Long to,
      boolean skipBadRows) {
    var sources = Sources.of(data, symbols);
    var wanted = symbols.size() == 1 ? interval : null;
    return IntStream.range(0, symbols.size())
        .mapToObj(
            i -> new DataRequest(sources.get(i), symbols.get(i), wanted, from, to, skipBadRows))
        .toList();
  }
}

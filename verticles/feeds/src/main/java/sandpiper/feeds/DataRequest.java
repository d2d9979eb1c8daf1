package sandpiper.feeds;

import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Interval;

/// What to read.
///
/// @param data `demo` or the path of a CSV file, which may be packed as xz, gzip or zip
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

  public DataRequest {
    if (from != null && to != null && from >= to) {
      throw new IllegalArgumentException(
          "from must be before to, was " + Times.text(from) + " and " + Times.text(to));
    }
  }
}

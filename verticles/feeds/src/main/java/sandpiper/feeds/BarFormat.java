package sandpiper.feeds;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.Interval;

/// Rows of bars, `timestamp_ms` being the start of each.
final class BarFormat implements RowFormat {
  private static final String TIME = "timestamp_ms";
  private static final long YEAR_10000_MS = 253_402_300_800_000L;

  private final int[] columns;
  private final String symbol;
  private final Interval interval;
  private long last = Long.MIN_VALUE;

  /// @param columns as [#columns] found them
  BarFormat(int[] columns, String symbol, Interval interval) {
    this.columns = columns;
    this.symbol = symbol;
    this.interval = interval;
  }

  /// Where the header has the columns of a bar; null when it is none of bars.
  static int @Nullable [] columns(List<String> header) {
    return RowFormat.find(header, TIME, "open", "high", "low", "close", "volume");
  }

  Interval interval() {
    return interval;
  }

  /// The start of the row's bar in UTC microseconds; negative when it has none.
  static long start(CsvRows row, int[] columns) {
    long millis = row.whole(columns[0]);
    return millis < 0 || millis >= YEAR_10000_MS ? -1 : 1_000 * millis;
  }

  @Override
  public long glance(CsvRows row) {
    return start(row, columns);
  }

  @Override
  public long time(CsvRows row) throws BadRow {
    long time = start(row, columns);
    if (time < 0) {
      throw new BadRow(TIME + " must be milliseconds since 1970, was " + row.quoted(columns[0]));
    }
    if (time <= last) {
      throw new BadRow(
          time == last
              ? "the bar at " + TIME + " " + time / 1_000 + " is there twice"
              : TIME + " must not go back, was " + time / 1_000 + " after " + last / 1_000);
    }
    if (time % interval.micros() != 0) {
      throw new BadRow(
          TIME + " must be the start of a bar of " + interval + ", was " + time / 1_000);
    }
    last = time;
    return time;
  }

  @Override
  public Bar event(CsvRows row, long time) throws BadRow {
    double open = RowFormat.positive(row, columns[1], "open");
    double high = RowFormat.positive(row, columns[2], "high");
    double low = RowFormat.positive(row, columns[3], "low");
    double close = RowFormat.positive(row, columns[4], "close");
    double volume = RowFormat.notNegative(row, columns[5], "volume");
    try {
      return new Bar(symbol, interval, time, open, high, low, close, volume);
    } catch (IllegalArgumentException e) {
      throw new BadRow(String.valueOf(e.getMessage()));
    }
  }
}

package sandpiper.feeds;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Trade;

/// Rows of trades. How many digits the first time has tells its unit.
final class TradeFormat implements RowFormat {
  private final int[] columns;
  private final String symbol;
  private int digits;
  private long last = Long.MIN_VALUE;

  /// @param columns as [#columns] found them
  TradeFormat(int[] columns, String symbol) {
    this.columns = columns;
    this.symbol = symbol;
  }

  /// Where the header has the columns of a trade; null when it is none of trades.
  static int @Nullable [] columns(List<String> header) {
    var columns = RowFormat.find(header, "time", "price", "amount");
    return columns != null ? columns : RowFormat.find(header, "timestamp", "price", "amount");
  }

  @Override
  public long glance(CsvRows row) {
    long unit = unit(row.length(columns[0]));
    return unit == 0 ? -1 : unit * row.whole(columns[0]);
  }

  @Override
  public long time(CsvRows row) throws BadRow {
    long value = row.whole(columns[0]);
    int length = row.length(columns[0]);
    if (value < 0 || unit(length) == 0) {
      throw new BadRow(
          "time must be 10 digits (seconds), 13 (milliseconds) or 16 (microseconds), was "
              + row.quoted(columns[0]));
    }
    if (digits == 0) {
      digits = length;
    } else if (digits != length) {
      throw new BadRow(
          "time must have " + digits + " digits as before, was " + row.quoted(columns[0]));
    }
    long time = value * unit(length);
    if (time < last) {
      throw new BadRow("time must not go back, was " + value + " after " + last / unit(length));
    }
    last = time;
    return time;
  }

  /// Microseconds; zero when no unit has times of that length.
  private static long unit(int length) {
    return switch (length) {
      case 10 -> 1_000_000;
      case 13 -> 1_000;
      case 16 -> 1;
      default -> 0;
    };
  }

  @Override
  public Trade event(CsvRows row, long time) throws BadRow {
    return new Trade(
        symbol,
        time,
        RowFormat.positive(row, columns[1], "price"),
        RowFormat.notNegative(row, columns[2], "amount"));
  }
}

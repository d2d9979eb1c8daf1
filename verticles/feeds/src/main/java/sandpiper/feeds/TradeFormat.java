package sandpiper.feeds;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Trade;

/// Rows of trades.
final class TradeFormat implements RowFormat {
  private final int[] columns;
  private final String symbol;
  private final EventTimes times;

  /// @param columns as [#columns] found them
  TradeFormat(int[] columns, String symbol) {
    this.columns = columns;
    this.symbol = symbol;
    times = new EventTimes(columns[0]);
  }

  /// Where the header has the columns of a trade; null when it is none of trades.
  static int @Nullable [] columns(List<String> header) {
    var columns = RowFormat.find(header, "time", "price", "amount");
    return columns != null ? columns : RowFormat.find(header, "timestamp", "price", "amount");
  }

  @Override
  public long glance(CsvRows row) {
    return times.glance(row);
  }

  @Override
  public long time(CsvRows row) throws BadRow {
    return times.of(row);
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

package sandpiper.feeds;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Quote;

/// Rows of quotes.
final class QuoteFormat implements RowFormat {
  private final int[] columns;
  private final String symbol;
  private final EventTimes times;

  /// @param columns as [#columns] found them
  QuoteFormat(int[] columns, String symbol) {
    this.columns = columns;
    this.symbol = symbol;
    times = new EventTimes(columns[0]);
  }

  /// Where the header has the columns of a quote; null when it is none of quotes.
  static int @Nullable [] columns(List<String> header) {
    return RowFormat.find(header, "time", "bid", "ask", "bid_size", "ask_size");
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
  public Quote event(CsvRows row, long time) throws BadRow {
    double bid = RowFormat.positive(row, columns[1], "bid");
    double ask = RowFormat.positive(row, columns[2], "ask");
    double bidSize = RowFormat.notNegative(row, columns[3], "bid_size");
    double askSize = RowFormat.notNegative(row, columns[4], "ask_size");
    try {
      return new Quote(symbol, time, bid, ask, bidSize, askSize);
    } catch (IllegalArgumentException e) {
      throw new BadRow(String.valueOf(e.getMessage()));
    }
  }
}

package sandpiper.feeds;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.Levels;

/// Rows of order books: levels are `price:size` with spaces between, a snapshot has no `first_id`.
final class BookFormat implements RowFormat {
  private final int[] columns;
  private final String symbol;
  private final EventTimes times;

  /// @param columns as [#columns] found them
  BookFormat(int[] columns, String symbol) {
    this.columns = columns;
    this.symbol = symbol;
    times = new EventTimes(columns[0]);
  }

  /// Where the header has the columns of an order book; null when it is none of books.
  static int @Nullable [] columns(List<String> header) {
    return RowFormat.find(header, "time", "first_id", "last_id", "bids", "asks");
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
  public BookEvent event(CsvRows row, long time) throws BadRow {
    long lastId = id(row, columns[2], "last_id");
    var bids = levels(row, columns[3], "bids");
    var asks = levels(row, columns[4], "asks");
    if (row.length(columns[1]) == 0) {
      return new BookSnapshot(symbol, time, lastId, bids, asks);
    }
    long firstId = id(row, columns[1], "first_id");
    if (firstId > lastId) {
      throw new BadRow("first_id must not be above last_id, was " + firstId + " and " + lastId);
    }
    return new BookUpdate(symbol, time, firstId, lastId, bids, asks);
  }

  private static long id(CsvRows row, int column, String name) throws BadRow {
    long id = row.whole(column);
    if (id < 0) {
      throw new BadRow(name + " must be a whole number from zero up, was " + row.quoted(column));
    }
    return id;
  }

  private static Levels levels(CsvRows row, int column, String name) throws BadRow {
    if (row.length(column) == 0) {
      return Levels.NONE;
    }
    var levels = row.text(column).split(" +", -1);
    var prices = new double[levels.length];
    var sizes = new double[levels.length];
    for (int i = 0; i < levels.length; i++) {
      int colon = levels[i].indexOf(':');
      prices[i] = number(levels[i], 0, colon);
      sizes[i] = number(levels[i], colon + 1, levels[i].length());
      if (!(prices[i] > 0 && prices[i] <= Double.MAX_VALUE)
          || !(sizes[i] >= 0 && sizes[i] <= Double.MAX_VALUE)) {
        throw new BadRow(
            name
                + " must be price:size with spaces between, prices above zero and sizes from zero"
                + " up, was "
                + CsvRows.quote(levels[i]));
      }
    }
    return new Levels(prices, sizes);
  }

  private static double number(String text, int start, int end) {
    return end < 0 ? Double.NaN : Numbers.decimal(text.substring(start, end));
  }
}

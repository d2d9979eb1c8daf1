package sandpiper.feeds;

import sandpiper.domain.market.Interval;

/// Reads the first line of a file, and of bars also how long they are.
final class Header {
  private static final int ROWS_TO_MEASURE = 1_000;

  private Header() {}

  /// Leaves `rows` before the first row of data.
  static RowFormat read(CsvRows rows, DataRequest request) {
    var name = rows.source().name();
    if (!rows.next()) {
      throw new DataException(name + ": the file is empty");
    }
    var header = rows.texts();
    header.set(0, header.getFirst().replace("\uFEFF", ""));
    var bar = BarFormat.columns(header);
    if (bar != null) {
      return new BarFormat(bar, request.symbol(), interval(request, name, bar));
    }
    var trade = TradeFormat.columns(header);
    if (trade != null) {
      return new TradeFormat(trade, request.symbol());
    }
    var quote = QuoteFormat.columns(header);
    if (quote != null) {
      return new QuoteFormat(quote, request.symbol());
    }
    var book = BookFormat.columns(header);
    if (book != null) {
      return new BookFormat(book, request.symbol());
    }
    throw new DataException(
        name
            + ", line "
            + rows.line()
            + ": unknown header "
            + CsvRows.quote(String.join(",", header))
            + ", known are "
            + RowFormat.KNOWN);
  }

  private static Interval interval(DataRequest request, String name, int[] columns) {
    long step = smallestStep(request.data(), columns);
    var wanted = request.interval();
    if (step == Long.MAX_VALUE) {
      if (wanted == null) {
        throw new DataException(
            name + ": too few rows to tell how long its bars are, must be two or more");
      }
      return wanted;
    }
    Interval found;
    try {
      found = new Interval(step);
    } catch (IllegalArgumentException e) {
      throw new DataException(
          name
              + ": bars must be whole seconds long, was "
              + step / 1_000
              + " milliseconds between two rows");
    }
    if (wanted != null && !wanted.isMultipleOf(found)) {
      throw new DataException(
          name + ": interval must be a whole multiple of the data's " + found + ", was " + wanted);
    }
    return found;
  }

  /// Microseconds between the two closest of the first rows; `Long.MAX_VALUE` for a single row.
  private static long smallestStep(String data, int[] columns) {
    try (var rows = new CsvRows(DataSource.open(data))) {
      rows.next();
      int width = rows.columns();
      long smallest = Long.MAX_VALUE;
      long last = -1;
      for (int i = 0; i < ROWS_TO_MEASURE && rows.next(); i++) {
        long time = rows.columns() == width ? BarFormat.start(rows, columns) : -1;
        if (time >= 0 && last >= 0 && time > last) {
          smallest = Math.min(smallest, time - last);
        }
        last = time >= 0 ? time : last;
      }
      return smallest;
    }
  }
}

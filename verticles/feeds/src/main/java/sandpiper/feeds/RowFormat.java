package sandpiper.feeds;

import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.MarketEvent;

/// What the rows under a header mean.
///
/// [#time] and [#event] are asked for every row in order, [#event] only for those in range.
sealed interface RowFormat permits BarFormat, TradeFormat, QuoteFormat, BookFormat {
  String KNOWN =
      "timestamp_ms,open,high,low,close,volume (bars), "
          + "time,price,amount and timestamp,price,amount (trades), "
          + "time,bid,ask,bid_size,ask_size (quotes), "
          + "time,first_id,last_id,bids,asks (books)";

  /// UTC microseconds of a row anywhere in the file; negative when it has none.
  long glance(CsvRows row);

  /// UTC microseconds of the row, not before the row before it.
  long time(CsvRows row) throws BadRow;

  /// @param time what [#time] said of this row
  MarketEvent event(CsvRows row, long time) throws BadRow;

  /// The positions of all `names` in `header`; null unless each is there exactly once.
  static int @Nullable [] find(List<String> header, String... names) {
    var lower = header.stream().map(name -> name.toLowerCase(Locale.ROOT)).toList();
    var columns = new int[names.length];
    for (int i = 0; i < names.length; i++) {
      columns[i] = lower.indexOf(names[i]);
      if (columns[i] < 0 || columns[i] != lower.lastIndexOf(names[i])) {
        return null;
      }
    }
    return columns;
  }

  static double positive(CsvRows row, int column, String name) throws BadRow {
    double value = row.number(column);
    if (!(value > 0 && value <= Double.MAX_VALUE)) {
      throw new BadRow(name + " must be a number above zero, was " + row.quoted(column));
    }
    return value;
  }

  static double notNegative(CsvRows row, int column, String name) throws BadRow {
    double value = row.number(column);
    if (!(value >= 0 && value <= Double.MAX_VALUE)) {
      throw new BadRow(name + " must be a number from zero up, was " + row.quoted(column));
    }
    return value;
  }
}

package sandpiper.domain.market;

import java.math.BigDecimal;

/// Rows of market data as CSV, in the formats that files are read in: every number is written so
/// that reading it gives the very same one.
///
/// Times are UTC microseconds, of bars milliseconds of their start. Levels of an order book are
/// `price:size` with spaces between; a snapshot has no `first_id`. Lines end in LF.
public final class MarketCsv {
  private MarketCsv() {}

  /// The first line, with its end.
  public static String header(MarketStream stream) {
    return switch (stream) {
      case TRADES -> "time,price,amount\n";
      case QUOTES -> "time,bid,ask,bid_size,ask_size\n";
      case BOOKS -> "time,first_id,last_id,bids,asks\n";
      case BARS -> "timestamp_ms,open,high,low,close,volume\n";
    };
  }

  /// Adds the line of an event, with its end.
  public static void append(StringBuilder text, MarketEvent event) {
    switch (event) {
      case Trade trade -> {
        text.append(trade.time());
        numbers(text, trade.price(), trade.amount());
      }
      case Quote quote -> {
        text.append(quote.time());
        numbers(text, quote.bid(), quote.ask(), quote.bidSize(), quote.askSize());
      }
      case BookEvent book -> {
        text.append(book.time()).append(',');
        if (book instanceof BookUpdate update) {
          text.append(update.firstId());
        }
        text.append(',').append(book.lastId());
        levels(text.append(','), book.bids());
        levels(text.append(','), book.asks());
      }
      case Bar bar -> bar(text, bar);
      case BarClosed closed -> bar(text, closed.bar());
      case ExternalValue value ->
          throw new IllegalArgumentException("no source delivers external values, was " + value);
      case VenueReport report ->
          throw new IllegalArgumentException("no source delivers reports, was " + report);
    }
    text.append('\n');
  }

  private static void bar(StringBuilder text, Bar bar) {
    text.append(bar.openTime() / 1_000);
    numbers(text, bar.open(), bar.high(), bar.low(), bar.close(), bar.volume());
  }

  private static void numbers(StringBuilder text, double... numbers) {
    for (double number : numbers) {
      number(text.append(','), number);
    }
  }

  private static void levels(StringBuilder text, Levels levels) {
    for (int i = 0; i < levels.count(); i++) {
      number(i == 0 ? text : text.append(' '), levels.price(i));
      number(text.append(':'), levels.size(i));
    }
  }

  /// Without an exponent, and whole numbers without a point.
  private static void number(StringBuilder text, double number) {
    long whole = (long) number;
    if (whole == number) {
      text.append(whole);
    } else {
      text.append(new BigDecimal(Double.toString(number)).stripTrailingZeros().toPlainString());
    }
  }
}

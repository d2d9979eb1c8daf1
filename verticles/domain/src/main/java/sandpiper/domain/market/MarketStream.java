package sandpiper.domain.market;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// The kinds of events that a source delivers and a recording keeps, each in a table of its own.
public enum MarketStream {
  TRADES,
  QUOTES,
  BOOKS,
  BARS;

  /// @param event the closing of a bar counts as a bar
  /// @return null for what no source delivers, an external value
  public static @Nullable MarketStream of(MarketEvent event) {
    return switch (event) {
      case Trade _ -> TRADES;
      case Quote _ -> QUOTES;
      case BookEvent _ -> BOOKS;
      case Bar _, BarClosed _ -> BARS;
      case ExternalValue _, VenueReport _ -> null;
    };
  }

  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /// @param text `trades`, `quotes`, `books` or `bars`
  public static MarketStream parse(String text) {
    for (var stream : values()) {
      if (stream.text().equals(text)) {
        return stream;
      }
    }
    throw new IllegalArgumentException(
        "streams must be of trades, quotes, books and bars, was '" + text + "'");
  }
}

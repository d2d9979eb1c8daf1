package sandpiper.domain.trading;

import java.util.HashMap;
import java.util.Map;
import sandpiper.domain.market.BookBuilder;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.OrderBook;

/// The order books of a session's symbols as of the latest event.
final class Books {
  private final Map<String, BookBuilder> bySymbol = new HashMap<>();

  void apply(BookEvent event) {
    bySymbol.computeIfAbsent(event.symbol(), BookBuilder::new).apply(event);
  }

  /// Not valid before there was a snapshot.
  OrderBook of(String symbol) {
    return bySymbol.computeIfAbsent(symbol, BookBuilder::new);
  }
}

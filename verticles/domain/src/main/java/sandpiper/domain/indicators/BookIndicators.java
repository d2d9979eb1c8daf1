package sandpiper.domain.indicators;

import java.util.List;
import sandpiper.domain.indicators.IndicatorDefinition.Group;
import sandpiper.domain.indicators.IndicatorDefinition.Parameter;
import sandpiper.domain.market.OrderBook;

/// What the order book says between trades.
final class BookIndicators {
  private BookIndicators() {}

  static List<IndicatorDefinition> definitions() {
    var draft = new Draft(Group.BOOK);
    draft
        .books("imbalance", "Order-book imbalance")
        .takes(Parameter.whole("depth", 5, 1, 1_000))
        .warm(_ -> 1)
        .by("Cao, Hansch, Wang 2009")
        .is(a -> {
          int depth = a.whole("depth");
          return new BookMeasure(book -> book.imbalance(depth));
        });
    draft
        .books("microprice", "Microprice")
        .warm(_ -> 1)
        .by("Stoikov 2018")
        .is(_ -> new BookMeasure(OrderBook::microprice));
    draft
        .books("book-spread", "Spread of the order book")
        .warm(_ -> 1)
        .by("common")
        .is(_ -> new BookMeasure(OrderBook::spread));
    return draft.definitions();
  }
}

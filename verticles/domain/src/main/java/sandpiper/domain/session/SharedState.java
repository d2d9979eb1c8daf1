package sandpiper.domain.session;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Ids;
import sandpiper.domain.journal.Note;
import sandpiper.domain.journal.StrategyAction;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.BookBuilder;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.OrderBook;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.market.VenueReport;

/// What the contexts of one session share: its clock, its ids, the actions in their order, what the
/// market showed last. Not thread-safe.
final class SharedState {
  final Ids signalIds;
  final Ids orderIds;
  final List<StrategyAction> actions = new ArrayList<>();
  private final List<BarHistory> histories = new ArrayList<>();
  private final Map<String, BookBuilder> books = new HashMap<>();
  private @Nullable OrderBook changedBook;
  final Supplier<Account> account;
  final String[] symbols;
  final double[] prices;
  final boolean keepsReadings;
  long seq;
  long time;
  int notes;

  SharedState(SessionSpec session, Supplier<Account> account) {
    this.account = account;
    signalIds = Ids.signals(session.sessionId());
    orderIds = Ids.orders(session.sessionId());
    symbols = session.instruments().stream().map(Instrument::symbol).toArray(String[]::new);
    prices = new double[symbols.length];
    keepsReadings = session.keepsReadings();
  }

  long seq() {
    return seq;
  }

  long time() {
    return time;
  }

  void moveTo(long seq, long time) {
    this.seq = seq;
    this.time = time;
    notes = 0;
  }

  /// Goes on after an input that was worked on elsewhere.
  void resume(Resumption from) {
    moveTo(from.seq(), from.time());
    signalIds.resume(from.seq(), from.signals());
    orderIds.resume(from.seq(), from.orders());
    notes = from.notes();
  }

  /// Within one input, for a timer that was due before it.
  void setTime(long time) {
    this.time = time;
  }

  void see(MarketEvent event) {
    switch (event) {
      case Trade trade -> price(trade.symbol(), trade.price());
      case Bar bar -> price(bar.symbol(), bar.close());
      case Quote quote -> price(quote.symbol(), (quote.bid() + quote.ask()) / 2);
      case BookEvent book -> see(book);
      case ExternalValue _, VenueReport _ -> {
        // Strategies read the one as an indicator, and hear of the other as what became of orders.
      }
      case BarClosed closed -> {
        for (int i = 0; i < histories.size(); i++) {
          var history = histories.get(i);
          if (history.isOf(closed.symbol(), closed.bar().interval())) {
            history.add(closed.bar());
          }
        }
      }
    }
  }

  private void see(BookEvent event) {
    var book = books.computeIfAbsent(event.symbol(), BookBuilder::new);
    changedBook = book.apply(event) ? book : null;
    if (changedBook != null && book.mid() > 0) {
      price(event.symbol(), book.mid());
    }
  }

  /// The book that the latest of the book events has changed; null when it is not valid or says
  /// nothing new.
  @Nullable OrderBook changedBook() {
    return changedBook;
  }

  boolean anyActions() {
    return !actions.isEmpty();
  }

  /// Whether there is more than notes.
  boolean anyActionsOf(String strategy) {
    return actions.stream()
        .anyMatch(action -> action.strategy().equals(strategy) && !(action instanceof Note));
  }

  int actionCount() {
    return actions.size();
  }

  List<StrategyAction> takeActions() {
    var taken = List.copyOf(actions);
    actions.clear();
    return taken;
  }

  /// Of `strategy`, from number `from` on; what it wrote down stays.
  void dropActions(String strategy, int from) {
    var later = actions.subList(from, actions.size());
    later.removeIf(action -> action.strategy().equals(strategy) && !(action instanceof Note));
  }

  void truncateActions(int size) {
    actions.subList(size, actions.size()).clear();
  }

  private void price(String symbol, double price) {
    for (int i = 0; i < symbols.length; i++) {
      if (symbols[i].equals(symbol)) {
        prices[i] = price;
        return;
      }
    }
  }

  BarHistory history(StreamSpec stream) {
    var interval = stream.interval();
    if (interval == null) {
      throw new IllegalArgumentException("stream " + stream.name() + " has no bars");
    }
    for (var history : histories) {
      if (history.isOf(stream.symbol(), interval)) {
        return history;
      }
    }
    var history = new BarHistory(stream.symbol(), interval);
    histories.add(history);
    return history;
  }
}

package sandpiper.domain.trading;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.TimeInForce;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.BookSide;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.OrderBook;
import sandpiper.domain.market.Trade;

/// Fills orders against the level-2 order book of their symbol: what takes liquidity walks through
/// its levels, what makes it waits in the queue of its price. Not thread-safe.
///
/// An order arrives with the first event of its symbol at or after its time, once what the event
/// says of orders that wait has been done, and finds the book as that event leaves it.
///
/// **Queue.** When an order begins to wait, all that the book shows at its price stands before it.
/// A trade at that price takes from the front of the queue; the order fills with what is left of
/// the trade. Of what disappears from a level without a trade nothing is believed to have stood
/// before the order (conservative), but never does more stand before it than the level shows. A
/// trade beyond its price, or the other side's best price coming to it, fills it at once, for at
/// most the amount of the trade or what the book shows there.
///
/// **No more than there is.** What orders of the session have taken from a level is gone until the
/// exchange says the level's size again; the amount of a trade is given out once.
final class BookVenue implements Venue {
  private final List<Queued> orders = new ArrayList<>(); // as they were placed
  private final Map<String, Taken> taken = new HashMap<>(); // by symbol
  private final Books books;
  private final Listener listener;
  private final Slip slip;
  private @Nullable String matched;
  private int leaving;
  private long events;
  private long turns;

  /// An order with its place.
  private static final class Queued {
    private final Resting resting;
    private long since;
    private boolean arrived;
    private boolean queues;
    private long turn; // in which orders came into queues
    private long joined; // the event in the middle of which it came, which it does not meet
    private BigDecimal ahead = BigDecimal.ZERO;

    private Queued(Resting resting, long since) {
      this.resting = resting;
      this.since = since;
    }

    private Order order() {
      return resting.order();
    }

    private boolean isOf(String symbol) {
      return !resting.gone() && order().symbol().equals(symbol);
    }

    private double limit() {
      return resting.exactLimit().doubleValue();
    }

    /// Whether it fills before `other` of the same side: at a better price, or there before.
    private boolean isBefore(Queued other) {
      double better = resting.isBuy() ? limit() - other.limit() : other.limit() - limit();
      return better > 0 || (better == 0 && turn < other.turn);
    }
  }

  /// What the session has taken from the levels of a book since the exchange last said their size.
  private static final class Taken {
    private final Map<Double, BigDecimal> fromBids = new HashMap<>();
    private final Map<Double, BigDecimal> fromAsks = new HashMap<>();

    private void on(BookEvent event) {
      if (fromBids.isEmpty() && fromAsks.isEmpty()) {
        return;
      }
      if (event instanceof BookSnapshot) {
        fromBids.clear();
        fromAsks.clear();
      } else {
        forget(fromBids, event.bids());
        forget(fromAsks, event.asks());
      }
    }

    private static void forget(Map<Double, BigDecimal> taken, Levels levels) {
      for (int i = 0; i < levels.count(); i++) {
        taken.remove(levels.price(i));
      }
    }
  }

  BookVenue(Listener listener, Books books, Slippage slippage) {
    this.listener = listener;
    this.books = books;
    slip = new Slip(slippage);
  }

  @Override
  public void place(Order order, Instrument instrument, double reference, long since) {
    var placed = new Queued(new Resting(order, instrument, reference, since), since);
    if (matched != null) {
      placed.joined = events;
    }
    orders.add(placed);
  }

  @Override
  public boolean cancel(String orderId) {
    var found = find(orderId);
    if (found != null) {
      leave(found);
      if (matched == null) {
        forget();
      }
    }
    return true;
  }

  /// An order that shrinks keeps its place; any other change makes it arrive anew.
  @Override
  public boolean amend(Order order, long time) {
    var found = find(order.orderId());
    if (found == null) {
      throw new IllegalStateException("order " + order.orderId() + " is not at the venue");
    }
    var before = found.order();
    boolean shrinks =
        order.quantity().compareTo(before.quantity()) <= 0
            && found.queues
            && order.limitPrice() != null
            && before.limitPrice() != null
            && order.limitPrice().compareTo(before.limitPrice()) == 0;
    found.resting.amend(order, time);
    if (!shrinks) {
      found.queues = false;
      found.arrived = false;
      found.since = Math.max(found.since, time);
      if (matched != null) {
        found.joined = events;
      }
    }
    return true;
  }

  @Override
  public boolean isIdle() {
    return orders.size() == leaving && taken.isEmpty();
  }

  @Override
  public void onMarket(MarketEvent event) {
    var symbol = event.symbol();
    matched = symbol;
    events++;
    var book = books.of(symbol);
    switch (event) {
      case BookEvent change -> {
        var gone = taken.get(symbol);
        if (gone != null) {
          gone.on(change);
        }
        if (book.isValid()) {
          onBook(book, event.time());
        }
      }
      case Trade trade -> onTrade(trade);
      default -> {
        // Quotes say nothing that the book does not; bars have no queues.
      }
    }
    if (book.isValid()) {
      arrive(book, event.time());
    }
    matched = null;
    forget();
  }

  /// What waits for its trigger, then what stands in queues.
  private void onBook(OrderBook book, long time) {
    int count = orders.size(); // what joins meanwhile meets the next event
    for (int i = 0; i < count; i++) {
      var each = orders.get(i);
      if (each.isOf(book.symbol()) && each.arrived && each.resting.waits()) {
        watch(each, book, time);
      }
    }
    for (var each : queued(book.symbol())) {
      if (!each.resting.gone()) {
        each.ahead = each.ahead.min(Decimals.exact(own(each, book).sizeAt(each.limit())));
        meetOther(each, book, time);
      }
    }
  }

  /// The best price of the other side may have come to an order that waits.
  private void meetOther(Queued each, OrderBook book, long time) {
    var other = other(each, book);
    for (int i = 0; i < other.count() && each.resting.limitAllows(other.price(i)); i++) {
      if (each.resting.gone()) {
        return;
      }
      double price = other.price(i);
      var part = lots(each, left(each, price, other.size(i)).min(each.order().remaining()));
      if (part.signum() > 0) {
        take(each, price, part);
        execute(each, each.resting.exactLimit(), part, true, time);
      }
    }
  }

  private void onTrade(Trade trade) {
    var left = Decimals.exact(trade.amount());
    for (var each : queued(trade.symbol())) {
      if (each.resting.gone() || !each.resting.limitAllows(trade.price())) {
        continue;
      }
      var before = each.limit() == trade.price() ? each.ahead : BigDecimal.ZERO;
      each.ahead = before.subtract(left).max(BigDecimal.ZERO);
      var part = lots(each, left.subtract(before).min(each.order().remaining()));
      if (part.signum() > 0) {
        left = left.subtract(part);
        execute(each, each.resting.exactLimit(), part, true, trade.time());
      }
    }
  }

  /// Of the orders that wait in the queues of a symbol, those first that fill first.
  private List<Queued> queued(String symbol) {
    var found = new ArrayList<Queued>();
    for (int i = 0; i < orders.size(); i++) {
      var each = orders.get(i);
      if (each.isOf(symbol) && each.queues) {
        int at = found.size();
        while (at > 0
            && (found.get(at - 1).resting.isBuy() != each.resting.isBuy()
                || each.isBefore(found.get(at - 1)))) {
          at--;
        }
        found.add(at, each);
      }
    }
    return found;
  }

  private void arrive(OrderBook book, long time) {
    for (int i = 0; i < orders.size(); i++) {
      var each = orders.get(i);
      if (!each.isOf(book.symbol()) || each.since > time || each.joined == events) {
        continue;
      }
      if (!each.arrived) {
        each.arrived = true;
        if (each.resting.waits()) {
          watch(each, book, time);
        } else {
          meet(each, book, time);
        }
      } else if (!each.queues && !each.resting.waits()) {
        meet(each, book, time); // a market order that the book could not fill
      }
    }
  }

  /// Whether the price that it would get reaches its trigger, or moves it.
  private void watch(Queued each, OrderBook book, long time) {
    double price = other(each, book).best();
    if (Double.isNaN(price)) {
      return;
    }
    if (each.resting.triggeredBy(price)) {
      var triggered = listener.onTriggered(each.order(), each.resting.exactTrigger());
      each.resting.change(triggered);
      meet(each, book, time);
    } else if (each.resting.trails()) {
      each.resting.follow(price);
    }
  }

  /// Takes what is there for it; the rest of it waits or leaves.
  private void meet(Queued each, OrderBook book, long time) {
    var order = each.order();
    var other = other(each, book);
    double best = other.best();
    boolean reached =
        other.count() > 0 && (!each.resting.hasLimit() || each.resting.limitAllows(best));
    if (reached && order.terms().postOnly()) {
      leave(each);
      listener.onWouldTake(order, Decimals.exact(best));
      return;
    }
    if (reached
        && (order.terms().timeInForce() != TimeInForce.FOK
            || available(each, other).compareTo(order.remaining()) >= 0)) {
      walk(each, other, time);
    }
    if (each.resting.gone()) {
      return;
    }
    if (order.terms().timeInForce().isImmediate()) {
      leave(each);
      listener.onMissed(each.order(), Double.isNaN(best) ? BigDecimal.ZERO : Decimals.exact(best));
    } else if (each.resting.hasLimit()) {
      each.queues = true;
      each.turn = ++turns;
      each.ahead = Decimals.exact(own(each, book).sizeAt(each.limit()));
    }
  }

  private void walk(Queued each, BookSide other, long time) {
    for (int i = 0; i < other.count() && !each.resting.gone(); i++) {
      double price = other.price(i);
      if (each.resting.hasLimit() && !each.resting.limitAllows(price)) {
        return;
      }
      var order = each.order();
      var part = lots(each, left(each, price, other.size(i)).min(order.remaining()));
      if (part.signum() > 0) {
        take(each, price, part);
        var at = slip.price(order, Decimals.exact(price), part, each.resting.instrument());
        execute(each, at, part, false, time);
      }
    }
  }

  private BigDecimal available(Queued each, BookSide other) {
    var sum = BigDecimal.ZERO;
    for (int i = 0; i < other.count(); i++) {
      double price = other.price(i);
      if (each.resting.hasLimit() && !each.resting.limitAllows(price)) {
        break;
      }
      sum = sum.add(lots(each, left(each, price, other.size(i))));
    }
    return sum;
  }

  private void execute(Queued each, BigDecimal price, BigDecimal part, boolean maker, long time) {
    var after = listener.onExecution(each.order(), price, part, maker, time);
    each.resting.change(after);
    if (after.status().isFinal()) {
      leave(each);
    }
  }

  /// What the session has left of a level of the other side.
  private BigDecimal left(Queued each, double price, double size) {
    var gone = takenFrom(each).get(price);
    var shown = Decimals.exact(size);
    return gone == null ? shown : shown.subtract(gone).max(BigDecimal.ZERO);
  }

  private void take(Queued each, double price, BigDecimal part) {
    takenFrom(each).merge(price, part, BigDecimal::add);
  }

  private Map<Double, BigDecimal> takenFrom(Queued each) {
    var symbol = each.order().symbol();
    var both = taken.computeIfAbsent(symbol, _ -> new Taken());
    return each.resting.isBuy() ? both.fromAsks : both.fromBids;
  }

  private static BigDecimal lots(Queued each, BigDecimal quantity) {
    return quantity.signum() <= 0
        ? BigDecimal.ZERO
        : quantity.compareTo(each.order().remaining()) == 0
            ? quantity
            : Decimals.down(quantity, each.resting.instrument().lotSize());
  }

  private static BookSide own(Queued each, OrderBook book) {
    return each.resting.isBuy() ? book.bids() : book.asks();
  }

  private static BookSide other(Queued each, OrderBook book) {
    return each.resting.isBuy() ? book.asks() : book.bids();
  }

  private void leave(Queued each) {
    if (!each.resting.gone()) {
      each.resting.leave();
      leaving++;
    }
  }

  private void forget() {
    if (leaving > 0) {
      orders.removeIf(each -> each.resting.gone());
      leaving = 0;
    }
  }

  private @Nullable Queued find(String orderId) {
    for (int i = 0; i < orders.size(); i++) {
      var each = orders.get(i);
      if (!each.resting.gone() && each.order().orderId().equals(orderId)) {
        return each;
      }
    }
    return null;
  }
}

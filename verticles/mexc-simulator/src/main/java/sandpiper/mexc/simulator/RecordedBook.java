package sandpiper.mexc.simulator;

import java.util.ArrayDeque;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import sandpiper.domain.journal.Side;
import sandpiper.domain.market.BookBuilder;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.BookSide;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.Quote;
import sandpiper.domain.matching.Execution;
import sandpiper.domain.matching.MatchedOrder;
import sandpiper.mexc.simulator.RecordedFlow.Grain;

/// A recorded order book in a market: what the recording shows at a price rests there, as orders of
/// nobody in particular, among those of clients. It fills clients as the book model of sessions
/// does.
///
/// **No more than there is.** What clients take is gone until the recording says the level's size
/// again, in a snapshot or in an update that names it.
///
/// **Queue.** What a level shows when a client's order begins to rest there stands before it. What
/// comes later stands behind it; what goes without a trade goes from behind, so it stood before the
/// order only when the level shows less than what should still stand there. A trade at its price
/// takes from the front of the queue; a trade beyond its price fills it first, and so does what the
/// recording shows on the other side at its limit or better.
///
/// A trade does not change the size of a level: the recording's book says what did.
///
/// **Not known**, before the first snapshot and from skipped ids to the next one: nothing recorded
/// rests, only what clients placed. Versions skip one, so that clients know. Trades go on filling
/// orders whose place is known; an order that comes meanwhile stands behind what the snapshot
/// shows.
final class RecordedBook {
  private final Market market;
  private final Grain grain;
  private final BookBuilder recorded;
  private final NavigableMap<Long, Deque<MatchedOrder>> bids =
      new TreeMap<>(Collections.reverseOrder());
  private final NavigableMap<Long, Deque<MatchedOrder>> asks = new TreeMap<>();

  /// Lots of the recording that stand before clients' orders while the book is not known.
  private final Map<MatchedOrder, Long> places = new HashMap<>();

  private boolean known;
  private long bestBid;
  private long bestAsk;

  RecordedBook(Market market, Grain grain) {
    this.market = market;
    this.grain = grain;
    recorded = new BookBuilder(market.rules().symbol());
  }

  /// Where a price lies: above zero nearer to the recorded ask, below zero nearer to the bid, zero
  /// in the middle or when the book is not known.
  long nearerToAsk(long price) {
    return known && bestBid > 0 && bestAsk > 0 ? 2 * price - bestBid - bestAsk : 0;
  }

  /// What the recording says of its book becomes the book.
  void apply(BookEvent event) {
    boolean applied = recorded.apply(event);
    bestBid = best(recorded.bids());
    bestAsk = best(recorded.asks());
    if (!recorded.isValid()) {
      if (known) {
        lose();
      }
    } else if (!known || (applied && event instanceof BookSnapshot)) {
      show(all(bids, recorded.bids()), all(asks, recorded.asks()));
    } else if (applied) {
      show(
          named(Side.BUY, event.bids(), recorded.bids()),
          named(Side.SELL, event.asks(), recorded.asks()));
    }
  }

  /// In ticks; zero when there is none.
  private long best(BookSide side) {
    return side.count() == 0 ? 0 : grain.ticks(side.best());
  }

  /// The best prices are the whole book. A bid that is its ask cannot stand in one and is left out.
  void show(Quote quote) {
    long bid = grain.ticks(quote.bid());
    long ask = grain.ticks(quote.ask());
    if (bid <= 0 || bid >= ask) {
      return;
    }
    var bidNow = nothing(bids);
    var askNow = nothing(asks);
    bidNow.put(bid, grain.lots(quote.bidSize()));
    askNow.put(ask, grain.lots(quote.askSize()));
    bestBid = bid;
    bestAsk = ask;
    show(bidNow, askNow);
  }

  /// A side on which nothing is left, the best price first.
  private static NavigableMap<Long, Long> nothing(NavigableMap<Long, Deque<MatchedOrder>> side) {
    var lots = new TreeMap<Long, Long>(side.comparator());
    side.keySet().forEach(price -> lots.put(price, 0L));
    return lots;
  }

  private NavigableMap<Long, Long> all(NavigableMap<Long, Deque<MatchedOrder>> side, BookSide now) {
    var lots = nothing(side);
    for (int i = 0; i < now.count(); i++) {
      lots.put(grain.ticks(now.price(i)), grain.lots(now.size(i)));
    }
    return lots;
  }

  private NavigableMap<Long, Long> named(Side side, Levels named, BookSide now) {
    var lots = new TreeMap<Long, Long>(orders(side).comparator());
    for (int i = 0; i < named.count(); i++) {
      lots.put(grain.ticks(named.price(i)), grain.lots(now.sizeAt(named.price(i))));
    }
    return lots;
  }

  /// First what is gone goes: what comes would meet it.
  private void show(NavigableMap<Long, Long> bidsNow, NavigableMap<Long, Long> asksNow) {
    bidsNow.forEach((price, lots) -> shrink(Side.BUY, price, lots));
    asksNow.forEach((price, lots) -> shrink(Side.SELL, price, lots));
    bidsNow.forEach((price, lots) -> grow(Side.BUY, price, lots));
    asksNow.forEach((price, lots) -> grow(Side.SELL, price, lots));
    known = true;
    places.clear();
  }

  /// From behind: nothing is believed to have stood before a client's order.
  private void shrink(Side side, long price, long lots) {
    var queue = orders(side).get(price);
    if (queue == null) {
      return;
    }
    queue.removeIf(order -> !order.isResting());
    long gone = open(queue) - lots;
    while (gone > 0) {
      gone -= take(queue.getLast(), gone);
      queue.removeIf(order -> !order.isResting());
    }
    if (queue.isEmpty()) {
      orders(side).remove(price);
    }
  }

  private void grow(Side side, long price, long lots) {
    if (price <= 0 || lots <= 0) {
      return;
    }
    var queue = orders(side).get(price);
    long there = queue == null ? 0 : open(queue);
    if (!known) {
      for (var client : clients(side, price)) {
        long before = Math.min(places.getOrDefault(client, Long.MAX_VALUE), lots);
        append(side, price, before - there);
        there = Math.max(there, before);
        if (client.isResting()) {
          market.requeue(client);
        }
      }
    }
    append(side, price, lots - there);
  }

  /// Rests behind all that rests at that price; what meets a client's order fills it. Where no
  /// client's order stands between, it is one order with what was there before.
  private void append(Side side, long price, long lots) {
    if (lots <= 0) {
      return;
    }
    var queue = orders(side).get(price);
    var last = queue == null ? null : queue.peekLast();
    if (last != null && isLast(last)) {
      market.enlarge(last, lots);
      return;
    }
    var order = market.placeBackground(side, price, lots, Execution.GTC);
    if (order.isResting()) {
      queue(side, price).addLast(order);
    }
  }

  private boolean isLast(MatchedOrder order) {
    return order.isResting()
        && order.ahead() + order.open() == market.book().sizeAt(order.side(), order.price());
  }

  private void lose() {
    places.clear();
    for (var client : market.clientOrders()) {
      places.put(client, before(client));
    }
    known = false;
    market.skipVersion();
    nothing(bids).forEach((price, lots) -> shrink(Side.BUY, price, lots));
    nothing(asks).forEach((price, lots) -> shrink(Side.SELL, price, lots));
  }

  /// A recorded trade: clients' orders that allow its price share its size, the rest was between
  /// two others.
  ///
  /// @param taker side of the one who arrived
  void trade(long price, long lots, Side taker) {
    long left = lots;
    long passed = 0;
    var allowing = allowing(price);
    for (var client : allowing) {
      long before = client.price() == price ? place(client) : 0;
      long gone = Math.min(before, left);
      passed = Math.max(passed, gone);
      places.computeIfPresent(client, (_, place) -> place - gone);
      long part = Math.min(left - before, client.open());
      if (part > 0) {
        market.meet(client, part);
        left -= part;
      }
    }
    if (left > 0) {
      market.print(price, left, taker);
    }
    if (known && passed > 0) {
      pass(allowing.getFirst().side(), price, passed);
    }
  }

  /// What stands first goes behind: the level keeps its size.
  private void pass(Side side, long price, long lots) {
    var queue = queue(side, price);
    queue.removeIf(order -> !order.isResting());
    long left = lots;
    while (left > 0) {
      left -= take(queue.getFirst(), left);
      queue.removeIf(order -> !order.isResting());
    }
    append(side, price, lots);
  }

  /// Takes at most so much out of an order.
  ///
  /// @return how much
  private long take(MatchedOrder order, long lots) {
    if (order.open() <= lots) {
      long all = order.open();
      market.cancel(order);
      return all;
    }
    market.reduce(order, lots);
    return lots;
  }

  /// Those of clients that may fill at a price, in the order in which they fill.
  private List<MatchedOrder> allowing(long price) {
    return market.clientOrders().stream()
        .filter(order -> order.side().sign() * (order.price() - price) >= 0)
        .sorted(
            Comparator.comparingLong((MatchedOrder order) -> -order.side().sign() * order.price())
                .thenComparingLong(MatchedOrder::ahead))
        .toList();
  }

  /// Those of clients at a price, the first in the queue first.
  private List<MatchedOrder> clients(Side side, long price) {
    return market.clientOrders().stream()
        .filter(order -> order.side() == side && order.price() == price)
        .sorted(Comparator.comparingLong(MatchedOrder::ahead))
        .toList();
  }

  /// Lots of the recording that stand before a client's order.
  private long place(MatchedOrder client) {
    return known ? before(client) : places.getOrDefault(client, Long.MAX_VALUE);
  }

  private long before(MatchedOrder client) {
    long ahead = client.ahead();
    long clients =
        clients(client.side(), client.price()).stream()
            .takeWhile(other -> other != client)
            .mapToLong(MatchedOrder::open)
            .sum();
    return ahead - clients;
  }

  private static long open(Collection<MatchedOrder> queue) {
    return queue.stream().mapToLong(MatchedOrder::open).sum();
  }

  private Deque<MatchedOrder> queue(Side side, long price) {
    return orders(side).computeIfAbsent(price, _ -> new ArrayDeque<>());
  }

  private NavigableMap<Long, Deque<MatchedOrder>> orders(Side side) {
    return side == Side.BUY ? bids : asks;
  }
}

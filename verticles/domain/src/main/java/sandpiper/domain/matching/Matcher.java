package sandpiper.domain.matching;

import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Side;

/// The order book of one instrument: fills orders that meet by price, then time.
///
/// An arriving order takes from the best prices of the other side on, within a price from the order
/// that came first, always at the price of the one that rests. Prices are whole ticks, sizes whole
/// lots; sums of prices × sizes must fit a long. Not thread-safe.
///
/// Agrees with exchange-core and Parity on the cases of their order book tests.
public final class Matcher {
  private final Levels bids = new Levels(true);
  private final Levels asks = new Levels(false);
  private final Listener listener;

  /// Hears what becomes of orders, in order, within the call that causes it. Must not call back.
  public interface Listener {
    /// Both orders stand as they do after the fill.
    ///
    /// @param price of the one that rested, in ticks
    /// @param size in lots
    void onFill(MatchedOrder taker, MatchedOrder maker, long price, long size);

    /// A part has left without a fill: cancelled, reduced, or not to rest.
    ///
    /// @param size in lots
    void onLeft(MatchedOrder order, long size);
  }

  public Matcher(Listener listener) {
    this.listener = listener;
  }

  /// An order arrives.
  ///
  /// @throws IllegalArgumentException when it has been here before
  public void place(MatchedOrder order, Execution execution) {
    requireNew(order);
    switch (execution) {
      case GTC -> {
        take(order, order.price);
        rest(order);
      }
      case POST_ONLY -> {
        if (wouldFill(order)) {
          leave(order, order.open);
        } else {
          rest(order);
        }
      }
      case IOC -> takeOrLeave(order, order.price);
      case FOK -> {
        if (available(order) >= order.open) {
          take(order, order.price);
        } else {
          leave(order, order.open);
        }
      }
      case FOK_BUDGET -> {
        if (isWithinBudget(order)) {
          take(order, order.buy ? Long.MAX_VALUE : 0);
        } else {
          leave(order, order.open);
        }
      }
    }
  }

  /// Takes an order out of the book.
  ///
  /// @throws IllegalArgumentException when it does not rest there
  public void cancel(MatchedOrder order) {
    requireResting(order);
    unlink(order);
    leave(order, order.open);
  }

  /// Makes an order smaller; it keeps its place.
  ///
  /// @param size by which it shrinks, in lots, above zero and below what is open
  /// @throws IllegalArgumentException when it does not rest in the book, or by that size
  public void reduce(MatchedOrder order, long size) {
    var level = requireResting(order);
    if (size <= 0 || size >= order.open) {
      throw new IllegalArgumentException(
          "an order shrinks by 1 to " + (order.open - 1) + " lots, was " + size);
    }
    level.size -= size;
    leave(order, size);
  }

  /// Makes an order larger: it goes behind all that rest at its price.
  ///
  /// @param size by which it grows, in lots, above zero
  /// @throws IllegalArgumentException when it does not rest in the book, or by that size
  public void enlarge(MatchedOrder order, long size) {
    var level = requireResting(order);
    if (size <= 0) {
      throw new IllegalArgumentException("an order grows by at least 1 lot, was " + size);
    }
    level.remove(order);
    order.open += size;
    level.append(order);
  }

  /// Gives an order another price: it arrives again, after all that rest there, and may fill.
  ///
  /// @param price in ticks, above zero
  /// @throws IllegalArgumentException when it does not rest in the book
  public void move(MatchedOrder order, long price) {
    requireResting(order);
    if (price <= 0) {
      throw new IllegalArgumentException("price must be above zero ticks, was " + price);
    }
    unlink(order);
    order.price = price;
    take(order, price);
    rest(order);
  }

  /// An order that arrives fills with one that rests, out of turn: whatever else rests stays as it
  /// is. What is left of the one that arrives leaves.
  ///
  /// @throws IllegalArgumentException when `maker` does not rest in the book, when `taker` has been
  ///   here before, or when both are of one side
  public void meet(MatchedOrder taker, MatchedOrder maker) {
    var level = requireResting(maker);
    requireNew(taker);
    if (taker.buy == maker.buy) {
      throw new IllegalArgumentException(
          "orders " + taker.id() + " and " + maker.id() + " are of one side");
    }
    fill(taker, maker, level);
    if (level.isEmpty()) {
      own(maker.buy).remove(level);
    }
    if (taker.open > 0) {
      leave(taker, taker.open);
    }
  }

  /// How many prices there are on a side.
  public int depth(Side side) {
    return own(side == Side.BUY).count();
  }

  /// In ticks.
  ///
  /// @param depth from 0, the best, to [#depth] - 1
  public long price(Side side, int depth) {
    return own(side == Side.BUY).get(depth).price;
  }

  /// In lots, as [#price].
  public long size(Side side, int depth) {
    return own(side == Side.BUY).get(depth).size;
  }

  /// What rests at a price, in lots; zero when nothing does.
  public long sizeAt(Side side, long price) {
    var level = own(side == Side.BUY).find(price);
    return level == null ? 0 : level.size;
  }

  private void takeOrLeave(MatchedOrder order, long limit) {
    take(order, limit);
    if (order.open > 0) {
      leave(order, order.open);
    }
  }

  /// Fills what can be filled at `limit` or better.
  private void take(MatchedOrder order, long limit) {
    var other = own(!order.buy);
    for (var level = other.best();
        level != null && order.open > 0 && allows(order, limit, level.price);
        level = other.best()) {
      for (var maker = level.head; maker != null && order.open > 0; maker = level.head) {
        fill(order, maker, level);
      }
      if (level.isEmpty()) {
        other.remove(level);
      }
    }
  }

  private void fill(MatchedOrder taker, MatchedOrder maker, Level level) {
    long size = Math.min(taker.open, maker.open);
    taker.open -= size;
    maker.open -= size;
    level.size -= size;
    if (maker.open == 0) {
      level.remove(maker);
    }
    listener.onFill(taker, maker, level.price, size);
  }

  private void rest(MatchedOrder order) {
    if (order.open > 0) {
      own(order.buy).findOrAdd(order.price).append(order);
    }
  }

  private void unlink(MatchedOrder order) {
    var level = requireResting(order);
    level.remove(order);
    if (level.isEmpty()) {
      own(order.buy).remove(level);
    }
  }

  private void leave(MatchedOrder order, long size) {
    order.open -= size;
    listener.onLeft(order, size);
  }

  private boolean wouldFill(MatchedOrder order) {
    @Nullable Level best = own(!order.buy).best();
    return best != null && allows(order, order.price, best.price);
  }

  /// What an order finds at its limit or better, at most what it needs.
  private long available(MatchedOrder order) {
    var other = own(!order.buy);
    long found = 0;
    for (int i = 0; i < other.count() && found < order.open; i++) {
      var level = other.get(i);
      if (!allows(order, order.price, level.price)) {
        break;
      }
      found += level.size;
    }
    return found;
  }

  private boolean isWithinBudget(MatchedOrder order) {
    var other = own(!order.buy);
    long missing = order.open;
    long total = 0;
    for (int i = 0; i < other.count() && missing > 0; i++) {
      var level = other.get(i);
      long size = Math.min(missing, level.size);
      missing -= size;
      total = Math.addExact(total, Math.multiplyExact(level.price, size));
    }
    return missing == 0 && (order.buy ? total <= order.price : total >= order.price);
  }

  private static boolean allows(MatchedOrder order, long limit, long price) {
    return order.buy ? price <= limit : price >= limit;
  }

  private Levels own(boolean buy) {
    return buy ? bids : asks;
  }

  private static void requireNew(MatchedOrder order) {
    if (order.isResting() || order.open == 0) {
      throw new IllegalArgumentException("order " + order.id() + " was placed before");
    }
  }

  private static Level requireResting(MatchedOrder order) {
    var level = order.level;
    if (level == null) {
      throw new IllegalArgumentException("order " + order.id() + " is not in the book");
    }
    return level;
  }
}

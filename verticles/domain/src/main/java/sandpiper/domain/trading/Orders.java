package sandpiper.domain.trading;

import java.io.Serial;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Bracket;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderStatus;

/// The orders of a session: those that work or wait for others, in the order in which they were
/// placed, with the cash set aside for them, and the latest of those that ended.
final class Orders {
  private static final int MAX_ENDED = 10_000;

  private final Map<String, Working> working = new LinkedHashMap<>();
  private final Map<String, Order> ended = new Ended();
  private final Map<String, Bracket> brackets = new HashMap<>();
  private BigDecimal reserved = BigDecimal.ZERO;
  private int count;
  private int pending;
  private int reduceOnly;
  private long nextExpiry = Long.MAX_VALUE;

  private record Working(Order order, BigDecimal reserved) {}

  /// Forgets the oldest, so that a long session does not grow.
  private static final class Ended extends LinkedHashMap<String, Order> {
    @Serial private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Order> eldest) {
      return size() > MAX_ENDED;
    }
  }

  /// A new order that works, or waits for another.
  ///
  /// @param cash that it may take, in quote currency
  void add(Order order, BigDecimal cash) {
    count++;
    working.put(order.orderId(), new Working(order, cash));
    reserved = reserved.add(cash);
    tally(order, 1);
    var expiresAt = order.terms().expiresAt();
    if (expiresAt != null) {
      nextExpiry = Math.min(nextExpiry, expiresAt);
    }
  }

  /// A new order that never worked.
  void addEnded(Order order) {
    count++;
    ended.put(order.orderId(), order);
  }

  /// Remembers what an entry brings along, until [#takeBracket] asks for it after a fill, or the
  /// entry ends without one.
  void addBracket(String entryId, Bracket bracket) {
    brackets.put(entryId, bracket);
  }

  @Nullable Bracket takeBracket(String entryId) {
    return brackets.remove(entryId);
  }

  /// Takes the next version of an order that has not ended; a final one gives its cash back.
  void update(Order order) {
    update(order, find(working, order).reserved);
  }

  /// Takes the next version of an order together with the cash that it may take now.
  void update(Order order, BigDecimal cash) {
    var before = find(working, order);
    tally(before.order, -1);
    if (order.status().isFinal()) {
      working.remove(order.orderId());
      ended.put(order.orderId(), order);
      reserved = reserved.subtract(before.reserved);
      if (!brackets.isEmpty() && order.filledQuantity().signum() == 0) {
        brackets.remove(order.orderId());
      }
    } else {
      working.put(order.orderId(), new Working(order, cash));
      if (cash.compareTo(before.reserved) != 0) {
        reserved = reserved.subtract(before.reserved).add(cash);
      }
      tally(order, 1);
    }
  }

  /// The latest version; null when there never was one, or it ended long ago.
  @Nullable Order find(String orderId) {
    var found = working.get(orderId);
    return found == null ? ended.get(orderId) : found.order;
  }

  /// A copy: the orders may change while it is walked through.
  List<Order> working() {
    return working.values().stream().map(Working::order).toList();
  }

  /// What orders that have not ended may still take, in quote currency.
  BigDecimal reserved() {
    return reserved;
  }

  /// The share of one order in that.
  BigDecimal reserved(Order order) {
    return find(working, order).reserved;
  }

  /// What may still fill of the other orders of the same strategy, symbol and side that work.
  BigDecimal workingBeside(Order order) {
    var sum = BigDecimal.ZERO;
    for (var each : working.values()) {
      var other = each.order;
      if (!other.orderId().equals(order.orderId())
          && other.status() != OrderStatus.PENDING
          && other.side() == order.side()
          && other.strategy().equals(order.strategy())
          && other.symbol().equals(order.symbol())) {
        sum = sum.add(other.remaining());
      }
    }
    return sum;
  }

  /// Orders that have not ended and may open a position.
  int openCount() {
    return working.size() - reduceOnly;
  }

  /// Orders ever added.
  int count() {
    return count;
  }

  /// Whether some order waits for the fill of another.
  boolean anyPending() {
    return pending > 0;
  }

  /// Whether some order may only reduce.
  boolean anyReduceOnly() {
    return reduceOnly > 0;
  }

  /// No order expires before this time, UTC microseconds.
  long nextExpiry() {
    return nextExpiry;
  }

  /// Looks again at when the next one expires, after some have.
  void expiredUpTo(long time) {
    nextExpiry = Long.MAX_VALUE;
    for (var each : working.values()) {
      var expiresAt = each.order.terms().expiresAt();
      if (expiresAt != null && expiresAt > time) {
        nextExpiry = Math.min(nextExpiry, expiresAt);
      }
    }
  }

  private void tally(Order order, int change) {
    if (order.status() == OrderStatus.PENDING) {
      pending += change;
    }
    if (order.terms().reduceOnly()) {
      reduceOnly += change;
    }
  }

  private static Working find(Map<String, Working> working, Order order) {
    var found = working.get(order.orderId());
    if (found == null) {
      throw new IllegalStateException("order " + order.orderId() + " does not work");
    }
    return found;
  }
}

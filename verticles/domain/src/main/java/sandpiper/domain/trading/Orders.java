package sandpiper.domain.trading;

import java.io.Serial;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Order;

/// The orders of a session: those that work, with the cash set aside for them, and the latest of
/// those that ended.
final class Orders {
  private static final int MAX_ENDED = 10_000;

  private final Map<String, Working> working = new LinkedHashMap<>();
  private final Map<String, Order> ended = new Ended();
  private BigDecimal reserved = BigDecimal.ZERO;
  private int count;

  private record Working(Order order, BigDecimal reserved) {}

  /// Forgets the oldest, so that a long session does not grow.
  private static final class Ended extends LinkedHashMap<String, Order> {
    @Serial private static final long serialVersionUID = 1;

    @Override
    protected boolean removeEldestEntry(Map.Entry<String, Order> eldest) {
      return size() > MAX_ENDED;
    }
  }

  /// A new order that works from now on.
  ///
  /// @param cash that it may take, in quote currency
  void add(Order order, BigDecimal cash) {
    count++;
    working.put(order.orderId(), new Working(order, cash));
    reserved = reserved.add(cash);
  }

  /// A new order that never worked.
  void addEnded(Order order) {
    count++;
    ended.put(order.orderId(), order);
  }

  /// Takes the next version of a working order; a final one gives its cash back.
  void update(Order order) {
    var before = working.get(order.orderId());
    if (before == null) {
      throw new IllegalStateException("order " + order.orderId() + " does not work");
    }
    if (order.status().isFinal()) {
      working.remove(order.orderId());
      ended.put(order.orderId(), order);
      reserved = reserved.subtract(before.reserved);
    } else {
      working.put(order.orderId(), new Working(order, before.reserved));
    }
  }

  /// The latest version; null when there never was one, or it ended long ago.
  @Nullable Order find(String orderId) {
    var found = working.get(orderId);
    return found == null ? ended.get(orderId) : found.order;
  }

  List<Order> working() {
    return working.values().stream().map(Working::order).toList();
  }

  /// What working orders may still take, in quote currency.
  BigDecimal reserved() {
    return reserved;
  }

  /// Orders ever added.
  int count() {
    return count;
  }
}

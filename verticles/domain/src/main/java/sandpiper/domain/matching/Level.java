package sandpiper.domain.matching;

import org.jspecify.annotations.Nullable;

/// The orders that rest at one price, the one that came first at the head.
final class Level {
  final long price;
  long size;
  @Nullable MatchedOrder head;
  private @Nullable MatchedOrder tail;

  Level(long price) {
    this.price = price;
  }

  boolean isEmpty() {
    return head == null;
  }

  void append(MatchedOrder order) {
    order.level = this;
    order.before = tail;
    if (tail == null) {
      head = order;
    } else {
      tail.after = order;
    }
    tail = order;
    size += order.open;
  }

  void remove(MatchedOrder order) {
    var before = order.before;
    var after = order.after;
    if (before == null) {
      head = after;
    } else {
      before.after = after;
    }
    if (after == null) {
      tail = before;
    } else {
      after.before = before;
    }
    order.level = null;
    order.before = null;
    order.after = null;
    size -= order.open;
  }
}

package sandpiper.domain.trading;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderAccepted;
import sandpiper.domain.journal.OrderActivated;
import sandpiper.domain.journal.OrderAmended;
import sandpiper.domain.journal.OrderCancelled;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderExpired;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.OrderRefused;
import sandpiper.domain.journal.OrderStatus;
import sandpiper.domain.journal.OrderTriggered;
import sandpiper.domain.journal.Position;
import sandpiper.domain.market.Instrument;

/// Makes every change of an order: its next version is kept, the venue hears of it, and the event
/// goes to the journal and to the strategies.
final class Lifecycle {
  private final Orders orders;
  private final Consumer<JournalEntry> journal;
  private final Venue venue;
  private List<OrderEvent> events = List.of();
  private long seq;
  private long time;
  private @Nullable String by;

  /// Why orders that have not left yet were asked to.
  private final Map<String, Leaving> leaving = new HashMap<>();

  private record Leaving(boolean expires, String reason) {}

  Lifecycle(Orders orders, Consumer<JournalEntry> journal, Venue venue) {
    this.orders = orders;
    this.journal = journal;
    this.venue = venue;
  }

  Venue venue() {
    return venue;
  }

  /// What is done from here on belongs to this input.
  void begin(long seq, long time) {
    this.seq = seq;
    this.time = time;
    by = null;
    events = List.of();
  }

  /// What is done from here on a person does by hand, after the latest input.
  ///
  /// @param person null when it is the platform that acts
  void beginByHand(@Nullable String person) {
    by = person;
    events = List.of();
  }

  /// The person who acts by hand; null when nobody does.
  @Nullable String by() {
    return by;
  }

  long seq() {
    return seq;
  }

  long time() {
    return time;
  }

  /// What happened since [#begin], in order.
  List<OrderEvent> events() {
    return events;
  }

  /// @param reference price that a trailing stop begins from
  /// @param since UTC microseconds of its arrival at the venue
  void accept(Order order, BigDecimal cash, Instrument instrument, double reference, long since) {
    orders.add(order, cash);
    if (order.status() != OrderStatus.PENDING) {
      venue.place(order, instrument, reference, since);
    }
    record(new OrderAccepted(order, seq, time));
  }

  /// An order that never waits anywhere: what fills it is known already.
  Order acceptTaken(Order order) {
    orders.add(order, BigDecimal.ZERO);
    record(new OrderAccepted(order, seq, time));
    return order;
  }

  void refuse(Order order, String rule, String reason) {
    orders.addEnded(order);
    record(new OrderRefused(order, seq, time, rule, reason));
  }

  /// @param reference price that a trailing stop begins from
  void activate(Order order, BigDecimal cash, Instrument instrument, double reference) {
    orders.update(order, cash);
    venue.place(order, instrument, reference, time);
    record(new OrderActivated(order, seq, time));
  }

  Order trigger(Order order, BigDecimal price) {
    var triggered = order.triggered(price);
    orders.update(triggered);
    record(new OrderTriggered(triggered, seq, time));
    return triggered;
  }

  Order fill(Order order, Fill fill, Position position) {
    var filled = order.filled(fill.price(), fill.quantity());
    if (filled.status().isFinal()) {
      leaving.remove(order.orderId());
    }
    var cash = orders.reserved(order);
    orders.update(
        filled,
        cash.signum() == 0
            ? cash
            : cash.multiply(filled.remaining()).divide(order.remaining(), MathContext.DECIMAL128));
    record(new OrderFilled(filled, seq, time, fill, position));
    return filled;
  }

  /// @param amended its next version
  void amend(Order amended, BigDecimal cash) {
    if (amended.status() != OrderStatus.PENDING && !venue.amend(amended, time)) {
      return;
    }
    orders.update(amended, cash);
    record(new OrderAmended(amended, seq, time, by));
  }

  /// @return the order as it stands: it may not have left yet
  Order cancel(Order order, String reason) {
    if (!venue.cancel(order.orderId())) {
      leaving.putIfAbsent(order.orderId(), new Leaving(false, reason));
      return order;
    }
    return cancelled(order, reason);
  }

  private Order cancelled(Order order, String reason) {
    var cancelled = order.cancelled();
    orders.update(cancelled);
    record(new OrderCancelled(cancelled, seq, time, reason, by));
    cancelWaiting(cancelled, "was cancelled");
    return cancelled;
  }

  void expire(Order order, String reason) {
    if (venue.cancel(order.orderId())) {
      expired(order, reason);
    } else {
      leaving.putIfAbsent(order.orderId(), new Leaving(true, reason));
    }
  }

  /// Whether the venue was asked to let it go.
  boolean isLeaving(Order order) {
    return leaving.containsKey(order.orderId());
  }

  /// The venue has let it go.
  ///
  /// @param how what the venue says, for one that nobody asked about
  void ended(Order order, String how) {
    var asked = leaving.remove(order.orderId());
    if (asked != null && asked.expires) {
      expired(order, asked.reason);
    } else if (asked == null && order.terms().timeInForce().isImmediate()) {
      expired(order, order.terms().timeInForce() + ": " + how);
    } else {
      cancelled(order, asked == null ? how : asked.reason);
    }
  }

  private void expired(Order order, String reason) {
    var expired = order.expired();
    orders.update(expired);
    record(new OrderExpired(expired, seq, time, reason));
    cancelWaiting(expired, "has expired");
  }

  /// Orders that wait for the fill of `parent`, in the order in which they were placed.
  List<Order> waitingFor(Order parent) {
    if (!orders.anyPending()) {
      return List.of();
    }
    var waiting = new ArrayList<Order>();
    for (var each : orders.working()) {
      if (each.status() == OrderStatus.PENDING
          && parent.orderId().equals(each.terms().parentId())) {
        waiting.add(each);
      }
    }
    return waiting;
  }

  /// Cancels the orders of which only one may fill, all but this one.
  void cancelGroup(Order order, String reason) {
    var group = order.terms().groupId();
    if (group == null) {
      return;
    }
    for (var each : orders.working()) {
      if (group.equals(each.terms().groupId()) && !each.orderId().equals(order.orderId())) {
        cancelIfThere(each, reason);
      }
    }
  }

  /// Of the orders of which only one may fill, this one has filled in part: the others shrink by
  /// what they would fill too much.
  void shrinkGroup(Order order) {
    var group = order.terms().groupId();
    if (group == null) {
      return;
    }
    for (var each : orders.working()) {
      var quantity = order.remaining().add(each.filledQuantity());
      if (group.equals(each.terms().groupId())
          && !each.orderId().equals(order.orderId())
          && quantity.compareTo(each.quantity()) < 0) {
        resize(each, quantity);
      }
    }
  }

  /// Gives an order another quantity and nothing else.
  void resize(Order order, BigDecimal quantity) {
    amend(
        order.amended(quantity, order.limitPrice(), order.terms().triggerPrice()),
        orders.reserved(order));
  }

  /// The order may have ended since the list it came from was made.
  void cancelIfThere(Order order, String reason) {
    var latest = orders.find(order.orderId());
    if (latest != null && !latest.status().isFinal()) {
      cancel(latest, reason);
    }
  }

  void record(OrderEvent event) {
    journal.accept(event);
    if (events.isEmpty()) {
      events = new ArrayList<>();
    }
    events.add(event);
  }

  @Nullable Order find(String orderId) {
    return orders.find(orderId);
  }

  private void cancelWaiting(Order parent, String how) {
    for (var each : waitingFor(parent)) {
      cancelIfThere(each, "the order it waited for, " + parent.orderId() + ", " + how);
    }
  }
}

package sandpiper.domain.trading;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderStatus;
import sandpiper.domain.journal.OrderType;
import sandpiper.domain.journal.Side;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.Instrument;

/// An order at the simulated venue, with what its matching needs to remember. Not thread-safe.
final class Resting {
  private final boolean buy;
  private final Instrument instrument;
  private final long since;
  private long changed;
  private Order order;
  private double limit;
  private double trigger;
  private @Nullable BigDecimal exactTrigger;
  private double best;
  private boolean met;
  private boolean joinedInside;
  private boolean gone;

  /// @param reference price that a trailing stop begins from
  /// @param since UTC microseconds; what began before does not meet it
  Resting(Order order, Instrument instrument, double reference, long since) {
    this.instrument = instrument;
    this.since = since;
    changed = since;
    this.order = order;
    buy = order.side() == Side.BUY;
    best = reference;
    takePrices();
  }

  Order order() {
    return order;
  }

  Instrument instrument() {
    return instrument;
  }

  boolean isBuy() {
    return buy;
  }

  /// Whether an event of `symbol` that began at `time` meets it.
  boolean meets(String symbol, long time) {
    return !gone && since <= time && order.symbol().equals(symbol);
  }

  /// Whether it was changed after `time`.
  boolean changedAfter(long time) {
    return changed > time;
  }

  /// Whether its trigger has not been reached yet.
  boolean waits() {
    return order.type().isConditional() && order.status() == OrderStatus.WORKING;
  }

  /// Whether it waits for the market to move against it.
  boolean isStop() {
    return waits() && order.type() != OrderType.TAKE_PROFIT;
  }

  boolean trails() {
    return waits() && order.type() == OrderType.TRAILING_STOP;
  }

  boolean hasLimit() {
    return !Double.isNaN(limit);
  }

  /// Whether it has met a price and did not fill.
  boolean met() {
    return met;
  }

  void meet() {
    met = true;
  }

  /// Whether it came in the middle of the bar that is looked at.
  boolean joinedInside() {
    return joinedInside;
  }

  void joinInside() {
    joinedInside = true;
  }

  /// The bar is over: it has met a price, unless it takes the first one of an event alone.
  void endBar() {
    joinedInside = false;
    met = !order.terms().timeInForce().isImmediate();
  }

  boolean gone() {
    return gone;
  }

  void leave() {
    gone = true;
  }

  /// The price it began from.
  double best() {
    return best;
  }

  /// Whether a market at `price` fills it while it waits.
  ///
  /// @param through whether its price alone is not enough
  boolean limitReached(double price, boolean through) {
    return limitAllows(price) && (!through || price != limit);
  }

  /// Whether `price` is at its limit or better.
  boolean limitAllows(double price) {
    return buy ? price <= limit : price >= limit;
  }

  /// Whether `price` is at its trigger or beyond.
  boolean triggeredBy(double price) {
    return (order.type() == OrderType.TAKE_PROFIT) == buy ? price <= trigger : price >= trigger;
  }

  /// The worse of its trigger and `price`.
  BigDecimal triggerOrWorse(double price) {
    return buy == price > trigger ? Decimals.exact(price) : exactTrigger();
  }

  /// The better of its trigger and `price`.
  BigDecimal triggerOrBetter(double price) {
    return buy == price < trigger ? Decimals.exact(price) : exactTrigger();
  }

  BigDecimal exactTrigger() {
    if (exactTrigger == null) {
      throw new IllegalStateException("order " + order.orderId() + " has no trigger");
    }
    return exactTrigger;
  }

  BigDecimal exactLimit() {
    var price = order.limitPrice();
    if (price == null) {
      throw new IllegalStateException("order " + order.orderId() + " has no limit");
    }
    return price;
  }

  /// Lets a trailing stop follow, if `price` is better than any before.
  ///
  /// @return whether the trigger has moved
  boolean follow(double price) {
    if (buy ? price >= best : price <= best) {
      return false;
    }
    best = price;
    setTrigger(trailed());
    return true;
  }

  /// The same order after its owner changed it at `time`.
  void amend(Order order, long time) {
    changed = time;
    change(order);
  }

  /// The same order after a change; one with another price counts as new to the market.
  void change(Order order) {
    double limitBefore = limit;
    boolean waited = waits();
    this.order = order;
    takePrices();
    if (Double.compare(limit, limitBefore) != 0 || waited != waits()) {
      met = false;
    }
  }

  private void takePrices() {
    limit = order.limitPrice() == null ? Double.NaN : order.limitPrice().doubleValue();
    if (waits()) {
      setTrigger(
          order.type() == OrderType.TRAILING_STOP ? trailed() : order.terms().triggerPrice());
    }
  }

  private void setTrigger(@Nullable BigDecimal price) {
    exactTrigger = price;
    trigger = price == null ? Double.NaN : price.doubleValue();
  }

  private BigDecimal trailed() {
    return ExitPrices.trailed(order, Decimals.exact(best), instrument.tickSize());
  }
}

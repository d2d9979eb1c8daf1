package sandpiper.domain.trading;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Bracket;
import sandpiper.domain.journal.ExitPrice;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.Ids;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderStatus;
import sandpiper.domain.journal.OrderType;
import sandpiper.domain.journal.Position;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.metrics.PerformanceTracker;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;

/// What follows from the venue's word: fills are booked, orders that hang on them come to life or
/// are cancelled.
final class Fills implements Venue.Listener {
  private final SessionSpec spec;
  private final Portfolio portfolio;
  private final RiskGate risk;
  private final Orders orders;
  private final PerformanceTracker performance;
  private final RiskWatch watch;
  private final Lifecycle lifecycle;
  private final Ids fillIds;
  private final Ids positionIds;
  private int closedTrades;
  private int wins;
  private int count;
  private @Nullable LiveVenue live;

  /// @param books of the session's symbols
  /// @param journal takes every entry, in order
  /// @param exchange takes what a live session wants of its own
  Fills(
      SessionSpec spec,
      Portfolio portfolio,
      RiskGate risk,
      Orders orders,
      Books books,
      PerformanceTracker performance,
      RiskWatch watch,
      Consumer<JournalEntry> journal,
      Consumer<? super VenueRequest> exchange) {
    this.spec = spec;
    this.portfolio = portfolio;
    this.risk = risk;
    this.orders = orders;
    this.performance = performance;
    this.watch = watch;
    lifecycle = new Lifecycle(orders, journal, venue(spec.fills(), books, exchange));
    fillIds = Ids.fills(spec.sessionId());
    positionIds = Ids.positions(spec.sessionId());
  }

  private Venue venue(FillRules rules, Books books, Consumer<? super VenueRequest> exchange) {
    if (spec.mode() == SessionMode.LIVE) {
      live = new LiveVenue(this, rules.model(), exchange);
      return live;
    }
    return switch (rules.model()) {
      case ANY, BAR, TRADE, QUOTE -> new SimulatedVenue(this, rules);
      case BOOK -> new BookVenue(this, books, rules.slippage());
    };
  }

  /// Null where the venue is simulated.
  @Nullable LiveVenue live() {
    return live;
  }

  Lifecycle lifecycle() {
    return lifecycle;
  }

  /// Positions that went from flat to flat.
  int closedTrades() {
    return closedTrades;
  }

  int wins() {
    return wins;
  }

  int count() {
    return count;
  }

  @Override
  public Order onTriggered(Order order, BigDecimal trigger) {
    return lifecycle.trigger(order, trigger);
  }

  @Override
  public void onWouldTake(Order order, BigDecimal price) {
    lifecycle.cancel(
        order,
        "post-only: at "
            + Decimals.plain(price)
            + ", the first price it met, it would have taken liquidity");
  }

  @Override
  public void onMissed(Order order, BigDecimal price) {
    var limit = order.limitPrice();
    boolean beyond = limit != null && price.subtract(limit).signum() == order.side().sign();
    lifecycle.expire(
        order,
        order.terms().timeInForce()
            + (beyond
                ? ": the first price it met, " + Decimals.plain(price) + ", was beyond its limit"
                : ": there was not enough for it at " + Decimals.plain(price)));
  }

  @Override
  public Order onExecution(Order order, BigDecimal price, BigDecimal most, boolean maker, long at) {
    var held = portfolio.signedQuantity(order.strategy(), order.symbol());
    boolean reduces = held.signum() == -order.side().sign();
    var quantity = most;
    if (order.terms().reduceOnly()) {
      if (!reduces) {
        return lifecycle.cancel(order, "there is no position to reduce");
      }
      quantity = quantity.min(held.abs());
    }
    var closing = reduces ? quantity.min(held.abs()) : BigDecimal.ZERO;
    var opening = quantity.subtract(closing);
    var instrument = spec.instrument(order.symbol());
    var rate = maker ? instrument.makerFee() : instrument.takerFee();
    var after = order;
    if (closing.signum() > 0) {
      after = fill(after, price, closing, fee(price, closing, rate), maker, at);
    }
    if (opening.signum() > 0) {
      after = fill(after, price, opening, fee(price, opening, rate), maker, at);
    }
    boolean closed = reduces && closing.compareTo(held.abs()) == 0;
    return settle(after, quantity, closed);
  }

  private static BigDecimal fee(BigDecimal price, BigDecimal quantity, BigDecimal rate) {
    return price.multiply(quantity).multiply(rate);
  }

  @Override
  public Order onReportedFill(
      Order order, BigDecimal price, BigDecimal quantity, BigDecimal fee, boolean maker, long at) {
    var held = portfolio.signedQuantity(order.strategy(), order.symbol());
    boolean reduces = held.signum() == -order.side().sign();
    var closing = reduces ? quantity.min(held.abs()) : BigDecimal.ZERO;
    var opening = quantity.subtract(closing);
    var after = order;
    if (opening.signum() == 0) {
      after = fill(after, price, closing, fee, maker, at);
    } else if (closing.signum() == 0) {
      after = fill(after, price, opening, fee, maker, at);
    } else {
      var part = fee.multiply(closing).divide(quantity, MathContext.DECIMAL64);
      after = fill(after, price, closing, part, maker, at);
      after = fill(after, price, opening, fee.subtract(part), maker, at);
    }
    return settle(after, quantity, reduces && closing.compareTo(held.abs()) == 0);
  }

  @Override
  public void onRefused(Order order, String why) {
    lifecycle.ended(order, "the exchange did not take it: " + why);
  }

  @Override
  public boolean isLeaving(Order order) {
    return lifecycle.isLeaving(order);
  }

  @Override
  public void onEnded(Order order, String how) {
    lifecycle.ended(order, how);
  }

  @Override
  public @Nullable Order onTakenBack(Order order, Order wanted) {
    if (wanted.quantity().compareTo(order.filledQuantity()) <= 0) {
      lifecycle.ended(order, "as much as it was changed to has filled");
      return null;
    }
    var amended =
        order.amended(wanted.quantity(), wanted.limitPrice(), wanted.terms().triggerPrice());
    lifecycle.amend(amended, risk.needed(amended, spec.instrument(order.symbol())));
    return amended;
  }

  /// Closes a position by force: no venue is asked.
  ///
  /// @param fee share of the notional, instead of the instrument's
  void liquidate(Order order, BigDecimal price, BigDecimal fee) {
    var accepted = lifecycle.acceptTaken(order);
    settle(
        fill(
            accepted,
            price,
            order.quantity(),
            fee(price, order.quantity(), fee),
            false,
            lifecycle.time()),
        order.quantity(),
        true);
  }

  /// What hangs on an order that has just filled.
  ///
  /// @param quantity of which so much
  private Order settle(Order order, BigDecimal quantity, boolean closed) {
    boolean reduceOnly = order.terms().reduceOnly();
    if (reduceOnly && !closed && !order.status().isFinal()) {
      lifecycle.shrinkGroup(order);
    } else {
      lifecycle.cancelGroup(order, "order " + order.orderId() + " of the same group has filled");
    }
    if (order.filledQuantity().compareTo(quantity) > 0) {
      growExits(order, quantity);
    }
    activateWaiting(order);
    var after = order;
    if (reduceOnly && closed && !order.status().isFinal()) {
      after = lifecycle.cancel(order, "the position it reduced is closed");
    }
    if (reduceOnly && after.status().isFinal()) {
      cancelEntry(after);
    }
    if (closed && orders.anyReduceOnly()) {
      cancelReducing(order);
    }
    return after;
  }

  /// More of an entry has filled whose exits came to life with its first fill.
  private void growExits(Order entry, BigDecimal quantity) {
    for (var each : orders.working()) {
      if (entry.orderId().equals(each.terms().parentId()) && each.status() != OrderStatus.PENDING) {
        lifecycle.resize(each, each.quantity().add(quantity));
      }
    }
  }

  /// An entry that has filled in part would otherwise go on filling without its exits.
  private void cancelEntry(Order exit) {
    var parentId = exit.terms().parentId();
    var entry = parentId == null ? null : lifecycle.find(parentId);
    if (entry != null && !entry.status().isFinal()) {
      lifecycle.cancel(entry, "its exit, " + exit.orderId() + ", has filled");
    }
  }

  /// The position that `order` closed is gone, and with it the reason of orders like it.
  private void cancelReducing(Order order) {
    for (var each : orders.working()) {
      if (each.terms().reduceOnly()
          && each.status() != OrderStatus.PENDING
          && each.side() == order.side()
          && each.strategy().equals(order.strategy())
          && each.symbol().equals(order.symbol())) {
        lifecycle.cancelIfThere(each, "the position is closed: there is nothing left to reduce");
      }
    }
  }

  /// The exits of a bracket come to life for what was filled, other orders once all is filled.
  private void activateWaiting(Order parent) {
    List<Order> waiting = lifecycle.waitingFor(parent);
    if (waiting.isEmpty()) {
      return;
    }
    var bracket = orders.takeBracket(parent.orderId());
    for (var each : waiting) {
      if (bracket != null && isExit(each, bracket)) {
        activateExit(each, bracket, parent);
      } else if (parent.status() == OrderStatus.FILLED) {
        activateNext(each, parent);
      }
    }
  }

  private void activateExit(Order exit, Bracket bracket, Order entry) {
    var instrument = spec.instrument(entry.symbol());
    var average = average(entry);
    var side = entry.side();
    var limit = exit.limitPrice();
    var trigger = exit.terms().triggerPrice();
    var stop = bracket.stopLoss();
    var take = bracket.takeProfit();
    if (exit.type() != OrderType.LIMIT && trigger == null && stop != null) {
      trigger = ExitPrices.stopLoss(stop.price(), side, average, instrument);
    }
    if (exit.type() == OrderType.LIMIT && limit == null && take != null) {
      var from = stop == null ? null : ExitPrices.stopLoss(stop.price(), side, average, instrument);
      if (take.price() instanceof ExitPrice.Multiple
          && from != null
          && !ExitPrices.gains(side, from, average)) {
        lifecycle.cancel(
            exit,
            "the entry filled at "
                + Decimals.plain(average)
                + ", beyond its stop, "
                + Decimals.plain(from)
                + ": there is no distance to take a multiple of");
        return;
      }
      limit = ExitPrices.takeProfit(take.price(), side, average, from, instrument);
    }
    var price = exit.type() == OrderType.LIMIT ? limit : trigger;
    if (price == null || price.signum() <= 0) {
      lifecycle.cancel(exit, "its price must be above zero, was " + price);
      return;
    }
    lifecycle.activate(
        exit.activated(entry.filledQuantity(), limit, trigger),
        BigDecimal.ZERO,
        instrument,
        average.doubleValue());
  }

  private void activateNext(Order order, Order parent) {
    var instrument = spec.instrument(order.symbol());
    var reference = reference(order, parent);
    var trigger = order.terms().triggerPrice();
    if (order.type() == OrderType.TRAILING_STOP) {
      trigger = ExitPrices.trailed(order, reference, instrument.tickSize());
    }
    var active = order.activated(order.quantity(), order.limitPrice(), trigger);
    switch (risk.checkCash(active, instrument, orders.reserved())) {
      case Verdict.Passed() ->
          lifecycle.activate(
              active, risk.needed(active, instrument), instrument, reference.doubleValue());
      case Verdict.Refused refused ->
          lifecycle.cancel(order, refused.rule() + ": " + refused.reason());
    }
  }

  /// The price at which `parent` filled, or the latest one of another symbol.
  private BigDecimal reference(Order order, Order parent) {
    var last = portfolio.lastPrice(order.symbol());
    return last == null || order.symbol().equals(parent.symbol()) ? average(parent) : last;
  }

  private static boolean isExit(Order order, Bracket bracket) {
    var id = order.orderId();
    return (bracket.stopLoss() != null && bracket.stopLoss().orderId().equals(id))
        || (bracket.takeProfit() != null && bracket.takeProfit().orderId().equals(id));
  }

  private static BigDecimal average(Order entry) {
    var average = entry.averagePrice();
    if (average == null) {
      throw new IllegalStateException("order " + entry.orderId() + " has not filled");
    }
    return average;
  }

  private Order fill(
      Order order, BigDecimal price, BigDecimal quantity, BigDecimal fee, boolean maker, long at) {
    var open = portfolio.open(order.strategy(), order.symbol());
    long seq = lifecycle.seq();
    var fill =
        new Fill(
            order.sessionId(),
            fillIds.next(seq),
            order.orderId(),
            order.signalId(),
            open == null ? positionIds.next(seq) : open.positionId(),
            order.strategy(),
            order.symbol(),
            seq,
            at,
            order.side(),
            price,
            quantity,
            fee,
            maker);
    var position = portfolio.book(fill);
    performance.onFill(
        fill, position, Objects.requireNonNull(portfolio.worth(fill.symbol(), BigDecimal.ONE)));
    count++;
    tally(position);
    return lifecycle.fill(order, fill, position);
  }

  private void tally(Position position) {
    if (position.isClosed()) {
      closedTrades++;
      watch.onTrade(position.net());
      if (position.net().signum() > 0) {
        wins++;
      }
    }
  }
}

package sandpiper.domain.trading;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import sandpiper.domain.journal.CancelOrder;
import sandpiper.domain.journal.CancelRefused;
import sandpiper.domain.journal.EquityMarked;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.Ids;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.Note;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderAccepted;
import sandpiper.domain.journal.OrderCancelled;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.OrderRefused;
import sandpiper.domain.journal.OrderStatus;
import sandpiper.domain.journal.PlaceOrder;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.journal.StrategyAction;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.session.Account;
import sandpiper.domain.session.OrderDesk;
import sandpiper.domain.session.SessionSpec;

/// The single writer of a session's risk, orders, positions and equity, and of its journal. Not
/// thread-safe.
///
/// Equity is journalled after every event with a fill, once an hour of the session's clock, and at
/// the end.
public final class OrderManager implements OrderDesk {
  private static final long MARK_EVERY = 3_600_000_000L;

  private final SessionSpec spec;
  private final Consumer<JournalEntry> journal;
  private final Portfolio portfolio;
  private final RiskGate risk;
  private final SimulatedVenue venue = new SimulatedVenue();
  private final Orders orders = new Orders();
  private final Ids fillIds;
  private final Ids positionIds;
  private final Drawdown drawdown;
  private long nextMark = Long.MIN_VALUE;
  private int closedTrades;
  private int wins;
  private int signals;
  private int refused;
  private int fills;

  /// @param journal takes every entry, in order, on the calling thread
  public OrderManager(SessionSpec spec, Consumer<JournalEntry> journal) {
    this.spec = spec;
    this.journal = journal;
    portfolio = new Portfolio(spec.cash());
    risk = new RiskGate(portfolio);
    fillIds = Ids.fills(spec.sessionId());
    positionIds = Ids.positions(spec.sessionId());
    drawdown = new Drawdown(spec.cash().doubleValue());
  }

  @Override
  public List<OrderEvent> onMarket(long seq, long time, MarketEvent event) {
    List<OrderEvent> events = List.of();
    switch (event) {
      case BarClosed _ -> {
        return events;
      }
      case Trade trade -> {
        events = match(seq, time, event);
        portfolio.mark(trade.symbol(), trade.price());
      }
      case Bar bar -> {
        events = match(seq, time, event);
        portfolio.mark(bar.symbol(), bar.close());
      }
      case Quote quote -> {
        events = match(seq, time, event);
        portfolio.mark(quote.symbol(), (quote.bid() + quote.ask()) / 2);
      }
    }
    drawdown.add(portfolio.roughEquity());
    if (!events.isEmpty() || time >= nextMark) {
      markEquity(seq, time);
    }
    return events;
  }

  @Override
  public List<OrderEvent> submit(long seq, long time, List<? extends StrategyAction> actions) {
    var events = new ArrayList<OrderEvent>();
    for (var action : actions) {
      switch (action) {
        case Signal signal -> {
          signals++;
          journal.accept(signal);
        }
        case Note note -> journal.accept(note);
        case PlaceOrder place -> record(place(place, seq, time), events);
        case CancelOrder cancel -> record(cancel(cancel, seq, time), events);
      }
    }
    return events;
  }

  @Override
  public Account account() {
    double cash = portfolio.cash().doubleValue();
    double reserved = orders.reserved().doubleValue();
    return new Account(cash, portfolio.roughEquity(), cash - reserved);
  }

  /// The session ends: what still works is cancelled, equity is marked a last time.
  public void finish(long seq, long time) {
    for (var order : orders.working()) {
      venue.cancel(order.orderId());
      var cancelled = order.cancelled();
      orders.update(cancelled);
      journal.accept(new OrderCancelled(cancelled, seq, time, "the session ended"));
    }
    markEquity(seq, time);
  }

  /// How the session stands now.
  public SessionSummary summary() {
    return new SessionSummary(
        closedTrades,
        wins,
        portfolio.anyOpen(),
        signals,
        orders.count(),
        refused,
        fills,
        portfolio.fees(),
        portfolio.net(),
        portfolio.equity(),
        drawdown.worst());
  }

  private List<OrderEvent> match(long seq, long time, MarketEvent event) {
    if (venue.isIdle()) {
      return List.of();
    }
    var events = new ArrayList<OrderEvent>();
    venue.onMarket(
        event, (order, price, maker, at) -> execute(order, price, maker, at, seq, time, events));
    return events;
  }

  private OrderEvent place(PlaceOrder command, long seq, long time) {
    var instrument = spec.instrument(command.symbol());
    return switch (risk.check(command, instrument, orders.reserved())) {
      case Verdict.Passed() -> {
        var order = Order.first(command, OrderStatus.WORKING, seq, time);
        orders.add(order, risk.needed(command, instrument));
        venue.place(order);
        yield new OrderAccepted(order, seq, time);
      }
      case Verdict.Refused(var rule, var reason) -> {
        refused++;
        var order = Order.first(command, OrderStatus.REFUSED, seq, time);
        orders.addEnded(order);
        yield new OrderRefused(order, seq, time, rule, reason);
      }
    };
  }

  private OrderEvent cancel(CancelOrder command, long seq, long time) {
    var order = orders.find(command.orderId());
    if (order == null || !order.strategy().equals(command.strategy())) {
      throw new IllegalStateException(
          "strategy " + command.strategy() + " has no order " + command.orderId());
    }
    if (!venue.cancel(order.orderId())) {
      return new CancelRefused(order, seq, time, "the order is " + order.status());
    }
    var cancelled = order.cancelled();
    orders.update(cancelled);
    return new OrderCancelled(cancelled, seq, time, "the strategy asked for it");
  }

  private void execute(
      Order resting,
      BigDecimal price,
      boolean maker,
      long at,
      long seq,
      long time,
      List<OrderEvent> events) {
    var order = resting;
    var instrument = spec.instrument(order.symbol());
    var held = portfolio.signedQuantity(order.strategy(), order.symbol());
    boolean turns =
        held.signum() == -order.side().sign() && order.remaining().compareTo(held.abs()) > 0;
    if (turns) {
      order = fill(order, instrument, price, held.abs(), maker, at, seq, time, events);
    }
    fill(order, instrument, price, order.remaining(), maker, at, seq, time, events);
  }

  private Order fill(
      Order order,
      Instrument instrument,
      BigDecimal price,
      BigDecimal quantity,
      boolean maker,
      long at,
      long seq,
      long time,
      List<OrderEvent> events) {
    var rate = maker ? instrument.makerFee() : instrument.takerFee();
    var open = portfolio.open(order.strategy(), order.symbol());
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
            price.multiply(quantity).multiply(rate),
            maker);
    var position = portfolio.book(fill);
    fills++;
    if (position.isClosed()) {
      closedTrades++;
      if (position.net().signum() > 0) {
        wins++;
      }
    }
    var after = order.filled(price, quantity);
    orders.update(after);
    record(new OrderFilled(after, seq, time, fill, position), events);
    return after;
  }

  private void record(OrderEvent event, List<OrderEvent> events) {
    journal.accept(event);
    events.add(event);
  }

  private void markEquity(long seq, long time) {
    nextMark = time - Math.floorMod(time, MARK_EVERY) + MARK_EVERY;
    journal.accept(
        new EquityMarked(
            spec.sessionId(),
            seq,
            time,
            portfolio.cash(),
            portfolio.equity(),
            portfolio.realised(),
            portfolio.unrealised(),
            portfolio.fees()));
  }
}

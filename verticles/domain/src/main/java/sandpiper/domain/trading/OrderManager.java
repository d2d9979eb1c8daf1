package sandpiper.domain.trading;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.AmendOrder;
import sandpiper.domain.journal.AmendRefused;
import sandpiper.domain.journal.CancelAllOrders;
import sandpiper.domain.journal.CancelOrder;
import sandpiper.domain.journal.CancelRefused;
import sandpiper.domain.journal.EquityMarked;
import sandpiper.domain.journal.Ids;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.Note;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderRefused;
import sandpiper.domain.journal.OrderStatus;
import sandpiper.domain.journal.OrderType;
import sandpiper.domain.journal.PlaceOrder;
import sandpiper.domain.journal.Position;
import sandpiper.domain.journal.RiskAction;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.journal.StrategyAction;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.market.VenueReport;
import sandpiper.domain.metrics.PerformanceReport;
import sandpiper.domain.metrics.PerformanceTracker;
import sandpiper.domain.session.Account;
import sandpiper.domain.session.OrderDesk;
import sandpiper.domain.session.SessionSpec;

/// The single writer of a session's risk, orders, positions and equity, and of its journal. Not
/// thread-safe.
///
/// Equity is journalled after every event with a fill, once an hour of the session's clock, and at
/// the end.
public final class OrderManager implements OrderDesk {
  private static final String NOT_ITS_OWN =
      "the order is not the strategy's own: risk or a person placed it";
  private static final String THE_END = "the session ended";
  private static final long MARK_EVERY = 3_600_000_000L;

  private final SessionSpec spec;
  private final Consumer<JournalEntry> journal;
  private final Portfolio portfolio;
  private final RiskGate risk;
  private final Orders orders = new Orders();
  private final Fills fills;
  private final Lifecycle lifecycle;
  private final Drawdown drawdown;
  private final Books books = new Books();
  private final Random random;
  private final ArrayDeque<OnItsWay> onTheirWay = new ArrayDeque<>();
  private long lastArrival = Long.MIN_VALUE;
  private final PerformanceTracker performance;
  private final RiskWatch watch;
  private final RiskDesk desk;
  private final ManualDesk manual;

  /// Null in an account without margin.
  private final @Nullable MarginCalls calls;

  private List<OrderEvent> unheard = List.of();
  private long nextMark = Long.MIN_VALUE;
  private int signals;
  private int refused;

  /// A change or a cancel that has not reached the venue yet.
  private record OnItsWay(long at, StrategyAction action) {}

  /// A session that has no exchange to talk to: it is none of mode live, or one that is run again.
  ///
  /// @param journal takes every entry, in order, on the calling thread
  public OrderManager(SessionSpec spec, Consumer<JournalEntry> journal) {
    this(spec, journal, _ -> {});
  }

  /// @param journal takes every entry, in order, on the calling thread
  /// @param exchange takes what a session of mode live wants of its exchange, in order, behind the
  ///   entries that say so
  public OrderManager(
      SessionSpec spec, Consumer<JournalEntry> journal, Consumer<? super VenueRequest> exchange) {
    this.spec = spec;
    this.journal =
        entry -> {
          if (entry instanceof Signal) {
            signals++;
          }
          journal.accept(entry);
        };
    portfolio =
        new Portfolio(
            spec.cash(),
            spec.account(),
            new Currencies(spec.instruments(), spec.account().currency()));
    risk = new RiskGate(spec, portfolio, orders);
    watch = new RiskWatch(spec.risk(), portfolio);
    performance =
        new PerformanceTracker(
            spec.cash(), spec.startTime(), spec.instruments().getFirst().symbol());
    fills =
        new Fills(spec, portfolio, risk, orders, books, performance, watch, this.journal, exchange);
    lifecycle = fills.lifecycle();
    lifecycle.begin(0, spec.startTime());
    desk = new RiskDesk(spec.sessionId(), lifecycle, this.journal);
    manual = new ManualDesk(spec, portfolio, orders, lifecycle);
    var margin = spec.account().margin();
    calls =
        margin == null
            ? null
            : new MarginCalls(spec, margin, portfolio, books, fills, desk, this.journal);
    random = new Random(spec.sessionId().hashCode());
    drawdown = new Drawdown(spec.cash().doubleValue());
  }

  @Override
  public List<OrderEvent> onMarket(long seq, long time, MarketEvent event) {
    lifecycle.begin(seq, time);
    watch.onClock(time);
    int before = fills.count();
    if (calls != null) {
      calls.before(event);
    }
    switch (event) {
      case BarClosed _, ExternalValue _ -> {
        expire(time);
        return heard();
      }
      case VenueReport report -> {
        expire(time);
        onReport(report);
      }
      case Trade trade -> {
        match(time, event);
        portfolio.mark(trade.symbol(), trade.price());
        performance.onPrice(trade.symbol(), trade.price());
      }
      case Bar bar -> {
        match(time, event);
        portfolio.mark(bar.symbol(), bar.close());
        performance.onBar(bar);
      }
      case Quote quote -> {
        match(time, event);
        double middle = (quote.bid() + quote.ask()) / 2;
        portfolio.mark(quote.symbol(), middle);
        performance.onPrice(quote.symbol(), middle);
      }
      case BookEvent book -> {
        books.apply(book);
        match(time, event);
        mark(book);
      }
    }
    if (calls != null) {
      calls.after(event);
    }
    double equity = portfolio.roughEquity();
    drawdown.add(equity);
    for (var trip = watch.next(equity); trip != null; trip = watch.next(equity)) {
      stop(trip);
    }
    if (fills.count() != before || time >= nextMark) {
      markEquity(seq, time);
    }
    return heard();
  }

  private void onReport(VenueReport report) {
    var live = fills.live();
    if (live == null) {
      return;
    }
    switch (report.kind()) {
      case DIFFERENCE ->
          desk.alert("reconciliation", RiskAction.BLOCK, "warn", null, null, text(report));
      case HALT -> stop(watch.halt(text(report)));
      case CLOSING -> {
        live.close();
        for (var order : orders.working()) {
          lifecycle.cancelIfThere(order, THE_END);
        }
      }
      case TAKEN, FILL, REFUSED, ENDED -> {
        var order = lifecycle.find(Objects.requireNonNull(report.orderId()));
        if (report.kind() == VenueReport.Kind.REFUSED
            && order != null
            && !order.status().isFinal()) {
          desk.alert(order, new Verdict.Refused("exchange", text(report)));
        }
        if (!live.onReport(report)) {
          stop(watch.halt("the exchange tells of what cannot be: " + report));
        }
      }
    }
  }

  private static String text(VenueReport report) {
    return String.valueOf(report.text());
  }

  /// Stops trading until [#release]: orders that open or enlarge a position are refused, and what
  /// `action` says is done at once. What becomes of orders is heard with the next input.
  ///
  /// @param reason for people
  /// @param by the person who did it; null when it was not one
  public void kill(RiskAction action, String reason, @Nullable String by) {
    lifecycle.beginByHand(by);
    stop(watch.kill(action, said(reason)));
    keepUnheard();
  }

  /// Lets trading go on after [#kill] or a drawdown stop.
  ///
  /// @param reason for people
  /// @param by the person who did it
  public void release(String reason, String by) {
    lifecycle.beginByHand(by);
    watch.release();
    var text = "trading goes on: " + said(reason);
    desk.alert("kill-switch", RiskAction.BLOCK, "info", null, null, text);
    keepUnheard();
  }

  /// Places an order for a person, with a signal of its own that carries the reason. What becomes
  /// of it is heard with the next input.
  ///
  /// @return the order as it stands
  /// @throws ManualRefusal when a rule turns it down, which is on record then, or it makes no sense
  public Order place(ManualOrder wanted, String by) {
    lifecycle.beginByHand(by);
    return place(manual.order(wanted));
  }

  /// Closes a position for a person, wholly or in part, as [#place(ManualOrder, String)] places an
  /// order. Nothing is closed twice.
  ///
  /// @param quantity in base currency; null for all that is not being closed by hand yet
  /// @param limitPrice null for at the market
  /// @param reason for people
  /// @param by who closes it
  /// @return the order as it stands
  /// @throws ManualRefusal when there is no such position, or not so much left of it to close
  public Order close(
      String positionId,
      @Nullable BigDecimal quantity,
      @Nullable BigDecimal limitPrice,
      String reason,
      String by) {
    lifecycle.beginByHand(by);
    return place(manual.closing(positionId, quantity, limitPrice, reason));
  }

  /// Closes all positions for a person, at the market; what is being closed already is left alone.
  ///
  /// @param reason for people
  /// @param by who closes them
  /// @return the orders as they stand, refused ones not among them
  public List<Order> closeAll(String reason, String by) {
    var placed = new ArrayList<Order>();
    for (var position : portfolio.openPositions()) {
      if (manual.closable(position).signum() > 0) {
        placed.add(close(position.positionId(), null, null, reason, by));
      }
    }
    return placed;
  }

  /// Cancels all orders for a person, whoever placed them, exits included.
  ///
  /// @return the orders as they stand
  public List<Order> cancelAll(String reason, String by) {
    var waiting = orders.working();
    lifecycle.beginByHand(by);
    for (var order : waiting) {
      lifecycle.cancelIfThere(order, reason);
    }
    keepUnheard();
    return waiting.stream()
        .map(order -> Objects.requireNonNull(lifecycle.find(order.orderId())))
        .toList();
  }

  private Order place(ManualDesk.Request request) {
    var command = request.command();
    journal.accept(request.signal());
    place(command);
    var events = lifecycle.events();
    keepUnheard();
    for (var event : events) {
      if (event instanceof OrderRefused refused) {
        throw new ManualRefusal(
            ManualRefusal.Kind.CONFLICT,
            "order "
                + command.orderId()
                + " was refused, "
                + refused.rule()
                + ": "
                + refused.reason());
      }
    }
    return Objects.requireNonNull(lifecycle.find(command.orderId()));
  }

  /// Cancels an order for a person, whoever placed it.
  ///
  /// @return the order as it stands
  /// @throws ManualRefusal when it is not there or over
  public Order cancel(String orderId, String reason, String by) {
    var order = manual.underWay(orderId);
    lifecycle.beginByHand(by);
    var cancelled = lifecycle.cancel(order, reason);
    keepUnheard();
    return cancelled;
  }

  /// Changes an order for a person, whoever placed it; what is null stays as it is.
  ///
  /// @return the order as it stands
  /// @throws ManualRefusal when it is not there or over, or cannot be changed so
  public Order amend(
      String orderId,
      @Nullable BigDecimal quantity,
      @Nullable BigDecimal limitPrice,
      @Nullable BigDecimal triggerPrice,
      String by) {
    var order = manual.underWay(orderId);
    lifecycle.beginByHand(by);
    amend(
        new AmendOrder(
            spec.sessionId(), orderId, order.strategy(), quantity, limitPrice, triggerPrice),
        order);
    var events = lifecycle.events();
    keepUnheard();
    for (var event : events) {
      if (event instanceof AmendRefused refused) {
        throw new ManualRefusal(
            ManualRefusal.Kind.CONFLICT,
            "order "
                + orderId
                + " cannot be changed so, "
                + refused.rule()
                + ": "
                + refused.reason());
      }
    }
    return manual.underWay(orderId);
  }

  private String said(String reason) {
    return lifecycle.by() == null ? reason : lifecycle.by() + ": " + reason;
  }

  private void keepUnheard() {
    unheard = heard();
  }

  /// What became of orders, with what came of a kill switch before.
  private List<OrderEvent> heard() {
    if (unheard.isEmpty()) {
      return lifecycle.events();
    }
    var all = new ArrayList<>(unheard);
    all.addAll(lifecycle.events());
    unheard = List.of();
    return all;
  }

  private void stop(RiskWatch.Trip trip) {
    desk.alert(trip.rule(), trip.action(), "error", trip.limit(), trip.value(), trip.text());
    if (trip.action() == RiskAction.BLOCK) {
      return;
    }
    for (var order : orders.working()) {
      if (trip.action() == RiskAction.CLOSE || risk.opening(order).signum() > 0) {
        lifecycle.cancelIfThere(order, trip.rule() + ": " + trip.text());
      }
    }
    if (trip.action() == RiskAction.CLOSE) {
      portfolio.openPositions().forEach(position -> close(position, trip));
    }
  }

  private void close(Position position, RiskWatch.Trip trip) {
    var command = desk.closing(position, trip.rule(), trip.text());
    accept(
        command,
        Order.first(command, OrderStatus.WORKING, lifecycle.seq(), lifecycle.time()),
        spec.instrument(position.symbol()));
  }

  private void mark(BookEvent event) {
    var book = books.of(event.symbol());
    if (book.isValid() && book.mid() > 0) {
      portfolio.mark(event.symbol(), book.mid());
      performance.onPrice(event.symbol(), book.mid());
    }
  }

  @Override
  public List<OrderEvent> submit(long seq, long time, List<? extends StrategyAction> actions) {
    lifecycle.begin(seq, time);
    watch.onClock(time);
    for (var action : actions) {
      switch (action) {
        case Signal signal -> journal.accept(signal);
        case Note note -> journal.accept(note);
        case PlaceOrder place -> place(place);
        case AmendOrder _, CancelOrder _, CancelAllOrders _ -> send(action);
      }
    }
    return heard();
  }

  /// Takes its time to the venue. What was sent first arrives first, as on one connection.
  private void send(StrategyAction action) {
    long at = arrival();
    if (at == lifecycle.time()) {
      carryOut(action);
    } else {
      onTheirWay.add(new OnItsWay(at, action));
    }
  }

  private long arrival() {
    lastArrival = Math.max(lastArrival, lifecycle.time() + spec.fills().latency().next(random));
    return Math.max(lastArrival, lifecycle.time());
  }

  /// What has arrived by `time` is carried out.
  private void arrive(long time) {
    for (var next = onTheirWay.peek(); next != null && next.at <= time; next = onTheirWay.peek()) {
      onTheirWay.remove();
      carryOut(next.action);
    }
  }

  private void carryOut(StrategyAction action) {
    switch (action) {
      case AmendOrder amend -> amend(amend);
      case CancelOrder cancel -> cancel(cancel);
      case CancelAllOrders cancel -> cancelAll(cancel);
      case PlaceOrder _, Signal _, Note _ ->
          throw new IllegalArgumentException("does not travel: " + action);
    }
  }

  @Override
  public Account account() {
    return new Account(
        portfolio.cash().doubleValue(),
        portfolio.roughEquity(),
        portfolio.freeCash().subtract(orders.reserved()).doubleValue());
  }

  /// The session ends: what still works is cancelled, equity is marked a last time.
  public void finish(long seq, long time) {
    lifecycle.begin(seq, time);
    for (var order : orders.working()) {
      lifecycle.cancelIfThere(order, THE_END);
    }
    markEquity(seq, time);
  }

  /// How the session stands now.
  public SessionSummary summary() {
    return new SessionSummary(
        fills.closedTrades(),
        fills.wins(),
        portfolio.anyOpen(),
        signals,
        orders.count(),
        refused,
        fills.count(),
        portfolio.fees(),
        portfolio.funding(),
        calls == null ? 0 : calls.liquidations(),
        portfolio.net(),
        portfolio.equity(),
        drawdown.worst());
  }

  /// How well the session did so far.
  ///
  /// @param periods a year that figures are annualised by, 365 or 252
  public PerformanceReport performance(int periods) {
    return performance.report(periods, lifecycle.time(), portfolio.equity());
  }

  /// The day ends as it stood before the event. What expired before the event began does not meet
  /// it; what expires while it lasts does.
  private void match(long time, MarketEvent event) {
    if (performance.isDayOver(event, time)) {
      performance.beginDay(event, time, portfolio.equity());
    }
    if (lifecycle.venue().isIdle() && orders.nextExpiry() > time && onTheirWay.isEmpty()) {
      return;
    }
    expire(event.beginTime());
    arrive(event.beginTime());
    lifecycle.venue().onMarket(event);
    expire(time);
    arrive(time);
  }

  private void expire(long time) {
    if (orders.nextExpiry() > time) {
      return;
    }
    for (var order : orders.working()) {
      var expiresAt = order.terms().expiresAt();
      var latest = orders.find(order.orderId());
      if (expiresAt != null && expiresAt <= time && latest != null && !latest.status().isFinal()) {
        lifecycle.expire(latest, latest.terms().timeInForce() + ": its time is over");
      }
    }
    orders.expiredUpTo(time);
  }

  private void place(PlaceOrder command) {
    var instrument = spec.instrument(command.symbol());
    var parentId = command.terms().parentId();
    var parent = parentId == null ? null : lifecycle.find(parentId);
    boolean waits = parent != null && !parent.status().isFinal();
    var order = first(command, waits ? OrderStatus.PENDING : OrderStatus.WORKING, instrument);
    switch (verdict(command, order, instrument)) {
      case Verdict.Passed() -> accept(command, order, instrument);
      case Verdict.Refused refused -> refuse(command, refused);
    }
  }

  private Order first(PlaceOrder command, OrderStatus status, Instrument instrument) {
    var order = Order.first(command, status, lifecycle.seq(), lifecycle.time());
    var last = portfolio.lastPrice(command.symbol());
    return command.type() == OrderType.TRAILING_STOP && last != null
        ? order.trailingFrom(ExitPrices.trailed(order, last, instrument.tickSize()))
        : order;
  }

  private Verdict verdict(PlaceOrder command, Order order, Instrument instrument) {
    var parentId = command.terms().parentId();
    if (parentId != null) {
      var parent = lifecycle.find(parentId);
      if (parent == null || (parent.status().isFinal() && parent.status() != OrderStatus.FILLED)) {
        return new Verdict.Refused(
            "after",
            "the order to wait for, "
                + parentId
                + ", is "
                + (parent == null ? "long over" : parent.status()));
      }
    }
    var groupId = command.terms().groupId();
    if (groupId != null && !groupId.equals(command.orderId())) {
      var first = lifecycle.find(groupId);
      if (first == null || first.status().isFinal()) {
        return new Verdict.Refused("group", "another order of its group was refused");
      }
    }
    var stopped = watch.stopped();
    if (stopped != null && risk.mayOpen(order)) {
      return stopped;
    }
    var passed = risk.check(order, instrument, orders.reserved());
    if (passed instanceof Verdict.Passed) {
      passed = risk.checkCount(order, lifecycle.time());
    }
    return command.bracket() == null || passed instanceof Verdict.Refused
        ? passed
        : risk.checkBracket(order, command.bracket(), instrument);
  }

  private void accept(PlaceOrder command, Order order, Instrument instrument) {
    var last = portfolio.lastPrice(command.symbol());
    lifecycle.accept(
        order,
        risk.needed(order, instrument),
        instrument,
        last == null ? Double.NaN : last.doubleValue(),
        arrival());
    var bracket = command.bracket();
    if (bracket != null) {
      orders.addBracket(command.orderId(), bracket);
      for (var exit : exits(command, OrderStatus.PENDING)) {
        lifecycle.accept(exit, BigDecimal.ZERO, instrument, Double.NaN, lifecycle.time());
      }
    }
  }

  private void refuse(PlaceOrder command, Verdict.Refused why) {
    long seq = lifecycle.seq();
    long time = lifecycle.time();
    refused++;
    var order = Order.first(command, OrderStatus.REFUSED, seq, time);
    lifecycle.refuse(order, why.rule(), why.reason());
    desk.alert(order, why);
    for (var exit : exits(command, OrderStatus.REFUSED)) {
      refused++;
      lifecycle.refuse(exit, "entry", "its entry, " + command.orderId() + ", was refused");
    }
    var groupId = command.terms().groupId();
    if (groupId != null) {
      for (var each : orders.working()) {
        if (groupId.equals(each.terms().groupId())) {
          lifecycle.cancelIfThere(
              each, "order " + command.orderId() + " of the same group was refused");
        }
      }
    }
  }

  private List<Order> exits(PlaceOrder entry, OrderStatus status) {
    var bracket = entry.bracket();
    if (bracket == null) {
      return List.of();
    }
    var exits = new ArrayList<Order>(2);
    if (bracket.stopLoss() != null) {
      exits.add(Order.stopLoss(entry, status, lifecycle.seq(), lifecycle.time()));
    }
    if (bracket.takeProfit() != null) {
      exits.add(Order.takeProfit(entry, status, lifecycle.seq(), lifecycle.time()));
    }
    return exits;
  }

  private void amend(AmendOrder command) {
    var order = own(command.orderId(), command.strategy());
    if (Ids.isForeign(order.orderId()) && !order.status().isFinal()) {
      refuseAmend(order, "amend", NOT_ITS_OWN);
    } else {
      amend(command, order);
    }
  }

  private void amend(AmendOrder command, Order order) {
    var obstacle = obstacle(command, order);
    if (obstacle != null) {
      refuseAmend(order, "amend", obstacle);
      return;
    }
    var instrument = spec.instrument(order.symbol());
    var tick = instrument.tickSize();
    var quantity =
        command.quantity() == null
            ? order.quantity()
            : Decimals.down(command.quantity(), instrument.lotSize());
    if (quantity.compareTo(order.filledQuantity()) <= 0) {
      refuseAmend(
          order,
          "amend",
          "its quantity must be above what has filled, "
              + Decimals.plain(order.filledQuantity())
              + ", was "
              + Decimals.plain(quantity));
      return;
    }
    var limit =
        command.limitPrice() == null
            ? order.limitPrice()
            : ExitPrices.rounded(command.limitPrice(), order.side(), tick);
    var trigger =
        command.triggerPrice() == null
            ? order.terms().triggerPrice()
            : ExitPrices.rounded(command.triggerPrice(), order.side(), tick);
    var amended = order.amended(quantity, limit, trigger);
    var others = orders.reserved().subtract(orders.reserved(order));
    switch (risk.check(amended, instrument, others)) {
      case Verdict.Passed() -> lifecycle.amend(amended, risk.needed(amended, instrument));
      case Verdict.Refused why -> {
        refuseAmend(order, why.rule(), why.reason());
        desk.alert(order, why);
      }
    }
  }

  /// Why an order cannot be changed so; null when it can.
  private static @Nullable String obstacle(AmendOrder command, Order order) {
    var status = order.status();
    if (status.isFinal()) {
      return "the order is " + status;
    }
    if (command.quantity() != null && status == OrderStatus.PENDING && order.terms().reduceOnly()) {
      return "its quantity follows from the order it waits for";
    }
    if (command.limitPrice() != null && !order.type().hasLimit()) {
      return "a " + order.type() + " order has no limit price";
    }
    if (command.triggerPrice() != null && !order.type().hasTrigger()) {
      return "a " + order.type() + " order has no trigger price of its own";
    }
    if (command.triggerPrice() != null
        && status != OrderStatus.PENDING
        && status != OrderStatus.WORKING) {
      return "its trigger price was reached already";
    }
    return null;
  }

  private void refuseAmend(Order order, String rule, String reason) {
    lifecycle.record(new AmendRefused(order, lifecycle.seq(), lifecycle.time(), rule, reason));
  }

  private void cancel(CancelOrder command) {
    var order = own(command.orderId(), command.strategy());
    if (order.status().isFinal() || Ids.isForeign(order.orderId())) {
      lifecycle.record(
          new CancelRefused(
              order,
              lifecycle.seq(),
              lifecycle.time(),
              order.status().isFinal() ? "the order is " + order.status() : NOT_ITS_OWN));
    } else {
      lifecycle.cancel(order, "the strategy asked for it");
    }
  }

  private void cancelAll(CancelAllOrders command) {
    for (var order : orders.working()) {
      if (order.strategy().equals(command.strategy())
          && !Ids.isForeign(order.orderId())
          && (command.symbol() == null || order.symbol().equals(command.symbol()))) {
        lifecycle.cancelIfThere(order, "the strategy asked for it");
      }
    }
  }

  private Order own(String orderId, String strategy) {
    var order = lifecycle.find(orderId);
    if (order == null || !order.strategy().equals(strategy)) {
      throw new IllegalStateException("strategy " + strategy + " has no order " + orderId);
    }
    return order;
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
            portfolio.fees(),
            portfolio.funding(),
            portfolio.balances()));
  }
}

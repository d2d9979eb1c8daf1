package sandpiper.domain.trading;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.AmendOrder;
import sandpiper.domain.journal.AmendRefused;
import sandpiper.domain.journal.CancelAllOrders;
import sandpiper.domain.journal.CancelOrder;
import sandpiper.domain.journal.CancelRefused;
import sandpiper.domain.journal.EquityMarked;
import sandpiper.domain.journal.FundingPaid;
import sandpiper.domain.journal.Ids;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.Note;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderRefused;
import sandpiper.domain.journal.OrderStatus;
import sandpiper.domain.journal.OrderTerms;
import sandpiper.domain.journal.OrderType;
import sandpiper.domain.journal.PlaceOrder;
import sandpiper.domain.journal.Position;
import sandpiper.domain.journal.RiskAction;
import sandpiper.domain.journal.RiskAlert;
import sandpiper.domain.journal.Side;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.journal.StrategyAction;
import sandpiper.domain.journal.TimeInForce;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.metrics.PerformanceReport;
import sandpiper.domain.metrics.PerformanceTracker;
import sandpiper.domain.session.Account;
import sandpiper.domain.session.OrderDesk;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyPlan;

/// The single writer of a session's risk, orders, positions and equity, and of its journal. Not
/// thread-safe.
///
/// Equity is journalled after every event with a fill, once an hour of the session's clock, and at
/// the end.
public final class OrderManager implements OrderDesk {
  private static final String NOT_ITS_OWN =
      "the order is not the strategy's own: risk or a person placed it";
  private static final long MARK_EVERY = 3_600_000_000L;

  private final SessionSpec spec;
  private final Consumer<JournalEntry> journal;
  private final Portfolio portfolio;
  private final @Nullable Margin margin;
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
  private final Ids riskSignals;
  private final Ids riskOrders;
  private final Ids manualSignals;
  private final Ids manualOrders;

  /// Orders that strategies must not touch: of risk, and of people.
  private final Set<String> notTheirs = new HashSet<>();

  private List<OrderEvent> unheard = List.of();
  private long nextMark = Long.MIN_VALUE;
  private long alertSeq = -1;
  private int alerts;
  private int signals;
  private int refused;
  private int liquidations;
  private long nextFunding = Long.MIN_VALUE;

  /// A change or a cancel that has not reached the venue yet.
  private record OnItsWay(long at, StrategyAction action) {}

  /// @param journal takes every entry, in order, on the calling thread
  public OrderManager(SessionSpec spec, Consumer<JournalEntry> journal) {
    this.spec = spec;
    this.journal = journal;
    portfolio = new Portfolio(spec.cash(), spec.account());
    margin = spec.account().margin();
    risk = new RiskGate(spec.risk(), spec.account().leverage(), portfolio, orders);
    watch = new RiskWatch(spec.risk(), portfolio);
    riskSignals = Ids.riskSignals(spec.sessionId());
    riskOrders = Ids.riskOrders(spec.sessionId());
    manualSignals = Ids.manualSignals(spec.sessionId());
    manualOrders = Ids.manualOrders(spec.sessionId());
    performance =
        new PerformanceTracker(
            spec.cash(), spec.startTime(), spec.instruments().getFirst().symbol());
    fills = new Fills(spec, portfolio, risk, orders, books, performance, watch, journal);
    lifecycle = fills.lifecycle();
    lifecycle.begin(0, spec.startTime());
    random = new Random(spec.sessionId().hashCode());
    drawdown = new Drawdown(spec.cash().doubleValue());
  }

  @Override
  public List<OrderEvent> onMarket(long seq, long time, MarketEvent event) {
    lifecycle.begin(seq, time);
    watch.onClock(time);
    int before = fills.count();
    if (margin != null && !(event instanceof BarClosed)) { // closings are not always told
      payFunding(margin, event.beginTime());
      liquidate(margin, event, true);
    }
    switch (event) {
      case BarClosed _ -> {
        expire(time);
        return heard();
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
    if (margin != null) {
      liquidate(margin, event, false);
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

  /// Whatever fell due before the event began, at the prices before it.
  private void payFunding(Margin margin, long time) {
    var funding = margin.funding();
    if (funding == null) {
      return;
    }
    long every = funding.every().micros();
    if (nextFunding == Long.MIN_VALUE) {
      nextFunding = Math.floorDiv(time - 1, every) * every + every;
    }
    for (; nextFunding <= time; nextFunding += every) {
      for (var position : portfolio.openPositions()) {
        var price = portfolio.lastPrice(position.symbol());
        if (price == null) {
          throw new IllegalStateException("no price of " + position.symbol());
        }
        var notional = position.quantity().multiply(price);
        var amount =
            notional.multiply(funding.rate()).multiply(BigDecimal.valueOf(-position.direction()));
        journal.accept(
            new FundingPaid(
                spec.sessionId(),
                lifecycle.seq(),
                lifecycle.time(),
                funding.rate(),
                notional,
                amount,
                nextFunding,
                portfolio.pay(position, amount)));
      }
    }
  }

  /// Closes by force what has reached its liquidation price.
  ///
  /// @param before whether the event's first price alone counts, which comes before every order:
  ///   what jumps over a stop and a liquidation price is liquidated
  private void liquidate(Margin margin, MarketEvent event, boolean before) {
    double low;
    double high;
    switch (event) {
      case Trade trade -> low = high = trade.price();
      case Bar bar -> {
        low = before ? bar.open() : bar.low();
        high = before ? bar.open() : bar.high();
      }
      case Quote quote -> {
        low = quote.bid();
        high = quote.ask();
      }
      case BookEvent book -> {
        low = high = books.of(book.symbol()).mid();
        if (before || !books.of(book.symbol()).isValid() || !(low > 0)) {
          return; // what it says is known once it was applied
        }
      }
      case BarClosed _ -> {
        return;
      }
    }
    var symbol = event.symbol();
    for (var position = portfolio.liquidated(symbol, low, high);
        position != null;
        position = portfolio.liquidated(symbol, low, high)) {
      liquidate(margin, position);
    }
  }

  private void liquidate(Margin margin, Position position) {
    var instrument = spec.instrument(position.symbol());
    var at = Objects.requireNonNull(position.liquidationPrice());
    var price =
        position.direction() > 0
            ? Decimals.down(at, instrument.tickSize()).max(instrument.tickSize())
            : Decimals.up(at, instrument.tickSize());
    var text =
        "the market reached the liquidation price of "
            + (position.direction() > 0 ? "the long " : "the short ")
            + Decimals.plain(position.quantity())
            + " "
            + position.symbol()
            + " of "
            + position.strategy()
            + ", "
            + Decimals.plain(at);
    liquidations++;
    alert(
        "liquidation",
        RiskAction.CLOSE,
        "error",
        null,
        at,
        portfolio.lastPrice(position.symbol()),
        text);
    var command = closing(position, "liquidation", text);
    fills.liquidate(
        Order.first(command, OrderStatus.WORKING, lifecycle.seq(), lifecycle.time()),
        price,
        margin.liquidationFee());
  }

  /// Stops trading until [#release]: orders that open or enlarge a position are refused, and what
  /// `action` says is done at once. What becomes of orders is heard with the next input.
  ///
  /// @param reason for people: who did it, and why
  public void kill(RiskAction action, String reason) {
    begin();
    stop(watch.kill(action, reason));
    keepUnheard();
  }

  /// Lets trading go on after [#kill] or a drawdown stop.
  ///
  /// @param reason for people: who did it, and why
  public void release(String reason) {
    begin();
    watch.release();
    alert("kill-switch", RiskAction.BLOCK, "info", null, null, null, "trading goes on: " + reason);
    keepUnheard();
  }

  /// Places an order for a person, with a signal of its own that carries the reason. What becomes
  /// of it is heard with the next input.
  ///
  /// @return the order as it stands
  /// @throws ManualRefusal when a rule turns it down, which is on record then, or it makes no sense
  public Order place(ManualOrder wanted) {
    if (spec.strategies().stream().noneMatch(each -> each.instance().equals(wanted.strategy()))) {
      throw new ManualRefusal(
          ManualRefusal.Kind.UNKNOWN,
          "strategy must be one of "
              + spec.strategies().stream().map(StrategyPlan::instance).toList()
              + ", was '"
              + wanted.strategy()
              + "'");
    }
    try {
      return placeManual("manual", wanted);
    } catch (IllegalArgumentException e) {
      throw new ManualRefusal(ManualRefusal.Kind.INVALID, String.valueOf(e.getMessage()));
    }
  }

  /// Closes a position for a person, wholly or in part. An order of that kind that still waits
  /// counts: nothing is closed twice.
  ///
  /// @param quantity in base currency; null for all that no such order is closing yet
  /// @param limitPrice null for at the market
  /// @param reason for people: who closes it, and why
  /// @return the order as it stands
  /// @throws ManualRefusal when there is no such position, or nothing left of it to close
  public Order close(
      String positionId,
      @Nullable BigDecimal quantity,
      @Nullable BigDecimal limitPrice,
      String reason) {
    var position = portfolio.open(positionId);
    if (position == null) {
      throw new ManualRefusal(
          ManualRefusal.Kind.UNKNOWN, "no position " + positionId + " is open in the session");
    }
    var side = position.direction() > 0 ? Side.SELL : Side.BUY;
    var left = position.quantity();
    var closing = new ArrayList<String>();
    for (var order : orders.working()) {
      if (notTheirs.contains(order.orderId())
          && order.terms().reduceOnly()
          && order.side() == side
          && order.strategy().equals(position.strategy())
          && order.symbol().equals(position.symbol())) {
        left = left.subtract(order.remaining());
        closing.add(order.orderId());
      }
    }
    var wanted = quantity == null ? left : quantity;
    if (left.signum() <= 0 || wanted.compareTo(left) > 0) {
      throw new ManualRefusal(
          ManualRefusal.Kind.CONFLICT,
          "of position "
              + positionId
              + ", "
              + Decimals.plain(position.quantity())
              + " "
              + position.symbol()
              + ", "
              + Decimals.plain(left.max(BigDecimal.ZERO))
              + " can be closed"
              + (closing.isEmpty() ? "" : " beside " + closing)
              + (quantity == null ? "" : ", was " + Decimals.plain(quantity)));
    }
    return placeManual(
        "manual-close",
        new ManualOrder(
            position.strategy(),
            position.symbol(),
            side,
            limitPrice == null ? OrderType.MARKET : OrderType.LIMIT,
            wanted,
            limitPrice,
            null,
            TimeInForce.GTC,
            false,
            true,
            reason));
  }

  private Order placeManual(String name, ManualOrder wanted) {
    begin();
    var instrument = spec.instrument(wanted.symbol());
    long seq = lifecycle.seq();
    var signal =
        new Signal(
            spec.sessionId(),
            manualSignals.next(seq),
            seq,
            lifecycle.time(),
            wanted.strategy(),
            wanted.symbol(),
            name,
            wanted.reason(),
            Map.of());
    var tick = instrument.tickSize();
    var limit = wanted.limitPrice();
    var trigger = wanted.triggerPrice();
    var command =
        new PlaceOrder(
            spec.sessionId(),
            manualOrders.next(seq),
            signal.signalId(),
            wanted.strategy(),
            wanted.symbol(),
            wanted.side(),
            wanted.type(),
            Decimals.down(wanted.quantity(), instrument.lotSize()),
            limit == null ? null : ExitPrices.rounded(limit, wanted.side(), tick),
            new OrderTerms(
                trigger == null ? null : ExitPrices.rounded(trigger, wanted.side(), tick),
                null,
                null,
                wanted.timeInForce(),
                null,
                wanted.postOnly(),
                wanted.reduceOnly(),
                null,
                null),
            null);
    signals++;
    journal.accept(signal);
    notTheirs.add(command.orderId());
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
  public Order cancel(String orderId, String reason) {
    var order = underWay(orderId);
    begin();
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
      @Nullable BigDecimal triggerPrice) {
    var order = underWay(orderId);
    begin();
    amend(
        new AmendOrder(
            spec.sessionId(), orderId, order.strategy(), quantity, limitPrice, triggerPrice),
        false);
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
    return underWay(orderId);
  }

  private Order underWay(String orderId) {
    var order = lifecycle.find(orderId);
    if (order == null) {
      throw new ManualRefusal(
          ManualRefusal.Kind.UNKNOWN, "no order " + orderId + " is in the session");
    }
    if (order.status().isFinal()) {
      throw new ManualRefusal(
          ManualRefusal.Kind.CONFLICT, "order " + orderId + " is " + order.status());
    }
    return order;
  }

  /// Between two inputs, as part of the latest.
  private void begin() {
    lifecycle.begin(lifecycle.seq(), lifecycle.time());
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
    alert(trip.rule(), trip.action(), "error", null, trip.limit(), trip.value(), trip.text());
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
    var command = closing(position, trip.rule(), trip.text());
    notTheirs.add(command.orderId());
    accept(
        command,
        Order.first(command, OrderStatus.WORKING, lifecycle.seq(), lifecycle.time()),
        spec.instrument(position.symbol()));
  }

  /// An order of risk's own that ends a position, with a signal that says why.
  private PlaceOrder closing(Position position, String rule, String reason) {
    long seq = lifecycle.seq();
    var signal =
        new Signal(
            spec.sessionId(),
            riskSignals.next(seq),
            seq,
            lifecycle.time(),
            position.strategy(),
            position.symbol(),
            rule,
            reason,
            Map.of());
    signals++;
    journal.accept(signal);
    return new PlaceOrder(
        spec.sessionId(),
        riskOrders.next(seq),
        signal.signalId(),
        position.strategy(),
        position.symbol(),
        position.direction() > 0 ? Side.SELL : Side.BUY,
        OrderType.MARKET,
        position.quantity(),
        null,
        OrderTerms.REDUCE_ONLY,
        null);
  }

  private void alert(
      String rule,
      RiskAction action,
      String level,
      @Nullable Order order,
      @Nullable BigDecimal limit,
      @Nullable BigDecimal value,
      String text) {
    long seq = lifecycle.seq();
    if (seq != alertSeq) {
      alertSeq = seq;
      alerts = 0;
    }
    journal.accept(
        new RiskAlert(
            spec.sessionId(),
            seq,
            lifecycle.time(),
            ++alerts,
            rule,
            action,
            level,
            order == null ? null : order.strategy(),
            order == null ? null : order.signalId(),
            order == null ? null : order.orderId(),
            limit,
            value,
            text,
            null,
            null));
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
        case Signal signal -> {
          signals++;
          journal.accept(signal);
        }
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
      case AmendOrder amend -> amend(amend, true);
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
      lifecycle.cancelIfThere(order, "the session ended");
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
        liquidations,
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
    alert(why.rule(), RiskAction.BLOCK, "warn", order, why.limit(), why.value(), why.reason());
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

  /// @param own whether the strategy asks, which may not touch every order
  private void amend(AmendOrder command, boolean own) {
    var order = own(command.orderId(), command.strategy());
    var obstacle =
        own && notTheirs.contains(order.orderId()) && !order.status().isFinal()
            ? NOT_ITS_OWN
            : obstacle(command, order);
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
        alert(why.rule(), RiskAction.BLOCK, "warn", order, why.limit(), why.value(), why.reason());
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
    if (order.status().isFinal() || notTheirs.contains(order.orderId())) {
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
          && !notTheirs.contains(order.orderId())
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
            portfolio.funding()));
  }
}

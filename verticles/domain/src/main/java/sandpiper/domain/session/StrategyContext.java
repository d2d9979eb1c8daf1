package sandpiper.domain.session;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.indicators.IndicatorLayout;
import sandpiper.domain.journal.AmendOrder;
import sandpiper.domain.journal.CancelAllOrders;
import sandpiper.domain.journal.CancelOrder;
import sandpiper.domain.journal.Ids;
import sandpiper.domain.journal.LogLine;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.OrderType;
import sandpiper.domain.journal.PlaceOrder;
import sandpiper.domain.journal.Position;
import sandpiper.domain.journal.Side;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.journal.StrategyAction;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.Instrument;

/// The one capability of a strategy: what it may know and ask for. Not thread-safe.
///
/// What it asks for is gathered and handed to the desk when the callback is over. Ids are decided
/// here, and every order belongs to a signal: one that the strategy raised, or one made for the
/// order.
public final class StrategyContext {
  private static final int MAX_LOG_CHARACTERS = 2_000;

  private final SessionSpec session;
  private final StrategyPlan plan;
  private final Shared shared;
  private final List<IndicatorReading> readings = new ArrayList<>();
  private final Map<String, Position> positions = new HashMap<>();
  private final Map<String, Order> working = new LinkedHashMap<>();
  private final Set<String> placed = new HashSet<>();
  private final Set<String> raised = new HashSet<>();
  private boolean ready;

  /// What the contexts of one session share: its clock, its ids, the actions in their order.
  static final class Shared {
    private final Ids signalIds;
    private final Ids orderIds;
    private final List<StrategyAction> actions = new ArrayList<>();
    private long seq;
    private long time;
    private int logLines;

    Shared(String sessionId) {
      signalIds = Ids.signals(sessionId);
      orderIds = Ids.orders(sessionId);
    }

    void moveTo(long seq, long time) {
      this.seq = seq;
      this.time = time;
      logLines = 0;
    }

    boolean anyActions() {
      return !actions.isEmpty();
    }

    List<StrategyAction> takeActions() {
      var taken = List.copyOf(actions);
      actions.clear();
      return taken;
    }
  }

  /// @param orderId decided before anything is sent
  /// @param quantity as rounded to the lot
  /// @param limitPrice as rounded to the tick; null for types without one
  /// @param triggerPrice likewise
  /// @param stopLossId of the bracket's stop-loss; null for none
  /// @param takeProfitId of the bracket's take-profit; null for none
  public record Ticket(
      String orderId,
      String signalId,
      BigDecimal quantity,
      @Nullable BigDecimal limitPrice,
      @Nullable BigDecimal triggerPrice,
      @Nullable String stopLossId,
      @Nullable String takeProfitId) {}

  StrategyContext(SessionSpec session, StrategyPlan plan, IndicatorLayout layout, Shared shared) {
    this.session = session;
    this.plan = plan;
    this.shared = shared;
    for (var indicator : plan.indicators()) {
      readings.add(new IndicatorReading(indicator, layout));
    }
    ready = readings.isEmpty();
  }

  public SessionSpec session() {
    return session;
  }

  public StrategyPlan plan() {
    return plan;
  }

  /// The session's clock, UTC microseconds.
  public long time() {
    return shared.time;
  }

  /// The session's first symbol, meant where a strategy names none.
  public String mainSymbol() {
    return session.instruments().getFirst().symbol();
  }

  public List<IndicatorReading> readings() {
    return readings;
  }

  /// @throws IllegalArgumentException when the strategy declared no indicator of that name
  public IndicatorReading reading(String name) {
    for (var reading : readings) {
      if (reading.indicator().name().equals(name)) {
        return reading;
      }
    }
    throw new IllegalArgumentException("the strategy declares no indicator '" + name + "'");
  }

  /// Whether every indicator has a value.
  public boolean ready() {
    return ready;
  }

  /// The open position, or null when flat.
  public @Nullable Position position(String symbol) {
    return positions.get(symbol);
  }

  /// Raises a signal.
  ///
  /// @return its id
  public String signal(String symbol, String name, String reason, Map<String, Double> values) {
    session.instrument(symbol);
    var id = shared.signalIds.next(shared.seq);
    raised.add(id);
    shared.actions.add(
        new Signal(
            session.sessionId(),
            id,
            shared.seq,
            shared.time,
            plan.instance(),
            symbol,
            name,
            reason,
            values));
    return id;
  }

  /// Asks for a market or limit order.
  ///
  /// @param quantity in base currency, rounded down to the lot
  /// @param limitPrice null for a market order; rounded to the tick, down for a buy and up for a
  ///   sell
  /// @param signalId of a signal raised before; null to have one made
  public Ticket place(
      String symbol,
      Side side,
      double quantity,
      @Nullable Double limitPrice,
      @Nullable String signalId) {
    var instrument = session.instrument(symbol);
    var rounded = roundedQuantity(quantity, signalId, instrument);
    var limit =
        limitPrice == null ? null : OrderRequest.rounded("price", limitPrice, side, instrument);
    var type = limit == null ? OrderType.MARKET : OrderType.LIMIT;
    var signal = signalOf(symbol, side, signalId);
    var id = shared.orderIds.next(shared.seq);
    placed.add(id);
    shared.actions.add(
        new PlaceOrder(
            session.sessionId(), id, signal, plan.instance(), symbol, side, type, rounded, limit));
    return new Ticket(id, signal, rounded, limit, null, null, null);
  }

  /// Asks for an order of any type. Prices are rounded to the tick, down for a buy and up for a
  /// sell; what it brings along in a bracket is of the other side.
  public Ticket place(OrderRequest request) {
    return place(request, null);
  }

  /// Asks for orders of which only one shall fill: then the others are cancelled.
  ///
  /// @param requests at least two
  /// @return their tickets, in the same order
  public List<Ticket> placeOneOf(List<OrderRequest> requests) {
    if (requests.size() < 2) {
      throw new IllegalArgumentException(
          "oco takes an array of at least two orders, was one of " + requests.size());
    }
    int before = shared.actions.size();
    var tickets = new ArrayList<Ticket>();
    try {
      for (var request : requests) {
        tickets.add(place(request, tickets.isEmpty() ? "" : tickets.getFirst().orderId()));
      }
    } catch (IllegalArgumentException e) {
      // A script may catch this and go on: then none of them may be left.
      var made = shared.actions.subList(before, shared.actions.size());
      for (var action : made) {
        if (action instanceof PlaceOrder place) {
          placed.remove(place.orderId());
        }
      }
      made.clear();
      throw e;
    }
    return tickets;
  }

  /// @param groupId null for an order on its own, empty for the first of a group
  private Ticket place(OrderRequest request, @Nullable String groupId) {
    var symbol = request.symbol();
    var side = request.side();
    var instrument = session.instrument(symbol);
    var rounded = roundedQuantity(request.size(), request.signalId(), instrument);
    var limit =
        request.price() == null
            ? null
            : OrderRequest.rounded("price", request.price(), side, instrument);
    if (request.after() != null && !placed.contains(request.after())) {
      throw new IllegalArgumentException("the strategy has no order '" + request.after() + "'");
    }
    var id = shared.orderIds.next(shared.seq);
    var group = groupId != null && groupId.isEmpty() ? id : groupId;
    var terms = request.terms(instrument, shared.time, group);
    var stopId = request.stopLoss() == null ? null : shared.orderIds.next(shared.seq);
    var takeId = request.takeProfit() == null ? null : shared.orderIds.next(shared.seq);
    var bracket = request.bracket(instrument, stopId, takeId);
    for (var each : new @Nullable String[] {id, stopId, takeId}) {
      if (each != null) {
        placed.add(each);
      }
    }
    var signal = signalOf(symbol, side, request.signalId());
    shared.actions.add(
        new PlaceOrder(
            session.sessionId(),
            id,
            signal,
            plan.instance(),
            symbol,
            side,
            request.type(),
            rounded,
            limit,
            terms,
            bracket));
    return new Ticket(id, signal, rounded, limit, terms.triggerPrice(), stopId, takeId);
  }

  private BigDecimal roundedQuantity(
      double quantity, @Nullable String signalId, Instrument instrument) {
    if (!(quantity > 0) || Double.isInfinite(quantity)) {
      throw new IllegalArgumentException("size must be a number above zero, was " + quantity);
    }
    if (signalId != null && !raised.contains(signalId)) {
      throw new IllegalArgumentException("the strategy has no signal '" + signalId + "'");
    }
    return Decimals.down(Decimals.exact(quantity), instrument.lotSize());
  }

  private String signalOf(String symbol, Side side, @Nullable String signalId) {
    return signalId == null
        ? signal(symbol, side == Side.BUY ? "buy" : "sell", "", Map.of())
        : signalId;
  }

  /// Asks for one of its own orders to be changed; what is null stays. What becomes of it is heard
  /// as an event.
  ///
  /// @param quantity the whole of it, what has filled included; rounded down to the lot
  /// @param limitPrice rounded as that of a new order
  /// @param triggerPrice likewise
  public void amend(
      String orderId,
      @Nullable Double quantity,
      @Nullable Double limitPrice,
      @Nullable Double triggerPrice) {
    requirePlaced(orderId);
    if (quantity == null && limitPrice == null && triggerPrice == null) {
      throw new IllegalArgumentException("amend needs a price, a size or a trigger, was none");
    }
    shared.actions.add(
        new AmendOrder(
            session.sessionId(),
            orderId,
            plan.instance(),
            positive("size", quantity),
            positive("price", limitPrice),
            positive("trigger", triggerPrice)));
  }

  private static @Nullable BigDecimal positive(String what, @Nullable Double value) {
    if (value == null) {
      return null;
    }
    if (!(value > 0) || Double.isInfinite(value)) {
      throw new IllegalArgumentException(what + " must be a number above zero, was " + value);
    }
    return Decimals.exact(value);
  }

  /// Asks for all of its orders that have not ended to be withdrawn.
  ///
  /// @param symbol only those of this one; null for all
  public void cancelAll(@Nullable String symbol) {
    if (symbol != null) {
      session.instrument(symbol);
    }
    shared.actions.add(new CancelAllOrders(session.sessionId(), plan.instance(), symbol));
  }

  /// Asks for one of its own orders to be withdrawn. A cancel of an order that has ended is
  /// answered by a refusal.
  public void cancel(String orderId) {
    requirePlaced(orderId);
    shared.actions.add(new CancelOrder(session.sessionId(), orderId, plan.instance()));
  }

  private void requirePlaced(String orderId) {
    if (!placed.contains(orderId)) {
      throw new IllegalArgumentException("the strategy has no order '" + orderId + "'");
    }
  }

  /// Orders that have not ended, as of the last event heard, in the order in which they were
  /// placed.
  public List<Order> workingOrders() {
    return List.copyOf(working.values());
  }

  /// @param level `debug`, `info`, `warn` or `error`
  public void log(String level, String text) {
    shared.logLines++;
    var kept =
        text.length() <= MAX_LOG_CHARACTERS ? text : text.substring(0, MAX_LOG_CHARACTERS) + "…";
    shared.actions.add(
        new LogLine(
            session.sessionId(),
            shared.seq,
            shared.time,
            shared.logLines,
            plan.instance(),
            level,
            kept));
  }

  void onOrderEvent(OrderEvent event) {
    var order = event.order();
    if (order.status().isFinal()) {
      working.remove(order.orderId());
    } else {
      working.put(order.orderId(), order);
    }
    if (event instanceof OrderFilled filled) {
      if (filled.position().isClosed()) {
        positions.remove(order.symbol());
      } else {
        positions.put(order.symbol(), filled.position());
      }
    }
  }

  void onIndicators() {
    if (!ready) {
      ready = readings.stream().allMatch(IndicatorReading::isReady);
    }
  }
}

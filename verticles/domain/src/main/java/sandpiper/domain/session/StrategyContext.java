package sandpiper.domain.session;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.indicators.IndicatorLayout;
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
  private final Map<String, Order> working = new HashMap<>();
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
  /// @param limitPrice as rounded to the tick; null for a market order
  public record Ticket(
      String orderId, String signalId, BigDecimal quantity, @Nullable BigDecimal limitPrice) {}

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

  /// Asks for an order.
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
    if (!(quantity > 0) || Double.isInfinite(quantity)) {
      throw new IllegalArgumentException("size must be a number above zero, was " + quantity);
    }
    if (signalId != null && !raised.contains(signalId)) {
      throw new IllegalArgumentException("the strategy has no signal '" + signalId + "'");
    }
    var rounded = Decimals.down(Decimals.exact(quantity), instrument.lotSize());
    var limit = limitPrice == null ? null : roundedPrice(limitPrice, side, instrument);
    var signal =
        signalId == null
            ? signal(symbol, side == Side.BUY ? "buy" : "sell", "", Map.of())
            : signalId;
    var type = limit == null ? OrderType.MARKET : OrderType.LIMIT;
    var id = shared.orderIds.next(shared.seq);
    placed.add(id);
    shared.actions.add(
        new PlaceOrder(
            session.sessionId(), id, signal, plan.instance(), symbol, side, type, rounded, limit));
    return new Ticket(id, signal, rounded, limit);
  }

  /// Asks for one of its own orders to be withdrawn. A cancel of an order that has ended is
  /// answered by a refusal.
  public void cancel(String orderId) {
    if (!placed.contains(orderId)) {
      throw new IllegalArgumentException("the strategy has no order '" + orderId + "'");
    }
    shared.actions.add(new CancelOrder(session.sessionId(), orderId, plan.instance()));
  }

  /// Orders that may still fill.
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

  private static BigDecimal roundedPrice(double price, Side side, Instrument instrument) {
    if (!(price > 0) || Double.isInfinite(price)) {
      throw new IllegalArgumentException("price must be a number above zero, was " + price);
    }
    var exact = Decimals.exact(price);
    return side == Side.BUY
        ? Decimals.down(exact, instrument.tickSize())
        : Decimals.up(exact, instrument.tickSize());
  }
}

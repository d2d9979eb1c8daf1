package sandpiper.domain.session;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.indicators.IndicatorLayout;
import sandpiper.domain.journal.Alert;
import sandpiper.domain.journal.AmendOrder;
import sandpiper.domain.journal.CancelAllOrders;
import sandpiper.domain.journal.CancelOrder;
import sandpiper.domain.journal.LogLine;
import sandpiper.domain.journal.Metric;
import sandpiper.domain.journal.Note;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.OrderType;
import sandpiper.domain.journal.PlaceOrder;
import sandpiper.domain.journal.PlotPoint;
import sandpiper.domain.journal.Position;
import sandpiper.domain.journal.Reading;
import sandpiper.domain.journal.Side;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.journal.StrategyEvent;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.Instrument;

/// The one capability of a strategy: what it may know and ask for. Not thread-safe.
///
/// What it asks for is gathered and handed to the desk when the callback is over. Ids are decided
/// here, and every order belongs to a signal: one that the strategy raised, or one made for the
/// order. Signals, orders and cancels are limited to 500 a second of the session's clock, notes to
/// 200; a strategy that asks for more is suspended, further notes are dropped and counted.
public final class StrategyContext {
  private static final int MAX_TEXT_CHARACTERS = 2_000;

  private final SessionSpec session;
  private final StrategyPlan plan;
  private final SharedState shared;
  private final StrategyState kept;
  private final List<IndicatorReading> readings = new ArrayList<>();
  private final @Nullable BarHistory[] histories;
  private Map<String, Object> parameters;
  private @Nullable String violation;
  private boolean ready;

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

  StrategyContext(
      SessionSpec session, StrategyPlan plan, IndicatorLayout layout, SharedState shared) {
    this(session, plan, layout, shared, new StrategyState(), List.of());
  }

  private StrategyContext(
      SessionSpec session,
      StrategyPlan plan,
      IndicatorLayout layout,
      SharedState shared,
      StrategyState kept,
      List<IndicatorReading> warm) {
    this.session = session;
    this.plan = plan;
    this.shared = shared;
    this.kept = kept;
    parameters = plan.parameters();
    for (var indicator : plan.indicators()) {
      var reading = new IndicatorReading(indicator, layout);
      for (var old : warm) {
        if (old.indicator().spec().equals(indicator.spec())) {
          reading.continueFrom(old);
        }
      }
      readings.add(reading);
    }
    histories = new BarHistory[plan.streams().size()];
    for (int i = 0; i < histories.length; i++) {
      var stream = plan.streams().get(i);
      histories[i] = stream.interval() == null ? null : shared.history(stream);
    }
    onIndicators();
  }

  /// The context of the version that follows: orders, positions, timers and warm indicators stay.
  StrategyContext successor(StrategyPlan next, IndicatorLayout layout) {
    return new StrategyContext(session, next, layout, shared, kept, readings);
  }

  public SessionSpec session() {
    return session;
  }

  public StrategyPlan plan() {
    return plan;
  }

  /// The parameters as they are now; those declared `live` may have changed since the start.
  public Map<String, Object> parameters() {
    return parameters;
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

  /// The closed bars of one of its streams.
  ///
  /// @param stream number of the stream in the plan
  /// @throws IllegalArgumentException when it is not a stream of bars
  public BarHistory history(int stream) {
    var history = histories[stream];
    if (history == null) {
      throw new IllegalArgumentException(
          "stream " + plan.streams().get(stream).name() + " has no bars");
    }
    return history;
  }

  /// What the session owns now.
  public Account account() {
    return shared.account.get();
  }

  /// The latest price of a symbol: of a trade, a bar's close, the middle of a quote or of the order
  /// book; NaN before the first.
  ///
  /// @throws IllegalArgumentException when the session does not trade `symbol`
  public double lastPrice(String symbol) {
    session.instrument(symbol);
    for (int i = 0; i < shared.symbols.length; i++) {
      if (shared.symbols[i].equals(symbol) && shared.prices[i] > 0) {
        return shared.prices[i];
      }
    }
    return Double.NaN;
  }

  /// A quantity down to the lot of `symbol`, zero or above.
  public double toLot(String symbol, double quantity) {
    if (!(quantity > 0) || Double.isInfinite(quantity)) {
      return 0;
    }
    return Decimals.down(Decimals.exact(quantity), session.instrument(symbol).lotSize())
        .doubleValue();
  }

  /// The open position, or null when flat.
  public @Nullable Position position(String symbol) {
    return kept.positions.get(symbol);
  }

  /// All that are open.
  public List<Position> positions() {
    return List.copyOf(kept.positions.values());
  }

  public Timers timers() {
    return kept.timers;
  }

  /// Raises a signal.
  ///
  /// @return its id
  public String signal(String symbol, String name, String reason, Map<String, Double> values) {
    session.instrument(symbol);
    countAction();
    if (shared.keepsReadings && kept.lastReading != shared.seq) {
      keepReading(null);
    }
    var id = shared.signalIds.next(shared.seq);
    kept.raised.add(id);
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
            values,
            null));
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
    countAction();
    var signal = signalOf(symbol, side, signalId);
    var id = shared.orderIds.next(shared.seq);
    kept.placed.add(id);
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
          kept.placed.remove(place.orderId());
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
    if (request.after() != null && !kept.placed.contains(request.after())) {
      throw new IllegalArgumentException("the strategy has no order '" + request.after() + "'");
    }
    countAction();
    var id = shared.orderIds.next(shared.seq);
    var group = groupId != null && groupId.isEmpty() ? id : groupId;
    var terms = request.terms(instrument, shared.time, group);
    var stopId = request.stopLoss() == null ? null : shared.orderIds.next(shared.seq);
    var takeId = request.takeProfit() == null ? null : shared.orderIds.next(shared.seq);
    var bracket = request.bracket(instrument, stopId, takeId);
    for (var each : new @Nullable String[] {id, stopId, takeId}) {
      if (each != null) {
        kept.placed.add(each);
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
    if (signalId != null && !kept.raised.contains(signalId)) {
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
    countAction();
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
    countAction();
    shared.actions.add(new CancelAllOrders(session.sessionId(), plan.instance(), symbol));
  }

  /// Asks for one of its own orders to be withdrawn. A cancel of an order that has ended is
  /// answered by a refusal.
  public void cancel(String orderId) {
    requirePlaced(orderId);
    countAction();
    shared.actions.add(new CancelOrder(session.sessionId(), orderId, plan.instance()));
  }

  private void requirePlaced(String orderId) {
    if (!kept.placed.contains(orderId)) {
      throw new IllegalArgumentException("the strategy has no order '" + orderId + "'");
    }
  }

  /// Orders that have not ended, as of the last event heard, in the order in which they were
  /// placed.
  public List<Order> workingOrders() {
    return List.copyOf(kept.working.values());
  }

  /// @param level `debug`, `info`, `warn` or `error`
  public void log(String level, String text) {
    if (mayNote()) {
      note(
          new LogLine(
              session.sessionId(),
              shared.seq,
              shared.time,
              ++shared.notes,
              plan.instance(),
              level,
              shortened(text)));
    }
  }

  /// @param level `info`, `warn` or `error`
  public void alert(String level, String text) {
    if (mayNote()) {
      raiseAlert(level, text);
    }
  }

  public void metric(String name, double value) {
    if (mayNote()) {
      note(
          new Metric(
              session.sessionId(),
              shared.seq,
              shared.time,
              ++shared.notes,
              plan.instance(),
              shortened(name),
              value));
    }
  }

  /// @param text of a marker; null for a point of the line `series`
  public void plot(String pane, String series, double value, @Nullable String text) {
    if (mayNote()) {
      note(
          new PlotPoint(
              session.sessionId(),
              shared.seq,
              shared.time,
              ++shared.notes,
              plan.instance(),
              shortened(pane),
              shortened(series),
              value,
              text == null ? null : shortened(text)));
    }
  }

  /// Not limited: the host says it.
  void raiseAlert(String level, String text) {
    note(
        new Alert(
            session.sessionId(),
            shared.seq,
            shared.time,
            ++shared.notes,
            plan.instance(),
            level,
            shortened(text)));
  }

  void record(StrategyEvent.Kind kind, String detail) {
    note(
        new StrategyEvent(
            session.sessionId(),
            shared.seq,
            shared.time,
            ++shared.notes,
            plan.instance(),
            kind,
            shortened(detail)));
  }

  /// A bar of one of its streams has closed and its indicators are up to date.
  void onBar(Bar bar) {
    if (shared.keepsReadings) {
      keepReading(bar);
    }
  }

  private void keepReading(@Nullable Bar bar) {
    kept.lastReading = shared.seq;
    var values = new HashMap<String, Double>();
    for (var reading : readings) {
      var indicator = reading.indicator();
      var outputs = indicator.outputs();
      for (int i = 0; i < outputs.size(); i++) {
        var name = outputs.size() == 1 ? indicator.name() : indicator.name() + "." + outputs.get(i);
        values.put(name, reading.values()[i]);
      }
    }
    note(
        new Reading(
            session.sessionId(),
            shared.seq,
            shared.time,
            ++shared.notes,
            plan.instance(),
            bar,
            values));
  }

  void cancelWorking() {
    for (var order : kept.working.values()) {
      shared.actions.add(new CancelOrder(session.sessionId(), order.orderId(), plan.instance()));
    }
  }

  /// The rule that the strategy broke since this was asked last; null when it broke none.
  @Nullable String takeViolation() {
    var taken = violation;
    violation = null;
    return taken;
  }

  void assumePositions(List<Position> positions) {
    positions.forEach(position -> kept.positions.put(position.symbol(), position));
  }

  void resume(Resumption.Instance from) {
    assumePositions(from.positions());
    from.working().forEach(order -> kept.working.put(order.orderId(), order));
    kept.raised.addAll(from.raised());
    kept.placed.addAll(from.placed());
    kept.timers.resume(from.saved().timers());
  }

  void setParameters(Map<String, Object> parameters) {
    this.parameters = parameters;
  }

  void onOrderEvent(OrderEvent event) {
    var order = event.order();
    if (order.status().isFinal()) {
      kept.working.remove(order.orderId());
    } else {
      kept.working.put(order.orderId(), order);
    }
    if (event instanceof OrderFilled filled) {
      if (filled.position().isClosed()) {
        kept.positions.remove(order.symbol());
      } else {
        kept.positions.put(order.symbol(), filled.position());
      }
    }
  }

  void onIndicators() {
    if (!ready) {
      ready = true;
      for (int i = 0; i < readings.size(); i++) {
        ready &= readings.get(i).isReady();
      }
    }
  }

  private void countAction() {
    if (!kept.actions.take(shared.time)) {
      violation =
          "asked for more than "
              + kept.actions.max()
              + " signals, orders and cancels within one second of the session's clock";
      throw new IllegalArgumentException("the strategy " + violation);
    }
  }

  private boolean mayNote() {
    if (kept.notes.take(shared.time)) {
      int dropped = kept.notes.takeRefused();
      if (dropped > 0) {
        note(
            new LogLine(
                session.sessionId(),
                shared.seq,
                shared.time,
                ++shared.notes,
                plan.instance(),
                "warn",
                dropped
                    + " notes were dropped: a strategy may write "
                    + kept.notes.max()
                    + " a second"));
      }
      return true;
    }
    return false;
  }

  private void note(Note note) {
    shared.actions.add(note);
  }

  private static String shortened(String text) {
    return text.length() <= MAX_TEXT_CHARACTERS
        ? text
        : text.substring(0, MAX_TEXT_CHARACTERS) + "…";
  }
}

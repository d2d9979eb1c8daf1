package sandpiper.strategies;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Alert;
import sandpiper.domain.journal.AmendOrder;
import sandpiper.domain.journal.Bracket;
import sandpiper.domain.journal.CancelAllOrders;
import sandpiper.domain.journal.CancelOrder;
import sandpiper.domain.journal.ExitPrice;
import sandpiper.domain.journal.LogLine;
import sandpiper.domain.journal.Metric;
import sandpiper.domain.journal.Note;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.OrderTerms;
import sandpiper.domain.journal.PlaceOrder;
import sandpiper.domain.journal.PlotPoint;
import sandpiper.domain.journal.Position;
import sandpiper.domain.journal.Reading;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.journal.StrategyAction;
import sandpiper.domain.journal.StrategyEvent;
import sandpiper.domain.journal.Trail;
import sandpiper.domain.session.SessionSpec;
import sandpiper.strategies.child.ChildException;

/// What the platform knows by itself of a session whose strategies run in another process: their
/// orders, positions and ids as they went by. By it the platform decides whether an action can have
/// come from the strategies of this session at all. Not thread-safe.
final class Ledger {
  private static final int MAX_ACTIONS = 100_000;
  private static final int REMEMBERED_IDS = 10_000;
  private static final int MAX_TEXT_CHARACTERS = 100_000;
  private static final int MAX_NOTE_CHARACTERS = 2_001;
  private static final int MAX_DIGITS = 400;
  private static final int MAX_READINGS = 10_000;
  private static final Set<String> LEVELS = Set.of("debug", "info", "warn", "error");

  private final SessionSpec spec;
  private final String body;
  private final Map<String, Instance> instances = new LinkedHashMap<>();
  private long seq;
  private long time;
  private int signals;
  private int orders;
  private int notes;

  /// What is known of one instance.
  static final class Instance {
    private final Map<String, Position> positions = new LinkedHashMap<>();
    private final Map<String, Order> working = new LinkedHashMap<>();
    private final Set<String> raised = new LinkedHashSet<>();
    private final Set<String> placed = new LinkedHashSet<>();

    List<Position> positions() {
      return List.copyOf(positions.values());
    }

    List<Order> working() {
      return List.copyOf(working.values());
    }

    /// Ids of the latest signals, oldest first.
    List<String> raised() {
      return List.copyOf(raised);
    }

    /// Ids of the latest orders, oldest first.
    List<String> placed() {
      return List.copyOf(placed);
    }
  }

  Ledger(SessionSpec spec) {
    this.spec = spec;
    body = spec.sessionId().substring(spec.mode().prefix().length());
    time = spec.startTime();
    for (var plan : spec.strategies()) {
      instances.put(plan.instance(), new Instance());
    }
  }

  Instance instance(String name) {
    var instance = instances.get(name);
    if (instance == null) {
      throw new IllegalArgumentException(
          "strategy must be one of " + instances.keySet() + ", was '" + name + "'");
    }
    return instance;
  }

  /// Whether some order ends by the clock alone.
  boolean anyExpires() {
    for (var instance : instances.values()) {
      for (var order : instance.working.values()) {
        if (order.terms().expiresAt() != null) {
          return true;
        }
      }
    }
    return false;
  }

  long seq() {
    return seq;
  }

  long time() {
    return time;
  }

  /// Ids that were given within the latest input.
  int signals() {
    return signals;
  }

  int orders() {
    return orders;
  }

  int notes() {
    return notes;
  }

  /// The next input. The strategies count from one again.
  void moveTo(long seq, long time) {
    if (seq != this.seq) {
      signals = 0;
      orders = 0;
    }
    notes = 0;
    this.seq = seq;
    this.time = time;
  }

  /// Number of the next note that the platform itself writes down.
  int nextNote() {
    return ++notes;
  }

  void on(List<OrderEvent> events) {
    for (var event : events) {
      var order = event.order();
      var instance = instance(order.strategy());
      if (order.status().isFinal()) {
        instance.working.remove(order.orderId());
      } else {
        instance.working.put(order.orderId(), order);
      }
      if (event instanceof OrderFilled filled) {
        if (filled.position().isClosed()) {
          instance.positions.remove(order.symbol());
        } else {
          instance.positions.put(order.symbol(), filled.position());
        }
      }
    }
  }

  /// Takes down what strategies in the platform's own process ask for.
  void record(List<? extends StrategyAction> actions) {
    for (var action : actions) {
      switch (action) {
        case Signal signal -> {
          signals = number("sig_", signal.signalId(), signals);
          remember(instance(signal.strategy()).raised, signal.signalId());
        }
        case PlaceOrder order -> {
          var placed = instance(order.strategy()).placed;
          recordOrder(placed, order.orderId());
          var bracket = order.bracket();
          if (bracket != null && bracket.stopLoss() != null) {
            recordOrder(placed, bracket.stopLoss().orderId());
          }
          if (bracket != null && bracket.takeProfit() != null) {
            recordOrder(placed, bracket.takeProfit().orderId());
          }
        }
        case Note note -> notes = note.index();
        case AmendOrder _, CancelOrder _, CancelAllOrders _ -> {
          // They bring no ids of their own.
        }
      }
    }
  }

  private void recordOrder(Set<String> placed, String id) {
    orders = number("ord_", id, orders);
    remember(placed, id);
  }

  /// @return `actions`, when the strategies of this session may ask for them now
  /// @throws ChildException when they may not
  List<StrategyAction> checked(List<StrategyAction> actions) throws ChildException {
    try {
      require(actions.size() <= MAX_ACTIONS, "number of actions", actions.size());
      actions.forEach(this::check);
      return actions;
    } catch (IllegalArgumentException e) {
      throw new ChildException("it asked for what it must not: " + e.getMessage());
    }
  }

  private void check(StrategyAction action) {
    var instance = instance(action.strategy());
    switch (action) {
      case Signal signal -> {
        requireNow(signal.sessionId(), signal.seq(), signal.time());
        signals = number("sig_", signal.signalId(), signals);
        spec.instrument(signal.symbol());
        requireShort("name of a signal", signal.name(), MAX_TEXT_CHARACTERS);
        requireShort("reason of a signal", signal.reason(), MAX_TEXT_CHARACTERS);
        remember(instance.raised, signal.signalId());
      }
      case PlaceOrder order -> {
        requireSession(order.sessionId());
        orders = number("ord_", order.orderId(), orders);
        require(instance.raised.contains(order.signalId()), "signal_id", order.signalId());
        var instrument = spec.instrument(order.symbol());
        requireGrain("quantity", order.quantity(), instrument.lotSize());
        requireGrain("limit price", order.limitPrice(), instrument.tickSize());
        check(order.terms(), instance, order.orderId());
        remember(instance.placed, order.orderId());
        if (order.bracket() != null) {
          check(order.bracket().stopLoss(), instance);
          check(order.bracket().takeProfit(), instance);
        }
      }
      case AmendOrder amend -> {
        requireSession(amend.sessionId());
        requireOwn(instance, amend.orderId());
        requireDigits("quantity", amend.quantity());
        requireDigits("limit price", amend.limitPrice());
        requireDigits("trigger", amend.triggerPrice());
      }
      case CancelOrder cancel -> {
        requireSession(cancel.sessionId());
        requireOwn(instance, cancel.orderId());
      }
      case CancelAllOrders cancel -> {
        requireSession(cancel.sessionId());
        if (cancel.symbol() != null) {
          spec.instrument(cancel.symbol());
        }
      }
      case Note note -> {
        requireNow(note.sessionId(), note.seq(), note.time());
        require(note.index() > notes, "number of a note", note.index());
        notes = note.index();
        check(note);
      }
    }
  }

  private static void check(OrderTerms terms, Instance instance, String orderId) {
    requireDigits("trigger", terms.triggerPrice());
    requireDigits("trail", terms.trailOffset());
    requireDigits("trail", terms.trailPercent());
    if (terms.parentId() != null) {
      requireOwn(instance, terms.parentId());
    }
    if (terms.groupId() != null && !terms.groupId().equals(orderId)) {
      requireOwn(instance, terms.groupId());
    }
  }

  /// The exits of an order have the ids that follow its own.
  private void check(Bracket.@Nullable Exit exit, Instance instance) {
    if (exit == null) {
      return;
    }
    orders = number("ord_", exit.orderId(), orders);
    remember(instance.placed, exit.orderId());
    switch (exit.price()) {
      case ExitPrice.At at -> requireDigits("exit", at.price());
      case ExitPrice.Percent percent -> requireDigits("exit", percent.percent());
      case ExitPrice.Offset offset -> requireDigits("exit", offset.offset());
      case ExitPrice.Multiple multiple -> requireDigits("exit", multiple.r());
      case Trail trail -> requireShort("trail", trail.toString(), MAX_NOTE_CHARACTERS);
    }
  }

  private static void requireOwn(Instance instance, String id) {
    require(instance.placed.contains(id) || instance.working.containsKey(id), "order_id", id);
  }

  private static void requireDigits(String what, @Nullable BigDecimal value) {
    if (value != null) {
      require(
          value.precision() <= MAX_DIGITS && Math.abs(value.scale()) <= MAX_DIGITS,
          what,
          value.precision() + " digits");
    }
  }

  private static void check(Note note) {
    switch (note) {
      case LogLine line -> {
        require(LEVELS.contains(line.level()), "level", line.level());
        requireShort("log line", line.text(), MAX_NOTE_CHARACTERS);
      }
      case Alert alert -> {
        require(LEVELS.contains(alert.level()), "level", alert.level());
        requireShort("alert", alert.text(), MAX_NOTE_CHARACTERS);
      }
      case Metric metric -> requireShort("metric", metric.name(), MAX_NOTE_CHARACTERS);
      case PlotPoint point -> {
        requireShort("pane", point.pane(), MAX_NOTE_CHARACTERS);
        requireShort("series", point.series(), MAX_NOTE_CHARACTERS);
        requireShort("marker", point.text(), MAX_NOTE_CHARACTERS);
      }
      case StrategyEvent event -> requireShort("detail", event.detail(), MAX_NOTE_CHARACTERS);
      case Reading reading -> {
        var names = reading.values().keySet();
        require(names.size() <= MAX_READINGS, "number of readings", names.size());
        names.forEach(name -> requireShort("name of a reading", name, MAX_TEXT_CHARACTERS));
      }
    }
  }

  private void requireSession(String sessionId) {
    require(sessionId.equals(spec.sessionId()), "session_id", sessionId);
  }

  /// Timers act at the time they were due, which is not after the input's.
  private void requireNow(String sessionId, long seq, long time) {
    requireSession(sessionId);
    require(seq == this.seq, "seq", seq);
    require(time <= this.time, "time", time);
  }

  /// The running number of an id of this input, above `last`.
  private int number(String prefix, String id, int last) {
    var start = prefix + body + "-" + seq + "-";
    require(id.startsWith(start) && id.length() - start.length() < 10, "id", id);
    var digits = id.substring(start.length());
    require(digits.matches("[1-9][0-9]*"), "id", id);
    int number = Integer.parseInt(digits);
    require(number > last, "id", id);
    return number;
  }

  private static void requireGrain(String what, @Nullable BigDecimal value, BigDecimal step) {
    requireDigits(what, value);
    if (value != null) {
      require(value.remainder(step).signum() == 0, what, value);
    }
  }

  private static void requireShort(String what, @Nullable String text, int max) {
    require(text == null || text.length() <= max, what, "too long");
  }

  private static void require(boolean holds, String what, Object was) {
    if (!holds) {
      var text = String.valueOf(was);
      throw new IllegalArgumentException(
          what + " was " + text.substring(0, Math.min(text.length(), 100)));
    }
  }

  private static void remember(Set<String> ids, String id) {
    if (ids.size() == REMEMBERED_IDS) {
      ids.remove(ids.iterator().next());
    }
    ids.add(id);
  }
}

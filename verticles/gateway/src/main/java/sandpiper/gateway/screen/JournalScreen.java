package sandpiper.gateway.screen;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.AlertAcknowledged;
import sandpiper.domain.journal.Alert;
import sandpiper.domain.journal.AmendRefused;
import sandpiper.domain.journal.CancelRefused;
import sandpiper.domain.journal.EquityMarked;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.FundingPaid;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.LogLine;
import sandpiper.domain.journal.Metric;
import sandpiper.domain.journal.OrderAccepted;
import sandpiper.domain.journal.OrderActivated;
import sandpiper.domain.journal.OrderAmended;
import sandpiper.domain.journal.OrderCancelled;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderExpired;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.OrderRefused;
import sandpiper.domain.journal.OrderTriggered;
import sandpiper.domain.journal.PlotPoint;
import sandpiper.domain.journal.Position;
import sandpiper.domain.journal.Reading;
import sandpiper.domain.journal.RiskAlert;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.journal.StrategyEvent;

/// What a session decided and what came of it.
final class JournalScreen {
  static final int ROWS = 500;
  static final int CLOSED_POSITIONS = 200;
  static final int PLOT_POINTS = 5_000;

  private static final int MESSAGES_A_SECOND = 500;

  private final Outlet outlet;
  private final AccountScreen account;
  private final Budget budget;
  private final Ring<Signal> signals = new Ring<>(ROWS);
  private final Latest<OrderEvent> orders = new Latest<>(ROWS);
  private final Ring<Fill> fills = new Ring<>(ROWS);
  private final Latest<Position> open = new Latest<>(ROWS);
  private final Ring<Position> closed = new Ring<>(CLOSED_POSITIONS);
  private final Ring<LogLine> log = new Ring<>(ROWS);
  private final Ring<Alert> alerts = new Ring<>(ROWS);
  private final Latest<Metric> metrics = new Latest<>(ROWS);
  private final Ring<PlotPoint> points = new Ring<>(PLOT_POINTS);
  private final Ring<StrategyEvent> strategyEvents = new Ring<>(ROWS);
  private final Latest<RiskAlert> refusals = new Latest<>(ROWS);

  /// What stopped trading, or let it go on: however many orders are refused meanwhile, it stays.
  private final Latest<RiskAlert> stops = new Latest<>(ROWS);

  JournalScreen(LongSupplier clock, Outlet outlet, AccountScreen account) {
    this.outlet = outlet;
    this.account = account;
    budget = new Budget(MESSAGES_A_SECOND, clock);
  }

  void onEntry(JournalEntry entry) {
    switch (entry) {
      case Signal signal -> {
        signals.add(signal);
        send("signal", signal);
      }
      case LogLine line -> {
        log.add(line);
        send("log", line);
      }
      case Alert alert -> {
        alerts.add(alert);
        send("alert", alert);
      }
      case Metric metric -> {
        metrics.put(metric.strategy() + " " + metric.name(), metric);
        send("metric", metric);
      }
      case PlotPoint point -> {
        points.add(point);
        send("plot", point);
      }
      case StrategyEvent event -> {
        strategyEvents.add(event);
        send("strategy.status", event);
      }
      case Reading _ -> {
        // The screen has bars and indicators of its own.
      }
      case RiskAlert alert -> {
        alertsLike(alert).put(key(alert.seq(), alert.index()), alert);
        send("risk.alert", alert);
      }
      case OrderFilled filled -> {
        onOrder(filled);
        fills.add(filled.fill());
        send("fill", filled.fill());
        keep(filled.position());
        send("position", filled.position());
      }
      case OrderEvent event -> onOrder(event);
      case FundingPaid paid -> {
        keep(paid.position());
        send("funding", paid);
        send("position", paid.position());
      }
      case EquityMarked mark -> account.onMarked(mark, List.copyOf(open.values()));
    }
  }

  /// Somebody has seen an alert; one that is shown no more is left alone.
  void onAcknowledged(AlertAcknowledged seen) {
    var key = key(seen.seq(), seen.index());
    for (var alerts : List.of(refusals, stops)) {
      var alert = alerts.get(key);
      if (alert != null) {
        var acknowledged = alert.acknowledged(seen.acknowledgedAt(), seen.acknowledgedBy());
        alerts.put(key, acknowledged);
        send("risk.alert", acknowledged);
      }
    }
  }

  private Latest<RiskAlert> alertsLike(RiskAlert alert) {
    return alert.level().equals("warn") ? refusals : stops;
  }

  private static String key(long seq, int index) {
    return seq + "." + index;
  }

  private List<RiskAlert> riskAlerts() {
    return Stream.concat(refusals.values().stream(), stops.values().stream())
        .sorted(Comparator.comparingLong(RiskAlert::seq).thenComparingInt(RiskAlert::index))
        .toList();
  }

  void snapshot(JsonObject snapshot) {
    var positions = new ArrayList<Position>(closed.values());
    positions.addAll(open.values());
    snapshot
        .put("signals", array(signals.values(), Json::object))
        .put("orders", array(orders.values(), JournalScreen::order))
        .put("fills", array(fills.values(), Json::object))
        .put("positions", array(positions, Json::object))
        .put("log", array(log.values(), Json::object))
        .put("alerts", array(alerts.values(), Json::object))
        .put("metrics", array(metrics.values(), Json::object))
        .put("plots", array(points.values(), Json::object))
        .put("strategy_events", array(strategyEvents.values(), Json::object))
        .put("risk_alerts", array(riskAlerts(), Json::object));
  }

  private void onOrder(OrderEvent event) {
    orders.put(event.order().orderId(), event);
    if (budget.take(1)) {
      outlet.send("order", order(event));
    } else {
      outlet.owe();
    }
  }

  private void keep(Position position) {
    if (position.isClosed()) {
      open.remove(position.positionId());
      closed.add(position);
    } else {
      open.put(position.positionId(), position);
    }
  }

  private void send(String type, Record entry) {
    if (budget.take(1)) {
      outlet.send(type, Json.object(entry));
    } else {
      outlet.owe();
    }
  }

  private static JsonObject order(OrderEvent event) {
    return switch (event) {
      case OrderAccepted _ -> order("accepted", null, null, null, event);
      case OrderActivated _ -> order("activated", null, null, null, event);
      case OrderTriggered _ -> order("triggered", null, null, null, event);
      case OrderFilled _ -> order("filled", null, null, null, event);
      case OrderAmended amended -> order("amended", null, null, amended.by(), event);
      case AmendRefused refused ->
          order("amend_refused", refused.rule(), refused.reason(), null, event);
      case OrderRefused refused -> order("refused", refused.rule(), refused.reason(), null, event);
      case OrderCancelled cancelled ->
          order("cancelled", null, cancelled.reason(), cancelled.by(), event);
      case CancelRefused refused -> order("cancel_refused", null, refused.reason(), null, event);
      case OrderExpired expired -> order("expired", null, expired.reason(), null, event);
    };
  }

  private static JsonObject order(
      String name,
      @Nullable String rule,
      @Nullable String reason,
      @Nullable String by,
      OrderEvent event) {
    return new JsonObject()
        .put("event", name)
        .put("rule", rule)
        .put("reason", reason)
        .put("by", by)
        .put("order", Json.object(event.order()));
  }

  private static <T> JsonArray array(Collection<T> values, Function<T, JsonObject> view) {
    var array = new JsonArray();
    values.forEach(value -> array.add(view.apply(value)));
    return array;
  }
}

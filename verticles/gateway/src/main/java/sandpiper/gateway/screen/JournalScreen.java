package sandpiper.gateway.screen;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Messages.AlertAcknowledged;
import sandpiper.bus.Messages.SessionState;
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
import sandpiper.gateway.screen.ScreenMessage.AlertRaised;
import sandpiper.gateway.screen.ScreenMessage.Candle;
import sandpiper.gateway.screen.ScreenMessage.FillMade;
import sandpiper.gateway.screen.ScreenMessage.FundingTold;
import sandpiper.gateway.screen.ScreenMessage.IndicatorReading;
import sandpiper.gateway.screen.ScreenMessage.Logged;
import sandpiper.gateway.screen.ScreenMessage.MetricSet;
import sandpiper.gateway.screen.ScreenMessage.OrderChange;
import sandpiper.gateway.screen.ScreenMessage.OrderChange.Event;
import sandpiper.gateway.screen.ScreenMessage.PointPlotted;
import sandpiper.gateway.screen.ScreenMessage.PositionChanged;
import sandpiper.gateway.screen.ScreenMessage.RiskTold;
import sandpiper.gateway.screen.ScreenMessage.SignalRaised;
import sandpiper.gateway.screen.ScreenMessage.StrategyTold;

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
        send(new SignalRaised(signal));
      }
      case LogLine line -> {
        log.add(line);
        send(new Logged(line));
      }
      case Alert alert -> {
        alerts.add(alert);
        send(new AlertRaised(alert));
      }
      case Metric metric -> {
        metrics.put(metric.strategy() + " " + metric.name(), metric);
        send(new MetricSet(metric));
      }
      case PlotPoint point -> {
        points.add(point);
        send(new PointPlotted(point));
      }
      case StrategyEvent event -> {
        strategyEvents.add(event);
        send(new StrategyTold(event));
      }
      case Reading _ -> {
        // The screen has bars and indicators of its own.
      }
      case RiskAlert alert -> {
        alertsLike(alert).put(key(alert.seq(), alert.index()), alert);
        send(new RiskTold(alert));
      }
      case OrderFilled filled -> {
        onOrder(filled);
        fills.add(filled.fill());
        send(new FillMade(filled.fill()));
        keep(filled.position());
        send(new PositionChanged(filled.position()));
      }
      case OrderEvent event -> onOrder(event);
      case FundingPaid paid -> {
        keep(paid.position());
        send(new FundingTold(paid));
        send(new PositionChanged(paid.position()));
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
        send(new RiskTold(acknowledged));
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

  /// @param seq of the latest message
  Snapshot snapshot(
      long seq, SessionState session, List<Candle> candles, List<IndicatorReading> indicators) {
    var positions = new ArrayList<Position>(closed.values());
    positions.addAll(open.values());
    return new Snapshot(
        seq,
        session,
        candles,
        indicators,
        List.copyOf(signals.values()),
        orders.values().stream().map(JournalScreen::change).toList(),
        List.copyOf(fills.values()),
        positions,
        account.snapshot(),
        List.copyOf(log.values()),
        List.copyOf(alerts.values()),
        List.copyOf(metrics.values()),
        List.copyOf(points.values()),
        List.copyOf(strategyEvents.values()),
        riskAlerts());
  }

  private void onOrder(OrderEvent event) {
    orders.put(event.order().orderId(), event);
    send(change(event));
  }

  private void keep(Position position) {
    if (position.isClosed()) {
      open.remove(position.positionId());
      closed.add(position);
    } else {
      open.put(position.positionId(), position);
    }
  }

  private void send(ScreenMessage message) {
    if (budget.take(1)) {
      outlet.send(message);
    } else {
      outlet.owe();
    }
  }

  private static OrderChange change(OrderEvent event) {
    return switch (event) {
      case OrderAccepted _ -> change(Event.ACCEPTED, null, null, null, event);
      case OrderActivated _ -> change(Event.ACTIVATED, null, null, null, event);
      case OrderTriggered _ -> change(Event.TRIGGERED, null, null, null, event);
      case OrderFilled _ -> change(Event.FILLED, null, null, null, event);
      case OrderAmended amended -> change(Event.AMENDED, null, null, amended.by(), event);
      case AmendRefused refused ->
          change(Event.AMEND_REFUSED, refused.rule(), refused.reason(), null, event);
      case OrderRefused refused ->
          change(Event.REFUSED, refused.rule(), refused.reason(), null, event);
      case OrderCancelled cancelled ->
          change(Event.CANCELLED, null, cancelled.reason(), cancelled.by(), event);
      case CancelRefused refused ->
          change(Event.CANCEL_REFUSED, null, refused.reason(), null, event);
      case OrderExpired expired -> change(Event.EXPIRED, null, expired.reason(), null, event);
    };
  }

  private static OrderChange change(
      Event what,
      @Nullable String rule,
      @Nullable String reason,
      @Nullable String by,
      OrderEvent event) {
    return new OrderChange(what, rule, reason, by, event.order());
  }
}

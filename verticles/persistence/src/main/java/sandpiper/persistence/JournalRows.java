package sandpiper.persistence;

import static sandpiper.persistence.JournalTables.ALERTS;
import static sandpiper.persistence.JournalTables.EQUITY;
import static sandpiper.persistence.JournalTables.FILLS;
import static sandpiper.persistence.JournalTables.FUNDING;
import static sandpiper.persistence.JournalTables.LOG_LINES;
import static sandpiper.persistence.JournalTables.METRICS;
import static sandpiper.persistence.JournalTables.ORDERS;
import static sandpiper.persistence.JournalTables.ORDER_EVENTS;
import static sandpiper.persistence.JournalTables.PLOT_POINTS;
import static sandpiper.persistence.JournalTables.POSITIONS;
import static sandpiper.persistence.JournalTables.READINGS;
import static sandpiper.persistence.JournalTables.RISK_ALERTS;
import static sandpiper.persistence.JournalTables.SIGNALS;
import static sandpiper.persistence.JournalTables.STRATEGY_EVENTS;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sandpiper.domain.journal.Alert;
import sandpiper.domain.journal.EquityMarked;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.FundingPaid;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.LogLine;
import sandpiper.domain.journal.Metric;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.PlotPoint;
import sandpiper.domain.journal.Position;
import sandpiper.domain.journal.Reading;
import sandpiper.domain.journal.RiskAlert;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.journal.StrategyEvent;
import sandpiper.persistence.Table.Insert;

/// Sorts a batch of the journal by table, keeping its order within each; of an order or a position
/// only the last state counts.
final class JournalRows {
  private final List<Signal> signals = new ArrayList<>();
  private final Map<String, Order> orders = new LinkedHashMap<>();
  private final Map<String, Position> positions = new LinkedHashMap<>();
  private final List<Fill> fills = new ArrayList<>();
  private final List<OrderEvent> orderEvents = new ArrayList<>();
  private final List<FundingPaid> funding = new ArrayList<>();
  private final List<EquityMarked> equity = new ArrayList<>();
  private final List<LogLine> lines = new ArrayList<>();
  private final List<Alert> alerts = new ArrayList<>();
  private final List<Metric> metrics = new ArrayList<>();
  private final List<PlotPoint> points = new ArrayList<>();
  private final List<StrategyEvent> strategyEvents = new ArrayList<>();
  private final List<RiskAlert> riskAlerts = new ArrayList<>();
  private final List<Reading> readings = new ArrayList<>();

  JournalRows(List<JournalEntry> entries) {
    for (var entry : entries) {
      switch (entry) {
        case Signal signal -> signals.add(signal);
        case OrderEvent event -> add(event);
        case FundingPaid paid -> {
          funding.add(paid);
          positions.put(paid.position().positionId(), paid.position());
        }
        case EquityMarked mark -> equity.add(mark);
        case LogLine line -> lines.add(line);
        case Alert alert -> alerts.add(alert);
        case Metric metric -> metrics.add(metric);
        case PlotPoint point -> points.add(point);
        case StrategyEvent event -> strategyEvents.add(event);
        case Reading reading -> readings.add(reading);
        case RiskAlert alert -> riskAlerts.add(alert);
      }
    }
  }

  /// The statements, so that what a row refers to is there before it.
  List<Insert> inserts() {
    var inserts = new ArrayList<Insert>();
    add(inserts, SIGNALS, signals);
    add(inserts, ORDERS, orders.values());
    add(inserts, POSITIONS, positions.values());
    add(inserts, FILLS, fills);
    add(inserts, ORDER_EVENTS, orderEvents);
    add(inserts, FUNDING, funding);
    add(inserts, EQUITY, equity);
    add(inserts, LOG_LINES, lines);
    add(inserts, ALERTS, alerts);
    add(inserts, METRICS, metrics);
    add(inserts, PLOT_POINTS, points);
    add(inserts, STRATEGY_EVENTS, strategyEvents);
    add(inserts, RISK_ALERTS, riskAlerts);
    add(inserts, READINGS, readings);
    return inserts;
  }

  private void add(OrderEvent event) {
    orderEvents.add(event);
    orders.put(event.order().orderId(), event.order());
    if (event instanceof OrderFilled filled) {
      fills.add(filled.fill());
      positions.put(filled.position().positionId(), filled.position());
    }
  }

  private static <T> void add(List<Insert> inserts, Table<T> table, Collection<T> rows) {
    if (!rows.isEmpty()) {
      inserts.add(table.insert(rows));
    }
  }
}

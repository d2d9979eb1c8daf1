package sandpiper.persistence;

import static sandpiper.persistence.Column.bigint;
import static sandpiper.persistence.Column.bool;
import static sandpiper.persistence.Column.decimals;
import static sandpiper.persistence.Column.integer;
import static sandpiper.persistence.Column.numbers;
import static sandpiper.persistence.Column.numeric;
import static sandpiper.persistence.Column.real;
import static sandpiper.persistence.Column.text;
import static sandpiper.persistence.Column.word;

import org.jspecify.annotations.Nullable;
import sandpiper.bus.Json;
import sandpiper.domain.journal.Alert;
import sandpiper.domain.journal.AmendRefused;
import sandpiper.domain.journal.CancelRefused;
import sandpiper.domain.journal.EquityMarked;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.FundingPaid;
import sandpiper.domain.journal.LogLine;
import sandpiper.domain.journal.Metric;
import sandpiper.domain.journal.Order;
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

/// How the records of the journal lie in their tables.
final class JournalTables {
  private JournalTables() {}

  static final Table<Signal> SIGNALS =
      Table.fixed(
          "signals",
          text("session_id", Signal::sessionId),
          text("signal_id", Signal::signalId),
          bigint("seq", Signal::seq),
          bigint("time", Signal::time),
          text("strategy", Signal::strategy),
          text("symbol", Signal::symbol),
          text("name", Signal::name),
          text("reason", Signal::reason),
          numbers("values", signal -> Json.text(signal.values())),
          text("by", Signal::by));

  static final Table<Order> ORDERS =
      Table.versioned(
          "orders",
          "order_id",
          text("session_id", Order::sessionId),
          text("order_id", Order::orderId),
          text("signal_id", Order::signalId),
          text("strategy", Order::strategy),
          text("symbol", Order::symbol),
          word("side", Order::side),
          word("type", Order::type),
          numeric("quantity", Order::quantity),
          numeric("limit_price", Order::limitPrice),
          numeric("trigger_price", order -> order.terms().triggerPrice()),
          numeric("trail_offset", order -> order.terms().trailOffset()),
          numeric("trail_percent", order -> order.terms().trailPercent()),
          word("time_in_force", order -> order.terms().timeInForce()),
          bigint("expires_at", order -> order.terms().expiresAt()),
          bool("post_only", order -> order.terms().postOnly()),
          bool("reduce_only", order -> order.terms().reduceOnly()),
          text("parent_id", order -> order.terms().parentId()),
          text("group_id", order -> order.terms().groupId()),
          word("status", Order::status),
          numeric("filled_quantity", Order::filledQuantity),
          numeric("filled_notional", Order::filledNotional),
          bigint("placed_seq", Order::placedSeq),
          bigint("placed_time", Order::placedTime),
          integer("version", Order::version));

  static final Table<Position> POSITIONS =
      Table.versioned(
          "positions",
          "position_id",
          text("session_id", Position::sessionId),
          text("position_id", Position::positionId),
          text("signal_id", Position::signalId),
          text("strategy", Position::strategy),
          text("symbol", Position::symbol),
          integer("direction", Position::direction),
          numeric("quantity", Position::quantity),
          numeric("cost", Position::cost),
          numeric("realised", Position::realised),
          numeric("fees", Position::fees),
          numeric("entry_fees", Position::entryFees),
          numeric("funding", Position::funding),
          numeric("entry_quantity", Position::entryQuantity),
          numeric("entry_notional", Position::entryNotional),
          numeric("exit_notional", Position::exitNotional),
          numeric("leverage", Position::leverage),
          numeric("liquidation_price", Position::liquidationPrice),
          bigint("opened_time", Position::openedTime),
          bigint("closed_time", Position::closedTime),
          integer("version", Position::version));

  static final Table<Fill> FILLS =
      Table.fixed(
          "fills",
          text("session_id", Fill::sessionId),
          text("fill_id", Fill::fillId),
          text("order_id", Fill::orderId),
          text("signal_id", Fill::signalId),
          text("position_id", Fill::positionId),
          text("strategy", Fill::strategy),
          text("symbol", Fill::symbol),
          bigint("seq", Fill::seq),
          bigint("time", Fill::time),
          word("side", Fill::side),
          numeric("price", Fill::price),
          numeric("quantity", Fill::quantity),
          numeric("fee", Fill::fee),
          bool("maker", Fill::maker));

  static final Table<OrderEvent> ORDER_EVENTS =
      Table.fixed(
          "order_events",
          text("event_id", JournalTables::eventId),
          text("session_id", OrderEvent::sessionId),
          text("signal_id", OrderEvent::signalId),
          text("order_id", event -> event.order().orderId()),
          bigint("seq", OrderEvent::seq),
          bigint("time", OrderEvent::time),
          text("type", JournalTables::type),
          text("rule", JournalTables::rule),
          text("reason", JournalTables::reason),
          text("by", JournalTables::by),
          text(
              "fill_id",
              event -> event instanceof OrderFilled filled ? filled.fill().fillId() : null),
          integer("version", event -> event.order().version()));

  static final Table<EquityMarked> EQUITY =
      Table.fixed(
          "equity",
          text("session_id", EquityMarked::sessionId),
          bigint("seq", EquityMarked::seq),
          bigint("time", EquityMarked::time),
          numeric("cash", EquityMarked::cash),
          numeric("equity", EquityMarked::equity),
          numeric("realised", EquityMarked::realised),
          numeric("unrealised", EquityMarked::unrealised),
          numeric("fees", EquityMarked::fees),
          numeric("funding", EquityMarked::funding),
          decimals("balances", mark -> Json.text(mark.balances())));

  static final Table<FundingPaid> FUNDING =
      Table.fixed(
          "funding",
          text("session_id", FundingPaid::sessionId),
          text("position_id", paid -> paid.position().positionId()),
          text("signal_id", paid -> paid.position().signalId()),
          text("strategy", paid -> paid.position().strategy()),
          text("symbol", paid -> paid.position().symbol()),
          bigint("seq", FundingPaid::seq),
          bigint("time", FundingPaid::time),
          bigint("due_time", FundingPaid::dueTime),
          numeric("rate", FundingPaid::rate),
          numeric("notional", FundingPaid::notional),
          numeric("amount", FundingPaid::amount));

  static final Table<LogLine> LOG_LINES =
      Table.fixed(
          "log_lines",
          text("session_id", LogLine::sessionId),
          bigint("seq", LogLine::seq),
          bigint("time", LogLine::time),
          integer("idx", LogLine::index),
          text("strategy", LogLine::strategy),
          text("level", LogLine::level),
          text("text", LogLine::text));

  static final Table<Alert> ALERTS =
      Table.fixed(
          "alerts",
          text("session_id", Alert::sessionId),
          bigint("seq", Alert::seq),
          bigint("time", Alert::time),
          integer("idx", Alert::index),
          text("strategy", Alert::strategy),
          text("level", Alert::level),
          text("text", Alert::text));

  static final Table<Metric> METRICS =
      Table.fixed(
          "metrics",
          text("session_id", Metric::sessionId),
          bigint("seq", Metric::seq),
          bigint("time", Metric::time),
          integer("idx", Metric::index),
          text("strategy", Metric::strategy),
          text("name", Metric::name),
          real("value", Metric::value));

  static final Table<PlotPoint> PLOT_POINTS =
      Table.fixed(
          "plot_points",
          text("session_id", PlotPoint::sessionId),
          bigint("seq", PlotPoint::seq),
          bigint("time", PlotPoint::time),
          integer("idx", PlotPoint::index),
          text("strategy", PlotPoint::strategy),
          text("pane", PlotPoint::pane),
          text("series", PlotPoint::series),
          real("value", PlotPoint::value),
          text("text", PlotPoint::text));

  static final Table<Reading> READINGS =
      Table.fixed(
          "readings",
          text("session_id", Reading::sessionId),
          bigint("seq", Reading::seq),
          bigint("time", Reading::time),
          integer("idx", Reading::index),
          text("strategy", Reading::strategy),
          text("symbol", reading -> reading.bar() == null ? null : reading.bar().symbol()),
          bigint(
              "interval_micros",
              reading -> reading.bar() == null ? null : reading.bar().interval().micros()),
          bigint("open_time", reading -> reading.bar() == null ? null : reading.bar().openTime()),
          real("open", reading -> reading.bar() == null ? null : reading.bar().open()),
          real("high", reading -> reading.bar() == null ? null : reading.bar().high()),
          real("low", reading -> reading.bar() == null ? null : reading.bar().low()),
          real("close", reading -> reading.bar() == null ? null : reading.bar().close()),
          real("volume", reading -> reading.bar() == null ? null : reading.bar().volume()),
          numbers("values", reading -> Json.text(reading.values())));

  static final Table<StrategyEvent> STRATEGY_EVENTS =
      Table.fixed(
          "strategy_events",
          text("session_id", StrategyEvent::sessionId),
          bigint("seq", StrategyEvent::seq),
          bigint("time", StrategyEvent::time),
          integer("idx", StrategyEvent::index),
          text("strategy", StrategyEvent::strategy),
          word("kind", StrategyEvent::kind),
          text("detail", StrategyEvent::detail));

  static final Table<RiskAlert> RISK_ALERTS =
      Table.fixed(
          "risk_alerts",
          text("session_id", RiskAlert::sessionId),
          bigint("seq", RiskAlert::seq),
          bigint("time", RiskAlert::time),
          integer("idx", RiskAlert::index),
          text("rule", RiskAlert::rule),
          word("action", RiskAlert::action),
          text("level", RiskAlert::level),
          text("strategy", RiskAlert::strategy),
          text("signal_id", RiskAlert::signalId),
          text("order_id", RiskAlert::orderId),
          numeric("limit_value", RiskAlert::limit),
          numeric("value", RiskAlert::value),
          text("text", RiskAlert::text),
          bigint("acknowledged_at", RiskAlert::acknowledgedAt),
          text("acknowledged_by", RiskAlert::acknowledgedBy));

  /// A refused change or cancel does not raise the order's version, so the id names type and input
  /// too.
  static String eventId(OrderEvent event) {
    var order = event.order();
    return order.orderId() + "-" + event.seq() + "-" + type(event) + "-" + order.version();
  }

  private static String type(OrderEvent event) {
    return switch (event) {
      case OrderAccepted _ -> "accepted";
      case OrderRefused _ -> "refused";
      case OrderActivated _ -> "activated";
      case OrderTriggered _ -> "triggered";
      case OrderFilled _ -> "filled";
      case OrderAmended _ -> "amended";
      case AmendRefused _ -> "amend_refused";
      case OrderCancelled _ -> "cancelled";
      case CancelRefused _ -> "cancel_refused";
      case OrderExpired _ -> "expired";
    };
  }

  private static @Nullable String rule(OrderEvent event) {
    return switch (event) {
      case OrderRefused refused -> refused.rule();
      case AmendRefused refused -> refused.rule();
      default -> null;
    };
  }

  private static @Nullable String reason(OrderEvent event) {
    return switch (event) {
      case OrderAccepted _, OrderActivated _, OrderTriggered _, OrderFilled _, OrderAmended _ ->
          null;
      case OrderRefused refused -> refused.reason();
      case AmendRefused refused -> refused.reason();
      case OrderCancelled cancelled -> cancelled.reason();
      case CancelRefused refused -> refused.reason();
      case OrderExpired expired -> expired.reason();
    };
  }

  private static @Nullable String by(OrderEvent event) {
    return switch (event) {
      case OrderAmended amended -> amended.by();
      case OrderCancelled cancelled -> cancelled.by();
      case OrderAccepted _,
          OrderActivated _,
          OrderTriggered _,
          OrderFilled _,
          OrderRefused _,
          AmendRefused _,
          CancelRefused _,
          OrderExpired _ ->
          null;
    };
  }
}

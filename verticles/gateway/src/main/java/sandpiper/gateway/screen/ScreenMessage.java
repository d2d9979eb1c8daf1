package sandpiper.gateway.screen;

import com.fasterxml.jackson.annotation.JsonAutoDetect;
import com.fasterxml.jackson.annotation.JsonTypeName;
import com.fasterxml.jackson.annotation.JsonValue;
import java.math.BigDecimal;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Messages.BacktestProgress;
import sandpiper.bus.Messages.CollectionState;
import sandpiper.bus.Messages.SessionState;
import sandpiper.domain.journal.Alert;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.FundingPaid;
import sandpiper.domain.journal.LogLine;
import sandpiper.domain.journal.Metric;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.PlotPoint;
import sandpiper.domain.journal.Position;
import sandpiper.domain.journal.RiskAlert;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.journal.StrategyEvent;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.Interval;
import sandpiper.domain.trading.SessionSummary;
import sandpiper.gateway.system.SystemFigures;

/// What is said to screens: the `data` of a message, one record for each type, whose name stands
/// before it. [Envelope] is what goes around it.
///
/// `conf/asyncapi.yaml` promises the same to clients and `webroot/src/messages.ts` reads it;
/// `ScreenMessageTest` and `messages.test.js` fail when one of the three gains or loses a field.
public sealed interface ScreenMessage {
  @JsonTypeName("session.state")
  record SessionTold(@JsonValue SessionState state) implements ScreenMessage {}

  /// The last there is to say of a session or a data collection.
  @JsonTypeName("session.deleted")
  @JsonAutoDetect
  record SessionGone() implements ScreenMessage {}

  /// @param balances what makes up `cash`, by currency and in it
  @JsonTypeName("account")
  record Account(
      long time,
      BigDecimal cash,
      BigDecimal equity,
      BigDecimal realised,
      BigDecimal unrealised,
      BigDecimal fees,
      BigDecimal funding,
      Map<String, BigDecimal> balances)
      implements ScreenMessage {}

  /// @param time the clock of the session, UTC microseconds
  /// @param receivedAt wall clock, UTC microseconds, when the platform had it; null where nobody
  ///   can tell
  @JsonTypeName("tick")
  record Tick(String symbol, long time, double price, double amount, @Nullable Long receivedAt)
      implements ScreenMessage {}

  /// @param closed whether it is final
  @JsonTypeName("candle")
  record Candle(
      String symbol,
      Interval interval,
      long openTime,
      double open,
      double high,
      double low,
      double close,
      double volume,
      boolean closed)
      implements ScreenMessage {
    static Candle of(Bar bar, boolean isClosed) {
      return new Candle(
          bar.symbol(),
          bar.interval(),
          bar.openTime(),
          bar.open(),
          bar.high(),
          bar.low(),
          bar.close(),
          bar.volume(),
          isClosed);
    }
  }

  /// @param openTime of the bar at whose close it is so
  /// @param values by indicator, then by output; NaN while it warms up
  @JsonTypeName("indicator")
  record IndicatorReading(
      String strategy,
      String symbol,
      Interval interval,
      long openTime,
      Map<String, Map<String, Double>> values)
      implements ScreenMessage {}

  @JsonTypeName("signal")
  record SignalRaised(@JsonValue Signal signal) implements ScreenMessage {}

  /// @param rule that refused; null when none did
  /// @param reason why it was refused, cancelled or expired, for people
  /// @param by the person who changed or cancelled it by hand; null when nobody did
  /// @param order as the change left it
  @JsonTypeName("order")
  record OrderChange(
      Event event, @Nullable String rule, @Nullable String reason, @Nullable String by, Order order)
      implements ScreenMessage {
    /// What happened to it.
    enum Event {
      ACCEPTED,
      REFUSED,
      ACTIVATED,
      TRIGGERED,
      FILLED,
      AMENDED,
      AMEND_REFUSED,
      CANCELLED,
      CANCEL_REFUSED,
      EXPIRED
    }
  }

  @JsonTypeName("fill")
  record FillMade(@JsonValue Fill fill) implements ScreenMessage {}

  @JsonTypeName("position")
  record PositionChanged(@JsonValue Position position) implements ScreenMessage {}

  @JsonTypeName("log")
  record Logged(@JsonValue LogLine line) implements ScreenMessage {}

  @JsonTypeName("alert")
  record AlertRaised(@JsonValue Alert alert) implements ScreenMessage {}

  @JsonTypeName("metric")
  record MetricSet(@JsonValue Metric metric) implements ScreenMessage {}

  @JsonTypeName("plot")
  record PointPlotted(@JsonValue PlotPoint point) implements ScreenMessage {}

  @JsonTypeName("strategy.status")
  record StrategyTold(@JsonValue StrategyEvent event) implements ScreenMessage {}

  @JsonTypeName("risk.alert")
  record RiskTold(@JsonValue RiskAlert alert) implements ScreenMessage {}

  @JsonTypeName("funding")
  record FundingTold(@JsonValue FundingPaid paid) implements ScreenMessage {}

  @JsonTypeName("backtest.progress")
  record BacktestMoved(@JsonValue BacktestProgress progress) implements ScreenMessage {}

  /// @param cancelled whether it was ended before its data were
  @JsonTypeName("backtest.done")
  record BacktestDone(boolean cancelled, @Nullable String error, @Nullable SessionSummary summary)
      implements ScreenMessage {}

  /// As [BacktestDone], with an error.
  @JsonTypeName("backtest.failed")
  record BacktestFailed(boolean cancelled, @Nullable String error, @Nullable SessionSummary summary)
      implements ScreenMessage {}

  @JsonTypeName("system.health")
  record SystemTold(@JsonValue SystemFigures figures) implements ScreenMessage {}

  @JsonTypeName("recording.state")
  record RecordingTold(@JsonValue CollectionState state) implements ScreenMessage {}
}

package sandpiper.gateway.screen;

import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Messages.SessionState;
import sandpiper.domain.journal.Alert;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.LogLine;
import sandpiper.domain.journal.Metric;
import sandpiper.domain.journal.PlotPoint;
import sandpiper.domain.journal.Position;
import sandpiper.domain.journal.RiskAlert;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.journal.StrategyEvent;
import sandpiper.gateway.screen.ScreenMessage.Account;
import sandpiper.gateway.screen.ScreenMessage.Candle;
import sandpiper.gateway.screen.ScreenMessage.IndicatorReading;
import sandpiper.gateway.screen.ScreenMessage.OrderChange;

/// What a screen needs to begin; messages with a higher `seq` continue it.
///
/// @param seq of the latest message that it contains; 0 before the first
/// @param account null until it was marked
record Snapshot(
    long seq,
    SessionState session,
    List<Candle> candles,
    List<IndicatorReading> indicators,
    List<Signal> signals,
    List<OrderChange> orders,
    List<Fill> fills,
    List<Position> positions,
    @Nullable Account account,
    List<LogLine> log,
    List<Alert> alerts,
    List<Metric> metrics,
    List<PlotPoint> plots,
    List<StrategyEvent> strategyEvents,
    List<RiskAlert> riskAlerts) {}

package sandpiper.gateway;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.LedgerExtract;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.Step;
import sandpiper.bus.Messages.StrategyVersion;
import sandpiper.domain.indicators.IndicatorLayout;
import sandpiper.domain.indicators.IndicatorSpec;
import sandpiper.domain.journal.EquityMarked;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.LogLine;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderAccepted;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.OrderStatus;
import sandpiper.domain.journal.OrderTerms;
import sandpiper.domain.journal.OrderType;
import sandpiper.domain.journal.Position;
import sandpiper.domain.journal.Side;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Trade;
import sandpiper.domain.metrics.PerformanceReport;
import sandpiper.domain.metrics.PerformanceTracker;
import sandpiper.domain.session.NamedIndicator;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.domain.session.StreamSpec;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.CostBasis;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.RiskLimits;
import sandpiper.domain.trading.SessionSummary;

/// Records as the platform would send them.
public final class Samples {
  public static final String SESSION = "bt_0m5k3x9q2v7c4d1e";
  public static final String SYMBOL = "BTCUSD";
  public static final Interval MINUTE = Interval.parse("1m");
  public static final long NOON = 1_700_049_600_000_000L;

  private Samples() {}

  public static SessionState running() {
    return state(SESSION, SessionStatus.RUNNING, NOON);
  }

  /// A version of `ema-cross`.
  public static StrategyVersion version(int number, @Nullable Integer restoredFrom) {
    return new StrategyVersion(
        "ema-cross", number, "abc" + number, "file", NOON + number, restoredFrom);
  }

  /// One strategy, with `ema` over the one-minute bars of [#SYMBOL].
  public static SessionState state(String sessionId, SessionStatus status, long startedAt) {
    return new SessionState(
        sessionId,
        SessionMode.BACKTEST,
        status,
        List.of(SYMBOL),
        null,
        new BigDecimal("100000"),
        "demo",
        FillRules.STANDARD,
        new AccountRules(CostBasis.AVERAGE, null, "USD"),
        RiskLimits.NONE,
        NOON,
        startedAt,
        status.isFinal() ? startedAt + 5 : null,
        null,
        List.of(plan()),
        Map.of(),
        status.isFinal() ? summary() : null);
  }

  public static StrategyPlan plan() {
    var ema = new IndicatorSpec("ema", SYMBOL, MINUTE, "close", Map.of("period", 3.0));
    return new StrategyPlan(
        "cross",
        "ema-cross",
        "ab12",
        Map.of("fast", 3, "long_only", true),
        List.of(new StreamSpec("bars", SYMBOL, MINUTE), new StreamSpec("trades", SYMBOL, null)),
        List.of(new NamedIndicator("fast", ema, "price")));
  }

  /// Of a session of a day that did nothing.
  public static PerformanceReport performance() {
    var tracker = new PerformanceTracker(new BigDecimal("100000"), NOON, SYMBOL);
    var trade = trade(NOON + 1, 100);
    tracker.beginDay(trade, trade.time(), new BigDecimal("100000"));
    tracker.onPrice(SYMBOL, 100);
    return tracker.report(365, NOON + 2, new BigDecimal("100000"));
  }

  private static SessionSummary summary() {
    return new SessionSummary(
        1,
        1,
        false,
        2,
        2,
        0,
        2,
        new BigDecimal("0.10"),
        BigDecimal.ZERO,
        0,
        new BigDecimal("12.50"),
        new BigDecimal("100012.50"),
        -0.01);
  }

  public static Instrument instrument() {
    var cent = new BigDecimal("0.01");
    var fee = new BigDecimal("0.001");
    return new Instrument("BTCUSD", "BTC", "USD", cent, cent, BigDecimal.ZERO, fee, fee);
  }

  public static Trade trade(long time, double price) {
    return new Trade(SYMBOL, time, price, 0.5);
  }

  public static Bar bar(long openTime, double close) {
    return new Bar(SYMBOL, MINUTE, openTime, close, close + 1, close - 1, close, 2);
  }

  private static final IndicatorLayout LAYOUT =
      new IndicatorLayout(plan().indicators().stream().map(NamedIndicator::spec).toList());

  public static Step step(long seq, MarketEvent event, double... values) {
    return new Step(new Input(SESSION, seq, event.time(), event), values, LAYOUT);
  }

  public static Step closed(long seq, Bar bar, double... values) {
    return step(seq, new BarClosed(bar), values);
  }

  public static Signal signal(long seq) {
    return new Signal(
        SESSION, "sig_x-" + seq, seq, NOON, "cross", SYMBOL, "long", "", Map.of("fast", 1.5), null);
  }

  public static LogLine log(long seq) {
    return log(seq, "line " + seq);
  }

  public static LogLine log(long seq, String text) {
    return new LogLine(SESSION, seq, NOON, 1, "cross", "info", text);
  }

  public static OrderAccepted accepted(long seq) {
    return new OrderAccepted(order(seq), seq, NOON);
  }

  public static OrderFilled filled(long seq, String quantity, String price, Position position) {
    var fill =
        new Fill(
            SESSION,
            "fil_x-" + seq,
            "ord_x-" + seq,
            "sig_x-" + seq,
            position.positionId(),
            "cross",
            SYMBOL,
            seq,
            NOON,
            Side.BUY,
            new BigDecimal(price),
            new BigDecimal(quantity),
            BigDecimal.ONE,
            false);
    var order = order(seq).filled(new BigDecimal(price), new BigDecimal(quantity));
    return new OrderFilled(order, seq, NOON, fill, position);
  }

  public static Order order(long seq) {
    return new Order(
        SESSION,
        "ord_x-" + seq,
        "sig_x-" + seq,
        "cross",
        SYMBOL,
        Side.BUY,
        OrderType.MARKET,
        new BigDecimal("2"),
        null,
        OrderTerms.NONE,
        OrderStatus.WORKING,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        seq,
        NOON,
        1);
  }

  /// Long `quantity` for `cost`; closed when the quantity is zero.
  public static Position position(String id, String quantity, String cost) {
    var held = new BigDecimal(quantity);
    return new Position(
        SESSION,
        id,
        "sig_x-1",
        "cross",
        SYMBOL,
        1,
        held,
        new BigDecimal(cost),
        BigDecimal.ZERO,
        BigDecimal.ONE,
        BigDecimal.ONE,
        BigDecimal.ZERO,
        new BigDecimal("2"),
        new BigDecimal("200"),
        BigDecimal.ZERO,
        BigDecimal.ONE,
        null,
        NOON,
        held.signum() == 0 ? (Long) NOON : null,
        1);
  }

  /// A bar without a signal.
  public static LedgerExtract ledger(String sessionId) {
    var decision = new LinkedHashMap<String, Object>();
    decision.put("strategy", "ema-cross");
    decision.put("seq", 7L);
    decision.put("time", NOON);
    decision.put("bar", Map.of("symbol", "BTCUSD", "open_time", NOON, "close", 100.5));
    decision.put("indicators", Map.of("fast", 100.25));
    decision.put("why_not", "the strategy saw this and raised no signal");
    decision.put("signals", List.of());
    return new LedgerExtract(sessionId, List.of(decision));
  }

  public static EquityMarked marked(
      long seq, long time, String cash, String equity, String unrealised) {
    return new EquityMarked(
        SESSION,
        seq,
        time,
        new BigDecimal(cash),
        new BigDecimal(equity),
        BigDecimal.ZERO,
        new BigDecimal(unrealised),
        BigDecimal.ONE,
        BigDecimal.ZERO,
        Map.of("USD", new BigDecimal(cash)));
  }
}

package sandpiper.persistence;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.domain.journal.Alert;
import sandpiper.domain.journal.AmendRefused;
import sandpiper.domain.journal.Bracket;
import sandpiper.domain.journal.CancelRefused;
import sandpiper.domain.journal.EquityMarked;
import sandpiper.domain.journal.ExitPrice;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.FundingPaid;
import sandpiper.domain.journal.Ids;
import sandpiper.domain.journal.JournalEntry;
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
import sandpiper.domain.journal.OrderStatus;
import sandpiper.domain.journal.OrderTerms;
import sandpiper.domain.journal.OrderTriggered;
import sandpiper.domain.journal.OrderType;
import sandpiper.domain.journal.PlaceOrder;
import sandpiper.domain.journal.PlotPoint;
import sandpiper.domain.journal.Position;
import sandpiper.domain.journal.Reading;
import sandpiper.domain.journal.RiskAction;
import sandpiper.domain.journal.RiskAlert;
import sandpiper.domain.journal.Side;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.journal.StrategyEvent;
import sandpiper.domain.journal.TimeInForce;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Trade;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.RiskLimits;

/// A session with a bit of everything in its journal.
final class Example {
  /// Digits that no double holds, and zeros at the end.
  static final BigDecimal EXACT = new BigDecimal("147376.98835249279000");

  private static final AtomicInteger SESSIONS = new AtomicInteger();

  final String sessionId;
  private final Ids signals;
  private final Ids orders;
  private final Ids fills;
  private final Ids positions;

  Example() {
    this("pp_");
  }

  /// @param prefix of the session's id
  Example(String prefix) {
    sessionId = prefix + "example" + SESSIONS.incrementAndGet();
    signals = Ids.signals(sessionId);
    orders = Ids.orders(sessionId);
    fills = Ids.fills(sessionId);
    positions = Ids.positions(sessionId);
  }

  SessionState state(SessionStatus status) {
    return new SessionState(
        sessionId,
        SessionMode.PAPER,
        status,
        List.of("BTCUSD"),
        null,
        EXACT,
        "demo",
        FillRules.parse("book", "fixed:0.05", "uniform:20ms:80ms"),
        AccountRules.STANDARD,
        RiskLimits.NONE,
        null,
        time(0),
        null,
        null,
        List.of(),
        Map.of(),
        null);
  }

  /// Five entries: a signal, its order accepted and filled, equity, a line.
  List<JournalEntry> trade(long seq) {
    var signal = signal(seq);
    var accepted = accepted(signal);
    var filled = filled(accepted.order(), seq + 1);
    return List.of(
        signal,
        accepted,
        filled,
        equity(seq + 1),
        new LogLine(sessionId, seq, time(seq), 1, "cross-1", "info", "bought"));
  }

  /// One of each kind of note besides the line.
  List<JournalEntry> notes(long seq) {
    var strategy = "cross-1";
    return List.of(
        new Alert(sessionId, seq, time(seq), 2, strategy, "warn", "look here"),
        new Metric(sessionId, seq, time(seq), 3, strategy, "entries", 0.1 + seq),
        new PlotPoint(sessionId, seq, time(seq), 4, strategy, "price", "stop", 1e-7 * seq, null),
        new StrategyEvent(
            sessionId, seq, time(seq), 5, strategy, StrategyEvent.Kind.SUSPENDED, "too slow"),
        reading(seq, 6, Map.of("fast", 0.1, "slow", Double.NaN)));
  }

  /// What the strategy saw of a bar that had just closed.
  Reading reading(long seq, int index, Map<String, Double> values) {
    long open = Math.floorDiv(time(seq), 60_000_000L) * 60_000_000L;
    var bar = new Bar("BTCUSD", Interval.parse("1m"), open, 100, 102.5, 99, 101, 1e-3 * seq);
    return new Reading(sessionId, seq, time(seq), index, "cross-1", bar, values);
  }

  /// Every kind of entry, about two orders that fill, one refused, one cancelled too late.
  List<JournalEntry> everything() {
    var entries = new ArrayList<JournalEntry>(trade(1));
    var second = signal(3);
    var accepted = accepted(second);
    var cancelled =
        new OrderCancelled(accepted.order().cancelled(), 4, time(4), "asked for", "bob");
    var refused = refused(second);
    entries.addAll(
        List.of(
            second,
            accepted,
            refused,
            alert(refused, second),
            stop(4),
            cancelled,
            new CancelRefused(cancelled.order(), 5, time(5), "the order is CANCELLED")));
    entries.addAll(trade(11));
    entries.addAll(notes(12));
    entries.add(funding((OrderFilled) entries.get(2), 13));
    return entries;
  }

  /// Every kind of entry about orders that hang on others: an entry with two exits, an order that
  /// expires, changes made and refused.
  List<JournalEntry> conditional(long seq) {
    var signal = signal(seq);
    var place = entry(signal);
    var entry = Order.first(place, OrderStatus.WORKING, seq, time(seq));
    var stop = Order.stopLoss(place, OrderStatus.PENDING, seq, time(seq));
    var take = Order.takeProfit(place, OrderStatus.PENDING, seq, time(seq));
    var filled = filled(entry, seq + 1);
    var working = stop.activated(new BigDecimal("0.30"), null, new BigDecimal("90.00"));
    var amended = working.amended(new BigDecimal("0.20"), null, new BigDecimal("91"));
    var triggered = amended.triggered(new BigDecimal("91"));
    var expiring = Order.first(trailing(signal), OrderStatus.WORKING, seq, time(seq));
    return List.of(
        signal,
        new OrderAccepted(entry, seq, time(seq)),
        new OrderAccepted(stop, seq, time(seq)),
        new OrderAccepted(take, seq, time(seq)),
        new OrderAccepted(expiring, seq, time(seq)),
        filled,
        new OrderActivated(working, seq + 1, time(seq + 1)),
        new OrderCancelled(take.cancelled(), seq + 1, time(seq + 1), "its stop is enough", null),
        new OrderAmended(amended, seq + 2, time(seq + 2), "carol"),
        new AmendRefused(amended, seq + 2, time(seq + 2), "amend", "no limit price"),
        new OrderTriggered(triggered, seq + 3, time(seq + 3)),
        new OrderExpired(expiring.expired(), seq + 3, time(seq + 3), "its time is over"));
  }

  private PlaceOrder entry(Signal signal) {
    var bracket =
        new Bracket(
            new Bracket.Exit(orders.next(signal.seq()), new ExitPrice.Offset(BigDecimal.TEN)),
            new Bracket.Exit(orders.next(signal.seq()), new ExitPrice.Multiple(BigDecimal.TWO)));
    return new PlaceOrder(
        sessionId,
        orders.next(signal.seq()),
        signal.signalId(),
        signal.strategy(),
        signal.symbol(),
        Side.BUY,
        OrderType.LIMIT,
        new BigDecimal("0.30"),
        EXACT,
        OrderTerms.NONE,
        bracket);
  }

  private PlaceOrder trailing(Signal signal) {
    var terms =
        new OrderTerms(
            null,
            null,
            new BigDecimal("1.50"),
            TimeInForce.GTD,
            time(signal.seq() + 3),
            false,
            true,
            null,
            null);
    return new PlaceOrder(
        sessionId,
        orders.next(signal.seq()),
        signal.signalId(),
        signal.strategy(),
        signal.symbol(),
        Side.SELL,
        OrderType.TRAILING_STOP,
        new BigDecimal("0.30"),
        null,
        terms,
        null);
  }

  Signal signal(long seq) {
    return new Signal(
        sessionId,
        signals.next(seq),
        seq,
        time(seq),
        "cross-1",
        "BTCUSD",
        "long",
        "fast above slow",
        Map.of("zeta", 1e10, "fast", 0.1, "slow", Double.NaN),
        seq == 1 ? "alice" : null);
  }

  OrderAccepted accepted(Signal signal) {
    var order = Order.first(place(signal, EXACT), OrderStatus.WORKING, signal.seq(), signal.time());
    return new OrderAccepted(order, signal.seq(), signal.time());
  }

  OrderFilled filled(Order order, long seq) {
    var price = order.limitPrice() == null ? EXACT : order.limitPrice();
    var fill =
        new Fill(
            sessionId,
            fills.next(seq),
            order.orderId(),
            order.signalId(),
            positions.next(seq),
            order.strategy(),
            order.symbol(),
            seq,
            time(seq),
            order.side(),
            price,
            order.quantity(),
            new BigDecimal("0.00000000000000000000123400"),
            true);
    return new OrderFilled(
        order.filled(price, order.quantity()), seq, time(seq), fill, opened(fill));
  }

  EquityMarked equity(long seq) {
    return new EquityMarked(
        sessionId,
        seq,
        time(seq),
        EXACT,
        EXACT.negate(),
        new BigDecimal("1E+3"),
        BigDecimal.ZERO,
        new BigDecimal("-1E-30"),
        EXACT,
        Map.of("USD", EXACT, "BTC", new BigDecimal("-1E-30")));
  }

  /// What the position of `filled` paid at input `seq`.
  FundingPaid funding(OrderFilled filled, long seq) {
    return new FundingPaid(
        sessionId,
        seq,
        time(seq),
        new BigDecimal("-0.0001"),
        EXACT,
        new BigDecimal("1E-9"),
        time(seq) - 1,
        filled.position());
  }

  Input input(long seq) {
    return new Input(
        sessionId, seq, time(seq), new Trade("BTCUSD", time(seq), 100 + seq % 7 / 8d, 0.5));
  }

  List<Input> inputs(long first, int count) {
    var inputs = new ArrayList<Input>(count);
    for (long seq = first; seq < first + count; seq++) {
      inputs.add(input(seq));
    }
    return inputs;
  }

  static long time(long seq) {
    return 1_700_000_000_000_123L + seq * 1_000_000;
  }

  static Order orderOf(JournalEntry entry) {
    return ((OrderEvent) entry).order();
  }

  private RiskAlert alert(OrderRefused refused, Signal signal) {
    return new RiskAlert(
        sessionId,
        3,
        time(3),
        1,
        refused.rule(),
        RiskAction.BLOCK,
        "warn",
        signal.strategy(),
        signal.signalId(),
        refused.order().orderId(),
        EXACT,
        new BigDecimal("1E-30"),
        refused.reason(),
        null,
        null);
  }

  RiskAlert stop(long seq) {
    return new RiskAlert(
        sessionId,
        seq,
        time(seq),
        1,
        "kill-switch",
        RiskAction.CLOSE,
        "error",
        null,
        null,
        null,
        null,
        null,
        "enough",
        null,
        null);
  }

  private OrderRefused refused(Signal signal) {
    var order = Order.first(place(signal, null), OrderStatus.REFUSED, signal.seq(), signal.time());
    return new OrderRefused(order, signal.seq(), signal.time(), "buying-power", "10 is too much");
  }

  private PlaceOrder place(Signal signal, @Nullable BigDecimal limit) {
    return new PlaceOrder(
        sessionId,
        orders.next(signal.seq()),
        signal.signalId(),
        signal.strategy(),
        signal.symbol(),
        Side.BUY,
        limit == null ? OrderType.MARKET : OrderType.LIMIT,
        new BigDecimal("0.30"),
        limit);
  }

  private Position opened(Fill fill) {
    var notional = fill.price().multiply(fill.quantity());
    return new Position(
        sessionId,
        fill.positionId(),
        fill.signalId(),
        fill.strategy(),
        fill.symbol(),
        1,
        fill.quantity(),
        notional,
        BigDecimal.ZERO,
        fill.fee(),
        fill.fee(),
        BigDecimal.ZERO,
        fill.quantity(),
        notional,
        BigDecimal.ZERO,
        new BigDecimal("2.5"),
        EXACT,
        fill.time(),
        null,
        1);
  }
}

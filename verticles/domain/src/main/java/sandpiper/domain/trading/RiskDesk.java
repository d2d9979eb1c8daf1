package sandpiper.domain.trading;

import java.math.BigDecimal;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Ids;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderTerms;
import sandpiper.domain.journal.OrderType;
import sandpiper.domain.journal.PlaceOrder;
import sandpiper.domain.journal.Position;
import sandpiper.domain.journal.RiskAction;
import sandpiper.domain.journal.RiskAlert;
import sandpiper.domain.journal.Side;
import sandpiper.domain.journal.Signal;

/// What risk itself puts on record: its alerts, and the signals of the orders by which it closes
/// positions. Not thread-safe.
final class RiskDesk {
  private final String sessionId;
  private final Lifecycle lifecycle;
  private final Consumer<JournalEntry> journal;
  private final Ids signalIds;
  private final Ids orderIds;
  private long alertSeq = -1;
  private int alerts;

  RiskDesk(String sessionId, Lifecycle lifecycle, Consumer<JournalEntry> journal) {
    this.sessionId = sessionId;
    this.lifecycle = lifecycle;
    this.journal = journal;
    signalIds = Ids.riskSignals(sessionId);
    orderIds = Ids.riskOrders(sessionId);
  }

  /// An order was turned down.
  void alert(Order order, Verdict.Refused why) {
    alert(why.rule(), RiskAction.BLOCK, "warn", order, why.limit(), why.value(), why.reason());
  }

  /// @param level `error` when trading stops or a position is closed by force, `info` when it goes
  ///   on
  void alert(
      String rule,
      RiskAction action,
      String level,
      @Nullable BigDecimal limit,
      @Nullable BigDecimal value,
      String text) {
    alert(rule, action, level, null, limit, value, text);
  }

  private void alert(
      String rule,
      RiskAction action,
      String level,
      @Nullable Order order,
      @Nullable BigDecimal limit,
      @Nullable BigDecimal value,
      String text) {
    long seq = lifecycle.seq();
    if (seq != alertSeq) {
      alertSeq = seq;
      alerts = 0;
    }
    journal.accept(
        new RiskAlert(
            sessionId,
            seq,
            lifecycle.time(),
            ++alerts,
            rule,
            action,
            level,
            order == null ? null : order.strategy(),
            order == null ? null : order.signalId(),
            order == null ? null : order.orderId(),
            limit,
            value,
            text,
            null,
            null));
  }

  /// An order of its own that ends a position; its signal, which says why, is on record.
  PlaceOrder closing(Position position, String rule, String reason) {
    long seq = lifecycle.seq();
    var signal =
        new Signal(
            sessionId,
            signalIds.next(seq),
            seq,
            lifecycle.time(),
            position.strategy(),
            position.symbol(),
            rule,
            reason,
            Map.of(),
            lifecycle.by());
    journal.accept(signal);
    return new PlaceOrder(
        sessionId,
        orderIds.next(seq),
        signal.signalId(),
        position.strategy(),
        position.symbol(),
        position.direction() > 0 ? Side.SELL : Side.BUY,
        OrderType.MARKET,
        position.quantity(),
        null,
        OrderTerms.REDUCE_ONLY,
        null);
  }
}

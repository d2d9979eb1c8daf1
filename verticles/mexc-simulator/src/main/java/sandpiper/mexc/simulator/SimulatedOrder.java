package sandpiper.mexc.simulator;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Side;
import sandpiper.domain.matching.MatchedOrder;

/// An order of an account, from its acceptance on. Only [Exchange] changes it.
final class SimulatedOrder {
  final Account account;
  final MatchedOrder matched;
  private final String id;
  private final SymbolRules rules;
  private final NewOrder asked;
  private final long lots;
  private final boolean fallsShort;
  private final long time;
  private OrderState state = OrderState.NEW;
  private long executedLots;
  private long executedUnits;
  private long lastLots;
  private boolean lastWasMaker;
  private long updateTime;

  /// Whether what is left after a fill goes.
  boolean endsWithFill;

  /// What it holds of the asset that it gives.
  BigDecimal reserved = BigDecimal.ZERO;

  /// @param lots asked for; of a market order by amount, what that came to
  /// @param fallsShort whether it cannot be filled wholly
  SimulatedOrder(
      String id,
      Account account,
      SymbolRules rules,
      NewOrder asked,
      MatchedOrder matched,
      long lots,
      boolean fallsShort,
      long time) {
    this.id = id;
    this.account = account;
    this.rules = rules;
    this.asked = asked;
    this.matched = matched;
    this.lots = lots;
    this.fallsShort = fallsShort;
    this.time = time;
    updateTime = time;
  }

  void fill(long price, long size, boolean maker, long now) {
    executedLots += size;
    executedUnits = Math.addExact(executedUnits, Math.multiplyExact(price, size));
    lastLots = size;
    lastWasMaker = maker;
    state = executedLots == lots && !fallsShort ? OrderState.FILLED : OrderState.PARTIALLY_FILLED;
    updateTime = now;
  }

  /// What is left of it has gone.
  void leave(long now) {
    state = executedLots == 0 ? OrderState.CANCELED : OrderState.PARTIALLY_CANCELED;
    updateTime = now;
  }

  String id() {
    return id;
  }

  SymbolRules rules() {
    return rules;
  }

  Side side() {
    return asked.side();
  }

  OrderKind kind() {
    return asked.kind();
  }

  @Nullable String clientId() {
    return asked.clientId();
  }

  /// Zero for market orders.
  BigDecimal price() {
    return kind() == OrderKind.MARKET ? BigDecimal.ZERO : rules.price(matched.price());
  }

  BigDecimal quantity() {
    return rules.quantity(lots);
  }

  @Nullable BigDecimal quoteAmount() {
    return asked.quoteAmount();
  }

  BigDecimal executedQuantity() {
    return rules.quantity(executedLots);
  }

  BigDecimal executedAmount() {
    return rules.amount(executedUnits);
  }

  long openLots() {
    return lots - executedLots;
  }

  long executedLots() {
    return executedLots;
  }

  /// Price × quantity; of market orders what has been executed.
  BigDecimal amount() {
    return kind() == OrderKind.MARKET ? executedAmount() : price().multiply(quantity());
  }

  /// Of the latest fill.
  BigDecimal lastQuantity() {
    return rules.quantity(lastLots);
  }

  boolean lastWasMaker() {
    return lastWasMaker;
  }

  OrderState state() {
    return state;
  }

  long time() {
    return time;
  }

  long updateTime() {
    return updateTime;
  }
}

package sandpiper.domain.journal;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// A strategy wants an order; its id is decided here, before anything is sent anywhere.
///
/// @param quantity in base currency, already rounded to the lot; zero or below is refused by risk
/// @param limitPrice already rounded to the tick; null for types without one
/// @param bracket exits to go with it; null for none
public record PlaceOrder(
    String sessionId,
    String orderId,
    String signalId,
    String strategy,
    String symbol,
    Side side,
    OrderType type,
    BigDecimal quantity,
    @Nullable BigDecimal limitPrice,
    OrderTerms terms,
    @Nullable Bracket bracket)
    implements StrategyAction {
  public PlaceOrder {
    Identity.session(sessionId);
    Identity.require("order_id", "ord_", orderId);
    Identity.signal(signalId);
    if (type.hasLimit() != (limitPrice != null)) {
      throw new IllegalArgumentException(
          "a limit order has a limit price and others have none, was "
              + type
              + " with "
              + limitPrice);
    }
    if (type.hasTrigger() != (terms.triggerPrice() != null)) {
      throw new IllegalArgumentException(
          "a stop has a trigger price and others have none, was "
              + type
              + " with "
              + terms.triggerPrice());
    }
    int trails = (terms.trailOffset() == null ? 0 : 1) + (terms.trailPercent() == null ? 0 : 1);
    if (trails != (type == OrderType.TRAILING_STOP ? 1 : 0)) {
      throw new IllegalArgumentException(
          "a trailing stop has one distance and others have none, was " + type + " with " + trails);
    }
  }

  /// A market or limit order without further terms.
  public PlaceOrder(
      String sessionId,
      String orderId,
      String signalId,
      String strategy,
      String symbol,
      Side side,
      OrderType type,
      BigDecimal quantity,
      @Nullable BigDecimal limitPrice) {
    this(
        sessionId,
        orderId,
        signalId,
        strategy,
        symbol,
        side,
        type,
        quantity,
        limitPrice,
        OrderTerms.NONE,
        null);
  }
}

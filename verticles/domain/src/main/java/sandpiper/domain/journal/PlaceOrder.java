package sandpiper.domain.journal;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// A strategy wants an order; its id is decided here, before anything is sent anywhere.
///
/// @param quantity in base currency, already rounded to the lot; zero or below is refused by risk
/// @param limitPrice already rounded to the tick; null for a market order
public record PlaceOrder(
    String sessionId,
    String orderId,
    String signalId,
    String strategy,
    String symbol,
    Side side,
    OrderType type,
    BigDecimal quantity,
    @Nullable BigDecimal limitPrice)
    implements StrategyAction {
  public PlaceOrder {
    Identity.session(sessionId);
    Identity.require("order_id", "ord_", orderId);
    Identity.signal(signalId);
    if ((type == OrderType.LIMIT) != (limitPrice != null)) {
      throw new IllegalArgumentException(
          "a limit order has a limit price and a market order has none, was "
              + type
              + " with "
              + limitPrice);
    }
  }
}

package sandpiper.domain.journal;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// A strategy wants one of its orders changed; what is null stays as it is.
///
/// @param quantity the whole of it in base currency, what has filled included; not yet rounded
/// @param limitPrice in quote currency, not yet rounded
/// @param triggerPrice in quote currency, not yet rounded
public record AmendOrder(
    String sessionId,
    String orderId,
    String strategy,
    @Nullable BigDecimal quantity,
    @Nullable BigDecimal limitPrice,
    @Nullable BigDecimal triggerPrice)
    implements StrategyAction {
  public AmendOrder {
    Identity.session(sessionId);
    Identity.require("order_id", "ord_", orderId);
  }
}

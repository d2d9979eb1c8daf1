package sandpiper.domain.trading;

import java.math.BigDecimal;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.OrderType;
import sandpiper.domain.journal.Side;
import sandpiper.domain.journal.TimeInForce;

/// An order that a person places on behalf of a strategy of the session.
///
/// @param strategy instance whose position it changes
/// @param type market, limit, stop, stop-limit or take-profit
/// @param quantity in base currency, not yet rounded
/// @param limitPrice in quote currency, not yet rounded; null for types without one
/// @param triggerPrice likewise
/// @param timeInForce GTC, IOC or FOK
/// @param reason for people
public record ManualOrder(
    String strategy,
    String symbol,
    Side side,
    OrderType type,
    BigDecimal quantity,
    @Nullable BigDecimal limitPrice,
    @Nullable BigDecimal triggerPrice,
    TimeInForce timeInForce,
    boolean postOnly,
    boolean reduceOnly,
    String reason) {
  public ManualOrder {
    if (type == OrderType.TRAILING_STOP) {
      throw new IllegalArgumentException(
          "type must be market, limit, stop, stop_limit or take_profit, was trailing_stop");
    }
    if (timeInForce == TimeInForce.GTD || timeInForce == TimeInForce.DAY) {
      throw new IllegalArgumentException(
          "time_in_force must be gtc, ioc or fok, was "
              + timeInForce.name().toLowerCase(Locale.ROOT));
    }
    if (quantity.signum() <= 0) {
      throw new IllegalArgumentException("quantity must be above zero, was " + quantity);
    }
    if (postOnly && type != OrderType.LIMIT) {
      throw new IllegalArgumentException("post_only is for limit orders, the type was " + type);
    }
  }
}

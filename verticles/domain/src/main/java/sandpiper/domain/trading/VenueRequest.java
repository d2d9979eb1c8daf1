package sandpiper.domain.trading;

import java.math.BigDecimal;
import sandpiper.domain.journal.Order;

/// What a live session wants of its exchange. What becomes of it comes back as a
/// [sandpiper.domain.market.VenueReport].
///
/// An order that is changed is sent a second time, for what is left of it: each sending is a *leg*
/// with a client id of its own, and no leg begins before the one before is over.
public sealed interface VenueRequest {
  Order order();

  /// Of the leg: follows from order and leg alone, so it is on record before it is sent.
  String clientId();

  /// Send it.
  ///
  /// @param order as it stands: a limit order, or, without a limit or with a trigger that was
  ///   reached and no limit, one at the market
  /// @param quantity in base currency
  record Place(Order order, BigDecimal quantity, String clientId) implements VenueRequest {}

  /// Take it back.
  record Cancel(Order order, String clientId) implements VenueRequest {}

  /// @param leg from 1
  static String clientId(String orderId, int leg) {
    var id = orderId.substring(orderId.indexOf('_') + 1);
    return leg == 1 ? id : id + "_" + leg;
  }
}

package sandpiper.domain.journal;

import java.math.BigDecimal;

/// A piece of an order that was traded. A fill that turns a position is two: one ends the old
/// position, one begins the new.
///
/// @param seq input that filled it
/// @param time UTC microseconds of the trade: for a fill at the open of a bar, its open time
/// @param price in quote currency
/// @param quantity in base currency, above zero
/// @param fee in quote currency
/// @param maker whether the order had waited in the book
public record Fill(
    String sessionId,
    String fillId,
    String orderId,
    String signalId,
    String positionId,
    String strategy,
    String symbol,
    long seq,
    long time,
    Side side,
    BigDecimal price,
    BigDecimal quantity,
    BigDecimal fee,
    boolean maker) {
  public Fill {
    Identity.session(sessionId);
    Identity.require("fill_id", "fil_", fillId);
    Identity.require("order_id", "ord_", orderId);
    Identity.signal(signalId);
    Identity.require("position_id", "pos_", positionId);
    if (price.signum() <= 0 || quantity.signum() <= 0) {
      throw new IllegalArgumentException(
          "price and quantity of a fill must be above zero, were " + price + " and " + quantity);
    }
  }
}

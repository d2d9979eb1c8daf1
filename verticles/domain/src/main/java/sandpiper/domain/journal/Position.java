package sandpiper.domain.journal;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/// What one strategy holds of one instrument, from flat until flat again, at average cost.
///
/// Kept as sums, so that no digit is ever lost: over a whole life `exitNotional` less
/// `entryNotional` (times the direction) is the profit before fees.
///
/// @param signalId of the order whose fill changed it last
/// @param direction 1 long, -1 short
/// @param quantity held now, in base currency, zero or above
/// @param cost what the held quantity was entered for, in quote currency
/// @param realised profit booked so far, in quote currency, before fees
/// @param fees paid so far, in quote currency
/// @param entryFees of those, for what was entered
/// @param funding received so far for being held, in quote currency; below zero when paid
/// @param entryQuantity entered over its life, in base currency
/// @param entryNotional price × quantity of all entries
/// @param exitNotional price × quantity of all exits
/// @param leverage notional as a multiple of its margin; 1 when it is backed in full
/// @param liquidationPrice at which it is closed by force; null when it never is
/// @param openedTime UTC microseconds of its first fill
/// @param closedTime UTC microseconds of its last fill; null while it is open
/// @param version number of fills and payments so far; the higher one is the newer
public record Position(
    String sessionId,
    String positionId,
    String signalId,
    String strategy,
    String symbol,
    int direction,
    BigDecimal quantity,
    BigDecimal cost,
    BigDecimal realised,
    BigDecimal fees,
    BigDecimal entryFees,
    BigDecimal funding,
    BigDecimal entryQuantity,
    BigDecimal entryNotional,
    BigDecimal exitNotional,
    BigDecimal leverage,
    @Nullable BigDecimal liquidationPrice,
    long openedTime,
    @Nullable Long closedTime,
    int version) {

  public Position {
    Identity.session(sessionId);
    Identity.require("position_id", "pos_", positionId);
    Identity.signal(signalId);
    if (direction != 1 && direction != -1) {
      throw new IllegalArgumentException("direction must be 1 or -1, was " + direction);
    }
    if (quantity.signum() < 0) {
      throw new IllegalArgumentException("quantity must be zero or above, was " + quantity);
    }
  }

  public boolean isClosed() {
    return quantity.signum() == 0;
  }

  /// Quantity with its direction: negative is short.
  public BigDecimal signedQuantity() {
    return direction > 0 ? quantity : quantity.negate();
  }

  /// Average price of what is held, in quote currency; null when closed.
  public @Nullable BigDecimal averagePrice() {
    return isClosed() ? null : cost.divide(quantity, MathContext.DECIMAL64);
  }

  /// Profit of what is held if it were left at `price`, in quote currency, before fees.
  public BigDecimal unrealised(BigDecimal price) {
    var worth = price.multiply(quantity);
    return direction > 0 ? worth.subtract(cost) : cost.subtract(worth);
  }

  /// Realised profit after fees and funding.
  public BigDecimal net() {
    return realised.subtract(fees).add(funding);
  }

  /// What it brought as a share of what it was entered with: the margin of what was bought with its
  /// fees, or of what was sold without them.
  public double returnOnMargin() {
    var entered = direction > 0 ? entryNotional.add(entryFees) : entryNotional.subtract(entryFees);
    return net().multiply(leverage).divide(entered, MathContext.DECIMAL64).doubleValue();
  }
}

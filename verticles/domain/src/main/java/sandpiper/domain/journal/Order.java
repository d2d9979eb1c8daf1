package sandpiper.domain.journal;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/// An order as it stood after its latest event.
///
/// @param version number of events so far, from 1; the higher one is the newer
/// @param filledNotional sum of price × quantity over its fills, in quote currency
/// @param placedSeq input during which it was placed: it may fill from the next on
/// @param placedTime UTC microseconds
public record Order(
    String sessionId,
    String orderId,
    String signalId,
    String strategy,
    String symbol,
    Side side,
    OrderType type,
    BigDecimal quantity,
    @Nullable BigDecimal limitPrice,
    OrderStatus status,
    BigDecimal filledQuantity,
    BigDecimal filledNotional,
    long placedSeq,
    long placedTime,
    int version) {

  public Order {
    Identity.session(sessionId);
    Identity.require("order_id", "ord_", orderId);
    Identity.signal(signalId);
  }

  /// The first version: working, or refused before it ever worked.
  public static Order first(PlaceOrder command, OrderStatus status, long seq, long time) {
    return new Order(
        command.sessionId(),
        command.orderId(),
        command.signalId(),
        command.strategy(),
        command.symbol(),
        command.side(),
        command.type(),
        command.quantity(),
        command.limitPrice(),
        status,
        BigDecimal.ZERO,
        BigDecimal.ZERO,
        seq,
        time,
        1);
  }

  public BigDecimal remaining() {
    return quantity.subtract(filledQuantity);
  }

  /// Average price of what was filled, in quote currency; null before the first fill.
  public @Nullable BigDecimal averagePrice() {
    return filledQuantity.signum() == 0
        ? null
        : filledNotional.divide(filledQuantity, MathContext.DECIMAL64);
  }

  /// @throws IllegalStateException when the order is not open or less than `fillQuantity` remains
  public Order filled(BigDecimal price, BigDecimal fillQuantity) {
    requireOpen("be filled");
    var filled = filledQuantity.add(fillQuantity);
    int left = quantity.compareTo(filled);
    if (left < 0) {
      throw new IllegalStateException(
          "order " + orderId + " has " + remaining() + " left, fill was " + fillQuantity);
    }
    return next(
        left == 0 ? OrderStatus.FILLED : OrderStatus.PARTIALLY_FILLED,
        filled,
        filledNotional.add(price.multiply(fillQuantity)));
  }

  /// @throws IllegalStateException when the order is not open
  public Order cancelled() {
    requireOpen("be cancelled");
    return next(OrderStatus.CANCELLED, filledQuantity, filledNotional);
  }

  private Order next(OrderStatus status, BigDecimal filled, BigDecimal notional) {
    return new Order(
        sessionId,
        orderId,
        signalId,
        strategy,
        symbol,
        side,
        type,
        quantity,
        limitPrice,
        status,
        filled,
        notional,
        placedSeq,
        placedTime,
        version + 1);
  }

  private void requireOpen(String what) {
    if (status.isFinal()) {
      throw new IllegalStateException("order " + orderId + " cannot " + what + ", is " + status);
    }
  }
}

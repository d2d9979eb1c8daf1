package sandpiper.mexc.client;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Side;

/// An order as the exchange knows it.
///
/// @param orderId of the exchange; not a number
/// @param clientId null when it was placed without one, or the answer leaves it out
/// @param price zero at the market
/// @param quantity in base currency; zero of an order by cost
/// @param filledQuantity in base currency
/// @param filledAmount in quote currency, without fees
/// @param updatedAt UTC milliseconds; zero when the exchange does not say
public record SpotOrder(
    String symbol,
    String orderId,
    @Nullable String clientId,
    Side side,
    SpotOrderType type,
    SpotOrderStatus status,
    BigDecimal price,
    BigDecimal quantity,
    BigDecimal filledQuantity,
    BigDecimal filledAmount,
    long updatedAt) {
  static SpotOrder of(Row row) {
    var status = row.textOrNull("status");
    return new SpotOrder(
        row.text("symbol"),
        row.text("orderId"),
        row.textOrNull("clientOrderId"),
        side(row.text("side")),
        SpotOrderType.of(row.text("type")),
        status == null ? SpotOrderStatus.UNKNOWN : SpotOrderStatus.of(status),
        row.decimalOrZero("price"),
        row.decimalOrZero("origQty"),
        row.decimalOrZero("executedQty"),
        // Two m: the exchange's spelling.
        row.decimalOrZero("cummulativeQuoteQty"),
        Math.max(row.wholeOrZero("updateTime"), row.wholeOrZero("time")));
  }

  static Side side(String text) {
    return switch (text) {
      case "BUY" -> Side.BUY;
      case "SELL" -> Side.SELL;
      default -> throw Row.unreadable("side is neither BUY nor SELL: " + text);
    };
  }
}

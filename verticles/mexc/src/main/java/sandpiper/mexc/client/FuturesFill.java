package sandpiper.mexc.client;

import java.math.BigDecimal;

/// A fill of an order for contracts.
///
/// @param id unique within the symbol
/// @param fee in [#feeCurrency]
/// @param profit of what it closed, without fees; zero of one that opens
/// @param time UTC milliseconds
public record FuturesFill(
    String symbol,
    String id,
    String orderId,
    FuturesSide side,
    BigDecimal contracts,
    BigDecimal price,
    BigDecimal fee,
    String feeCurrency,
    BigDecimal profit,
    boolean maker,
    long time) {
  static FuturesFill of(Row row) {
    return new FuturesFill(
        row.text("symbol"),
        row.text("id"),
        row.text("orderId"),
        FuturesSide.of(row.whole("side")),
        row.decimal("vol"),
        row.decimal("price"),
        row.decimalOrZero("fee"),
        row.text("feeCurrency"),
        row.decimalOrZero("profit"),
        !row.is(row.has("isTaker") ? "isTaker" : "taker"),
        row.whole("timestamp"));
  }
}

package sandpiper.mexc.client;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Side;

/// A trade of the account. The same one may be told several times; its id says so.
///
/// @param id of the trade, unique on the symbol; not a number
/// @param clientId of the order; null when it was placed without one
/// @param quantity in base currency
/// @param amount in quote currency, without the fee
/// @param fee in `feeCurrency`, which may be neither base nor quote
/// @param time UTC milliseconds
public record SpotFill(
    String symbol,
    String id,
    String orderId,
    @Nullable String clientId,
    Side side,
    BigDecimal price,
    BigDecimal quantity,
    BigDecimal amount,
    BigDecimal fee,
    String feeCurrency,
    boolean maker,
    long time) {
  static SpotFill of(Row row) {
    var currency = row.textOrNull("commissionAsset");
    return new SpotFill(
        row.text("symbol"),
        row.text("id"),
        row.text("orderId"),
        row.textOrNull("clientOrderId"),
        row.is("isBuyer") ? Side.BUY : Side.SELL,
        row.decimal("price"),
        row.decimal("qty"),
        row.decimalOrZero("quoteQty"),
        row.decimalOrZero("commission"),
        currency == null ? "" : currency,
        row.is("isMaker"),
        row.whole("time"));
  }
}

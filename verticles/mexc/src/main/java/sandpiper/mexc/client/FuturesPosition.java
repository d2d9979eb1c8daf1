package sandpiper.mexc.client;

import java.math.BigDecimal;

/// What an account holds of a contract, on one side.
///
/// @param contracts zero of one that is over
/// @param entryPrice on average
/// @param marginAmount in quote currency
/// @param liquidationPrice zero when the exchange does not say
/// @param realised profit of what was closed
public record FuturesPosition(
    String symbol,
    String positionId,
    boolean isLong,
    MarginMode margin,
    int leverage,
    BigDecimal contracts,
    BigDecimal entryPrice,
    BigDecimal marginAmount,
    BigDecimal liquidationPrice,
    BigDecimal realised) {
  static FuturesPosition of(Row row) {
    return new FuturesPosition(
        row.text("symbol"),
        row.text("positionId"),
        row.whole("positionType") == 1,
        MarginMode.of(row.whole("openType")),
        (int) row.whole("leverage"),
        row.decimalOrZero("holdVol"),
        row.decimalOrZero("holdAvgPrice"),
        row.decimalOrZero("im"),
        row.decimalOrZero("liquidatePrice"),
        row.decimalOrZero("realised"));
  }
}

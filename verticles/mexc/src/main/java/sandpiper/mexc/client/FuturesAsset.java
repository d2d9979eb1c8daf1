package sandpiper.mexc.client;

import java.math.BigDecimal;

/// What an account has of one currency for contracts: money apart from the spot market's.
///
/// @param frozen by working orders
/// @param positionMargin in positions
public record FuturesAsset(
    String currency, BigDecimal available, BigDecimal frozen, BigDecimal positionMargin) {
  static FuturesAsset of(Row row) {
    return new FuturesAsset(
        row.text("currency"),
        row.decimalOrZero("availableBalance"),
        row.decimalOrZero("frozenBalance"),
        row.decimalOrZero("positionMargin"));
  }
}

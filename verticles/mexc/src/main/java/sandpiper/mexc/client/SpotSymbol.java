package sandpiper.mexc.client;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Instrument;

/// A symbol of the spot market, as the exchange describes it to programs.
///
/// @param instrument with the list price of fees; an account's own may be lower
/// @param minQuantity in base currency; zero for none
/// @param maxNotional of an order with a price, in quote currency; null for none
/// @param minMarketNotional of an order at the market
/// @param maxMarketNotional of one; null for none
/// @param orderTypes that the exchange names; those that fill at once or never are not among them
///   and taken all the same
/// @param tradable whether programs may buy and sell it at this time
public record SpotSymbol(
    Instrument instrument,
    BigDecimal minQuantity,
    @Nullable BigDecimal maxNotional,
    BigDecimal minMarketNotional,
    @Nullable BigDecimal maxMarketNotional,
    List<String> orderTypes,
    boolean tradable) {
  private static final String ONLINE = "1";

  public SpotSymbol {
    orderTypes = List.copyOf(orderTypes);
  }

  /// The names mislead: `baseSizePrecision` is the least quantity, `quoteAmountPrecision` the least
  /// amount.
  static SpotSymbol of(Row row) {
    var side = row.textOrNull("tradeSideType");
    return new SpotSymbol(
        new Instrument(
            row.text("symbol"),
            row.text("baseAsset"),
            row.text("quoteAsset"),
            step(row.whole("quotePrecision")),
            step(row.whole("baseAssetPrecision")),
            row.decimalOrZero("quoteAmountPrecision"),
            row.decimalOrZero("makerCommission"),
            row.decimalOrZero("takerCommission")),
        row.decimalOrZero("baseSizePrecision"),
        limit(row, "maxQuoteAmount"),
        row.decimalOrZero("quoteAmountPrecisionMarket"),
        limit(row, "maxQuoteAmountMarket"),
        row.texts("orderTypes"),
        row.text("status").equals(ONLINE)
            && row.is("isSpotTradingAllowed")
            && row.texts("permissions").contains("SPOT")
            && (side == null || side.equals("1")));
  }

  private static BigDecimal step(long decimals) {
    return BigDecimal.ONE.movePointLeft((int) decimals);
  }

  private static @Nullable BigDecimal limit(Row row, String name) {
    return row.textOrNull(name) == null ? null : row.decimal(name);
  }
}

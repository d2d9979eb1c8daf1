package sandpiper.mexc.client;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// An order for contracts that is to be placed.
///
/// @param contracts a number of them, above zero: [#contracts] tells how many an amount of base
///   currency is
/// @param price in quote currency; null at the market
/// @param leverage above zero; of an order that closes it has no meaning
/// @param externalId by which it is found again when no answer comes: 1 to 32 of A-Z, a-z, 0-9, `_`
///   and `-`, never used twice
public record NewFuturesOrder(
    String symbol,
    FuturesSide side,
    FuturesOrderType type,
    BigDecimal contracts,
    @Nullable BigDecimal price,
    MarginMode margin,
    int leverage,
    String externalId) {
  public NewFuturesOrder {
    if (!externalId.matches("[A-Za-z0-9_-]{1,32}")) {
      throw new IllegalArgumentException(
          "an external id must be 1 to 32 of A-Z, a-z, 0-9, '_' and '-', was '" + externalId + "'");
    }
    if (type == FuturesOrderType.OTHER || (type == FuturesOrderType.MARKET) != (price == null)) {
      throw new IllegalArgumentException(
          "an order at the market has no price, any other has one, was " + type);
    }
    if (contracts.signum() <= 0 || (price != null && price.signum() <= 0) || leverage < 1) {
      throw new IllegalArgumentException(
          "contracts, price and leverage must be above zero, was %s, %s and %d"
              .formatted(contracts, price, leverage));
    }
  }

  /// How many contracts an amount of base currency is.
  ///
  /// @throws IllegalArgumentException when it is no whole number of steps
  public static BigDecimal contracts(FuturesContract contract, BigDecimal amount) {
    if (amount.remainder(contract.instrument().lotSize()).signum() != 0) {
      throw new IllegalArgumentException(
          "%s is traded in steps of %s, was %s"
              .formatted(
                  contract.instrument().symbol(),
                  contract.instrument().lotSize().toPlainString(),
                  amount.toPlainString()));
    }
    return amount.divide(contract.contractSize()).stripTrailingZeros();
  }

  /// As the exchange names them.
  String body() {
    var body =
        new JsonObject()
            .put("symbol", symbol)
            .put("side", side.number())
            .put("type", type.number())
            .put("vol", plain(contracts))
            .put("openType", margin.number())
            .put("leverage", leverage)
            .put("externalOid", externalId);
    if (price != null) {
      body.put("price", plain(price));
    }
    return body.encode();
  }

  /// JSON without an exponent, where there can be none.
  private static BigDecimal plain(BigDecimal value) {
    return value.scale() < 0 ? value.setScale(0) : value;
  }
}

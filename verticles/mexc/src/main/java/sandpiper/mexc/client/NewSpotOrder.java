package sandpiper.mexc.client;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Side;

/// An order that is to be placed. Made by one of the three methods.
///
/// @param clientId by which it is found again when no answer comes: 1 to 32 of A-Z, a-z, 0-9, `_`
///   and `-`, never used twice
/// @param quantity in base currency; null for an order by cost
/// @param cost in quote currency, of an order at the market; null for one by quantity
/// @param price in quote currency; null at the market
public record NewSpotOrder(
    String symbol,
    Side side,
    SpotOrderType type,
    String clientId,
    @Nullable BigDecimal quantity,
    @Nullable BigDecimal cost,
    @Nullable BigDecimal price) {
  public NewSpotOrder {
    if (!clientId.matches("[A-Za-z0-9_-]{1,32}")) {
      throw new IllegalArgumentException(
          "a client id must be 1 to 32 of A-Z, a-z, 0-9, '_' and '-', was '" + clientId + "'");
    }
    boolean market = type == SpotOrderType.MARKET;
    if (type == SpotOrderType.OTHER
        || market != (price == null)
        || (quantity == null) == (cost == null)
        || (!market && quantity == null)) {
      throw new IllegalArgumentException(
          "an order at the market has a quantity or a cost, any other a quantity and a price, was "
              + type);
    }
    positive("quantity", quantity);
    positive("cost", cost);
    positive("price", price);
  }

  /// @param type any but [SpotOrderType#MARKET]
  public static NewSpotOrder priced(
      String symbol,
      Side side,
      SpotOrderType type,
      BigDecimal quantity,
      BigDecimal price,
      String clientId) {
    return new NewSpotOrder(symbol, side, type, clientId, quantity, null, price);
  }

  /// So much of the base currency, at whatever price there is.
  public static NewSpotOrder market(
      String symbol, Side side, BigDecimal quantity, String clientId) {
    return new NewSpotOrder(symbol, side, SpotOrderType.MARKET, clientId, quantity, null, null);
  }

  /// For so much of the quote currency, at whatever price there is.
  public static NewSpotOrder marketByCost(
      String symbol, Side side, BigDecimal cost, String clientId) {
    return new NewSpotOrder(symbol, side, SpotOrderType.MARKET, clientId, null, cost, null);
  }

  /// As the exchange names them.
  Map<String, String> fields() {
    var fields = new LinkedHashMap<String, String>();
    fields.put("symbol", symbol);
    fields.put("side", side.name());
    fields.put("type", type.name());
    put(fields, "quantity", quantity);
    put(fields, "quoteOrderQty", cost);
    put(fields, "price", price);
    fields.put("newClientOrderId", clientId);
    return fields;
  }

  private static void put(Map<String, String> fields, String name, @Nullable BigDecimal value) {
    if (value != null) {
      fields.put(name, value.toPlainString());
    }
  }

  private static void positive(String name, @Nullable BigDecimal value) {
    if (value != null && value.signum() <= 0) {
      throw new IllegalArgumentException(name + " must be above zero, was " + value);
    }
  }
}

package sandpiper.mexc.simulator;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;

/// A fill of an account's order for contracts.
///
/// @param price in quote currency
/// @param profit of what it closed, without fees
record ContractDeal(
    String id,
    ContractOrder order,
    BigDecimal price,
    long contracts,
    BigDecimal fee,
    BigDecimal profit,
    boolean maker,
    long time) {
  JsonObject toJson() {
    var grain = order.contract.rules().grain();
    return new JsonObject()
        .put("id", id)
        .put("symbol", grain.symbol())
        .put("side", order.asked.action().number())
        .put("vol", contracts)
        .put("price", price)
        .put("feeCurrency", grain.quote())
        .put("fee", fee)
        .put("timestamp", time)
        .put("profit", profit)
        .put("category", 1)
        .put("orderId", order.id())
        .put("externalOid", order.asked.externalId())
        .put("positionMode", 1)
        .put("taker", !maker)
        .put("isTaker", !maker);
  }
}

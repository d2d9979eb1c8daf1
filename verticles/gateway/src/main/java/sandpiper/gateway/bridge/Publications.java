package sandpiper.gateway.bridge;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import sandpiper.bus.Messages.PublishPrices;
import sandpiper.bus.Messages.PublishValue;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;

/// Reads what clients publish, once the contract has let it pass.
final class Publications {
  private Publications() {}

  /// @param now UTC microseconds, the time of prices that have none
  static PublishPrices prices(JsonObject body, long now) {
    var events = new ArrayList<MarketEvent>();
    for (var each : body.getJsonArray("events")) {
      var event = (JsonObject) each;
      var symbol = event.getString("symbol");
      long time = event.getLong("time", now);
      try {
        events.add(
            event.getString("type").equals("trade")
                ? new Trade(symbol, time, given(event, "price"), event.getDouble("amount", 0.0))
                : new Quote(
                    symbol,
                    time,
                    given(event, "bid"),
                    given(event, "ask"),
                    event.getDouble("bid_size", 0.0),
                    event.getDouble("ask_size", 0.0)));
      } catch (IllegalArgumentException e) {
        throw Refusal.invalid("events[" + events.size() + "]: " + e.getMessage());
      }
    }
    return new PublishPrices(body.getString("feed"), events);
  }

  private static double given(JsonObject event, String field) {
    var number = event.getDouble(field);
    if (number == null) {
      throw new IllegalArgumentException(
          "a " + event.getString("type") + " must have " + field + ", has none");
    }
    return number;
  }

  static PublishValue value(JsonObject body) {
    return new PublishValue(
        body.getString("symbol"), body.getString("name"), body.getDouble("value"));
  }
}

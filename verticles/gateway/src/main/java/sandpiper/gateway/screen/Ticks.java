package sandpiper.gateway.screen;

import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import sandpiper.domain.market.Trade;

/// The latest trade of each symbol, at most ten times a second.
final class Ticks {
  private static final long EVERY = 100_000;

  private final LongSupplier clock;
  private final Outlet outlet;
  private final Map<String, Conflated<Trade>> bySymbol = new HashMap<>();

  Ticks(LongSupplier clock, Outlet outlet) {
    this.clock = clock;
    this.outlet = outlet;
  }

  void onTrade(Trade trade) {
    bySymbol
        .computeIfAbsent(trade.symbol(), _ -> new Conflated<>(EVERY, clock, this::send))
        .offer(trade);
  }

  void flush() {
    bySymbol.values().forEach(Conflated::flush);
  }

  private void send(Trade trade) {
    outlet.send(
        "tick",
        new JsonObject()
            .put("symbol", trade.symbol())
            .put("time", trade.time())
            .put("price", trade.price())
            .put("amount", trade.amount()));
  }
}

package sandpiper.gateway.screen;

import io.vertx.core.json.JsonObject;
import java.util.Locale;
import sandpiper.bus.Messages.Input;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.market.VenueReport;

/// Inputs of a session as clients hear them.
final class Inputs {
  private Inputs() {}

  static JsonObject view(Input input) {
    var json = new JsonObject().put("seq", input.seq()).put("time", input.time());
    var event = input.event();
    return switch (event) {
      case Trade trade ->
          kind(json, "trade", trade.symbol())
              .put("price", trade.price())
              .put("amount", trade.amount());
      case Quote quote ->
          kind(json, "quote", quote.symbol())
              .put("bid", quote.bid())
              .put("ask", quote.ask())
              .put("bid_size", quote.bidSize())
              .put("ask_size", quote.askSize());
      case Bar bar -> bar(json, "bar", bar);
      case BarClosed closed -> bar(json, "bar_closed", closed.bar());
      case ExternalValue value ->
          kind(json, "value", value.symbol()).put("name", value.name()).put("value", value.value());
      case VenueReport report ->
          kind(json, "report", report.symbol())
              .put("report", report.kind().name().toLowerCase(Locale.ROOT))
              .put("order_id", report.orderId())
              .put("text", report.text());
      case BookEvent book -> kind(json, "book", book.symbol());
    };
  }

  private static JsonObject bar(JsonObject json, String type, Bar bar) {
    return kind(json, type, bar.symbol())
        .put("interval", bar.interval().toString())
        .put("open_time", bar.openTime())
        .put("open", bar.open())
        .put("high", bar.high())
        .put("low", bar.low())
        .put("close", bar.close())
        .put("volume", bar.volume());
  }

  private static JsonObject kind(JsonObject json, String type, String symbol) {
    return json.put("type", type).put("symbol", symbol);
  }
}

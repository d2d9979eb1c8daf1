package sandpiper.gateway.rest;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.validation.ValidatedRequest;
import java.util.List;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.ListInstruments;
import sandpiper.bus.Messages.ReadCandles;
import sandpiper.bus.Messages.TradePage;

/// The operations on instruments and on market data, apart from any session.
final class MarketApi {
  private static final int MAX_BARS = 5_000;

  private final Bus bus;

  MarketApi(Bus bus) {
    this.bus = bus;
  }

  Future<Answer> instruments(ValidatedRequest request) {
    return bus.ask(Channels.LIST_INSTRUMENTS, new ListInstruments())
        .map(list -> Answer.ok(Json.object(list)));
  }

  Future<Answer> bars(ValidatedRequest request) {
    var symbol = requireNonNull(Requests.text(request, "symbol"));
    return bus.ask(
            Channels.READ_CANDLES,
            new ReadCandles(
                List.of(symbol),
                Requests.data(request),
                symbol,
                Requests.range(request),
                Requests.interval(request),
                MAX_BARS))
        .map(candles -> Answer.ok(SessionResult.candles(candles)));
  }

  Future<Answer> trades(ValidatedRequest request) {
    return bus.ask(Channels.READ_TRADES, Requests.trades(request))
        .map(page -> Answer.ok(view(page)));
  }

  private static JsonObject view(TradePage page) {
    var items = new JsonArray();
    page.trades().forEach(trade -> items.add(Json.object(trade)));
    return new JsonObject()
        .put("items", items)
        .put(
            "next_cursor",
            page.nextFrom() == null ? null : page.nextFrom() + "-" + page.nextSkip());
  }
}

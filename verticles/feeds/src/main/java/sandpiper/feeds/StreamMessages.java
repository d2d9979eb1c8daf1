package sandpiper.feeds;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;

/// Market events of Binance's messages, spot and futures: `trade`, `bookTicker` and `depthUpdate`
/// as its streams send them, and the answer to a request for the order book (`lastUpdateId`).
///
/// Source: Binance, WebSocket Streams, and How to manage a local order book correctly.
final class StreamMessages {
  private static final JsonMapper MAPPER = new JsonMapper();
  private static final String KNOWN = "trade, bookTicker, depthUpdate or an order book";

  private final String symbol;

  StreamMessages(String symbol) {
    this.symbol = symbol;
  }

  /// @param time at which it was received, UTC microseconds
  MarketEvent event(byte[] bytes, int start, int length, long time) throws BadRow {
    var message = parse(bytes, start, length);
    var data = message.has("data") ? message.get("data") : message;
    if (data.has("lastUpdateId")) {
      return new BookSnapshot(
          symbol, time, whole(data, "lastUpdateId"), levels(data, "bids"), levels(data, "asks"));
    }
    if (!data.path("s").asText().equals(symbol)) {
      throw new BadRow("symbol must be " + symbol + ", was " + data.path("s"));
    }
    // The spot market's bookTicker alone does not say what it is.
    return switch (data.path("e").asText("bookTicker")) {
      case "trade" -> new Trade(symbol, time, positive(data, "p"), notNegative(data, "q"));
      case "bookTicker" -> quote(data, time);
      case "depthUpdate" -> update(data, time);
      default -> throw new BadRow("message must be " + KNOWN + ", was " + data.path("e"));
    };
  }

  private static JsonNode parse(byte[] bytes, int start, int length) throws BadRow {
    try {
      return MAPPER.readTree(bytes, start, length);
    } catch (IOException e) {
      throw new BadRow("must be a time and a JSON message");
    }
  }

  private Quote quote(JsonNode data, long time) throws BadRow {
    double bid = positive(data, "b");
    double ask = positive(data, "a");
    if (bid > ask) {
      throw new BadRow("bid must not be above ask, was " + bid + " over " + ask);
    }
    return new Quote(symbol, time, bid, ask, notNegative(data, "B"), notNegative(data, "A"));
  }

  /// Futures name the last id of the update before, and may leave out ids that are of no concern to
  /// the symbol.
  private BookUpdate update(JsonNode data, long time) throws BadRow {
    long first = data.has("pu") ? whole(data, "pu") + 1 : whole(data, "U");
    long last = whole(data, "u");
    if (first > last) {
      throw new BadRow("first id must not be above the last, was " + first + " and " + last);
    }
    return new BookUpdate(symbol, time, first, last, levels(data, "b"), levels(data, "a"));
  }

  private static Levels levels(JsonNode data, String field) throws BadRow {
    var pairs = data.path(field);
    if (!pairs.isArray()) {
      throw new BadRow(
          field
              + " must be an array of levels, was "
              + (pairs.isMissingNode() ? "missing" : pairs));
    }
    var prices = new double[pairs.size()];
    var sizes = new double[pairs.size()];
    for (int i = 0; i < pairs.size(); i++) {
      var pair = pairs.get(i);
      double price = number(pair.path(0));
      double size = number(pair.path(1));
      if (!(price > 0 && price <= Double.MAX_VALUE && size >= 0 && size <= Double.MAX_VALUE)) {
        throw new BadRow("a level must be a price above zero and a size from zero up, was " + pair);
      }
      prices[i] = price;
      sizes[i] = size;
    }
    return new Levels(prices, sizes);
  }

  private static double positive(JsonNode data, String field) throws BadRow {
    double value = number(data.path(field));
    if (!(value > 0 && value <= Double.MAX_VALUE)) {
      throw new BadRow(field + " must be a number above zero, was " + data.path(field));
    }
    return value;
  }

  private static double notNegative(JsonNode data, String field) throws BadRow {
    double value = number(data.path(field));
    if (!(value >= 0 && value <= Double.MAX_VALUE)) {
      throw new BadRow(field + " must be a number from zero up, was " + data.path(field));
    }
    return value;
  }

  private static long whole(JsonNode data, String field) throws BadRow {
    var value = data.path(field);
    if (!value.isIntegralNumber() || !value.canConvertToLong() || value.asLong() < 0) {
      throw new BadRow(field + " must be a whole number from zero up, was " + value);
    }
    return value.asLong();
  }

  /// NaN when it is none.
  private static double number(JsonNode text) {
    try {
      return Double.parseDouble(text.asText());
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }
}

package sandpiper.mexc.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// A file of Binance's messages, read line by line as that exchange's documentation says ("How to
/// manage a local order book correctly"), with nothing of the product in between.
final class FileBook {
  private static final int TIME = 19;
  private static final int MICROS = 16;

  private final List<String> lines;
  private final long first;
  private int next;
  private boolean begun;
  private long last;
  private final List<JsonObject> early = new ArrayList<>();
  final NavigableMap<BigDecimal, BigDecimal> bids = new TreeMap<>(Collections.reverseOrder());
  final NavigableMap<BigDecimal, BigDecimal> asks = new TreeMap<>();

  /// The latest best prices that the exchange said; null before the first.
  @Nullable JsonObject quote;

  /// Prices of asks that messages of the book have named since this was cleared.
  final Set<BigDecimal> named = new HashSet<>();

  FileBook(List<String> lines) {
    this.lines = List.copyOf(lines);
    first = micros(lines.getFirst());
  }

  static long micros(String line) {
    return Long.parseLong(line.substring(0, MICROS));
  }

  static JsonObject message(String line) {
    var message = new JsonObject(line.substring(TIME + 1));
    return message.getJsonObject("data", message);
  }

  static boolean isUpdate(JsonObject message) {
    return "depthUpdate".equals(message.getString("e"));
  }

  static boolean isQuote(JsonObject message) {
    return message.containsKey("B");
  }

  /// Id of the last change that is in it.
  long lastId() {
    return last;
  }

  /// Reads all that came up to so many milliseconds after the first message.
  FileBook at(long millis) {
    while (next < lines.size() && (micros(lines.get(next)) - first) / 1_000 <= millis) {
      read(message(lines.get(next)));
      next++;
    }
    return this;
  }

  private void read(JsonObject message) {
    if (message.containsKey("lastUpdateId")) {
      last = message.getLong("lastUpdateId");
      begun = true;
      set(bids, message.getJsonArray("bids"));
      set(asks, message.getJsonArray("asks"));
      early.forEach(this::update);
    } else if (isUpdate(message)) {
      if (begun) {
        update(message);
      } else {
        early.add(message);
      }
    } else if (isQuote(message)) {
      quote = message;
    }
  }

  private void update(JsonObject message) {
    if (message.getLong("u") <= last) {
      return;
    }
    last = message.getLong("u");
    set(bids, message.getJsonArray("b"));
    set(asks, message.getJsonArray("a"));
    message.getJsonArray("a").forEach(level -> named.add(number((JsonArray) level, 0)));
  }

  private static void set(NavigableMap<BigDecimal, BigDecimal> side, JsonArray levels) {
    for (int i = 0; i < levels.size(); i++) {
      var price = number(levels.getJsonArray(i), 0);
      var size = number(levels.getJsonArray(i), 1);
      if (size.signum() == 0) {
        side.remove(price);
      } else {
        side.put(price, size);
      }
    }
  }

  /// Without zeros at its end, so that equal numbers are equal.
  static BigDecimal number(JsonArray level, int index) {
    return number(level.getValue(index).toString());
  }

  static BigDecimal number(String text) {
    return new BigDecimal(text).stripTrailingZeros();
  }
}

package sandpiper.mexc.simulator;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;

/// What a client can subscribe to on the futures' WebSocket.
///
/// @param symbol empty for all
/// @param interval of candles; null for others
/// @param levels of books that are told whole; zero for others
/// @param merged whether versions of the depth may be told together
record FuturesChannel(
    Kind kind, String symbol, @Nullable KlineInterval interval, int levels, boolean merged) {
  private static final int USUAL_LEVELS = 20;

  enum Kind {
    DEAL("deal"),
    DEPTH("depth"),
    WHOLE_DEPTH("depth.full"),
    KLINE("kline"),
    TICKER("ticker"),
    TICKERS("tickers"),
    FUNDING_RATE("funding.rate"),
    INDEX_PRICE("index.price"),
    FAIR_PRICE("fair.price");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /// After `sub.` and `push.`.
    String label() {
      return label;
    }
  }

  /// @param method without `sub.`
  /// @return null when there is no such channel
  static @Nullable FuturesChannel of(String method, JsonObject parameters) {
    for (var kind : Kind.values()) {
      if (kind.label.equals(method)) {
        return of(kind, parameters);
      }
    }
    return null;
  }

  private static @Nullable FuturesChannel of(Kind kind, JsonObject parameters) {
    var symbol = kind == Kind.TICKERS ? "" : String.valueOf(parameters.getValue("symbol"));
    var interval =
        kind == Kind.KLINE
            ? KlineInterval.ofStream(String.valueOf(parameters.getValue("interval")))
            : null;
    var limit = parameters.getValue("limit");
    int levels = limit == null ? USUAL_LEVELS : limit instanceof Integer number ? number : 0;
    boolean whole = kind == Kind.WHOLE_DEPTH;
    if ((kind == Kind.KLINE && interval == null)
        || (whole && levels != 5 && levels != 10 && levels != 20)) {
      return null;
    }
    return new FuturesChannel(
        kind,
        symbol,
        interval,
        whole ? levels : 0,
        kind == Kind.DEPTH && !Boolean.FALSE.equals(parameters.getValue("compress")));
  }

  /// The same for the same.
  String name() {
    return toString();
  }
}

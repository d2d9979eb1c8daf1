package sandpiper.mexc.simulator;

import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// What a WebSocket client can subscribe to.
///
/// @param name as the client wrote it; frames bear the same
/// @param symbol null for those of an account, and of all symbols
/// @param rate of streams that are told in windows; null for others
/// @param interval of candles; null for others
/// @param levels of books that are told whole; zero for others
record Channel(
    String name,
    Kind kind,
    @Nullable String symbol,
    @Nullable PushRate rate,
    @Nullable KlineInterval interval,
    int levels) {
  private static final String SYMBOL = "([A-Z0-9]{2,20})";
  private static final Pattern WINDOWED =
      Pattern.compile(
          "spot@public\\.aggre\\.(deals|depth|bookTicker)\\.v3\\.api\\.pb@(10|100)ms@" + SYMBOL);
  private static final Pattern KLINE =
      Pattern.compile("spot@public\\.kline\\.v3\\.api\\.pb@" + SYMBOL + "@([A-Za-z0-9]+)");
  private static final Pattern WHOLE =
      Pattern.compile("spot@public\\.limit\\.depth\\.v3\\.api\\.pb@" + SYMBOL + "@(5|10|20)");
  private static final Pattern BATCH =
      Pattern.compile("spot@public\\.bookTicker\\.batch\\.v3\\.api\\.pb@" + SYMBOL);
  private static final Pattern MINI =
      Pattern.compile("spot@public\\.miniTicker\\.v3\\.api\\.pb@" + SYMBOL + "@(24H|UTC\\+8)");
  private static final Pattern MINIS =
      Pattern.compile("spot@public\\.miniTickers\\.v3\\.api\\.pb@(24H|UTC\\+8)");

  enum Kind {
    DEALS,
    DEPTH,
    BOOK_TICKER,
    KLINE,
    WHOLE_DEPTH,
    BOOK_TICKER_BATCH,
    MINI_TICKER,
    MINI_TICKERS,
    ACCOUNT,
    PRIVATE_DEALS,
    ORDERS
  }

  static final String ACCOUNT = "spot@private.account.v3.api.pb";
  static final String PRIVATE_DEALS = "spot@private.deals.v3.api.pb";
  static final String ORDERS = "spot@private.orders.v3.api.pb";

  /// Null when there is no such channel.
  static @Nullable Channel parse(String name) {
    return switch (name) {
      case ACCOUNT -> ofAccount(name, Kind.ACCOUNT);
      case PRIVATE_DEALS -> ofAccount(name, Kind.PRIVATE_DEALS);
      case ORDERS -> ofAccount(name, Kind.ORDERS);
      default -> parsePublic(name);
    };
  }

  private static @Nullable Channel parsePublic(String name) {
    var windowed = WINDOWED.matcher(name);
    if (windowed.matches()) {
      var kind =
          switch (windowed.group(1)) {
            case "deals" -> Kind.DEALS;
            case "depth" -> Kind.DEPTH;
            default -> Kind.BOOK_TICKER;
          };
      var rate = windowed.group(2).equals("10") ? PushRate.MS10 : PushRate.MS100;
      return new Channel(name, kind, windowed.group(3), rate, null, 0);
    }
    var kline = KLINE.matcher(name);
    if (kline.matches()) {
      var interval = KlineInterval.ofStream(kline.group(2));
      return interval == null
          ? null
          : new Channel(name, Kind.KLINE, kline.group(1), null, interval, 0);
    }
    var whole = WHOLE.matcher(name);
    if (whole.matches()) {
      int levels = Integer.parseInt(whole.group(2));
      return new Channel(name, Kind.WHOLE_DEPTH, whole.group(1), PushRate.MS100, null, levels);
    }
    var batch = BATCH.matcher(name);
    if (batch.matches()) {
      return new Channel(name, Kind.BOOK_TICKER_BATCH, batch.group(1), PushRate.MS100, null, 0);
    }
    var mini = MINI.matcher(name);
    if (mini.matches()) {
      return new Channel(name, Kind.MINI_TICKER, mini.group(1), null, null, 0);
    }
    return MINIS.matcher(name).matches()
        ? new Channel(name, Kind.MINI_TICKERS, null, null, null, 0)
        : null;
  }

  private static Channel ofAccount(String name, Kind kind) {
    return new Channel(name, kind, null, null, null, 0);
  }

  boolean isPrivate() {
    return switch (kind) {
      case ACCOUNT, PRIVATE_DEALS, ORDERS -> true;
      default -> false;
    };
  }
}

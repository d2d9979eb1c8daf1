package sandpiper.mexc.client;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;

/// What everybody may ask of the spot market.
public final class MexcMarket {
  /// Levels of a side that a snapshot of an order book has at most.
  public static final int MOST_LEVELS = 5_000;

  private static final int MOST_ROWS = 1_000;
  private static final long MICROS = 1_000;

  private static final Map<String, String> INTERVALS =
      Map.of(
          "1m", "1m", "5m", "5m", "15m", "15m", "30m", "30m", "1h", "60m", "4h", "4h", "1d", "1d");

  private static final int ROW_LENGTH = 6;

  private final MexcRest rest;

  public MexcMarket(MexcRest rest) {
    this.rest = rest;
  }

  /// The exchange's clock, UTC milliseconds; from now on requests are signed by it.
  public Future<Long> time() {
    return rest.setClock();
  }

  /// Those symbols, in that order; fails with [MexcError#SYMBOL] when one is not there.
  ///
  /// @param symbols such as `BTCUSDT`; empty for all there are, which is a large answer, without
  ///   those whose names no instrument here can have
  public Future<List<SpotSymbol>> symbols(List<String> symbols) {
    var query = new Query().add("symbols", symbols.isEmpty() ? null : String.join(",", symbols));
    return rest.send(MexcRest.Request.of("exchangeInfo", query))
        .recover(failure -> Future.failedFuture(naming(symbols, failure)))
        .map(answer -> {
          var rows = Row.list(Row.of(answer, "exchangeInfo").json().getValue("symbols"), "symbols");
          return symbols.isEmpty()
              ? rows.stream().flatMap(MexcMarket::symbolOrNone).toList()
              : symbols.stream().map(symbol -> SpotSymbol.of(find(rows, symbol))).toList();
        });
  }

  /// The exchange does not say which symbol it does not know.
  static Throwable naming(List<String> symbols, Throwable failure) {
    return failure instanceof MexcException refused && refused.error() == MexcError.SYMBOL
        ? new MexcException(
            MexcError.SYMBOL,
            refused.code(),
            0,
            "MEXC does not have "
                + (symbols.size() == 1 ? "the symbol " : "all of the symbols ")
                + String.join(", ", symbols))
        : failure;
  }

  /// Some assets have names in other scripts.
  private static Stream<SpotSymbol> symbolOrNone(Row row) {
    try {
      return Stream.of(SpotSymbol.of(row));
    } catch (IllegalArgumentException _) {
      return Stream.empty();
    }
  }

  private static Row find(List<Row> rows, String symbol) {
    return rows.stream()
        .filter(row -> symbol.equals(row.textOrNull("symbol")))
        .findFirst()
        .orElseThrow(
            () -> new MexcException(MexcError.SYMBOL, "MEXC has no symbol '" + symbol + "'"));
  }

  /// The order book.
  ///
  /// @param levels of each side, 1 to [#MOST_LEVELS]
  /// @param time that the snapshot is to bear, UTC microseconds, asked for when it is here
  public Future<BookSnapshot> depth(String symbol, int levels, LongSupplier time) {
    require("levels", levels, MOST_LEVELS);
    var query = new Query().add("symbol", symbol).add("limit", levels);
    return rest.send(MexcRest.Request.of("depth", query))
        .map(answer -> {
          var row = Row.of(answer, "depth");
          return new BookSnapshot(
              symbol,
              time.getAsLong(),
              row.whole("lastUpdateId"),
              levels(row, "bids"),
              levels(row, "asks"));
        });
  }

  private static Levels levels(Row row, String side) {
    var levels = array(row.json().getValue(side), side);
    var prices = new double[levels.size()];
    var sizes = new double[levels.size()];
    for (int i = 0; i < prices.length; i++) {
      var level = array(levels.getValue(i), side);
      if (level.size() < 2) {
        throw Row.unreadable(side + " has a level without a size");
      }
      prices[i] = Row.decimal(level.getValue(0), "price").doubleValue();
      sizes[i] = Row.decimal(level.getValue(1), "size").doubleValue();
    }
    return new Levels(prices, sizes);
  }

  private static JsonArray array(@Nullable Object value, String what) {
    if (value instanceof JsonArray array) {
      return array;
    }
    throw Row.unreadable(what + " is no list");
  }

  /// The best prices, as of `time` (UTC microseconds); fails with [MexcError#SYMBOL] when a side of
  /// the book is empty.
  public Future<Quote> quote(String symbol, LongSupplier time) {
    var query = new Query().add("symbol", symbol);
    return rest.send(MexcRest.Request.of("ticker/bookTicker", query))
        .map(answer -> {
          var row = Row.of(answer, "bookTicker");
          if (row.decimalOrZero("bidPrice").signum() <= 0
              || row.decimalOrZero("askPrice").signum() <= 0) {
            throw new MexcException(MexcError.SYMBOL, "nobody bids or asks for " + symbol);
          }
          return new Quote(
              symbol,
              time.getAsLong(),
              row.decimal("bidPrice").doubleValue(),
              row.decimal("askPrice").doubleValue(),
              row.decimalOrZero("bidQty").doubleValue(),
              row.decimalOrZero("askQty").doubleValue());
        });
  }

  /// The latest trades, the oldest first, at the times of the exchange.
  ///
  /// @param limit 1 to 1000
  public Future<List<Trade>> trades(String symbol, int limit) {
    require("limit", limit, MOST_ROWS);
    var query = new Query().add("symbol", symbol).add("limit", limit);
    return rest.send(MexcRest.Request.of("trades", query))
        .map(answer -> {
          var trades = new ArrayList<Trade>();
          for (var row : Row.list(answer, "trades")) {
            trades.add(
                new Trade(
                    symbol,
                    row.whole("time") * MICROS,
                    row.decimal("price").doubleValue(),
                    row.decimal("qty").doubleValue()));
          }
          // Newest first as they come; in one millisecond the order is kept, turned round.
          return trades.reversed().stream().sorted(Comparator.comparingLong(Trade::time)).toList();
        });
  }

  /// Candles, the oldest first; the last may not be over.
  ///
  /// @param interval 1m, 5m, 15m, 30m, 1h, 4h or 1d
  /// @param from UTC microseconds of the first one's start; null for the latest
  /// @param to UTC microseconds of the last one's start; null for no end
  /// @param limit 1 to 1000
  /// @throws IllegalArgumentException when the exchange has no such candles
  public Future<List<Bar>> bars(
      String symbol, Interval interval, @Nullable Long from, @Nullable Long to, int limit) {
    require("limit", limit, MOST_ROWS);
    var name = INTERVALS.get(interval.toString());
    if (name == null) {
      throw new IllegalArgumentException(
          "MEXC has candles of 1m, 5m, 15m, 30m, 1h, 4h and 1d, not of " + interval);
    }
    var query =
        new Query()
            .add("symbol", symbol)
            .add("interval", name)
            .add("startTime", from == null ? null : from / MICROS)
            .add("endTime", to == null ? null : to / MICROS)
            .add("limit", limit);
    return rest.send(MexcRest.Request.of("klines", query))
        .map(answer -> {
          var bars = new ArrayList<Bar>();
          var rows = array(answer, "klines");
          for (int i = 0; i < rows.size(); i++) {
            bars.add(bar(symbol, interval, array(rows.getValue(i), "a candle")));
          }
          return bars;
        });
  }

  /// Time, open, high, low, close, volume.
  private static Bar bar(String symbol, Interval interval, JsonArray row) {
    if (row.size() < ROW_LENGTH) {
      throw Row.unreadable("a candle has " + row.size() + " values");
    }
    return new Bar(
        symbol,
        interval,
        Row.whole(row.getValue(0), "time") * MICROS,
        number(row, 1, "open"),
        number(row, 2, "high"),
        number(row, 3, "low"),
        number(row, 4, "close"),
        number(row, 5, "volume"));
  }

  private static double number(JsonArray row, int index, String name) {
    return Row.decimal(row.getValue(index), name).doubleValue();
  }

  private static void require(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + " must be from 1 to " + most + ", was " + value);
    }
  }
}

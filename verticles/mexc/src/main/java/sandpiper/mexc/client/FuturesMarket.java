package sandpiper.mexc.client;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.Trade;
import sandpiper.mexc.client.FuturesRest.Limit;
import sandpiper.mexc.client.FuturesRest.Request;

/// What everybody may ask of the futures. Amounts are in base currency.
public final class FuturesMarket {
  /// Trades that one answer has at most.
  public static final int MOST_TRADES = 100;

  /// Candles that one answer has at most.
  public static final int MOST_BARS = 2_000;

  /// Settlements that one answer has at most.
  public static final int MOST_SETTLEMENTS = 1_000;

  private static final long MICROS = 1_000;
  private static final long MICROS_A_SECOND = 1_000_000;

  private static final Map<String, String> INTERVALS =
      Map.of(
          "1m", "Min1", "5m", "Min5", "15m", "Min15", "30m", "Min30", "1h", "Min60", "4h", "Hour4",
          "8h", "Hour8", "1d", "Day1");

  private final FuturesRest rest;

  public FuturesMarket(FuturesRest rest) {
    this.rest = rest;
  }

  /// The exchange's clock, UTC milliseconds; from now on requests are signed by it.
  public Future<Long> time() {
    return rest.clock().set();
  }

  /// Those contracts, in that order; fails with [MexcError#SYMBOL] when one is not there, or not
  /// settled in its quote currency. May be asked once in five seconds.
  ///
  /// @param symbols such as `BTC_USDT`; empty for all there are, without those whose names no
  ///   instrument here can have
  public Future<List<FuturesContract>> contracts(List<String> symbols) {
    var query = new Query().add("symbol", symbols.size() == 1 ? symbols.getFirst() : null);
    var request = new Request(HttpMethod.GET, "contract/detail", query, null, Limit.DETAIL);
    return rest.send(request)
        .recover(failure -> Future.failedFuture(MexcMarket.naming(symbols, failure)))
        .map(data -> {
          var rows = new HashMap<String, Row>();
          var all = data instanceof JsonArray ? data : JsonArray.of(data);
          for (var row : Row.list(all, "detail")) {
            if (row.has("symbol")) {
              rows.put(row.text("symbol"), row);
            }
          }
          return symbols.isEmpty()
              ? rows.values().stream()
                  .filter(FuturesContract::isSettledInQuote)
                  .mapMulti(FuturesMarket::readable)
                  .sorted(Comparator.comparing(each -> each.instrument().symbol()))
                  .toList()
              : symbols.stream().map(symbol -> contract(rows.get(symbol), symbol)).toList();
        });
  }

  private static void readable(Row row, Consumer<FuturesContract> to) {
    try {
      to.accept(FuturesContract.of(row));
    } catch (IllegalArgumentException _) {
      // Some assets have names in other scripts.
    }
  }

  private static FuturesContract contract(@Nullable Row row, String symbol) {
    if (row == null) {
      throw new MexcException(MexcError.SYMBOL, "MEXC does not have the symbol " + symbol);
    }
    if (!FuturesContract.isSettledInQuote(row)) {
      throw new MexcException(
          MexcError.SYMBOL,
          symbol + " is settled in " + row.text("settleCoin") + ", not in its quote currency");
    }
    return FuturesContract.of(row);
  }

  /// The order book.
  ///
  /// @param levels of each side
  /// @param time that the snapshot is to bear, UTC microseconds, asked for when it is here
  public Future<BookSnapshot> depth(FuturesContract contract, int levels, LongSupplier time) {
    var symbol = contract.instrument().symbol();
    return rest.send(
            Request.get("contract/depth/" + Query.encode(symbol), new Query().add("limit", levels)))
        .map(data -> {
          var row = Row.of(data, "depth");
          return new BookSnapshot(
              symbol,
              time.getAsLong(),
              row.whole("version"),
              levels(row, "bids", contract),
              levels(row, "asks", contract));
        });
  }

  /// @throws MexcException when they are not levels of price, contracts and number of orders
  static Levels levels(Row row, String side, FuturesContract contract) {
    var levels = row.json().getValue(side) instanceof JsonArray array ? array : new JsonArray();
    var prices = new double[levels.size()];
    var sizes = new double[levels.size()];
    for (int i = 0; i < prices.length; i++) {
      if (!(levels.getValue(i) instanceof JsonArray level) || level.size() < 2) {
        throw Row.unreadable(side + " has a level without a size");
      }
      prices[i] = Row.decimal(level.getValue(0), "price").doubleValue();
      sizes[i] = contract.amount(Row.decimal(level.getValue(1), "size"));
    }
    return new Levels(prices, sizes);
  }

  public Future<FuturesTicker> ticker(FuturesContract contract) {
    var size = contract.contractSize();
    var query = new Query().add("symbol", contract.instrument().symbol());
    return rest.send(Request.get("contract/ticker", query))
        .map(data -> {
          var row = Row.of(data, "ticker");
          return new FuturesTicker(
              row.text("symbol"),
              row.decimalOrZero("lastPrice"),
              row.decimalOrZero("bid1"),
              row.decimalOrZero("ask1"),
              row.decimalOrZero("indexPrice"),
              row.decimalOrZero("fairPrice"),
              row.decimalOrZero("fundingRate"),
              row.decimalOrZero("volume24").multiply(size),
              row.decimalOrZero("holdVol").multiply(size),
              row.whole("timestamp") * MICROS);
        });
  }

  /// Of the place where it is known best: what the contract is on, elsewhere.
  public Future<BigDecimal> indexPrice(String symbol) {
    return rest.send(Request.get("contract/index_price/" + Query.encode(symbol), new Query()))
        .map(data -> Row.of(data, "index price").decimal("indexPrice"));
  }

  /// By which positions are valued.
  public Future<BigDecimal> fairPrice(String symbol) {
    return rest.send(Request.get("contract/fair_price/" + Query.encode(symbol), new Query()))
        .map(data -> Row.of(data, "fair price").decimal("fairPrice"));
  }

  public Future<FundingRate> funding(String symbol) {
    return rest.send(Request.get("contract/funding_rate/" + Query.encode(symbol), new Query()))
        .map(data -> {
          var row = Row.of(data, "funding rate");
          return new FundingRate(
              row.text("symbol"),
              row.decimal("fundingRate"),
              row.decimalOrZero("minFundingRate"),
              row.decimalOrZero("maxFundingRate"),
              (int) row.whole("collectCycle"),
              row.whole("nextSettleTime") * MICROS);
        });
  }

  /// The latest settlements, the oldest first.
  ///
  /// @param limit 1 to [#MOST_SETTLEMENTS]
  public Future<List<FundingRate.Settled>> settlements(String symbol, int limit) {
    require("limit", limit, MOST_SETTLEMENTS);
    var query = new Query().add("symbol", symbol).add("page_num", 1).add("page_size", limit);
    return rest.send(Request.get("contract/funding_rate/history", query))
        .map(data ->
            Row.list(Row.of(data, "history").json().getValue("resultList"), "resultList").stream()
                .map(row ->
                    new FundingRate.Settled(
                        row.text("symbol"),
                        row.decimal("fundingRate"),
                        row.whole("settleTime") * MICROS))
                .sorted(Comparator.comparingLong(FundingRate.Settled::time))
                .toList());
  }

  /// The latest trades, the oldest first, at the times of the exchange.
  ///
  /// @param limit 1 to [#MOST_TRADES]
  public Future<List<Trade>> trades(FuturesContract contract, int limit) {
    require("limit", limit, MOST_TRADES);
    var symbol = contract.instrument().symbol();
    return rest.send(
            Request.get("contract/deals/" + Query.encode(symbol), new Query().add("limit", limit)))
        .map(data -> {
          var trades = new ArrayList<Trade>();
          for (var row : Row.list(data, "deals")) {
            trades.add(
                new Trade(
                    symbol,
                    row.whole("t") * MICROS,
                    row.decimal("p").doubleValue(),
                    contract.amount(row.decimal("v"))));
          }
          // Newest first as they come; in one millisecond the order is kept, turned round.
          return trades.reversed().stream().sorted(Comparator.comparingLong(Trade::time)).toList();
        });
  }

  /// Candles, the oldest first; the last may not be over. At most [#MOST_BARS].
  ///
  /// @param interval 1m, 5m, 15m, 30m, 1h, 4h, 8h or 1d
  /// @param from UTC microseconds of the first one's start; null for the latest
  /// @param to UTC microseconds of the last one's start; null for no end
  /// @throws IllegalArgumentException when the exchange has no such candles
  public Future<List<Bar>> bars(
      FuturesContract contract, Interval interval, @Nullable Long from, @Nullable Long to) {
    var name = INTERVALS.get(interval.toString());
    if (name == null) {
      throw new IllegalArgumentException(
          "MEXC has candles of 1m, 5m, 15m, 30m, 1h, 4h, 8h and 1d, not of " + interval);
    }
    var query =
        new Query()
            .add("interval", name)
            .add("start", from == null ? null : from / MICROS_A_SECOND)
            .add("end", to == null ? null : to / MICROS_A_SECOND);
    var symbol = contract.instrument().symbol();
    return rest.send(Request.get("contract/kline/" + Query.encode(symbol), query))
        .map(data -> bars(contract, interval, Row.of(data, "candles")));
  }

  /// A list for each column.
  private static List<Bar> bars(FuturesContract contract, Interval interval, Row columns) {
    var times = column(columns, "time");
    var bars = new ArrayList<Bar>();
    for (int i = 0; i < times.size(); i++) {
      bars.add(
          new Bar(
              contract.instrument().symbol(),
              interval,
              Row.whole(times.getValue(i), "time") * MICROS_A_SECOND,
              value(columns, "open", i).doubleValue(),
              value(columns, "high", i).doubleValue(),
              value(columns, "low", i).doubleValue(),
              value(columns, "close", i).doubleValue(),
              contract.amount(value(columns, "vol", i))));
    }
    return bars;
  }

  private static BigDecimal value(Row columns, String name, int index) {
    var column = column(columns, name);
    if (index >= column.size()) {
      throw Row.unreadable("the column " + name + " is too short");
    }
    return Row.decimal(column.getValue(index), name);
  }

  private static JsonArray column(Row columns, String name) {
    if (columns.json().getValue(name) instanceof JsonArray column) {
      return column;
    }
    throw Row.unreadable("the column " + name + " is missing");
  }

  private static void require(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + " must be from 1 to " + most + ", was " + value);
    }
  }
}

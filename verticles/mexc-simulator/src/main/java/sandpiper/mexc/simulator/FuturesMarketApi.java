package sandpiper.mexc.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Side;

/// What everybody may ask of the futures.
final class FuturesMarketApi {
  private static final int MOST_DEPTH = 1_000;
  private static final int MOST_DEALS = 100;
  private static final int MOST_CANDLES = 2_000;
  private static final int USUAL_PAGE = 20;
  private static final int MOST_PAGE = 1_000;
  private static final long SECOND = 1_000;

  private final FuturesExchange exchange;

  FuturesMarketApi(FuturesExchange exchange) {
    this.exchange = exchange;
  }

  /// One, or all.
  Object detail(Params params) {
    var symbol = params.text("symbol");
    return symbol != null
        ? detail(exchange.contract(symbol))
        : new JsonArray(exchange.contracts().stream().map(FuturesMarketApi::detail).toList());
  }

  private static JsonObject detail(Contract contract) {
    var rules = contract.rules();
    var grain = rules.grain();
    return new JsonObject()
        .put("symbol", grain.symbol())
        .put("displayName", grain.symbol() + " (simulated)")
        .put("displayNameEn", grain.symbol() + " (simulated)")
        .put("positionOpenType", 3)
        .put("baseCoin", grain.base())
        .put("quoteCoin", grain.quote())
        .put("settleCoin", grain.quote())
        .put("contractSize", rules.size())
        .put("minLeverage", 1)
        .put("maxLeverage", rules.maxLeverage())
        .put("priceScale", grain.priceDecimals())
        .put("volScale", 0)
        .put("amountScale", 4)
        .put("priceUnit", BigDecimal.ONE.movePointLeft(grain.priceDecimals()))
        .put("volUnit", 1)
        .put("minVol", 1)
        .put("maxVol", rules.maxContracts())
        .put("bidLimitPriceRate", new BigDecimal("0.1"))
        .put("askLimitPriceRate", new BigDecimal("0.1"))
        .put("takerFeeRate", grain.takerFee())
        .put("makerFeeRate", grain.makerFee())
        .put("maintenanceMarginRate", rules.maintenanceMargin())
        .put("initialMarginRate", rules.initialMargin())
        .put("riskBaseVol", rules.maxContracts())
        .put("riskIncrVol", rules.maxContracts())
        .put("riskIncrMmr", rules.maintenanceMargin())
        .put("riskIncrImr", rules.initialMargin())
        .put("riskLevelLimit", 1)
        .put("riskLimitType", "BY_VOLUME")
        .put("riskLimitMode", "INCREASE")
        .put("maxNumOrders", JsonArray.of(200, 50))
        .put("state", state(contract.market().status()))
        .put("apiAllowed", true)
        .put("isHidden", false);
  }

  private static int state(SymbolStatus status) {
    return switch (status) {
      case ONLINE -> 0;
      case OFFLINE -> 3;
      case PAUSED -> 4;
    };
  }

  JsonObject depth(String symbol, Params params) {
    var contract = exchange.contract(symbol);
    exchange.commit(contract);
    int limit = params.limit(MOST_DEPTH, MOST_DEPTH);
    return new JsonObject()
        .put("asks", contract.levels(Side.SELL, limit))
        .put("bids", contract.levels(Side.BUY, limit))
        .put("version", contract.version())
        .put("timestamp", exchange.now());
  }

  /// The latest versions, the oldest first.
  JsonArray commits(String symbol, String limit) {
    var contract = exchange.contract(symbol);
    exchange.commit(contract);
    int most = (int) Params.whole("limit", limit);
    return new JsonArray(
        latest(contract.commits(), most).stream().map(Contract.Commit::toJson).toList());
  }

  /// The latest first.
  JsonArray deals(String symbol, Params params) {
    var contract = exchange.contract(symbol);
    var trades = latest(contract.market().trades(), params.limit(MOST_DEALS, MOST_DEALS));
    return new JsonArray(trades.reversed().stream().map(each -> deal(contract, each)).toList());
  }

  static JsonObject deal(Contract contract, PublicTrade trade) {
    return new JsonObject()
        .put("p", contract.rules().grain().price(trade.price()))
        .put("v", trade.size())
        .put("T", trade.taker() == Side.BUY ? 1 : 2)
        .put("O", 3)
        .put("M", 2)
        .put("t", trade.time());
  }

  /// A list for each column; from a start on, else the latest.
  JsonObject klines(String symbol, Params params) {
    var contract = exchange.contract(symbol);
    var name = params.text("interval");
    var interval = KlineInterval.ofStream(name == null ? "Min1" : name);
    if (interval == null) {
      throw Refused.of(600, "Parameter error: interval");
    }
    var from = params.whole("start");
    var to = params.whole("end");
    var candles =
        contract.market().candles(interval).until(exchange.now()).stream()
            .filter(candle -> from == null || candle.time() >= from * SECOND)
            .filter(candle -> to == null || candle.time() <= to * SECOND)
            .toList();
    var chosen =
        from == null
            ? latest(candles, MOST_CANDLES)
            : candles.subList(0, Math.min(MOST_CANDLES, candles.size()));
    var names = List.of("time", "open", "close", "high", "low", "vol", "amount");
    var columns = new JsonObject();
    names.forEach(column -> columns.put(column, new JsonArray()));
    for (var candle : chosen) {
      var row = candle(contract, candle);
      names.forEach(column -> columns.getJsonArray(column).add(row.getValue(column)));
    }
    return columns;
  }

  static JsonObject candle(Contract contract, Candle candle) {
    var grain = contract.rules().grain();
    return new JsonObject()
        .put("time", candle.time() / SECOND)
        .put("open", grain.price(candle.open()))
        .put("close", grain.price(candle.close()))
        .put("high", grain.price(candle.high()))
        .put("low", grain.price(candle.low()))
        .put("vol", candle.volume())
        .put("amount", contract.rules().value(candle.amount()));
  }

  /// One, or all.
  Object ticker(Params params) {
    var symbol = params.text("symbol");
    return symbol != null
        ? ticker(exchange.contract(symbol), exchange.now())
        : new JsonArray(
            exchange.contracts().stream().map(each -> ticker(each, exchange.now())).toList());
  }

  static JsonObject ticker(Contract contract, long now) {
    var market = contract.market();
    var grain = contract.rules().grain();
    var day = new Statistics(market, now);
    return new JsonObject()
        .put("symbol", grain.symbol())
        .put("lastPrice", day.last())
        .put("bid1", grain.price(market.best(Side.BUY)))
        .put("ask1", grain.price(market.best(Side.SELL)))
        .put("volume24", day.volume())
        .put("amount24", day.amount().multiply(contract.rules().size()))
        .put("holdVol", 0)
        .put("lower24Price", day.low())
        .put("high24Price", day.high())
        .put("riseFallRate", day.changeShare())
        .put("riseFallValue", day.change())
        .put("indexPrice", contract.indexPrice())
        .put("fairPrice", contract.fairPrice())
        .put("fundingRate", contract.fundingRate())
        .put("maxBidPrice", contract.indexPrice().multiply(new BigDecimal("1.1")))
        .put("minAskPrice", contract.indexPrice().multiply(new BigDecimal("0.9")))
        .put("timestamp", now);
  }

  JsonObject indexPrice(String symbol) {
    return price(symbol, "indexPrice", exchange.contract(symbol).indexPrice());
  }

  JsonObject fairPrice(String symbol) {
    return price(symbol, "fairPrice", exchange.contract(symbol).fairPrice());
  }

  private JsonObject price(String symbol, String name, BigDecimal price) {
    return new JsonObject().put("symbol", symbol).put(name, price).put("timestamp", exchange.now());
  }

  JsonObject fundingRate(String symbol) {
    var contract = exchange.contract(symbol);
    return new JsonObject()
        .put("symbol", symbol)
        .put("fundingRate", contract.fundingRate())
        .put("maxFundingRate", Contract.MOST_FUNDING)
        .put("minFundingRate", Contract.MOST_FUNDING.negate())
        .put("collectCycle", Contract.CYCLE / (3_600 * SECOND))
        .put("nextSettleTime", Contract.nextSettlement(exchange.now()))
        .put("timestamp", exchange.now());
  }

  /// The latest first, in pages from 1 on.
  JsonObject settlements(Params params) {
    var symbol = params.required("symbol");
    var all = new ArrayList<>(exchange.contract(symbol).settlements()).reversed();
    int size = page(params.whole("page_size"), USUAL_PAGE, MOST_PAGE);
    int page = page(params.whole("page_num"), 1, Integer.MAX_VALUE);
    var rows = new JsonArray();
    all.stream()
        .skip((page - 1L) * size)
        .limit(size)
        .forEach(each ->
            rows.add(
                new JsonObject()
                    .put("symbol", symbol)
                    .put("fundingRate", each.rate())
                    .put("settleTime", each.time())));
    return new JsonObject()
        .put("pageSize", size)
        .put("totalCount", all.size())
        .put("totalPage", (all.size() + size - 1) / size)
        .put("currentPage", page)
        .put("resultList", rows);
  }

  private static int page(@Nullable Long given, int without, int most) {
    long value = Objects.requireNonNullElse(given, (long) without);
    if (value < 1 || value > most) {
      throw Refused.of(600, "Parameter error: pages and their sizes are above zero");
    }
    return (int) value;
  }

  JsonArray currencies() {
    return new JsonArray(
        exchange.contracts().stream()
            .map(contract -> contract.rules().grain().quote())
            .distinct()
            .toList());
  }

  private static <T> List<T> latest(Collection<T> rows, int limit) {
    var all = new ArrayList<>(rows);
    return all.subList(Math.max(0, all.size() - limit), all.size());
  }
}

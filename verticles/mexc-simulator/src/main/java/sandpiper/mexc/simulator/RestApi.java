package sandpiper.mexc.simulator;

import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.regex.Pattern;

/// Every request of the exchange's REST, from limits and signature to the answer, with the faults
/// that were asked for.
final class RestApi {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final String FUTURES = "/api/v1/";
  private static final String CONTRACT = FUTURES + "contract/";

  /// Words with which paths of the futures begin, `api/v1/contract`.
  private static final int FUTURES_WORDS = 3;

  private final Exchange exchange;
  private final FuturesExchange futures;
  private final Authenticator authenticator;
  private final FuturesAuthenticator futuresAuthenticator;
  private final RateLimiter limiter;
  private final Faults faults;
  private final Map<String, Endpoint> endpoints = new HashMap<>();

  private interface PublicHandler {
    Object answer(Params params);
  }

  private interface SignedHandler {
    Object answer(Params params, Account account);
  }

  private interface FuturesHandler {
    /// @param symbol in the path; empty when there is none
    Object answer(String symbol, Params params);
  }

  private interface OwnHandler {
    Object answer(Request request, Params params, FuturesAccount account);
  }

  private interface Handler {
    Object answer(Request request, Params params);
  }

  private record Endpoint(Handler handler, RateLimiter.Rule limit, Style style) {}

  /// A request as it came.
  ///
  /// @param query undecoded, empty when there is none
  /// @param headers by name, whatever its capitals
  record Request(String method, String path, String query, String body, MultiMap headers) {
    private static final Pattern VALUE = Pattern.compile(".*[A-Z0-9].*");

    /// What follows names that are words, in paths of the futures.
    List<String> values() {
      var parts = List.of(path.substring(1).split("/"));
      if (!isFutures()) {
        return List.of();
      }
      int first = FUTURES_WORDS;
      while (first < parts.size() && !VALUE.matcher(parts.get(first)).matches()) {
        first++;
      }
      return parts.subList(Math.min(first, parts.size()), parts.size());
    }

    boolean isFutures() {
      return path.startsWith(FUTURES);
    }

    /// Without the values.
    String endpoint() {
      var end = String.join("/", values());
      var name = end.isEmpty() ? path : path.substring(0, path.length() - end.length() - 1);
      return method + " " + name;
    }
  }

  /// @param retryAfter in seconds; zero for none
  /// @param delay by which it is held back, in milliseconds
  record Answer(int status, String body, int retryAfter, int delay) {}

  RestApi(
      Exchange exchange,
      FuturesExchange futures,
      FuturesAuthenticator futuresAuthenticator,
      ListenKeys listenKeys,
      Limits limits,
      Faults faults) {
    this.exchange = exchange;
    this.faults = faults;
    authenticator = new Authenticator(exchange);
    limiter = new RateLimiter(limits);
    addMarket(new MarketApi(exchange));
    addTrading(new TradingApi(exchange));
    addListenKeys(listenKeys);
    addFuturesMarket(new FuturesMarketApi(futures));
    this.futuresAuthenticator = futuresAuthenticator;
    this.futures = futures;
    addFuturesTrading(new FuturesTradingApi(futures));
  }

  private void addMarket(MarketApi api) {
    open("GET", "ping", 1, _ -> new JsonObject());
    open("GET", "time", 1, _ -> api.time(exchange.now()));
    open("GET", "defaultSymbols", 1, _ -> api.defaultSymbols());
    open("GET", "symbol/offline", 1, _ -> api.offline());
    open("GET", "exchangeInfo", 10, api::exchangeInfo);
    open("GET", "depth", 1, api::depth);
    open("GET", "trades", 5, api::trades);
    open("GET", "aggTrades", 1, api::aggTrades);
    open("GET", "klines", 1, api::klines);
    open("GET", "avgPrice", 1, api::averagePrice);
    open("GET", "ticker/24hr", 1, api::ticker);
    open("GET", "ticker/price", 1, api::price);
    open("GET", "ticker/bookTicker", 1, api::bookTicker);
  }

  private void addFuturesMarket(FuturesMarketApi api) {
    contract("ping", (_, _) -> exchange.now());
    contract("detail", (_, params) -> api.detail(params));
    contract("support_currencies", (_, _) -> api.currencies());
    contract("depth", api::depth);
    endpoints.put(
        "GET " + CONTRACT + "depth_commits",
        new Endpoint(
            (request, _) -> api.commits(value(request, 0), value(request, 1)),
            RateLimiter.Rule.FUTURES,
            Style.FUTURES));
    contract("index_price", (symbol, _) -> api.indexPrice(symbol));
    contract("fair_price", (symbol, _) -> api.fairPrice(symbol));
    contract("funding_rate", (symbol, _) -> api.fundingRate(symbol));
    contract("funding_rate/history", (_, params) -> api.settlements(params));
    contract("kline", api::klines);
    contract("deals", api::deals);
    contract("ticker", (_, params) -> api.ticker(params));
  }

  private void contract(String path, FuturesHandler handler) {
    endpoints.put(
        "GET " + CONTRACT + path,
        new Endpoint(
            (request, params) -> handler.answer(value(request, 0), params),
            path.equals("detail") ? RateLimiter.Rule.FUTURES_DETAIL : RateLimiter.Rule.FUTURES,
            Style.FUTURES));
  }

  private void addFuturesTrading(FuturesTradingApi api) {
    ownOrder("order/create", api::place);
    ownOrder("order/submit", api::place);
    own("POST", "order/cancel", (request, _, account) -> api.cancel(request.body(), account));
    own(
        "POST",
        "order/cancel_all",
        (request, _, account) -> api.cancelAll(request.body(), account));
    own(
        "GET",
        "order/list/open_orders",
        (request, params, account) -> api.openOrders(value(request, 0), params, account));
    own("GET", "order/get", (request, _, account) -> api.orderById(value(request, 0), account));
    own(
        "GET",
        "order/external",
        (request, _, account) ->
            api.orderByExternalId(value(request, 0), value(request, 1), account));
    own("GET", "order/list/order_deals", (_, params, account) -> api.deals(params, account));
    own("GET", "position/open_positions", (_, params, account) -> api.positions(params, account));
    own("GET", "position/position_mode", (_, _, _) -> 1);
    own(
        "POST",
        "position/change_leverage",
        (request, _, account) -> api.changeLeverage(request.body(), account));
    own("GET", "account/assets", (_, _, account) -> api.assets(account));
  }

  private void ownOrder(String path, BiFunction<String, FuturesAccount, Object> handler) {
    own(
        "POST",
        path,
        RateLimiter.Rule.FUTURES_ORDER,
        (request, _, account) -> handler.apply(request.body(), account));
  }

  private void own(String method, String path, OwnHandler handler) {
    own(method, path, RateLimiter.Rule.FUTURES, handler);
  }

  private void own(String method, String path, RateLimiter.Rule limit, OwnHandler handler) {
    endpoints.put(
        method + " " + FUTURES + "private/" + path,
        new Endpoint(
            (request, params) ->
                handler.answer(
                    request,
                    params,
                    futures.trading().account(futuresAuthenticator.authenticate(request))),
            limit,
            Style.FUTURES));
  }

  private static String value(Request request, int index) {
    var values = request.values();
    return index < values.size() ? values.get(index) : "";
  }

  private void addTrading(TradingApi api) {
    signed("GET", "selfSymbols", 1, (_, account) -> api.selfSymbols(account));
    signed("POST", "order/test", 1, api::test);
    signed("POST", "order", 1, api::place);
    signed("POST", "batchOrders", 1, api::placeBatch);
    signed("DELETE", "order", 1, api::cancel);
    signed("DELETE", "openOrders", 1, api::cancelOpen);
    signed("DELETE", "order/all", 1, (_, account) -> api.cancelAll(account));
    signed("GET", "order", 2, api::query);
    signed("GET", "openOrders", 3, api::openOrders);
    signed("GET", "allOrders", 10, api::allOrders);
    signed("GET", "account", 10, (_, account) -> api.account(account));
    signed("GET", "myTrades", 10, api::myTrades);
    signed("GET", "tradeFee", 20, (params, _) -> api.tradeFee(params));
    signed("GET", "capital/config/getall", 10, (_, _) -> api.assets());
  }

  private void addListenKeys(ListenKeys keys) {
    signed(
        "POST",
        "userDataStream",
        1,
        (_, account) -> listenKey(keys.create(account, exchange.now())));
    signed(
        "GET",
        "userDataStream",
        1,
        (_, account) ->
            new JsonObject().put("listenKey", new JsonArray(keys.of(account, exchange.now()))));
    signed(
        "PUT",
        "userDataStream",
        1,
        (params, account) -> {
          var key = params.required("listenKey");
          keys.extend(account, key, exchange.now());
          return listenKey(key);
        });
    signed(
        "DELETE",
        "userDataStream",
        1,
        (params, account) -> {
          var key = params.required("listenKey");
          keys.close(account, key, exchange.now());
          return listenKey(key);
        });
  }

  private static JsonObject listenKey(String key) {
    return new JsonObject().put("listenKey", key);
  }

  private void open(String method, String path, int weight, PublicHandler handler) {
    add(method, path, weight, (_, params) -> handler.answer(params));
  }

  private void signed(String method, String path, int weight, SignedHandler handler) {
    add(
        method,
        path,
        weight,
        (request, params) ->
            handler.answer(params, authenticator.authenticate(request, params, exchange.now())));
  }

  private void add(String method, String path, int weight, Handler handler) {
    endpoints.put(
        method + " /api/v3/" + path,
        new Endpoint(handler, RateLimiter.Rule.spot(weight), Style.SPOT));
  }

  Answer answer(Request request) {
    var style = request.isFutures() ? Style.FUTURES : Style.SPOT;
    try {
      var name = request.endpoint();
      var endpoint = endpoints.get(name);
      if (endpoint == null) {
        throw Refused.withStatus(NOT_FOUND, "no such endpoint: " + name);
      }
      limiter.count(name, endpoint.limit(), exchange.now());
      var params = new Params(request.query(), style == Style.SPOT ? request.body() : "");
      return withFaults(request, endpoint, params);
    } catch (Refused e) {
      return refusal(style, e);
    }
  }

  private Answer withFaults(Request request, Endpoint endpoint, Params params) {
    var symbol = request.values().isEmpty() ? params.text("symbol") : value(request, 0);
    var name = request.endpoint();
    var limit = faults.take(FaultKind.RATE_LIMIT, symbol, name);
    if (limit != null) {
      var refused = Refused.withStatus(RateLimiter.TOO_MANY, "Too Many Requests");
      return new Answer(refused.status(), endpoint.style().error(refused), limit.retryAfter(), 0);
    }
    var late = faults.take(FaultKind.LATENCY, symbol, name);
    int delay = late == null ? 0 : late.millis();
    var failure = faults.take(FaultKind.SERVER_ERROR, symbol, name);
    if (failure != null && !failure.accepted()) {
      return failed(endpoint.style(), failure, delay);
    }
    var answer = answer(request, endpoint, params);
    return failure != null
        ? failed(endpoint.style(), failure, delay)
        : new Answer(answer.status(), answer.body(), answer.retryAfter(), delay);
  }

  private static Answer failed(Style style, Fault failure, int delay) {
    var refused = Refused.withStatus(failure.status(), "Internal error");
    return new Answer(failure.status(), style.error(refused), 0, delay);
  }

  private Answer answer(Request request, Endpoint endpoint, Params params) {
    var style = endpoint.style();
    try {
      return new Answer(OK, style.success(endpoint.handler().answer(request, params)), 0, 0);
    } catch (Refused e) {
      return refusal(style, e);
    }
  }

  private Answer refusal(Style style, Refused refused) {
    boolean tooMany = refused.status() == RateLimiter.TOO_MANY;
    return new Answer(
        style.status(refused), style.error(refused), tooMany ? limiter.retryAfter() : 0, 0);
  }

  /// How answers and refusals look.
  private enum Style {
    SPOT {
      @Override
      String success(Object result) {
        return result.toString();
      }

      @Override
      String error(Refused refused) {
        return new JsonObject()
            .put("code", refused.code())
            .put("msg", refused.text())
            .putNull("_extend")
            .toString();
      }

      @Override
      int status(Refused refused) {
        return refused.status();
      }
    },
    /// In an envelope, and mostly with the status of success.
    FUTURES {
      @Override
      String success(Object result) {
        return new JsonObject().put("success", true).put("code", 0).put("data", result).toString();
      }

      @Override
      String error(Refused refused) {
        return new JsonObject()
            .put("success", false)
            .put("code", refused.code())
            .put("message", refused.text())
            .toString();
      }

      @Override
      int status(Refused refused) {
        return refused.status() == NOT_FOUND ? NOT_FOUND : OK;
      }
    };

    abstract String success(Object result);

    abstract String error(Refused refused);

    abstract int status(Refused refused);
  }
}

package sandpiper.mexc.simulator;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Every request of the exchange's REST, from limits and signature to the answer, with the faults
/// that were asked for.
final class RestApi {
  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private final Exchange exchange;
  private final Authenticator authenticator;
  private final RateLimiter limiter;
  private final Faults faults;
  private final Map<String, Endpoint> endpoints = new HashMap<>();

  private interface PublicHandler {
    Object answer(Params params);
  }

  private interface SignedHandler {
    Object answer(Params params, Account account);
  }

  /// Exactly one handler is there.
  private record Endpoint(
      int weight, @Nullable PublicHandler open, @Nullable SignedHandler signed) {}

  /// A request as it came.
  ///
  /// @param query undecoded, empty when there is none
  record Request(
      String method,
      String path,
      String query,
      String body,
      @Nullable String key,
      @Nullable String contentType) {
    String endpoint() {
      return method + " " + path;
    }
  }

  /// @param retryAfter in seconds; zero for none
  /// @param delay by which it is held back, in milliseconds
  record Answer(int status, String body, int retryAfter, int delay) {}

  RestApi(Exchange exchange, ListenKeys listenKeys, Limits limits, Faults faults) {
    this.exchange = exchange;
    this.faults = faults;
    authenticator = new Authenticator(exchange);
    limiter = new RateLimiter(limits);
    addMarket(new MarketApi(exchange));
    addTrading(new TradingApi(exchange));
    addListenKeys(listenKeys);
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
    // Clients ask for the futures as well when they load what there is.
    endpoints.put(
        "GET /api/v1/contract/detail",
        new Endpoint(
            1,
            _ -> new JsonObject().put("success", true).put("code", 0).put("data", new JsonArray()),
            null));
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
    endpoints.put(method + " /api/v3/" + path, new Endpoint(weight, handler, null));
  }

  private void signed(String method, String path, int weight, SignedHandler handler) {
    endpoints.put(method + " /api/v3/" + path, new Endpoint(weight, null, handler));
  }

  Answer answer(Request request) {
    try {
      var endpoint = endpoints.get(request.endpoint());
      if (endpoint == null) {
        throw Refused.withStatus(NOT_FOUND, "no such endpoint: " + request.endpoint());
      }
      limiter.count(request.endpoint(), endpoint.weight(), exchange.now());
      var params = new Params(request.query(), request.body());
      return withFaults(request, params, () -> answer(endpoint, request, params));
    } catch (Refused e) {
      return refusal(e);
    }
  }

  private interface Work {
    Answer run();
  }

  private Answer withFaults(Request request, Params params, Work work) {
    var symbol = params.text("symbol");
    var endpoint = request.endpoint();
    var limit = faults.take(FaultKind.RATE_LIMIT, symbol, endpoint);
    if (limit != null) {
      var refused = Refused.withStatus(RateLimiter.TOO_MANY, "Too Many Requests");
      return new Answer(refused.status(), error(refused), limit.retryAfter(), 0);
    }
    var late = faults.take(FaultKind.LATENCY, symbol, endpoint);
    int delay = late == null ? 0 : late.millis();
    var failure = faults.take(FaultKind.SERVER_ERROR, symbol, endpoint);
    if (failure != null && !failure.accepted()) {
      return failed(failure, delay);
    }
    var answer = work.run();
    return failure != null
        ? failed(failure, delay)
        : new Answer(answer.status(), answer.body(), answer.retryAfter(), delay);
  }

  private static Answer failed(Fault failure, int delay) {
    var refused = Refused.withStatus(failure.status(), "Internal error");
    return new Answer(failure.status(), error(refused), 0, delay);
  }

  private Answer answer(Endpoint endpoint, Request request, Params params) {
    try {
      Object result;
      if (endpoint.signed() != null) {
        var account =
            authenticator.authenticate(
                request.key(),
                request.contentType(),
                request.query(),
                request.body(),
                params,
                exchange.now());
        result = endpoint.signed().answer(params, account);
      } else if (endpoint.open() != null) {
        result = endpoint.open().answer(params);
      } else {
        throw new IllegalStateException("no handler for " + request.endpoint());
      }
      return new Answer(OK, result.toString(), 0, 0);
    } catch (Refused e) {
      return refusal(e);
    }
  }

  private Answer refusal(Refused refused) {
    boolean tooMany = refused.status() == RateLimiter.TOO_MANY;
    return new Answer(refused.status(), error(refused), tooMany ? limiter.retryAfter() : 0, 0);
  }

  private static String error(Refused refused) {
    return new JsonObject()
        .put("code", refused.code())
        .put("msg", refused.text())
        .putNull("_extend")
        .toString();
  }
}

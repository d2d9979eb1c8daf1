package sandpiper.mexc.client;

import io.vertx.core.Future;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import sandpiper.mexc.Signing;
import sandpiper.mexc.client.MexcRest.Limit;
import sandpiper.mexc.client.MexcRest.Request;

/// What the holder of a key may do on the spot market.
///
/// Nothing that changes something is sent twice. What fails, fails with a [MexcException]; only an
/// order does not fail: [Placement] says what became of it.
public final class MexcTrading {
  /// Trades of the account that one answer has at most.
  public static final int MOST_FILLS = 100;

  /// Orders that can be placed together.
  public static final int MOST_ORDERS = 20;

  private final MexcRest rest;
  private final Credentials credentials;
  private final Signing signing;

  public MexcTrading(MexcRest rest, Credentials credentials) {
    this.rest = rest;
    this.credentials = credentials;
    signing = new Signing(credentials.secret());
  }

  /// Symbols that this key may trade; [SpotSymbol#tradable] must say so as well.
  public Future<List<String>> tradable() {
    return get("selfSymbols", new Query(), Limit.NONE)
        .map(answer -> Row.of(answer, "selfSymbols").texts("data"));
  }

  /// What this account pays.
  public Future<SpotFees> fees(String symbol) {
    return get("tradeFee", new Query().add("symbol", symbol), Limit.NONE)
        .map(answer -> {
          var row = Row.of(Row.of(answer, "tradeFee").json().getValue("data"), "data");
          return new SpotFees(row.decimal("makerCommission"), row.decimal("takerCommission"));
        });
  }

  /// What the account has; assets of which it has nothing are left out.
  public Future<List<SpotBalance>> balances() {
    return get("account", new Query(), Limit.ACCOUNT)
        .map(answer ->
            Row.list(Row.of(answer, "account").json().getValue("balances"), "balances").stream()
                .map(row ->
                    new SpotBalance(
                        row.text("asset"), row.decimalOrZero("free"), row.decimalOrZero("locked")))
                .toList());
  }

  /// Lets the exchange look whether it would take the order; it never reaches the book.
  public Future<Void> test(NewSpotOrder order) {
    return send(HttpMethod.POST, "order/test", query(order), Limit.NONE).mapEmpty();
  }

  /// Sends the order, once. The future fails only when this program is at fault.
  public Future<Placement> place(NewSpotOrder order) {
    return send(HttpMethod.POST, "order", query(order), Limit.ORDER)
        .map(answer -> outcome(() -> Row.of(answer, "order")))
        .recover(failure ->
            failure instanceof MexcException reason
                ? Future.succeededFuture(Placement.notTaken(reason))
                : Future.failedFuture(failure));
  }

  /// Sends several orders of one symbol, once. They are taken one by one: each has an outcome of
  /// its own, in the same order.
  ///
  /// @param orders 1 to [#MOST_ORDERS]
  public Future<List<Placement>> placeAll(List<NewSpotOrder> orders) {
    if (orders.isEmpty()
        || orders.size() > MOST_ORDERS
        || orders.stream().map(NewSpotOrder::symbol).distinct().count() > 1) {
      throw new IllegalArgumentException(
          "orders placed together must be 1 to %d of one symbol, was %d"
              .formatted(MOST_ORDERS, orders.size()));
    }
    var all = new JsonArray();
    orders.forEach(order -> all.add(new JsonObject(new LinkedHashMap<>(order.fields()))));
    return send(
            HttpMethod.POST,
            "batchOrders",
            new Query().add("batchOrders", all.encode()),
            Limit.BATCH)
        .map(answer ->
            IntStream.range(0, orders.size())
                .mapToObj(i -> outcome(() -> row(answer, orders, i)))
                .toList())
        .recover(failure ->
            failure instanceof MexcException reason
                ? Future.succeededFuture(
                    orders.stream().map(_ -> Placement.notTaken(reason)).toList())
                : Future.failedFuture(failure));
  }

  /// @throws MexcException when it cannot be told which order it is of
  private static Row row(Object answer, List<NewSpotOrder> orders, int index) {
    var rows = Row.list(answer, "batchOrders");
    if (rows.size() != orders.size()) {
      throw Row.unreadable(rows.size() + " outcomes of " + orders.size() + " orders");
    }
    return rows.get(index);
  }

  private static Query query(NewSpotOrder order) {
    var query = new Query();
    order.fields().forEach(query::add);
    return query;
  }

  /// One whose id cannot be read may well have been taken.
  private static Placement outcome(Supplier<Row> answer) {
    try {
      var row = answer.get();
      if (row.textOrNull("orderId") == null && row.has("code")) {
        int code = (int) row.whole("code");
        return Placement.notTaken(
            new MexcException(
                MexcError.of(code),
                code,
                0,
                "MEXC refused an order with %d: %s".formatted(code, row.textOrNull("msg"))));
      }
      return new Placement.Accepted(row.text("orderId"));
    } catch (MexcException unreadable) {
      return new Placement.Unknown(unreadable);
    }
  }

  /// Asks for an order to be cancelled. That the exchange agrees is not its end: that comes by the
  /// private stream, or by [#order]. Fails with [MexcError#UNKNOWN_ORDER] when it does not work any
  /// more.
  public Future<Void> cancel(String symbol, String orderId) {
    var query = new Query().add("symbol", symbol).add("orderId", orderId);
    return send(HttpMethod.DELETE, "order", query, Limit.NONE).mapEmpty();
  }

  /// As [#cancel], for an order whose own id is not known.
  public Future<Void> cancelByClientId(String symbol, String clientId) {
    var query = new Query().add("symbol", symbol).add("origClientOrderId", clientId);
    return send(HttpMethod.DELETE, "order", query, Limit.NONE).mapEmpty();
  }

  /// As [#cancel], for all working orders of the symbol.
  ///
  /// @return as they stood before
  public Future<List<SpotOrder>> cancelAll(String symbol) {
    return send(HttpMethod.DELETE, "openOrders", new Query().add("symbol", symbol), Limit.NONE)
        .map(MexcTrading::orders);
  }

  /// Empty when there is none.
  public Future<Optional<SpotOrder>> order(String symbol, String orderId) {
    return find(new Query().add("symbol", symbol).add("orderId", orderId));
  }

  /// Empty when there is none: it never arrived, or has not yet.
  public Future<Optional<SpotOrder>> orderByClientId(String symbol, String clientId) {
    return find(new Query().add("symbol", symbol).add("origClientOrderId", clientId));
  }

  private Future<Optional<SpotOrder>> find(Query query) {
    return get("order", query, Limit.NONE)
        .map(answer -> Optional.of(SpotOrder.of(Row.of(answer, "order"))))
        .recover(failure ->
            failure instanceof MexcException refused && refused.error() == MexcError.UNKNOWN_ORDER
                ? Future.succeededFuture(Optional.empty())
                : Future.failedFuture(failure));
  }

  /// All that work.
  public Future<List<SpotOrder>> openOrders(String symbol) {
    return get("openOrders", new Query().add("symbol", symbol), Limit.NONE)
        .map(MexcTrading::orders);
  }

  /// Trades of the account, the oldest first, of the last month at most. Of more than [#MOST_FILLS]
  /// the latest: ask for a shorter time.
  ///
  /// @param orderId null for those of all orders
  /// @param from UTC milliseconds; null for no limit
  /// @param to UTC milliseconds; null for no limit
  public Future<List<SpotFill>> fills(
      String symbol, @Nullable String orderId, @Nullable Long from, @Nullable Long to) {
    var query =
        new Query()
            .add("symbol", symbol)
            .add("orderId", orderId)
            .add("startTime", from)
            .add("endTime", to)
            .add("limit", MOST_FILLS);
    return get("myTrades", query, Limit.NONE)
        .map(answer -> Row.list(answer, "myTrades").reversed().stream().map(SpotFill::of).toList());
  }

  /// A right to hear of the account, valid for an hour.
  Future<String> createListenKey() {
    return send(HttpMethod.POST, "userDataStream", new Query(), Limit.NONE)
        .map(answer -> Row.of(answer, "userDataStream").text("listenKey"));
  }

  /// For another hour; fails with [MexcError#LISTEN_KEY] when it has ended.
  Future<Void> extendListenKey(String key) {
    var query = new Query().add("listenKey", key);
    return send(HttpMethod.PUT, "userDataStream", query, Limit.NONE).mapEmpty();
  }

  Future<Void> closeListenKey(String key) {
    var query = new Query().add("listenKey", key);
    return send(HttpMethod.DELETE, "userDataStream", query, Limit.NONE).mapEmpty();
  }

  MexcRest rest() {
    return rest;
  }

  private static List<SpotOrder> orders(Object answer) {
    return Row.list(answer, "orders").stream().map(SpotOrder::of).toList();
  }

  private Future<Object> get(String path, Query query, Limit limit) {
    return send(HttpMethod.GET, path, query, limit);
  }

  private Future<Object> send(HttpMethod method, String path, Query query, Limit limit) {
    return rest.send(new Request(method, path, query, limit), credentials, signing);
  }
}

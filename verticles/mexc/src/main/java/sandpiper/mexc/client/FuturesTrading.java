package sandpiper.mexc.client;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sandpiper.mexc.Signing;
import sandpiper.mexc.client.FuturesRest.Limit;
import sandpiper.mexc.client.FuturesRest.Request;

/// What the holder of a key may do on the futures, in hedge mode: long and short positions side by
/// side.
///
/// Nothing that changes something is sent twice. What fails, fails with a [MexcException]; only an
/// order does not fail: [Placement] says what became of it.
public final class FuturesTrading {
  /// Fills that one answer has at most.
  public static final int MOST_FILLS = 100;

  private final FuturesRest rest;
  private final Credentials credentials;
  private final Signing signing;

  /// @throws IllegalStateException when orders on the futures are switched off,
  ///   [FuturesConfig#orders]
  public FuturesTrading(FuturesRest rest, Credentials credentials) {
    if (!rest.config().orders()) {
      throw new IllegalStateException(
          "orders on MEXC's futures are switched off: set mexc.futures-orders to true to send them");
    }
    this.rest = rest;
    this.credentials = credentials;
    signing = new Signing(credentials.secret());
  }

  FuturesRest rest() {
    return rest;
  }

  Credentials credentials() {
    return credentials;
  }

  Signing signing() {
    return signing;
  }

  /// What the account has for contracts.
  public Future<List<FuturesAsset>> assets() {
    return list("account/assets", new Query(), FuturesAsset::of);
  }

  /// Those that hold something.
  ///
  /// @param symbol null for those of all contracts
  public Future<List<FuturesPosition>> positions(@Nullable String symbol) {
    return list("position/open_positions", new Query().add("symbol", symbol), FuturesPosition::of);
  }

  /// Gives a position another leverage: margin comes or goes.
  public Future<Void> setLeverage(FuturesPosition position, int leverage) {
    var body =
        new JsonObject()
            .put("positionId", Long.parseLong(position.positionId()))
            .put("leverage", leverage);
    return post("position/change_leverage", body.encode(), Limit.NONE).mapEmpty();
  }

  /// Sends the order, once. The future fails only when this program is at fault.
  public Future<Placement> place(NewFuturesOrder order) {
    return post("order/create", order.body(), Limit.ORDER)
        .map(FuturesTrading::outcome)
        .recover(failure ->
            failure instanceof MexcException reason
                ? Future.succeededFuture(Placement.notTaken(reason))
                : Future.failedFuture(failure));
  }

  /// One whose id cannot be read may well have been taken. The id was the whole answer once.
  private static Placement outcome(Object data) {
    if (data instanceof JsonObject object) {
      var id = new Row(object).textOrNull("orderId");
      return id == null
          ? new Placement.Unknown(Row.unreadable("orderId is missing"))
          : new Placement.Accepted(id);
    }
    return data instanceof JsonArray
        ? new Placement.Unknown(Row.unreadable("the answer to an order is a list"))
        : new Placement.Accepted(data.toString());
  }

  /// Asks for an order to be cancelled. That the exchange agrees is not its end: that comes by the
  /// private stream, or by [#order]. Fails with [MexcError#UNKNOWN_ORDER] when it does not work any
  /// more.
  public Future<Void> cancel(String orderId) {
    return post("order/cancel", JsonArray.of(orderId).encode(), Limit.NONE)
        .map(data -> {
          for (var row : Row.list(data, "cancel")) {
            int code = (int) row.wholeOrZero("errorCode");
            if (code != 0) {
              throw new MexcException(
                  MexcError.of(code),
                  code,
                  0,
                  "MEXC refused to cancel an order with %d: %s"
                      .formatted(code, row.textOrNull("errorMsg")));
            }
          }
          return null;
        });
  }

  /// As [#cancel], for all working orders of the contract.
  public Future<Void> cancelAll(String symbol) {
    return post("order/cancel_all", new JsonObject().put("symbol", symbol).encode(), Limit.NONE)
        .mapEmpty();
  }

  /// Empty when there is none.
  public Future<Optional<FuturesOrder>> order(String orderId) {
    return find("order/get/" + Query.encode(orderId));
  }

  /// Empty when there is none: it never arrived, or has not yet.
  public Future<Optional<FuturesOrder>> orderByExternalId(String symbol, String externalId) {
    return find("order/external/" + Query.encode(symbol) + "/" + Query.encode(externalId));
  }

  private Future<Optional<FuturesOrder>> find(String path) {
    return get(path, new Query())
        .map(data -> {
          var row = Row.of(data, "order");
          return row.has("orderId")
              ? Optional.of(FuturesOrder.of(row))
              : Optional.<FuturesOrder>empty();
        })
        .recover(failure ->
            failure instanceof MexcException refused && refused.error() == MexcError.UNKNOWN_ORDER
                ? Future.succeededFuture(Optional.empty())
                : Future.failedFuture(failure));
  }

  /// Those that work, the latest first, at most 100.
  public Future<List<FuturesOrder>> openOrders(String symbol) {
    var query = new Query().add("page_num", 1).add("page_size", MOST_FILLS);
    return list("order/list/open_orders/" + Query.encode(symbol), query, FuturesOrder::of);
  }

  /// The latest fills of the account, the oldest first, at most [#MOST_FILLS].
  public Future<List<FuturesFill>> fills(String symbol) {
    var query = new Query().add("symbol", symbol).add("page_num", 1).add("page_size", MOST_FILLS);
    return list("order/list/order_deals", query, FuturesFill::of).map(List::reversed);
  }

  private <T> Future<List<T>> list(String path, Query query, Function<Row, T> as) {
    return get(path, query).map(data -> Row.list(data, path).stream().map(as).toList());
  }

  private Future<Object> get(String path, Query query) {
    return rest.send(Request.get("private/" + path, query), credentials, signing);
  }

  private Future<Object> post(String path, String body, Limit limit) {
    return rest.send(Request.post("private/" + path, body, limit), credentials, signing);
  }
}

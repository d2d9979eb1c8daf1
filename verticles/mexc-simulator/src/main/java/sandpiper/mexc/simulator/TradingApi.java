package sandpiper.mexc.simulator;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Side;

/// What an account may ask for.
final class TradingApi {
  private static final int MOST_BATCHED = 20;
  private static final int MOST_CANCELLED_SYMBOLS = 5;
  private static final int USUAL_ORDERS = 500;
  private static final int MOST_ORDERS = 1_000;
  private static final int MOST_TRADES = 100;
  private static final long DAY = 24 * 60 * 60 * 1_000L;
  private static final long MONTH = 30 * DAY;

  private final Exchange exchange;

  TradingApi(Exchange exchange) {
    this.exchange = exchange;
  }

  JsonObject selfSymbols(Account account) {
    var names = new JsonArray();
    for (var market : exchange.markets()) {
      if (market.status() == SymbolStatus.ONLINE && account.mayTrade(market.rules().symbol())) {
        names.add(market.rules().symbol());
      }
    }
    return new JsonObject().put("code", 200).put("data", names).putNull("msg");
  }

  JsonObject test(Params params, Account account) {
    requireTrading(account);
    exchange.check(account, order(params));
    return new JsonObject();
  }

  JsonObject place(Params params, Account account) {
    requireTrading(account);
    var order = exchange.place(account, order(params));
    var answer = acknowledgement(order).put("transactTime", order.time());
    return order.clientId() == null ? answer : answer.put("clientOrderId", order.clientId());
  }

  JsonArray placeBatch(Params params, Account account) {
    requireTrading(account);
    var given = batch(params.required("batchOrders"));
    if (given.isEmpty() || given.size() > MOST_BATCHED) {
      throw Refused.of(33333, "Parameter error: batchOrders must be 1 to 20 orders");
    }
    var symbols = new TreeSet<String>();
    given.forEach(one -> symbols.add(one.required("symbol")));
    if (symbols.size() > 1) {
      throw Refused.of(33333, "Parameter error: batchOrders must be of one symbol");
    }
    var answers = new JsonArray();
    for (var one : given) {
      answers.add(placeOne(one, account));
    }
    return answers;
  }

  private JsonObject placeOne(Params params, Account account) {
    var clientId = params.text("newClientOrderId");
    var answer = new JsonObject();
    if (clientId != null) {
      answer.put("newClientOrderId", clientId);
    }
    try {
      var order = exchange.place(account, order(params));
      return answer
          .put("symbol", order.rules().symbol())
          .put("orderId", order.id())
          .put("orderListId", -1);
    } catch (Refused e) {
      return answer.put("msg", e.text()).put("code", e.code());
    }
  }

  private static List<Params> batch(String text) {
    try {
      var orders = new ArrayList<Params>();
      for (var one : new JsonArray(text)) {
        if (!(one instanceof JsonObject order)) {
          throw Refused.of(33333, "Parameter error: batchOrders must be objects");
        }
        orders.add(new Params(order.getMap()));
      }
      return orders;
    } catch (DecodeException e) {
      throw Refused.of(33333, "Parameter error: batchOrders must be a JSON array");
    }
  }

  JsonObject cancel(Params params, Account account) {
    requireTrading(account);
    var order = find(params, account, -2011, "Unknown order sent.");
    // Told as it stood before: to be acknowledged is not to be cancelled.
    var answer = cancelled(order);
    exchange.cancel(order);
    return answer;
  }

  JsonArray cancelOpen(Params params, Account account) {
    requireTrading(account);
    var symbols = List.of(params.required("symbol").split(","));
    if (symbols.size() > MOST_CANCELLED_SYMBOLS) {
      throw Refused.of(33333, "Parameter error: at most 5 symbols");
    }
    symbols.forEach(exchange::market);
    var answers = new JsonArray();
    for (var order : account.openOrders()) {
      if (symbols.contains(order.rules().symbol())) {
        answers.add(cancelled(order));
        exchange.cancel(order);
      }
    }
    return answers;
  }

  JsonObject cancelAll(Account account) {
    requireTrading(account);
    account.openOrders().forEach(exchange::cancel);
    return new JsonObject().put("code", 0).put("msg", "success");
  }

  JsonObject query(Params params, Account account) {
    return json(find(params, account, -2013, "Order does not exist."));
  }

  JsonArray openOrders(Params params, Account account) {
    var symbol = params.text("symbol");
    if (symbol != null) {
      exchange.market(symbol);
    }
    var rows = new JsonArray();
    for (var order : account.openOrders()) {
      if (symbol == null || symbol.equals(order.rules().symbol())) {
        rows.add(json(order));
      }
    }
    return rows;
  }

  /// The latest first.
  JsonArray allOrders(Params params, Account account) {
    var symbol = exchange.market(params.required("symbol")).rules().symbol();
    var from = params.whole("startTime");
    var to = params.whole("endTime");
    long now = exchange.now();
    long earliest = from == null ? now - DAY : Math.max(from, now - 7 * DAY);
    int limit = params.limit(USUAL_ORDERS, MOST_ORDERS);
    var rows = new JsonArray();
    for (var order : new ArrayList<>(account.allOrders()).reversed()) {
      if (rows.size() < limit
          && order.rules().symbol().equals(symbol)
          && order.time() >= earliest
          && (to == null || order.time() <= to)) {
        rows.add(json(order));
      }
    }
    return rows;
  }

  JsonObject account(Account account) {
    var balances = new JsonArray();
    account
        .balances()
        .forEach((asset, balance) -> {
          if (!balance.isNone()) {
            balances.add(
                new JsonObject()
                    .put("asset", asset)
                    .put("free", plain(balance.free()))
                    .put("locked", plain(balance.locked())));
          }
        });
    return new JsonObject()
        .putNull("makerCommission")
        .putNull("takerCommission")
        .put("canTrade", account.config().canTrade())
        .put("canWithdraw", false)
        .put("canDeposit", false)
        .putNull("updateTime")
        .put("accountType", "SPOT")
        .put("balances", balances)
        .put("permissions", JsonArray.of("SPOT"));
  }

  /// The latest first.
  JsonArray myTrades(Params params, Account account) {
    var symbol = exchange.market(params.required("symbol")).rules().symbol();
    var orderId = params.text("orderId");
    var from = params.whole("startTime");
    var to = params.whole("endTime");
    long earliest = Math.max(from == null ? 0 : from, exchange.now() - MONTH);
    int limit = params.limit(MOST_TRADES, MOST_TRADES);
    var rows = new JsonArray();
    for (var trade : new ArrayList<>(account.trades()).reversed()) {
      if (rows.size() < limit
          && trade.order().rules().symbol().equals(symbol)
          && (orderId == null || orderId.equals(trade.order().id()))
          && trade.time() >= earliest
          && (to == null || trade.time() <= to)) {
        rows.add(json(trade));
      }
    }
    return rows;
  }

  JsonObject tradeFee(Params params) {
    var rules = exchange.market(params.required("symbol")).rules();
    return new JsonObject()
        .put(
            "data",
            new JsonObject()
                .put("makerCommission", rules.makerFee().toPlainString())
                .put("takerCommission", rules.takerFee().toPlainString()))
        .put("code", 0)
        .put("msg", "success")
        .put("timestamp", exchange.now());
  }

  /// The assets that there are, without any network to send them over.
  JsonArray assets() {
    var names = new TreeSet<String>();
    for (var market : exchange.markets()) {
      names.add(market.rules().base());
      names.add(market.rules().quote());
    }
    var rows = new JsonArray();
    names.forEach(name ->
        rows.add(
            new JsonObject()
                .put("coin", name)
                .put("name", name + " (simulated)")
                .put("networkList", new JsonArray())));
    return rows;
  }

  private static NewOrder order(Params params) {
    var side =
        switch (params.required("side")) {
          case "BUY" -> Side.BUY;
          case "SELL" -> Side.SELL;
          default -> throw Refused.of(33333, "Parameter error: side must be BUY or SELL");
        };
    var kind = OrderKind.named(params.required("type"));
    if (kind == null) {
      throw Refused.of(30041, "Unsupported order type");
    }
    boolean market = kind == OrderKind.MARKET;
    return new NewOrder(
        params.required("symbol"),
        side,
        kind,
        params.decimal("quantity"),
        market ? params.decimal("quoteOrderQty") : null,
        market ? null : params.decimal("price"),
        params.text("newClientOrderId"));
  }

  private SimulatedOrder find(Params params, Account account, int code, String unknown) {
    var symbol = exchange.market(params.required("symbol")).rules().symbol();
    var id = params.text("orderId");
    var clientId = params.text("origClientOrderId");
    if (id == null && clientId == null) {
      throw Refused.of(
          700004, "Param 'origClientOrderId' or 'orderId' must be sent, but both were empty/null!");
    }
    @Nullable SimulatedOrder order =
        id != null
            ? account.order(id)
            : account.orderByClientId(symbol, Objects.requireNonNull(clientId));
    if (order == null || !order.rules().symbol().equals(symbol)) {
      throw Refused.of(code, unknown);
    }
    return order;
  }

  private static void requireTrading(Account account) {
    if (!account.config().canTrade()) {
      throw Refused.of(700007, "No permission to access the endpoint");
    }
  }

  private static JsonObject acknowledgement(SimulatedOrder order) {
    return new JsonObject()
        .put("symbol", order.rules().symbol())
        .put("orderId", order.id())
        .put("orderListId", -1)
        .put("price", order.price().toPlainString())
        .put("origQty", order.quantity().toPlainString())
        .put("type", order.kind().name())
        .put("side", order.side().name());
  }

  private static JsonObject cancelled(SimulatedOrder order) {
    return json(order).put("origClientOrderId", order.clientId());
  }

  private static JsonObject json(SimulatedOrder order) {
    var quoteAmount = order.quoteAmount();
    return acknowledgement(order)
        .put("clientOrderId", order.clientId())
        .put("executedQty", order.executedQuantity().toPlainString())
        .put("cummulativeQuoteQty", order.executedAmount().toPlainString())
        .put("status", order.state().name())
        .putNull("timeInForce")
        .putNull("stopPrice")
        .putNull("icebergQty")
        .put("time", order.time())
        .put("updateTime", order.updateTime())
        .put("isWorking", !order.state().isFinal())
        .put("origQuoteOrderQty", quoteAmount == null ? "0" : quoteAmount.toPlainString());
  }

  private static JsonObject json(AccountTrade trade) {
    var order = trade.order();
    return new JsonObject()
        .put("symbol", order.rules().symbol())
        .put("id", trade.id())
        .put("orderId", order.id())
        .put("orderListId", -1)
        .put("price", trade.price().toPlainString())
        .put("qty", trade.quantity().toPlainString())
        .put("quoteQty", plain(trade.amount()))
        .put("commission", plain(trade.fee()))
        .put("commissionAsset", order.rules().quote())
        .put("time", trade.time())
        .put("isBuyer", order.side() == Side.BUY)
        .put("isMaker", trade.maker())
        .put("isBestMatch", true)
        .put("isSelfTrade", trade.selfTrade())
        .put("clientOrderId", order.clientId());
  }

  /// Without zeros at its end.
  static String plain(BigDecimal value) {
    return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
  }
}

package sandpiper.mexc.simulator;

import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.mexc.simulator.ContractOrder.Action;
import sandpiper.mexc.simulator.ContractOrder.Asked;
import sandpiper.mexc.simulator.ContractOrder.Kind;

/// What an account may ask of the futures.
final class FuturesTradingApi {
  private static final int MOST_CANCELLED = 50;
  private static final int USUAL_PAGE = 20;
  private static final int MOST_PAGE = 100;

  private final FuturesExchange exchange;

  FuturesTradingApi(FuturesExchange exchange) {
    this.exchange = exchange;
  }

  JsonObject place(String body, FuturesAccount account) {
    requireTrading(account);
    var order = exchange.trading().place(account, asked(object(body)));
    return new JsonObject().put("orderId", order.id()).put("ts", exchange.now());
  }

  private static Asked asked(JsonObject body) {
    var action = Action.numbered(whole(body, "side"));
    var kind = Kind.numbered(whole(body, "type"));
    long openType = whole(body, "openType");
    if (action == null || kind == null || (openType != 1 && openType != 2)) {
      throw Refused.of(600, "Parameter error: side, type or openType");
    }
    if (body.getValue("positionMode") != null && whole(body, "positionMode") != 1) {
      throw Refused.of(600, "Parameter error: positionMode must be 1");
    }
    var contracts = decimal(body, "vol");
    if (contracts == null) {
      throw Refused.of(600, "Parameter error: vol");
    }
    var externalId = body.getValue("externalOid");
    return new Asked(
        String.valueOf(body.getValue("symbol")),
        action,
        kind,
        contracts,
        decimal(body, "price"),
        openType == 1,
        body.getValue("leverage") == null ? null : (int) whole(body, "leverage"),
        externalId == null || externalId.toString().isEmpty() ? null : externalId.toString());
  }

  /// Each has an outcome of its own.
  JsonArray cancel(String body, FuturesAccount account) {
    requireTrading(account);
    JsonArray ids;
    try {
      ids = new JsonArray(body);
    } catch (DecodeException _) {
      throw Refused.of(600, "Parameter error: a list of order ids");
    }
    if (ids.isEmpty() || ids.size() > MOST_CANCELLED) {
      throw Refused.of(600, "Parameter error: 1 to 50 order ids");
    }
    var answers = new JsonArray();
    for (var each : ids) {
      var id = String.valueOf(each);
      var answer = new JsonObject().put("orderId", id);
      var order = account.order(id);
      try {
        if (order == null) {
          throw Refused.of(2040, "order not exist");
        }
        exchange.trading().cancel(order);
        answer.put("errorCode", 0).put("errorMsg", "success");
      } catch (Refused e) {
        answer.put("errorCode", e.code()).put("errorMsg", e.text());
      }
      answers.add(answer);
    }
    return answers;
  }

  /// Of one contract, or of all.
  JsonObject cancelAll(String body, FuturesAccount account) {
    requireTrading(account);
    var symbol = (body.isEmpty() ? new JsonObject() : object(body)).getValue("symbol");
    account.openOrders().stream()
        .filter(order -> symbol == null || order.asked.symbol().equals(symbol))
        .forEach(exchange.trading()::cancel);
    return new JsonObject();
  }

  JsonArray openOrders(String symbol, Params params, FuturesAccount account) {
    return page(
        account.openOrders().reversed().stream()
            .filter(order -> symbol.isEmpty() || order.asked.symbol().equals(symbol))
            .map(FuturesTradingApi::order)
            .toList(),
        params);
  }

  JsonObject orderById(String id, FuturesAccount account) {
    return order(found(account.order(id)));
  }

  JsonObject orderByExternalId(String symbol, String id, FuturesAccount account) {
    return order(found(account.orderByExternalId(symbol, id)));
  }

  private static ContractOrder found(@Nullable ContractOrder order) {
    if (order == null) {
      throw Refused.of(2040, "order not exist");
    }
    return order;
  }

  static JsonObject order(ContractOrder order) {
    return order.toJson(FuturesTrading.positionId(order));
  }

  /// The latest first.
  JsonArray deals(Params params, FuturesAccount account) {
    var symbol = params.text("symbol");
    return page(
        new ArrayList<>(account.deals())
            .reversed().stream()
                .filter(deal -> symbol == null || deal.order().asked.symbol().equals(symbol))
                .map(ContractDeal::toJson)
                .toList(),
        params);
  }

  JsonArray positions(Params params, FuturesAccount account) {
    var symbol = params.text("symbol");
    return new JsonArray(
        account.positions().stream()
            .filter(each -> symbol == null || each.contract.rules().symbol().equals(symbol))
            .map(Position::toJson)
            .toList());
  }

  JsonObject changeLeverage(String body, FuturesAccount account) {
    requireTrading(account);
    var asked = object(body);
    long id = whole(asked, "positionId");
    var position =
        account.positions().stream()
            .filter(each -> each.id() == id)
            .findFirst()
            .orElseThrow(() -> Refused.of(2009, "Position is not exists or closed"));
    exchange.trading().setLeverage(account, position, (int) whole(asked, "leverage"));
    return new JsonObject();
  }

  JsonArray assets(FuturesAccount account) {
    return new JsonArray(account.assets().stream().map(account::asset).toList());
  }

  private static void requireTrading(FuturesAccount account) {
    if (!account.owner().config().canTrade()) {
      throw Refused.of(703, "Requires trade write permission");
    }
  }

  private static JsonArray page(List<JsonObject> rows, Params params) {
    var number = params.whole("page_num");
    var size = params.whole("page_size");
    long most = size == null ? USUAL_PAGE : Math.clamp(size, 1, MOST_PAGE);
    long before = number == null ? 0 : Math.max(0, number - 1) * most;
    return new JsonArray(rows.stream().skip(before).limit(most).toList());
  }

  private static JsonObject object(String body) {
    try {
      return new JsonObject(body);
    } catch (DecodeException _) {
      throw Refused.of(600, "Parameter error: a JSON object");
    }
  }

  private static @Nullable BigDecimal decimal(JsonObject body, String name) {
    var value = body.getValue(name);
    try {
      return value == null ? null : new BigDecimal(value.toString());
    } catch (NumberFormatException _) {
      throw Refused.of(600, "Parameter error: " + name);
    }
  }

  private static long whole(JsonObject body, String name) {
    var value = decimal(body, name);
    try {
      if (value != null) {
        return value.longValueExact();
      }
    } catch (ArithmeticException _) {
      // Refused as one that is missing.
    }
    throw Refused.of(600, "Parameter error: " + name);
  }
}

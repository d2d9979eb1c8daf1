package sandpiper.mexc.simulator;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sandpiper.mexc.Signing;

/// The REST of the simulated exchange over real sockets.
@ExtendWith(VertxExtension.class)
class RestIT {
  private static final AccountConfig READER =
      new AccountConfig("key-reader", "secret-reader", Map.of("USDT", BigDecimal.TEN), false, null);
  private static final AccountConfig LIMITED =
      new AccountConfig(
          "key-limited",
          "secret-limited",
          Map.of("USDT", BigDecimal.TEN),
          true,
          List.of("BTCUSDT"));

  private TestClient alice;
  private TestClient bob;
  private TestClient reader;
  private TestClient limited;

  @BeforeEach
  void deploy(Vertx vertx) throws TimeoutException {
    int port =
        deploy(
            vertx,
            Samples.quiet(
                Map.of(Samples.SIM, BigDecimal.ZERO, Samples.BTC, BigDecimal.ZERO),
                Samples.ALICE,
                Samples.BOB,
                READER,
                LIMITED));
    alice = new TestClient(vertx, port, Samples.ALICE);
    bob = new TestClient(vertx, port, Samples.BOB);
    reader = new TestClient(vertx, port, READER);
    limited = new TestClient(vertx, port, LIMITED);
  }

  private static int deploy(Vertx vertx, SimulatorConfig config) throws TimeoutException {
    var exchange = new SimulatedExchange(config);
    vertx.deployVerticle(exchange).await(20, SECONDS);
    return exchange.port();
  }

  private static Map<String, Object> order(Object... more) {
    var order = new HashMap<String, Object>();
    order.put("symbol", "SIMUSDT");
    order.put("side", "BUY");
    order.put("type", "LIMIT");
    order.put("quantity", "1");
    order.put("price", "2");
    for (int i = 0; i < more.length; i += 2) {
      order.put((String) more[i], more[i + 1]);
    }
    return order;
  }

  @Test
  void theClockWindowIsOneSecondAheadAndFiveBehind() {
    alice.clockAhead = 1_500;
    assertThat(alice.signed(GET, "account", Map.of()).code()).isEqualTo(700003);
    alice.clockAhead = 900;
    assertThat(alice.signed(GET, "account", Map.of()).status()).isEqualTo(200);
    alice.clockAhead = -4_500;
    assertThat(alice.signed(GET, "account", Map.of()).status()).isEqualTo(200);
    alice.clockAhead = -5_500;
    var late = alice.signed(GET, "account", Map.of());
    assertThat(late.status()).isEqualTo(400);
    assertThat(late.code()).isEqualTo(700003);
    assertThat(alice.signed(GET, "account", Map.of("recvWindow", 10_000)).status()).isEqualTo(200);
    assertThat(alice.signed(GET, "account", Map.of("recvWindow", 60_001)).code()).isEqualTo(700005);
  }

  @Test
  void aSignatureCoversQueryAndBodyAsTheyAreSent() {
    var signing = new Signing(Samples.ALICE.secret());
    var query = "symbol=SIMUSDT&side=BUY&type=LIMIT";
    var body = "quantity=1&price=2&timestamp=" + System.currentTimeMillis();
    var signature = signing.sign(query, body);
    var uri = "/api/v3/order/test?" + query;
    var json = "application/json";
    var key = Samples.ALICE.key();
    assertThat(alice.raw(POST, uri, key, json, body + "&signature=" + signature).status())
        .isEqualTo(200);
    var upper = signature.toUpperCase(Locale.ROOT);
    assertThat(alice.raw(POST, uri, key, json, body + "&signature=" + upper).code())
        .isEqualTo(700002);
    var other = body.replace("price=2", "price=3");
    assertThat(alice.raw(POST, uri, key, json, other + "&signature=" + signature).code())
        .isEqualTo(700002);
    assertThat(alice.raw(POST, uri, key, json, body).code()).isEqualTo(700002);
    assertThat(alice.raw(POST, uri, null, json, body + "&signature=" + signature).code())
        .isEqualTo(400);
    assertThat(alice.raw(POST, uri, "nobody", json, body + "&signature=" + signature).code())
        .isEqualTo(10072);
    assertThat(alice.raw(POST, uri, key, "text/plain", body + "&signature=" + signature).code())
        .isEqualTo(700013);
  }

  @Test
  void escapesAreInCapitals() {
    var signing = new Signing(Samples.ALICE.secret());
    for (var comma : List.of("%2C", "%2c")) {
      var query = "symbol=SIMUSDT" + comma + "BTCUSDT&timestamp=" + System.currentTimeMillis();
      var answer =
          alice.raw(
              DELETE,
              "/api/v3/openOrders?" + query + "&signature=" + signing.sign(query, ""),
              Samples.ALICE.key(),
              "application/json",
              "");
      assertThat(answer.status()).isEqualTo(comma.equals("%2C") ? 200 : 400);
    }
  }

  @Test
  void aTestOrderIsCheckedAndDoesNothing() {
    assertThat(alice.signed(POST, "order/test", order()).object()).isEqualTo(new JsonObject());
    assertThat(alice.signed(POST, "order/test", order("price", "0.1")).code()).isEqualTo(30002);
    assertThat(alice.signed(GET, "openOrders", Map.of()).array()).isEmpty();
  }

  @Test
  void refusalsBearTheCodesOfTheExchange() {
    assertThat(alice.signed(POST, "order", order("symbol", "NONEUSDT")).code()).isEqualTo(-1121);
    assertThat(alice.signed(POST, "order", order("side", "HOLD")).code()).isEqualTo(33333);
    assertThat(alice.signed(POST, "order", order("type", "STOP_LOSS")).code()).isEqualTo(30041);
    assertThat(alice.signed(POST, "order", order("quantity", "1e3")).code()).isEqualTo(33333);
    assertThat(alice.signed(POST, "order", order("quantity", "")).code()).isEqualTo(44444);
    assertThat(alice.signed(POST, "order", order("price", "0.5")).object().getString("msg"))
        .isEqualTo("The minimum transaction volume cannot be less than：1USDT");
    assertThat(reader.signed(POST, "order", order()).code()).isEqualTo(700007);
    assertThat(limited.signed(POST, "order", order()).code()).isEqualTo(10007);
    assertThat(alice.signed(DELETE, "order", Map.of("symbol", "SIMUSDT")).code()).isEqualTo(700004);
    assertThat(
            alice.signed(DELETE, "order", Map.of("symbol", "SIMUSDT", "orderId", "C02__1")).code())
        .isEqualTo(-2011);
    assertThat(alice.signed(GET, "order", Map.of("symbol", "SIMUSDT", "orderId", "C02__1")).code())
        .isEqualTo(-2013);
    assertThat(alice.get("klines", Map.of("symbol", "SIMUSDT", "interval", "1h")).code())
        .isEqualTo(-1121);
    assertThat(alice.get("nothing", Map.of()).status()).isEqualTo(404);
    var id = alice.place("SIMUSDT", "BUY", "1", "2");
    assertThat(bob.signed(DELETE, "order", Map.of("symbol", "SIMUSDT", "orderId", id)).code())
        .isEqualTo(-2011);
  }

  @Test
  void anAcknowledgedCancelTellsHowTheOrderStoodBefore() {
    var placed = alice.signed(POST, "order", order("newClientOrderId", "mine-1")).object();
    var cancelled =
        alice
            .signed(DELETE, "order", Map.of("symbol", "SIMUSDT", "origClientOrderId", "mine-1"))
            .object();
    assertThat(cancelled.getString("status")).isEqualTo("NEW");
    assertThat(cancelled.getString("origClientOrderId")).isEqualTo("mine-1");
    var order = alice.order("SIMUSDT", placed.getString("orderId"));
    assertThat(order.getString("status")).isEqualTo("CANCELED");
    assertThat(order.getString("clientOrderId")).isEqualTo("mine-1");
    assertThat(order.getBoolean("isWorking")).isFalse();
  }

  @Test
  void aBatchIsAnsweredOrderByOrder() {
    var orders =
        new JsonArray()
            .add(new JsonObject(order("newClientOrderId", "b-1")))
            .add(new JsonObject(order("newClientOrderId", "b-2", "price", "0.1")));
    var answers = alice.signed(POST, "batchOrders", Map.of("batchOrders", orders)).array();
    assertThat(answers.getJsonObject(0).getString("orderId")).startsWith("C02__");
    assertThat(answers.getJsonObject(0).getString("newClientOrderId")).isEqualTo("b-1");
    assertThat(answers.getJsonObject(1).getInteger("code")).isEqualTo(30002);
    assertThat(answers.getJsonObject(1).getString("newClientOrderId")).isEqualTo("b-2");
    assertThat(alice.signed(POST, "batchOrders", Map.of("batchOrders", "[1]")).code())
        .isEqualTo(33333);
    var open = alice.signed(DELETE, "openOrders", Map.of("symbol", "SIMUSDT")).array();
    assertThat(open).hasSize(1);
    alice.place("SIMUSDT", "BUY", "1", "2");
    assertThat(alice.signed(DELETE, "order/all", Map.of()).code()).isZero();
    assertThat(alice.signed(GET, "openOrders", Map.of()).array()).isEmpty();
    assertThat(alice.signed(GET, "allOrders", Map.of("symbol", "SIMUSDT")).array()).hasSize(2);
  }

  @Test
  void whatIsPublicTellsWhatWasTraded() {
    alice.place("SIMUSDT", "SELL", "2", "2.5");
    alice.place("SIMUSDT", "SELL", "3", "2.6");
    bob.place("SIMUSDT", "BUY", "3", "2.6");
    var depth = alice.get("depth", Map.of("symbol", "SIMUSDT")).object();
    assertThat(depth.getJsonArray("asks").encode()).isEqualTo("[[\"2.6000\",\"2.00\"]]");
    assertThat(depth.getJsonArray("bids")).isEmpty();
    var trades = alice.get("trades", Map.of("symbol", "SIMUSDT")).array();
    assertThat(trades).hasSize(2);
    var latest = trades.getJsonObject(0);
    assertThat(latest.getString("price")).isEqualTo("2.6000");
    assertThat(latest.getString("qty")).isEqualTo("1.00");
    assertThat(latest.getBoolean("isBuyerMaker")).isFalse();
    assertThat(latest.getString("tradeType")).isEqualTo("BID");
    assertThat(latest.getValue("id")).isNull();
    var aggregated = alice.get("aggTrades", Map.of("symbol", "SIMUSDT")).array();
    assertThat(aggregated.getJsonObject(0).getString("p")).isEqualTo("2.5000");
    var kline =
        alice.get("klines", Map.of("symbol", "SIMUSDT", "interval", "60m")).array().getJsonArray(0);
    assertThat(kline.encode()).contains("\"2.5000\",\"2.6000\",\"2.5000\",\"2.6000\",\"3.00\"");
    assertThat(kline.getLong(6)).isEqualTo(kline.getLong(0) + 3_600_000);
    assertThat(kline.getString(7)).isEqualTo("7.600000");
    // 7.6 / 3 = 2.53333…
    assertThat(alice.get("avgPrice", Map.of("symbol", "SIMUSDT")).object().getString("price"))
        .isEqualTo("2.5333");
    var ticker = alice.get("ticker/24hr", Map.of("symbol", "SIMUSDT")).object();
    assertThat(ticker.getString("priceChange")).isEqualTo("0.1000");
    assertThat(ticker.getString("priceChangePercent")).isEqualTo("0.0400");
    assertThat(ticker.getString("bidQty")).isEmpty();
    assertThat(ticker.getString("askQty")).isEqualTo("2.00");
    assertThat(alice.get("ticker/price", Map.of()).array()).hasSize(2);
    assertThat(
            alice
                .get("ticker/bookTicker", Map.of("symbol", "SIMUSDT"))
                .object()
                .getString("askPrice"))
        .isEqualTo("2.6000");
  }

  @Test
  void anAccountSeesItsOwnTradesAndFees() {
    var sold = alice.place("SIMUSDT", "SELL", "2", "2.5");
    bob.place("SIMUSDT", "BUY", "2", "2.5");
    var trade =
        alice
            .signed(GET, "myTrades", Map.of("symbol", "SIMUSDT", "orderId", sold))
            .array()
            .getJsonObject(0);
    assertThat(trade.getString("commission")).isEqualTo("0.001");
    assertThat(trade.getString("commissionAsset")).isEqualTo("USDT");
    assertThat(trade.getBoolean("isMaker")).isTrue();
    assertThat(trade.getString("quoteQty")).isEqualTo("5");
    var fee = alice.signed(GET, "tradeFee", Map.of("symbol", "SIMUSDT")).object();
    assertThat(fee.getJsonObject("data").getString("takerCommission")).isEqualTo("0.001");
    assertThat(limited.signed(GET, "selfSymbols", Map.of()).object().getJsonArray("data"))
        .containsExactly("BTCUSDT");
    assertThat(alice.get("defaultSymbols", Map.of()).object().getJsonArray("data")).hasSize(2);
    assertThat(bob.signed(GET, "account", Map.of()).object().getJsonArray("balances"))
        .contains(new JsonObject().put("asset", "USDT").put("free", "9994.995").put("locked", "0"));
  }

  @Test
  void listenKeysAreOfOneAccountAndEnd() {
    var key = alice.listenKey();
    assertThat(key).hasSize(64);
    assertThat(alice.signed(GET, "userDataStream", Map.of()).object().getJsonArray("listenKey"))
        .containsExactly(key);
    assertThat(alice.signed(PUT, "userDataStream", Map.of("listenKey", key)).status())
        .isEqualTo(200);
    assertThat(bob.signed(PUT, "userDataStream", Map.of("listenKey", key)).code())
        .isEqualTo(730708);
    assertThat(alice.signed(DELETE, "userDataStream", Map.of("listenKey", key)).status())
        .isEqualTo(200);
    assertThat(alice.signed(PUT, "userDataStream", Map.of("listenKey", key)).code())
        .isEqualTo(730708);
  }

  @Test
  void whoAsksTooMuchIsToldToWait(Vertx vertx) throws TimeoutException {
    var limits = new Limits(500, 20, 3, 2, 2, 7);
    int port = deploy(vertx, Samples.config(limits, 20, InstantSource.system()));
    var hasty = new TestClient(vertx, port, Samples.ALICE);
    var refused = new ArrayList<TestClient.Answer>();
    for (int i = 0; i < 8 && refused.isEmpty(); i++) {
      var answer = hasty.signed(POST, "order", order());
      if (answer.status() == 429) {
        refused.add(answer);
      }
    }
    assertThat(refused).hasSize(1);
    assertThat(refused.getFirst().retryAfter()).isEqualTo("7");
    assertThat(refused.getFirst().code()).isEqualTo(429);
    int open = hasty.signed(GET, "openOrders", Map.of()).array().size();
    assertThat(open).as("what was refused was not done").isBetween(3, 6);
  }

  @AfterEach
  void undeploy(Vertx vertx) {
    Samples.undeploy(vertx);
  }
}

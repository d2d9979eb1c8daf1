package sandpiper.mexc.simulator;

import static io.vertx.core.http.HttpMethod.GET;
import static io.vertx.core.http.HttpMethod.POST;
import static io.vertx.core.http.HttpMethod.PUT;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sandpiper.mexc.wire.PushDataV3ApiWrapper;

/// Each fault goes wrong as it is asked to, and no more often.
@ExtendWith(VertxExtension.class)
class FaultsIT {
  private static final String SIM = "SIMUSDT";
  private static final String DEPTH = "spot@public.aggre.depth.v3.api.pb@10ms@SIMUSDT";

  private TestClient alice;
  private TestClient bob;

  @BeforeEach
  void deploy(Vertx vertx) throws TimeoutException {
    var exchange =
        new SimulatedExchange(
            Samples.quiet(
                Map.of(Samples.SIM, BigDecimal.ZERO, Samples.BTC, BigDecimal.ZERO),
                Samples.ALICE,
                Samples.BOB));
    vertx.deployVerticle(exchange).await(20, SECONDS);
    alice = new TestClient(vertx, exchange.port(), Samples.ALICE);
    bob = new TestClient(vertx, exchange.port(), Samples.BOB);
  }

  private void fault(Object... namesAndValues) {
    assertThat(alice.fault(namesAndValues).status()).isEqualTo(200);
  }

  private static Map<String, Object> order(String clientId) {
    return Map.of(
        "symbol", SIM,
        "side", "BUY",
        "type", "LIMIT",
        "quantity", "1",
        "price", "2",
        "newClientOrderId", clientId);
  }

  private JsonArray openOrders() {
    return alice.signed(GET, "openOrders", Map.of()).array();
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / 1e9;
  }

  @Test
  void latencyHoldsAnAnswerBackThatIsDone() {
    fault("name", "latency", "endpoint", "POST /api/v3/order", "millis", 1_500, "count", 1);
    var late = alice.beginSigned(POST, "order", order("late"));
    for (int i = 0; i < 100 && openOrders().isEmpty(); i++) {
      assertThat(late.isComplete()).isFalse();
    }
    assertThat(openOrders()).as("it works already").hasSize(1);
    assertThat(late.isComplete()).isFalse();
    assertThat(seconds(() -> late.await())).isBetween(0.3, 5.0);
    assertThat(seconds(() -> alice.signed(POST, "order", order("prompt")))).isLessThan(1.4);
  }

  @Test
  void anErrorOfTheServerCanHideThatTheOrderWasTaken() {
    fault("name", "server-error", "endpoint", "POST /api/v3/order", "status", 504);
    assertThat(alice.signed(POST, "order", order("taken")).status()).isEqualTo(504);
    var taken =
        alice.signed(GET, "order", Map.of("symbol", SIM, "origClientOrderId", "taken")).object();
    assertThat(taken.getString("status")).isEqualTo("NEW");
  }

  @Test
  void anErrorOfTheServerCanBeOne() {
    fault("name", "server-error", "endpoint", "POST /api/v3/order", "accepted", false);
    assertThat(alice.signed(POST, "order", order("lost")).status()).isEqualTo(503);
    assertThat(
            alice.signed(GET, "order", Map.of("symbol", SIM, "origClientOrderId", "lost")).code())
        .isEqualTo(-2013);
    assertThat(openOrders()).isEmpty();
    assertThat(alice.signed(POST, "order", order("lost")).status()).isEqualTo(200);
  }

  @Test
  void tooManyRequestsAreToldWhenToComeAgain() {
    fault("name", "rate-limit", "endpoint", "GET /api/v3/depth", "retryAfter", 9, "count", 2);
    for (int i = 0; i < 2; i++) {
      var answer = alice.get("depth", Map.of("symbol", SIM));
      assertThat(answer.status()).isEqualTo(429);
      assertThat(answer.retryAfter()).isEqualTo("9");
    }
    assertThat(alice.get("depth", Map.of("symbol", SIM)).status()).isEqualTo(200);
  }

  @Test
  void socketsAreDroppedWithoutAGoodbye() {
    var open = alice.connect(null).subscribe(DEPTH);
    var hers = alice.connect(alice.listenKey()).subscribe(Channel.ORDERS);
    fault("name", "drop-sockets", "sockets", "private");
    assertThat(hers.closesWithin(3_000)).isTrue();
    assertThat(hers.closeStatus()).isNotEqualTo((short) 1000);
    assertThat(open.closesWithin(200)).isFalse();
    fault("name", "drop-sockets");
    assertThat(open.closesWithin(3_000)).isTrue();
  }

  @Test
  void aHalfOpenSocketStaysOpenAndSaysNothing() {
    var socket = alice.connect(null).subscribe(DEPTH);
    fault("name", "half-open-sockets");
    alice.place(SIM, "BUY", "1", "2");
    socket.send("{\"method\":\"PING\"}");
    assertThat(socket.next(1_000)).isNull();
    assertThat(socket.closesWithin(0)).isFalse();
    var next = alice.connect(null).subscribe(DEPTH);
    alice.place(SIM, "BUY", "1", "2");
    assertThat(next.frame().hasPublicAggreDepths()).isTrue();
  }

  @Test
  void garbageIsBytesAndTextThatNobodyCanRead() {
    var socket = alice.connect(null).subscribe(DEPTH);
    fault("name", "garbage", "count", 2);
    for (int i = 0; i < 2; i++) {
      var bytes = (Buffer) Objects.requireNonNull(socket.next(3_000), "no garbage came");
      assertThatThrownBy(() -> PushDataV3ApiWrapper.parseFrom(bytes.getBytes()))
          .isInstanceOf(InvalidProtocolBufferException.class);
      assertThat(socket.text()).isEqualTo("{\"id\":");
    }
    alice.place(SIM, "BUY", "1", "2");
    assertThat(socket.frame().hasPublicAggreDepths()).isTrue();
  }

  @Test
  void aGapInTheDepthIsMissedOutAndVersionsGoOn() {
    var socket = alice.connect(null).subscribe(DEPTH);
    alice.place(SIM, "BUY", "1", "2");
    long last = Long.parseLong(socket.frame().getPublicAggreDepths().getToVersion());
    fault("name", "depth-gap", "symbol", SIM);
    alice.place(SIM, "BUY", "1", "2.1");
    assertThat(socket.next(300)).isNull();
    alice.place(SIM, "BUY", "1", "2.2");
    var next = socket.frame().getPublicAggreDepths();
    assertThat(Long.parseLong(next.getFromVersion())).isEqualTo(last + 2);
    assertThat(next.getBidsList()).hasSize(1);
    assertThat(alice.get("depth", Map.of("symbol", SIM)).object().getJsonArray("bids")).hasSize(3);
  }

  @Test
  void aFillIsToldTwiceAndDoneOnce() {
    var hers = alice.connect(alice.listenKey()).subscribe(Channel.PRIVATE_DEALS);
    bob.place(SIM, "BUY", "2", "2");
    fault("name", "duplicate-fill", "symbol", SIM);
    // The taker's fill is told first, so it is hers that comes twice.
    alice.place(SIM, "SELL", "1", "2");
    var first = hers.frame();
    assertThat(hers.frame()).isEqualTo(first);
    alice.place(SIM, "SELL", "1", "2");
    assertThat(hers.frames(300)).hasSize(1);
    assertThat(alice.signed(GET, "myTrades", Map.of("symbol", SIM)).array()).hasSize(2);
  }

  @Test
  void aFillIsToldLongAfterTheOrder() {
    var hers = alice.connect(alice.listenKey());
    hers.subscribe(Channel.ORDERS, Channel.PRIVATE_DEALS);
    bob.place(SIM, "BUY", "1", "2");
    fault("name", "late-fill", "symbol", SIM, "millis", 800);
    alice.place(SIM, "SELL", "1", "2");
    assertThat(hers.frame().getPrivateOrders().getStatus()).isEqualTo(1);
    assertThat(hers.frame().getPrivateOrders().getStatus()).isEqualTo(2);
    assertThat(hers.next(300)).isNull();
    assertThat(hers.frame().getPrivateDeals().getQuantity()).isEqualTo("1.00");
  }

  @Test
  void listenKeysExpireAndTheirSocketsClose() {
    var key = alice.listenKey();
    var hers = alice.connect(key).subscribe(Channel.ORDERS);
    var open = alice.connect(null).subscribe(DEPTH);
    fault("name", "expire-listen-keys");
    assertThat(hers.closesWithin(3_000)).isTrue();
    assertThat(alice.signed(PUT, "userDataStream", Map.of("listenKey", key)).code())
        .isEqualTo(730708);
    assertThat(alice.connect(key).text()).isEqualTo("Invalid listen key");
    assertThat(open.closesWithin(0)).isFalse();
    alice.connect(alice.listenKey()).subscribe(Channel.ORDERS);
  }

  @Test
  void anOrderThatFillsInPartIsCancelled() {
    bob.place(SIM, "SELL", "10", "2");
    fault("name", "partial-cancel", "symbol", SIM, "share", 0.3);
    var taker = alice.order(SIM, alice.place(SIM, "BUY", "10", "2"));
    assertThat(taker.getString("status")).isEqualTo("PARTIALLY_CANCELED");
    assertThat(taker.getString("executedQty")).isEqualTo("3.00");

    fault("name", "partial-cancel", "symbol", SIM);
    var id = alice.place(SIM, "BUY", "10", "1.5");
    assertThat(alice.order(SIM, id).getString("status")).isEqualTo("NEW");
    bob.place(SIM, "SELL", "4", "1.5");
    var maker = alice.order(SIM, id);
    assertThat(maker.getString("status")).isEqualTo("PARTIALLY_CANCELED");
    assertThat(maker.getString("executedQty")).isEqualTo("4.00");

    var whole = alice.order(SIM, alice.place(SIM, "BUY", "7", "2"));
    assertThat(whole.getString("status")).isEqualTo("FILLED");
    assertThat(balance("locked")).isEqualTo("0");
  }

  private String balance(String what) {
    var balances = alice.signed(GET, "account", Map.of()).object().getJsonArray("balances");
    for (int i = 0; i < balances.size(); i++) {
      if (balances.getJsonObject(i).getString("asset").equals("USDT")) {
        return balances.getJsonObject(i).getString(what);
      }
    }
    throw new AssertionError("no USDT");
  }

  @Test
  void aSymbolGoesOfflineAndComesBack() {
    var id = alice.place(SIM, "BUY", "1", "2");
    fault("name", "symbol-offline", "symbol", SIM);
    assertThat(alice.signed(POST, "order", order("x")).code()).isEqualTo(30016);
    var info = alice.get("exchangeInfo", Map.of("symbol", SIM)).object();
    assertThat(info.getJsonArray("symbols").getJsonObject(0).getString("status")).isEqualTo("3");
    var offline = alice.get("symbol/offline", Map.of()).object().getJsonArray("data");
    assertThat(offline.getJsonObject(0).getString("symbol")).isEqualTo(SIM);
    assertThat(offline.getJsonObject(0).getLong("offlineTime")).isPositive();
    assertThat(alice.order(SIM, id).getString("status")).isEqualTo("NEW");
    fault("name", "symbol-offline", "symbol", SIM, "symbolStatus", "PAUSED");
    assertThat(alice.signed(POST, "order", order("x")).code()).isEqualTo(30000);
    assertThat(alice.clearFaults().status()).isEqualTo(200);
    assertThat(alice.signed(POST, "order", order("x")).status()).isEqualTo(200);
  }

  @Test
  void whatWaitsIsListedAndCleared() {
    fault("name", "latency", "count", 3);
    fault("name", "depth-gap", "symbol", SIM);
    var list = alice.raw(GET, "/simulator/faults", null, "application/json", "").object();
    assertThat(list.getJsonArray("faults").getJsonObject(0))
        .isEqualTo(
            new JsonObject()
                .put("name", "latency")
                .putNull("symbol")
                .putNull("endpoint")
                .put("left", 3));
    assertThat(list.getJsonArray("faults")).hasSize(2);
    assertThat(alice.clearFaults().object().getJsonArray("faults")).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"name\":\"flood\"}           | name must be one of latency",
        "{\"nam\":\"latency\"}          | unknown [nam]; allowed",
        "{\"name\":\"latency\",\"count\":0} | count must be a whole number from 1 to 1000000, was 0",
        "{\"name\":\"latency\",\"count\":\"x\"} | count must be a number, was x",
        "{\"name\":\"server-error\",\"status\":200} | status must be a whole number from 500 to 599",
        "{\"name\":\"drop-sockets\",\"sockets\":\"some\"} | sockets must be all, public or private",
        "{\"name\":\"partial-cancel\",\"share\":1} | share must be from 0 to below 1, was 1.0",
        "{\"name\":\"symbol-offline\"}  | symbol must be named for symbol-offline",
        "{\"name\":\"symbol-offline\",\"symbol\":\"X\"} | Invalid symbol",
        "nonsense                       | a fault is a JSON object"
      })
  void whatIsNotUnderstoodIsRefused(String body, String message) {
    var answer = alice.raw(POST, "/simulator/faults", null, "application/json", body);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.object().getString("msg")).contains(message);
  }

  @AfterEach
  void undeploy(Vertx vertx) {
    Samples.undeploy(vertx);
  }
}

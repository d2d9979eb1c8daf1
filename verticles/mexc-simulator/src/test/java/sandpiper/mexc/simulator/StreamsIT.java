package sandpiper.mexc.simulator;

import static io.vertx.core.http.HttpMethod.DELETE;
import static io.vertx.core.http.HttpMethod.PUT;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.junit5.VertxExtension;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sandpiper.mexc.wire.PushDataV3ApiWrapper;

/// The WebSocket of the simulated exchange: subscriptions, and what is told.
@ExtendWith(VertxExtension.class)
class StreamsIT {
  private static final String DEALS = "spot@public.aggre.deals.v3.api.pb@10ms@SIMUSDT";
  private static final String DEPTH = "spot@public.aggre.depth.v3.api.pb@10ms@SIMUSDT";
  private static final String KLINE = "spot@public.kline.v3.api.pb@SIMUSDT@Month1";

  private final AtomicLong ahead = new AtomicLong();
  private TestClient alice;
  private TestClient bob;

  /// The exchange's clock can be set forward.
  @BeforeEach
  void deploy(Vertx vertx) throws TimeoutException {
    var config = Samples.config(Limits.NONE, 20, () -> Instant.now().plusMillis(ahead.get()));
    var exchange = new SimulatedExchange(config);
    vertx.deployVerticle(exchange).await(20, SECONDS);
    alice = new TestClient(vertx, exchange.port(), Samples.ALICE);
    bob = new TestClient(vertx, exchange.port(), Samples.BOB);
  }

  private void setForward(long millis) {
    ahead.addAndGet(millis);
    alice.clockAhead += millis;
    bob.clockAhead += millis;
  }

  private static String message(String method, List<String> channels) {
    return new JsonObject()
        .put("method", method)
        .put("params", new JsonArray(channels))
        .put("id", 7)
        .toString();
  }

  private static String acknowledgement(String text) {
    return new JsonObject().put("id", 7).put("code", 0).put("msg", text).toString();
  }

  @Test
  void whatIsRefusedIsToldApartFromWhatIsNot() {
    var socket = alice.connect(null);
    socket.send(
        message(
            "SUBSCRIPTION",
            List.of(
                DEALS,
                "spot@public.deals.v3.api.pb@SIMUSDT",
                "spot@public.limit.depth.v3.api.pb@NONEUSDT@5",
                "spot@private.orders.v3.api.pb")));
    assertThat(socket.text()).isEqualTo(acknowledgement(DEALS));
    assertThat(socket.text())
        .isEqualTo(
            acknowledgement(
                "Not Subscribed successfully! [spot@public.deals.v3.api.pb@SIMUSDT].  Reason："
                    + " Blocked! "));
    assertThat(socket.text()).contains("NONEUSDT@5].  Reason： Invalid symbol! ");
    assertThat(socket.text()).contains("private.orders.v3.api.pb].  Reason： No listen key! ");
    socket.send(message("UNSUBSCRIPTION", List.of(DEALS)));
    assertThat(socket.text()).isEqualTo(acknowledgement(DEALS));
    alice.place("SIMUSDT", "SELL", "1", "2");
    bob.place("SIMUSDT", "BUY", "1", "2");
    assertThat(socket.next(300)).isNull();
  }

  @Test
  void pingsOfBothSpellingsAreAnswered() {
    var socket = alice.connect(null);
    for (var ping : List.of("PING", "ping")) {
      socket.send("{\"method\":\"" + ping + "\"}");
      assertThat(socket.text()).isEqualTo("{\"id\":0,\"code\":0,\"msg\":\"PONG\"}");
    }
    socket.send("not JSON");
    assertThat(socket.text()).contains("msg must be a JSON object");
  }

  @Test
  void thirtySubscriptionsAreTheMost() {
    var socket = alice.connect(null);
    var channels = new ArrayList<String>();
    for (var rate : List.of("10ms", "100ms")) {
      for (var what : List.of("deals", "depth", "bookTicker")) {
        for (var symbol : List.of("SIMUSDT", "BTCUSDT")) {
          channels.add("spot@public.aggre." + what + ".v3.api.pb@" + rate + "@" + symbol);
        }
      }
    }
    for (var interval : KlineInterval.values()) {
      for (var symbol : List.of("SIMUSDT", "BTCUSDT")) {
        channels.add("spot@public.kline.v3.api.pb@" + symbol + "@" + interval.streamName());
      }
    }
    assertThat(channels).hasSizeGreaterThan(30);
    socket.send(message("SUBSCRIPTION", channels));
    assertThat(new JsonObject(socket.text()).getString("msg").split(",")).hasSize(30);
    assertThat(socket.text()).contains("At most 30 subscriptions");
  }

  @Test
  void tradesAndBookAreTold() {
    alice.place("SIMUSDT", "SELL", "5", "2.5");
    var socket = alice.connect(null);
    socket.subscribe(DEALS, DEPTH, KLINE);
    bob.place("SIMUSDT", "BUY", "2", "2.6");
    var deals = socket.frame(each -> each.hasPublicAggreDeals());
    assertThat(deals.getChannel()).isEqualTo(DEALS);
    assertThat(deals.getSymbol()).isEqualTo("SIMUSDT");
    var deal = deals.getPublicAggreDeals().getDeals(0);
    assertThat(deal.getPrice() + " " + deal.getQuantity() + " " + deal.getTradeType())
        .isEqualTo("2.5000 2.00 1");
    bob.place("SIMUSDT", "BUY", "3", "2.5");
    var gone = socket.frame(each -> each.hasPublicAggreDepths() && isGone(each));
    assertThat(gone.getPublicAggreDepths().getAsks(0).getPrice()).isEqualTo("2.5000");
    var kline =
        socket
            .frame(each ->
                each.hasPublicSpotKline() && each.getPublicSpotKline().getVolume().equals("5.00"))
            .getPublicSpotKline();
    assertThat(kline.getInterval()).isEqualTo("Month1");
    assertThat(kline.getAmount()).isEqualTo("12.500000");
    assertThat(Instant.ofEpochSecond(kline.getWindowStart()).toString()).endsWith("-01T00:00:00Z");
  }

  private static boolean isGone(PushDataV3ApiWrapper frame) {
    var depth = frame.getPublicAggreDepths();
    return depth.getAsksCount() == 1 && depth.getAsks(0).getQuantity().equals("0.00");
  }

  @Test
  void wholeBooksAndTickersAreTold() {
    var socket = alice.connect(null);
    socket.subscribe(
        "spot@public.limit.depth.v3.api.pb@SIMUSDT@5",
        "spot@public.aggre.bookTicker.v3.api.pb@100ms@SIMUSDT",
        "spot@public.bookTicker.batch.v3.api.pb@SIMUSDT",
        "spot@public.miniTicker.v3.api.pb@SIMUSDT@24H",
        "spot@public.miniTickers.v3.api.pb@24H");
    for (int i = 1; i <= 6; i++) {
      alice.place("SIMUSDT", "BUY", Integer.toString(i), "1." + i);
    }
    var book =
        socket
            .frame(each ->
                each.hasPublicLimitDepths()
                    && each.getPublicLimitDepths().getBidsCount() == 5
                    && each.getPublicLimitDepths().getBids(0).getPrice().equals("1.6000"))
            .getPublicLimitDepths();
    assertThat(book.getBids(4).getPrice()).isEqualTo("1.2000");
    var best =
        socket
            .frame(each ->
                each.hasPublicAggreBookTicker()
                    && each.getPublicAggreBookTicker().getBidPrice().equals("1.6000"))
            .getPublicAggreBookTicker();
    assertThat(best.getBidQuantity()).isEqualTo("6.00");
    assertThat(best.getVersion()).isEqualTo(book.getVersion());
    var batch = socket.frame(each -> each.hasPublicBookTickerBatch());
    assertThat(batch.getPublicBookTickerBatch().getItemsCount()).isOne();
    assertThat(socket.frame(each -> each.hasPublicMiniTicker()).getSymbol()).isEqualTo("SIMUSDT");
    var all = socket.frame(each -> each.hasPublicMiniTickers()).getPublicMiniTickers();
    assertThat(all.getItemsCount()).isEqualTo(2);
    assertThat(all.getItems(0).getSymbol()).isEqualTo("BTCUSDT");
    assertThat(Double.parseDouble(all.getItems(0).getPrice())).isPositive();
  }

  @Test
  void anAccountHearsOfItselfAndOfNobodyElse() {
    var hers = alice.connect(alice.listenKey());
    hers.subscribe(Channel.ORDERS, Channel.PRIVATE_DEALS, Channel.ACCOUNT);
    var his = bob.connect(bob.listenKey());
    his.subscribe(Channel.ORDERS, Channel.PRIVATE_DEALS, Channel.ACCOUNT);
    var id = alice.place("SIMUSDT", "SELL", "10", "2.5");
    var placed = hers.frame().getPrivateOrders();
    assertThat(placed.getId()).isEqualTo(id);
    assertThat(placed.getStatus()).isEqualTo(1);
    assertThat(placed.getRemainQuantity()).isEqualTo("10.00");
    assertThat(placed.getAmount()).isEqualTo("25");
    var locked = hers.frame().getPrivateAccount();
    assertThat(locked.getVcoinName() + " " + locked.getFrozenAmount() + " " + locked.getType())
        .isEqualTo("SIM 10 ENTRUST_PLACE");
    assertThat(locked.getBalanceAmountChange()).isEqualTo("-10");
    assertThat(his.next(200)).isNull();

    bob.place("SIMUSDT", "BUY", "4", "2.5");
    var deal = hers.frame(each -> each.hasPrivateDeals());
    assertThat(deal.getSymbol()).isEqualTo("SIMUSDT");
    assertThat(deal.getPrivateDeals().getOrderId()).isEqualTo(id);
    assertThat(deal.getPrivateDeals().getFeeAmount()).isEqualTo("0.002");
    assertThat(deal.getPrivateDeals().getIsMaker()).isTrue();
    var part = hers.frame(each -> each.hasPrivateOrders()).getPrivateOrders();
    assertThat(part.getStatus()).isEqualTo(3);
    assertThat(part.getLastDealQuantity()).isEqualTo("4.00");
    assertThat(part.getAvgPrice()).isEqualTo("2.5");
    var taken = his.frame(each -> each.hasPrivateDeals()).getPrivateDeals();
    assertThat(taken.getOrderId()).isNotEqualTo(id);
    assertThat(taken.getTradeType()).isEqualTo(1);
  }

  @Test
  void aListenKeyThatIsNotValidOpensNothing() {
    var socket = alice.connect("0".repeat(64));
    assertThat(socket.text()).isEqualTo("Invalid listen key");
    assertThat(socket.closesWithin(2_000)).isTrue();
    var key = alice.listenKey();
    var open = alice.connect(key);
    open.subscribe(Channel.ORDERS);
    alice.signed(DELETE, "userDataStream", Map.of("listenKey", key));
    assertThat(open.closesWithin(3_000)).isTrue();
  }

  @Test
  void aListenKeyLivesAnHourUnlessItIsExtended() {
    var kept = alice.listenKey();
    var left = alice.listenKey();
    setForward(59 * 60_000);
    alice.signed(PUT, "userDataStream", Map.of("listenKey", kept));
    setForward(2 * 60_000);
    assertThat(alice.signed(PUT, "userDataStream", Map.of("listenKey", kept)).status())
        .isEqualTo(200);
    assertThat(alice.signed(PUT, "userDataStream", Map.of("listenKey", left)).code())
        .isEqualTo(730708);
  }

  @Test
  void aListenKeyOpensFiveSockets() {
    var key = alice.listenKey();
    for (int i = 0; i < 5; i++) {
      alice.connect(key).subscribe(Channel.ORDERS);
    }
    assertThat(alice.connect(key).text()).isEqualTo("Invalid listen key");
  }

  @Test
  void socketsWithoutSubscriptionOrTrafficAreClosed() {
    var idle = alice.connect(null);
    var quiet = alice.connect(null).subscribe(DEALS);
    setForward(31_000);
    assertThat(idle.closesWithin(3_000)).isTrue();
    assertThat(quiet.closesWithin(0)).isFalse();
    quiet.send("{\"method\":\"PING\"}");
    assertThat(quiet.text()).contains("PONG");
    setForward(50_000);
    assertThat(quiet.closesWithin(1_500)).isFalse();
    setForward(11_000);
    assertThat(quiet.closesWithin(3_000)).isTrue();
  }

  @Test
  void nothingIsOpenForMoreThanADay() {
    var socket = alice.connect(null).subscribe("spot@public.miniTickers.v3.api.pb@24H");
    setForward(24 * 3_600_000);
    assertThat(socket.closesWithin(3_000)).isTrue();
  }

  @Test
  void whoSendsTooMuchIsCutOff() {
    var socket = alice.connect(null);
    for (int i = 0; i < 201 && !socket.closesWithin(0); i++) {
      try {
        socket.send("{\"method\":\"PING\"}");
      } catch (RuntimeException e) {
        break;
      }
    }
    assertThat(socket.closesWithin(3_000)).isTrue();
  }

  @AfterEach
  void undeploy(Vertx vertx) {
    Samples.undeploy(vertx);
  }
}

package sandpiper.mexc.simulator;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.domain.journal.Side;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Trade;
import sandpiper.mexc.client.Credentials;
import sandpiper.mexc.client.MexcConfig;
import sandpiper.mexc.client.MexcError;
import sandpiper.mexc.client.MexcException;
import sandpiper.mexc.client.MexcLimits;
import sandpiper.mexc.client.MexcMarket;
import sandpiper.mexc.client.MexcRest;
import sandpiper.mexc.client.MexcTrading;
import sandpiper.mexc.client.NewSpotOrder;
import sandpiper.mexc.client.Placement;
import sandpiper.mexc.client.SpotBalance;
import sandpiper.mexc.client.SpotOrder;
import sandpiper.mexc.client.SpotOrderStatus;
import sandpiper.mexc.client.SpotOrderType;

/// The client of the spot REST, held against what a plain client hears of the same exchange.
@ExtendWith(VertxExtension.class)
class SpotClientIT {
  private static final String SIM = "SIMUSDT";
  private static final MexcLimits UNLIMITED = new MexcLimits(1_000, 1_000, 1_000, 1_000);

  private Vertx vertx;
  private SimulatedExchange exchange;
  private TestClient bob;
  private MexcConfig config;
  private MexcMarket market;
  private MexcTrading alice;

  @BeforeEach
  void deploy(Vertx given) throws TimeoutException {
    vertx = given;
    begin(Samples.config());
  }

  private void begin(SimulatorConfig simulated) throws TimeoutException {
    exchange = new SimulatedExchange(simulated);
    vertx.deployVerticle(exchange).await(20, SECONDS);
    bob = new TestClient(vertx, exchange.port(), Samples.BOB);
    var host = "127.0.0.1:" + exchange.port();
    config = MexcConfig.of("http://" + host, "ws://" + host + "/ws").with(UNLIMITED);
    var rest = new MexcRest(vertx, config);
    market = new MexcMarket(rest);
    alice = new MexcTrading(rest, credentials(Samples.ALICE));
  }

  private static Credentials credentials(AccountConfig account) {
    return new Credentials(account.key(), account.secret());
  }

  @AfterEach
  void undeploy() {
    Samples.undeploy(vertx);
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(30, SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer in time", e);
    }
  }

  private static BigDecimal decimal(String text) {
    return new BigDecimal(text);
  }

  private static NewSpotOrder limit(Side side, String quantity, String price, String id) {
    return NewSpotOrder.priced(
        SIM, side, SpotOrderType.LIMIT, decimal(quantity), decimal(price), id);
  }

  private String placed(NewSpotOrder order) {
    return ((Placement.Accepted) await(alice.place(order))).orderId();
  }

  private static MexcError kind(Future<?> future) {
    try {
      await(future);
    } catch (MexcException e) {
      return e.error();
    }
    throw new AssertionError("it was not refused");
  }

  private BigDecimal free(String asset) {
    return await(alice.balances()).stream()
        .filter(each -> each.asset().equals(asset))
        .map(SpotBalance::free)
        .findFirst()
        .orElseThrow();
  }

  @Test
  void symbolsBecomeInstruments() {
    var symbols = await(market.symbols(List.of(SIM, "BTCUSDT")));
    var sim = symbols.getFirst();
    assertThat(sim.tradable()).isTrue();
    assertThat(sim.instrument().symbol()).isEqualTo(SIM);
    assertThat(sim.instrument().base()).isEqualTo("SIM");
    assertThat(sim.instrument().quote()).isEqualTo("USDT");
    assertThat(sim.instrument().tickSize()).isEqualByComparingTo("0.0001");
    assertThat(sim.instrument().lotSize()).isEqualByComparingTo("0.01");
    assertThat(sim.instrument().minNotional()).isEqualByComparingTo("1");
    assertThat(sim.instrument().makerFee()).isEqualByComparingTo("0.0002");
    assertThat(sim.instrument().takerFee()).isEqualByComparingTo("0.001");
    assertThat(sim.maxMarketNotional()).isEqualByComparingTo("100000");
    assertThat(symbols.get(1).instrument().tickSize()).isEqualByComparingTo("0.01");
    assertThat(await(market.symbols(List.of()))).hasSize(2);
    bob.fault("name", "symbol-offline", "symbol", SIM);
    assertThat(await(market.symbols(List.of(SIM))).getFirst().tradable()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"NOPEUSDT", "btcusdt", "", "A&B=C", "ключ"})
  void aSymbolThatIsNotThereIsRefused(String name) {
    assertThat(kind(market.symbols(List.of(SIM, name)))).isEqualTo(MexcError.SYMBOL);
  }

  @Test
  void theBookIsTheBook() {
    bob.place(SIM, "BUY", "3", "1.5");
    bob.place(SIM, "BUY", "2", "1.6");
    bob.place(SIM, "SELL", "4", "1.7");
    var book = await(market.depth(SIM, 100, () -> 42));
    var raw = bob.get("depth", Map.of("symbol", SIM)).object();
    assertThat(book.lastId()).isEqualTo(raw.getLong("lastUpdateId"));
    assertThat(book.time()).isEqualTo(42);
    assertThat(book.bids().prices()).containsExactly(1.6, 1.5);
    assertThat(book.bids().sizes()).containsExactly(2, 3);
    assertThat(book.asks().prices()).containsExactly(1.7);
    assertThat(book.asks().sizes()).containsExactly(4);
    assertThat(await(market.depth(SIM, 1, () -> 0)).bids().count()).isEqualTo(1);
    var quote = await(market.quote(SIM, () -> 43));
    assertThat(List.of(quote.bid(), quote.bidSize(), quote.ask(), quote.askSize()))
        .containsExactly(1.6, 2.0, 1.7, 4.0);
  }

  @Test
  void nobodyInTheBookMakesNoQuote() {
    assertThat(kind(market.quote(SIM, () -> 0))).isEqualTo(MexcError.SYMBOL);
  }

  @Test
  void tradesComeOldestFirst() {
    bob.place(SIM, "SELL", "1", "2");
    bob.place(SIM, "SELL", "2", "2.1");
    bob.place(SIM, "BUY", "3", "2.1");
    assertThat(await(market.trades(SIM, 10)))
        .extracting(Trade::price, Trade::amount)
        .containsExactly(tuple(2.0, 1.0), tuple(2.1, 2.0));
    assertThat(await(market.trades(SIM, 1))).hasSize(1);
    assertThatThrownBy(() -> market.trades(SIM, 1_001))
        .hasMessage("limit must be from 1 to 1000, was 1001");
  }

  @ParameterizedTest
  @ValueSource(strings = {"1m", "15m", "1h"})
  void candlesAreThoseOfTheExchange(String interval) {
    var bars = await(market.bars("BTCUSDT", Interval.parse(interval), null, null, 5));
    assertThat(bars).isNotEmpty();
    var first = bars.getFirst();
    var raw =
        bob.get(
                "klines",
                Map.of(
                    "symbol",
                    "BTCUSDT",
                    "interval",
                    interval.equals("1h") ? "60m" : interval,
                    "startTime",
                    first.openTime() / 1_000,
                    "limit",
                    1))
            .array();
    JsonArray row = raw.getJsonArray(0);
    assertThat(first.openTime()).isEqualTo(row.getLong(0) * 1_000);
    if (bars.size() > 1) { // one that is over does not change any more
      assertThat(first.open()).isEqualTo(Double.parseDouble(row.getString(1)));
      assertThat(first.high()).isEqualTo(Double.parseDouble(row.getString(2)));
      assertThat(first.low()).isEqualTo(Double.parseDouble(row.getString(3)));
      assertThat(first.close()).isEqualTo(Double.parseDouble(row.getString(4)));
      assertThat(first.volume()).isEqualTo(Double.parseDouble(row.getString(5)));
    }
  }

  @Test
  void thereAreNoCandlesOfThreeMinutes() {
    assertThatThrownBy(() -> market.bars(SIM, Interval.parse("3m"), null, null, 5))
        .hasMessage("MEXC has candles of 1m, 5m, 15m, 30m, 1h, 4h and 1d, not of 3m");
  }

  @Test
  void anOrderLivesAndIsCancelled() {
    var id = placed(limit(Side.BUY, "2", "1.5", "ord-1_a"));
    var order = await(alice.order(SIM, id)).orElseThrow();
    assertThat(order.status()).isEqualTo(SpotOrderStatus.NEW);
    assertThat(order.clientId()).isEqualTo("ord-1_a");
    assertThat(order.quantity()).isEqualByComparingTo("2");
    assertThat(order.price()).isEqualByComparingTo("1.5");
    assertThat(await(alice.orderByClientId(SIM, "ord-1_a"))).contains(order);
    assertThat(await(alice.openOrders(SIM))).containsExactly(order);
    await(alice.cancel(SIM, id));
    assertThat(await(alice.order(SIM, id)).orElseThrow().status())
        .isEqualTo(SpotOrderStatus.CANCELED);
    assertThat(kind(alice.cancel(SIM, id))).isEqualTo(MexcError.UNKNOWN_ORDER);
    assertThat(await(alice.orderByClientId(SIM, "never"))).isEmpty();
    assertThat(free("USDT")).isEqualByComparingTo("10000");
  }

  @Test
  void everyTypeIsPlaced() {
    bob.place(SIM, "SELL", "100", "2");
    assertThat(
            await(alice.order(SIM, placed(NewSpotOrder.market(SIM, Side.BUY, decimal("3"), "a"))))
                .orElseThrow()
                .filledQuantity())
        .isEqualByComparingTo("3");
    var byCost =
        await(
                alice.order(
                    SIM, placed(NewSpotOrder.marketByCost(SIM, Side.BUY, decimal("10"), "b"))))
            .orElseThrow();
    assertThat(byCost.filledQuantity()).isEqualByComparingTo("5");
    assertThat(byCost.filledAmount()).isEqualByComparingTo("10");
    assertThat(byCost.type()).isEqualTo(SpotOrderType.MARKET);
    assertThat(status(SpotOrderType.LIMIT_MAKER, "1", "1.9", "c")).isEqualTo(SpotOrderStatus.NEW);
    assertThat(status(SpotOrderType.IMMEDIATE_OR_CANCEL, "1000", "2", "d"))
        .isEqualTo(SpotOrderStatus.PARTIALLY_CANCELED);
    assertThat(status(SpotOrderType.FILL_OR_KILL, "1000", "2", "e"))
        .isEqualTo(SpotOrderStatus.CANCELED);
    var fills = await(alice.fills(SIM, null, null, null));
    assertThat(fills).hasSize(3);
    assertThat(fills.getFirst().clientId()).isEqualTo("a");
    assertThat(fills.getFirst().amount()).isEqualByComparingTo("6");
    assertThat(fills.getFirst().fee()).isEqualByComparingTo("0.006");
    assertThat(fills.getFirst().feeCurrency()).isEqualTo("USDT");
    assertThat(fills.getFirst().maker()).isFalse();
    assertThat(await(alice.fills(SIM, fills.get(1).orderId(), null, null))).hasSize(1);
  }

  private SpotOrderStatus status(SpotOrderType type, String quantity, String price, String id) {
    var order = NewSpotOrder.priced(SIM, Side.BUY, type, decimal(quantity), decimal(price), id);
    return await(alice.order(SIM, placed(order))).orElseThrow().status();
  }

  @Test
  void aListThatIsSignedIsSentAsItWasSigned() {
    placed(limit(Side.BUY, "2", "1.5", "a"));
    placed(limit(Side.BUY, "2", "1.4", "b"));
    // The comma is encoded once: encoded twice or not at all, the signature would be wrong.
    assertThat(await(alice.cancelAll("SIMUSDT,BTCUSDT"))).hasSize(2);
    assertThat(await(alice.openOrders(SIM))).isEmpty();
  }

  @Test
  void severalOrdersAreTakenOneByOne() {
    var outcomes =
        await(
            alice.placeAll(
                List.of(
                    limit(Side.BUY, "2", "1.5", "a"),
                    limit(Side.BUY, "1000000", "1.5", "b"),
                    limit(Side.BUY, "3", "1.4", "c"))));
    assertThat(outcomes.getFirst()).isInstanceOf(Placement.Accepted.class);
    assertThat(((Placement.Refused) outcomes.get(1)).reason().error()).isEqualTo(MexcError.FUNDS);
    assertThat(outcomes.get(2)).isInstanceOf(Placement.Accepted.class);
    assertThat(await(alice.openOrders(SIM)))
        .extracting(SpotOrder::clientId)
        .containsExactlyInAnyOrder("a", "c");
    var other = NewSpotOrder.market("BTCUSDT", Side.BUY, BigDecimal.ONE, "d");
    assertThatThrownBy(() -> alice.placeAll(List.of(limit(Side.BUY, "2", "1.5", "e"), other)))
        .hasMessage("orders placed together must be 1 to 20 of one symbol, was 2");
  }

  @Test
  void severalOrdersWithoutAnAnswerAreAllUnknown() {
    bob.fault("name", "server-error", "endpoint", "POST /api/v3/batchOrders");
    var outcomes =
        await(
            alice.placeAll(
                List.of(limit(Side.BUY, "2", "1.5", "a"), limit(Side.BUY, "3", "1.4", "b"))));
    assertThat(outcomes).hasSize(2).hasOnlyElementsOfType(Placement.Unknown.class);
    assertThat(await(alice.openOrders(SIM))).hasSize(2);
  }

  static Stream<Arguments> refusals() {
    return Stream.of(
        arguments(limit(Side.BUY, "1000000", "1.5", "x"), MexcError.FUNDS),
        arguments(limit(Side.BUY, "0.01", "1.5", "x"), MexcError.SIZE),
        arguments(limit(Side.BUY, "1", "1.23456", "x"), MexcError.SIZE),
        arguments(NewSpotOrder.market("NOPEUSDT", Side.BUY, BigDecimal.ONE, "x"), MexcError.SYMBOL),
        arguments(NewSpotOrder.market(SIM, Side.BUY, BigDecimal.TEN, "x"), MexcError.ORDER_TYPE));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatIsRefusedSaysOfWhichKind(NewSpotOrder order, MexcError kind) {
    var refused = (Placement.Refused) await(alice.place(order));
    assertThat(refused.reason().error()).as(refused.reason().getMessage()).isEqualTo(kind);
    assertThat(refused.reason().code()).isNotZero();
    assertThat(refused.reason())
        .message()
        .doesNotContain(Samples.ALICE.key())
        .doesNotContain(Samples.ALICE.secret())
        .doesNotContain("signature");
    assertThat(await(alice.openOrders(SIM))).isEmpty();
  }

  @Test
  void anOrderCanBeTriedWithoutBeingPlaced() {
    await(alice.test(limit(Side.BUY, "2", "1.5", "a")));
    assertThat(kind(alice.test(limit(Side.BUY, "1000000", "1.5", "a")))).isEqualTo(MexcError.FUNDS);
    assertThat(await(alice.openOrders(SIM))).isEmpty();
  }

  @Test
  void aWrongSecretHasNoAccess() {
    var rest = new MexcRest(vertx, config);
    var wrong = new MexcTrading(rest, new Credentials(Samples.ALICE.key(), "other"));
    assertThat(kind(wrong.balances())).isEqualTo(MexcError.ACCESS);
    var nobody = new MexcTrading(rest, new Credentials("nobody", "other"));
    assertThat(kind(nobody.openOrders(SIM))).isEqualTo(MexcError.ACCESS);
  }

  @Test
  void theAccountIsTheAccount() {
    assertThat(await(alice.balances()))
        .extracting(SpotBalance::asset)
        .containsExactlyInAnyOrder("SIM", "USDT", "BTC");
    placed(limit(Side.BUY, "10", "1", "a"));
    var usdt =
        await(alice.balances()).stream()
            .filter(each -> each.asset().equals("USDT"))
            .findFirst()
            .orElseThrow();
    assertThat(usdt.locked()).isPositive();
    assertThat(usdt.total()).isEqualByComparingTo("10000");
    var fees = await(alice.fees(SIM));
    assertThat(fees.maker()).isEqualByComparingTo("0.0002");
    assertThat(fees.taker()).isEqualByComparingTo("0.001");
    assertThat(await(alice.tradable())).contains(SIM, "BTCUSDT");
  }

  @ParameterizedTest
  @EnumSource(Moved.class)
  void theExchangesClockCountsWhateverOurs(Moved moved) throws TimeoutException {
    Samples.undeploy(vertx);
    begin(
        new SimulatorConfig(
            0,
            1,
            Map.of(Samples.SIM, BigDecimal.ZERO),
            Map.of(),
            List.of(Samples.ALICE, Samples.BOB),
            Limits.NONE,
            1_000,
            0,
            moved.clock()));
    placed(limit(Side.BUY, "2", "1.5", "a"));
    assertThat(await(alice.openOrders(SIM))).hasSize(1);
  }

  enum Moved {
    AHEAD(Duration.ofMinutes(10)),
    BEHIND(Duration.ofMinutes(-10));

    private final Duration by;

    Moved(Duration by) {
      this.by = by;
    }

    InstantSource clock() {
      return () -> Instant.now().plus(by);
    }
  }

  @Test
  void aClockThatIsMovedIsReadAnew() throws TimeoutException {
    Samples.undeploy(vertx);
    var by = new AtomicReference<>(Duration.ZERO);
    begin(
        new SimulatorConfig(
            0,
            1,
            Map.of(Samples.SIM, BigDecimal.ZERO),
            Map.of(),
            List.of(Samples.ALICE, Samples.BOB),
            Limits.NONE,
            1_000,
            0,
            () -> Instant.now().plus(by.get())));
    await(alice.balances());
    by.set(Duration.ofMinutes(1));
    placed(limit(Side.BUY, "2", "1.5", "a"));
    assertThat(await(alice.openOrders(SIM))).hasSize(1);
  }

  @Test
  void anOrderThatWasTakenWithoutAnAnswerIsUnknownAndNotSentAgain() {
    bob.fault("name", "server-error", "endpoint", "POST /api/v3/order", "status", 504);
    var outcome = await(alice.place(limit(Side.BUY, "2", "1.5", "taken")));
    assertThat(outcome).isInstanceOf(Placement.Unknown.class);
    assertThat(await(alice.orderByClientId(SIM, "taken"))).isPresent();
    assertThat(await(alice.openOrders(SIM))).hasSize(1);
  }

  @Test
  void anOrderThatWasNotTakenIsUnknownAndNotSentAgain() {
    bob.fault(
        "name", "server-error", "endpoint", "POST /api/v3/order", "accepted", false, "count", 1);
    var outcome = await(alice.place(limit(Side.BUY, "2", "1.5", "lost")));
    assertThat(outcome).isInstanceOf(Placement.Unknown.class);
    assertThat(await(alice.orderByClientId(SIM, "lost"))).isEmpty();
  }

  @Test
  void anAnswerThatComesTooLateIsNone() {
    bob.fault("name", "latency", "endpoint", "POST /api/v3/order", "millis", 20_000);
    var hasty =
        new MexcTrading(
            new MexcRest(vertx, config.with(Duration.ofMillis(700))), credentials(Samples.ALICE));
    var outcome = await(hasty.place(limit(Side.BUY, "2", "1.5", "late")));
    assertThat(((Placement.Unknown) outcome).reason())
        .hasMessageStartingWith("MEXC did not answer POST order: ");
    assertThat(await(alice.openOrders(SIM))).hasSize(1);
  }

  @Test
  void whoIsNotThereTakesNoOrderAndSaysSo() {
    var nowhere = MexcConfig.of("http://127.0.0.1:1", "ws://127.0.0.1:1/ws");
    var trading = new MexcTrading(new MexcRest(vertx, nowhere), credentials(Samples.ALICE));
    var refused = (Placement.Refused) await(trading.place(limit(Side.BUY, "2", "1.5", "a")));
    assertThat(refused.reason().error()).isEqualTo(MexcError.CLOCK);
    assertThat(refused.reason()).hasMessageStartingWith("MEXC's time is not known: ");
  }

  @Test
  void aQuestionIsAskedAgain() {
    bob.fault(
        "name", "server-error", "endpoint", "GET /api/v3/depth", "accepted", false, "count", 2);
    assertThat(await(market.depth(SIM, 5, () -> 0)).bids().count()).isZero();
    bob.fault(
        "name", "server-error", "endpoint", "GET /api/v3/depth", "accepted", false, "count", 3);
    assertThat(kind(market.depth(SIM, 5, () -> 0))).isEqualTo(MexcError.SERVER);
  }

  @Test
  void whoIsToldToWaitWaits() {
    bob.fault("name", "rate-limit", "endpoint", "GET /api/v3/depth", "retryAfter", 2);
    long start = System.nanoTime();
    await(market.depth(SIM, 5, () -> 0));
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(2_000_000_000L);
  }

  @Test
  void anOrderThatWasTurnedAwayIsRefusedAndNotSentAgain() {
    bob.fault("name", "rate-limit", "endpoint", "POST /api/v3/order", "retryAfter", 1);
    var refused = (Placement.Refused) await(alice.place(limit(Side.BUY, "2", "1.5", "busy")));
    assertThat(refused.reason().error()).isEqualTo(MexcError.BUSY);
    assertThat(refused.reason().retryAfterMillis()).isEqualTo(1_000);
    assertThat(await(alice.openOrders(SIM))).isEmpty();
  }

  @Test
  void asMuchAsMayBeIsNeverTooMuch() throws TimeoutException {
    Samples.undeploy(vertx);
    begin(Samples.config(Limits.USUAL, 1_000, InstantSource.system()));
    var rest = new MexcRest(vertx, config.with(MexcLimits.STANDARD));
    var trading = new MexcTrading(rest, credentials(Samples.ALICE));
    var outcomes = new ArrayList<Future<Placement>>();
    for (int i = 0; i < 30; i++) {
      outcomes.add(trading.place(limit(Side.BUY, "1", "1.5", "ord" + i)));
    }
    for (var outcome : outcomes) {
      assertThat(await(outcome)).isInstanceOf(Placement.Accepted.class);
    }
  }
}

package sandpiper.mexc.simulator;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.mexc.client.Credentials;
import sandpiper.mexc.client.FuturesAsset;
import sandpiper.mexc.client.FuturesConfig;
import sandpiper.mexc.client.FuturesFill;
import sandpiper.mexc.client.FuturesLimits;
import sandpiper.mexc.client.FuturesMarket;
import sandpiper.mexc.client.FuturesOrder;
import sandpiper.mexc.client.FuturesOrder.Status;
import sandpiper.mexc.client.FuturesOrderType;
import sandpiper.mexc.client.FuturesPosition;
import sandpiper.mexc.client.FuturesPrivateStream;
import sandpiper.mexc.client.FuturesRest;
import sandpiper.mexc.client.FuturesSide;
import sandpiper.mexc.client.FuturesTrading;
import sandpiper.mexc.client.MarginMode;
import sandpiper.mexc.client.MexcError;
import sandpiper.mexc.client.MexcException;
import sandpiper.mexc.client.NewFuturesOrder;
import sandpiper.mexc.client.Placement;
import sandpiper.mexc.client.StreamTiming;

/// Orders for contracts, and what becomes of money and positions. A contract is of a tenth of a
/// SIM; makers pay 0.02 %, takers 0.1 %; alice begins with 10,000 USDT for futures.
@ExtendWith(VertxExtension.class)
class FuturesTradingIT {
  private static final String SIM = "SIM_USDT";
  private static final StreamTiming QUICK =
      new StreamTiming(
          Duration.ofMillis(300),
          Duration.ofMillis(1_500),
          Duration.ofSeconds(60),
          Duration.ofMillis(50),
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          Duration.ofHours(1),
          Duration.ofMinutes(20));

  private Vertx vertx;
  private SimulatedExchange exchange;
  private TestClient bob;
  private FuturesConfig config;
  private FuturesTrading alice;

  @BeforeEach
  void deploy(Vertx given) throws TimeoutException {
    vertx = given;
    begin(InstantSource.system());
  }

  private void begin(InstantSource clock) throws TimeoutException {
    exchange = new SimulatedExchange(Samples.config(Limits.NONE, 1_000, clock));
    vertx.deployVerticle(exchange).await(20, SECONDS);
    bob = new TestClient(vertx, exchange.port(), Samples.BOB);
    var host = "127.0.0.1:" + exchange.port();
    config =
        FuturesConfig.of("http://" + host, "ws://" + host + "/edge")
            .with(new FuturesLimits(1_000, 1_000, 1_000))
            .with(QUICK)
            .withOrders(true);
    alice = trading(config, Samples.ALICE.secret());
  }

  private FuturesTrading trading(FuturesConfig other, String secret) {
    return new FuturesTrading(
        new FuturesRest(vertx, other), new Credentials(Samples.ALICE.key(), secret));
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

  private void bid(long price, long contracts) {
    await(exchange.bid(SIM, price, contracts));
  }

  private void ask(long price, long contracts) {
    await(exchange.ask(SIM, price, contracts));
  }

  private static void until(BooleanSupplier condition, String what) {
    long end = System.nanoTime() + SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain for " + what);
      }
      try {
        TimeUnit.MILLISECONDS.sleep(20);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }
  }

  private static MexcError kind(Future<?> future) {
    try {
      await(future);
    } catch (MexcException e) {
      return e.error();
    }
    throw new AssertionError("it was not refused");
  }

  private static NewFuturesOrder order(
      FuturesSide side,
      FuturesOrderType type,
      String contracts,
      @Nullable String price,
      String id) {
    return new NewFuturesOrder(
        SIM,
        side,
        type,
        new BigDecimal(contracts),
        price == null ? null : new BigDecimal(price),
        MarginMode.ISOLATED,
        10,
        id);
  }

  private static NewFuturesOrder limit(
      FuturesSide side, String contracts, String price, String id) {
    return order(side, FuturesOrderType.LIMIT, contracts, price, id);
  }

  private static NewFuturesOrder market(FuturesSide side, String contracts, String id) {
    return order(side, FuturesOrderType.MARKET, contracts, null, id);
  }

  private String placed(NewFuturesOrder order) {
    return ((Placement.Accepted) await(alice.place(order))).orderId();
  }

  private FuturesOrder order(String id) {
    return await(alice.order(id)).orElseThrow();
  }

  private void requireMoney(String available, String frozen, String positions) {
    var asset = await(alice.assets()).getFirst();
    assertThat(asset.currency()).isEqualTo("USDT");
    assertThat(asset.available()).isEqualByComparingTo(available);
    assertThat(asset.frozen()).isEqualByComparingTo(frozen);
    assertThat(asset.positionMargin()).isEqualByComparingTo(positions);
  }

  @Test
  void withoutTheFlagThereAreNoOrders() {
    assertThatThrownBy(() -> trading(config.withOrders(false), Samples.ALICE.secret()))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage(
            "orders on MEXC's futures are switched off: set mexc.futures-orders to true to send"
                + " them");
    assertThat(FuturesConfig.STANDARD.orders()).isFalse();
  }

  /// 100 contracts at 2 USDT are 20 USDT, the margin a tenth of it.
  @Test
  void aShortIsOpenedInPartAndClosedWithAProfit() {
    var id = placed(limit(FuturesSide.OPEN_SHORT, "100", "2", "short-1"));
    requireMoney("9997.98", "2.02", "0");
    bid(20_000, 60);
    until(() -> order(id).filledContracts().intValue() == 60, "the fill");
    var order = order(id);
    assertThat(order.status()).isEqualTo(Status.OPEN);
    assertThat(order.averagePrice()).isEqualByComparingTo("2");
    assertThat(order.fees()).isEqualByComparingTo("0.0024");
    assertThat(order.side()).isEqualTo(FuturesSide.OPEN_SHORT);
    assertThat(order.margin()).isEqualTo(MarginMode.ISOLATED);
    assertThat(order.leverage()).isEqualTo(10);
    requireMoney("9997.9896", "0.808", "1.2");
    var position = await(alice.positions(SIM)).getFirst();
    assertThat(position.isLong()).isFalse();
    assertThat(position.contracts()).isEqualByComparingTo("60");
    assertThat(position.entryPrice()).isEqualByComparingTo("2");
    assertThat(position.marginAmount()).isEqualByComparingTo("1.2");
    await(alice.cancel(id));
    assertThat(order(id).status()).isEqualTo(Status.CANCELLED);
    requireMoney("9998.7976", "0", "1.2");

    ask(15_000, 60);
    var closing = order(placed(market(FuturesSide.CLOSE_SHORT, "60", "short-2")));
    assertThat(closing.status()).isEqualTo(Status.FILLED);
    assertThat(closing.profit()).isEqualByComparingTo("3");
    assertThat(closing.price()).isZero();
    // 3 less 0.009 for the taker and 0.0024 for the maker before.
    requireMoney("10002.9886", "0", "0");
    assertThat(await(alice.positions(null))).isEmpty();
    var fills = await(alice.fills(SIM));
    assertThat(fills).hasSize(2);
    assertThat(fills.getFirst().maker()).isTrue();
    assertThat(fills.getFirst().orderId()).isEqualTo(id);
    assertThat(fills.getLast().maker()).isFalse();
    assertThat(fills.getLast().fee()).isEqualByComparingTo("0.009");
    assertThat(fills.getLast().feeCurrency()).isEqualTo("USDT");
    assertThat(fills.getLast().profit()).isEqualByComparingTo("3");
  }

  private FuturesRest rest() {
    return new FuturesRest(vertx, config);
  }

  @Test
  void aLongWithALossAndAShortStandSideBySide() {
    ask(20_000, 50);
    bid(10_000, 500);
    placed(market(FuturesSide.OPEN_LONG, "50", "a"));
    placed(limit(FuturesSide.OPEN_SHORT, "20", "1", "b"));
    assertThat(await(alice.positions(SIM)))
        .extracting(FuturesPosition::isLong)
        .containsExactlyInAnyOrder(true, false);
    var closing = order(placed(market(FuturesSide.CLOSE_LONG, "50", "c")));
    // 5 SIM bought at 2 and sold at 1: a loss of 5; fees of 0.01, 0.005 and, short, 0.002.
    assertThat(closing.profit()).isEqualByComparingTo("-5");
    requireMoney("9994.783", "0", "0.2");
  }

  @Test
  void everyTypeIsPlaced() {
    ask(20_000, 10);
    assertThat(status(FuturesOrderType.POST_ONLY, "5", "1.9", "a")).isEqualTo(Status.OPEN);
    assertThat(status(FuturesOrderType.POST_ONLY, "5", "2", "b")).isEqualTo(Status.CANCELLED);
    assertThat(status(FuturesOrderType.FILL_OR_KILL, "11", "2", "c")).isEqualTo(Status.CANCELLED);
    assertThat(status(FuturesOrderType.IMMEDIATE_OR_CANCEL, "11", "2", "d"))
        .isEqualTo(Status.CANCELLED);
    assertThat(await(alice.orderByExternalId(SIM, "d")).orElseThrow().filledContracts())
        .isEqualByComparingTo("10");
    assertThat(await(alice.openOrders(SIM)))
        .extracting(FuturesOrder::externalId)
        .containsExactly("a");
    await(alice.cancelAll(SIM));
    assertThat(await(alice.openOrders(SIM))).isEmpty();
    requireMoney("9999.798", "0", "0.2");
  }

  private Status status(FuturesOrderType type, String contracts, String price, String id) {
    return order(placed(order(FuturesSide.OPEN_LONG, type, contracts, price, id))).status();
  }

  @Test
  void anOrderThatIsNotThereIsNotFoundAndNotCancelled() {
    assertThat(await(alice.order("1"))).isEmpty();
    assertThat(await(alice.orderByExternalId(SIM, "never"))).isEmpty();
    assertThat(kind(alice.cancel("1"))).isEqualTo(MexcError.UNKNOWN_ORDER);
    var id = placed(limit(FuturesSide.OPEN_LONG, "5", "1", "x"));
    await(alice.cancel(id));
    assertThat(kind(alice.cancel(id))).isEqualTo(MexcError.UNKNOWN_ORDER);
  }

  static Stream<Arguments> refusals() {
    var open = FuturesSide.OPEN_LONG;
    return Stream.of(
        arguments(limit(open, "1000000", "3", "x"), MexcError.FUNDS),
        arguments(limit(FuturesSide.CLOSE_LONG, "1", "3", "x"), MexcError.FUNDS),
        arguments(limit(open, "0.5", "3", "x"), MexcError.SIZE),
        arguments(limit(open, "1000001", "3", "x"), MexcError.SIZE),
        arguments(limit(open, "1", "1.23456", "x"), MexcError.SIZE),
        arguments(market(open, "1", "x"), MexcError.SIZE),
        arguments(
            new NewFuturesOrder(
                SIM,
                open,
                FuturesOrderType.LIMIT,
                BigDecimal.ONE,
                BigDecimal.ONE,
                MarginMode.CROSS,
                101,
                "x"),
            MexcError.SIZE),
        arguments(
            new NewFuturesOrder(
                "NOPE_USDT",
                open,
                FuturesOrderType.LIMIT,
                BigDecimal.ONE,
                BigDecimal.ONE,
                MarginMode.CROSS,
                1,
                "x"),
            MexcError.SYMBOL));
  }

  @ParameterizedTest
  @MethodSource("refusals")
  void whatIsRefusedSaysOfWhichKind(NewFuturesOrder order, MexcError kind) {
    var refused = (Placement.Refused) await(alice.place(order));
    assertThat(refused.reason().error()).as(refused.reason().getMessage()).isEqualTo(kind);
    assertThat(refused.reason().code()).isNotZero();
    assertThat(refused.reason())
        .message()
        .doesNotContain(Samples.ALICE.key())
        .doesNotContain(Samples.ALICE.secret());
    assertThat(await(alice.openOrders(SIM))).isEmpty();
    requireMoney("10000", "0", "0");
  }

  @Test
  void aContractThatIsPausedTakesNoOrder() {
    bob.fault("name", "symbol-offline", "symbol", SIM, "symbolStatus", "PAUSED");
    var refused =
        (Placement.Refused) await(alice.place(limit(FuturesSide.OPEN_LONG, "1", "1", "x")));
    assertThat(refused.reason().error()).isEqualTo(MexcError.SYMBOL);
    assertThat(refused.reason().code()).isEqualTo(1002);
  }

  @Test
  void aWrongSecretHasNoAccess() {
    var wrong = trading(config, "other");
    assertThat(kind(wrong.assets())).isEqualTo(MexcError.ACCESS);
    var refused =
        (Placement.Refused) await(wrong.place(limit(FuturesSide.OPEN_LONG, "1", "1", "x")));
    assertThat(refused.reason().error()).isEqualTo(MexcError.ACCESS);
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void anOrderWithoutAnAnswerIsUnknownAndNotSentAgain(boolean accepted) {
    bob.fault(
        "name",
        "server-error",
        "endpoint",
        "POST /api/v1/private/order/create",
        "accepted",
        accepted);
    var outcome = await(alice.place(limit(FuturesSide.OPEN_LONG, "2", "1.5", "lost")));
    assertThat(outcome).isInstanceOf(Placement.Unknown.class);
    assertThat(await(alice.orderByExternalId(SIM, "lost")).isPresent()).isEqualTo(accepted);
    assertThat(await(alice.openOrders(SIM))).hasSize(accepted ? 1 : 0);
  }

  @Test
  void anAnswerThatComesTooLateIsNone() {
    bob.fault("name", "latency", "endpoint", "POST /api/v1/private/order/create", "millis", 20_000);
    var hasty = trading(config.with(Duration.ofMillis(700)), Samples.ALICE.secret());
    var outcome = await(hasty.place(limit(FuturesSide.OPEN_LONG, "2", "1.5", "late")));
    assertThat(((Placement.Unknown) outcome).reason())
        .hasMessageStartingWith("MEXC did not answer POST private/order/create: ");
    assertThat(await(alice.openOrders(SIM))).hasSize(1);
  }

  @Test
  void anOrderThatWasTurnedAwayIsRefusedAndNotSentAgain() {
    bob.fault("name", "rate-limit", "endpoint", "POST /api/v1/private/order/create");
    var refused =
        (Placement.Refused) await(alice.place(limit(FuturesSide.OPEN_LONG, "2", "1.5", "busy")));
    assertThat(refused.reason().error()).isEqualTo(MexcError.BUSY);
    assertThat(await(alice.openOrders(SIM))).isEmpty();
  }

  @Test
  void theExchangesClockCountsWhateverBecomesOfIt() throws TimeoutException {
    Samples.undeploy(vertx);
    var by = new AtomicReference<>(Duration.ofMinutes(10));
    begin(() -> Instant.now().plus(by.get()));
    assertThat(await(alice.assets())).hasSize(1);
    by.set(Duration.ofMinutes(20));
    placed(limit(FuturesSide.OPEN_LONG, "2", "1.5", "a"));
    assertThat(await(alice.openOrders(SIM))).hasSize(1);
  }

  /// 50 contracts at 2 USDT are 10 USDT.
  @Test
  void aPositionGetsAnotherLeverage() {
    ask(20_000, 50);
    placed(market(FuturesSide.OPEN_LONG, "50", "a"));
    requireMoney("9998.99", "0", "1");
    await(alice.setLeverage(await(alice.positions(SIM)).getFirst(), 5));
    requireMoney("9997.99", "0", "2");
    assertThat(await(alice.positions(SIM)).getFirst().leverage()).isEqualTo(5);
    var other = await(alice.place(limit(FuturesSide.OPEN_LONG, "1", "1", "b")));
    assertThat(((Placement.Refused) other).reason())
        .hasMessageContaining("2006")
        .hasMessageContaining("the position has 5");
  }

  /// Of 100 contracts at a fair price of 2.002 a thousandth, for the index is 2.
  @Test
  void longsPayFundingWhenTheContractIsDearer() throws TimeoutException {
    Samples.undeploy(vertx);
    var time = new AtomicReference<>(Instant.parse("2026-11-22T15:59:00Z"));
    begin(time::get);
    bob.clockAhead = time.get().toEpochMilli() - System.currentTimeMillis();
    bob.place("SIMUSDT", "SELL", "5", "2");
    bob.place("SIMUSDT", "BUY", "5", "2");
    ask(20_040, 100);
    placed(market(FuturesSide.OPEN_LONG, "100", "a"));
    bid(20_000, 7);
    ask(20_040, 7);
    // 20.04 USDT, of which a tenth is margin and a thousandth the fee.
    requireMoney("9997.97596", "0", "2.004");
    time.set(Instant.parse("2026-11-22T16:00:01Z"));
    requireMoney("9997.95594", "0", "2.004");
  }

  @Test
  void contractsAreCountedFromAmounts() {
    var contract = await(new FuturesMarket(rest()).contracts(List.of(SIM))).getFirst();
    assertThat(NewFuturesOrder.contracts(contract, new BigDecimal("12.3")))
        .isEqualByComparingTo("123");
    assertThatThrownBy(() -> NewFuturesOrder.contracts(contract, new BigDecimal("1.25")))
        .hasMessage("SIM_USDT is traded in steps of 0.1, was 1.25");
    assertThatThrownBy(() -> market(FuturesSide.OPEN_LONG, "1", "ord_1.2"))
        .hasMessageStartingWith("an external id must be 1 to 32");
    assertThatThrownBy(() -> limit(FuturesSide.OPEN_LONG, "0", "1", "a"))
        .hasMessageStartingWith("contracts, price and leverage must be above zero");
  }

  /// Everything that was told, in order.
  private static final class Heard implements FuturesPrivateStream.Listener {
    private final List<FuturesOrder> orders = new CopyOnWriteArrayList<>();
    private final List<FuturesFill> fills = new CopyOnWriteArrayList<>();
    private final List<FuturesPosition> positions = new CopyOnWriteArrayList<>();
    private final List<FuturesAsset> assets = new CopyOnWriteArrayList<>();
    private final List<String> connection = new CopyOnWriteArrayList<>();

    @Override
    public void onOrder(FuturesOrder order) {
      orders.add(order);
    }

    @Override
    public void onFill(FuturesFill fill) {
      fills.add(fill);
    }

    @Override
    public void onPosition(FuturesPosition position) {
      positions.add(position);
    }

    @Override
    public void onAsset(FuturesAsset asset) {
      assets.add(asset);
    }

    @Override
    public void onLost(String why) {
      connection.add("lost");
    }

    @Override
    public void onBack(long millis) {
      connection.add("back");
    }
  }

  private <T> T onLoop(Context loop, Supplier<Future<T>> work) {
    var promise = Promise.<T>promise();
    loop.runOnContext(_ -> work.get().onComplete(promise));
    return await(promise.future());
  }

  @ParameterizedTest
  @ValueSource(strings = {"drop-sockets", "half-open-sockets", "garbage"})
  void theAccountHearsOfItselfEachFillOnce(String fault) {
    var heard = new Heard();
    var loop = vertx.getOrCreateContext();
    var streams = new ArrayList<FuturesPrivateStream>();
    onLoop(
        loop,
        () -> {
          var stream =
              new FuturesPrivateStream(
                  trading(config, Samples.ALICE.secret()), new Random(1), heard);
          streams.add(stream);
          return stream.open();
        });
    bob.fault("name", "duplicate-fill", "symbol", SIM);
    var id = placed(limit(FuturesSide.OPEN_LONG, "10", "2", "a"));
    ask(20_000, 10);
    until(
        () -> !heard.orders.isEmpty() && heard.orders.getLast().status() == Status.FILLED,
        "the end of the order");
    until(() -> !heard.assets.isEmpty() && heard.positions.size() == 1, "the position");
    assertThat(heard.orders).extracting(FuturesOrder::orderId).containsOnly(id);
    assertThat(heard.orders.getFirst().status()).isEqualTo(Status.OPEN);
    assertThat(heard.fills).hasSize(1);
    assertThat(heard.fills.getFirst().price()).isEqualByComparingTo("2");
    assertThat(heard.positions.getFirst().contracts()).isEqualByComparingTo("10");
    // 2 USDT: a tenth is margin, a maker's fee of 0.0004.
    assertThat(heard.assets.getLast().available()).isEqualByComparingTo("9999.7996");

    bob.fault("name", fault, "sockets", "private");
    until(() -> heard.connection.contains("back"), "another connection");
    assertThat(heard.connection).containsExactly("lost", "back");
    placed(limit(FuturesSide.OPEN_LONG, "10", "1", "b"));
    until(() -> "b".equals(heard.orders.getLast().externalId()), "news over the other connection");
    assertThat(heard.fills).hasSize(1);
    onLoop(
        loop,
        () -> {
          streams.getFirst().close();
          return Future.succeededFuture();
        });
  }

  @Test
  void nobodyHearsOfAnAccountWithAWrongSecret() {
    var loop = vertx.getOrCreateContext();
    assertThatThrownBy(() ->
            onLoop(
                loop,
                () ->
                    new FuturesPrivateStream(trading(config, "other"), new Random(1), new Heard())
                        .open()))
        .isInstanceOfSatisfying(
            MexcException.class,
            refused -> assertThat(refused.error()).isEqualTo(MexcError.ACCESS));
  }
}

package sandpiper.mexc.simulator;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.junit5.VertxExtension;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sandpiper.domain.journal.Side;
import sandpiper.mexc.client.Credentials;
import sandpiper.mexc.client.MexcConfig;
import sandpiper.mexc.client.MexcError;
import sandpiper.mexc.client.MexcException;
import sandpiper.mexc.client.MexcLimits;
import sandpiper.mexc.client.MexcRest;
import sandpiper.mexc.client.MexcTrading;
import sandpiper.mexc.client.PrivateStream;
import sandpiper.mexc.client.SpotBalance;
import sandpiper.mexc.client.SpotFill;
import sandpiper.mexc.client.SpotOrder;
import sandpiper.mexc.client.SpotOrderStatus;
import sandpiper.mexc.client.SpotOrderType;
import sandpiper.mexc.client.StreamTiming;

/// What is told of an account, held against what a plain client did to it.
@ExtendWith(VertxExtension.class)
class PrivateStreamIT {
  private static final String SIM = "SIMUSDT";

  private static final StreamTiming QUICK =
      new StreamTiming(
          Duration.ofMillis(300),
          Duration.ofMillis(1_500),
          Duration.ofSeconds(60),
          Duration.ofMillis(50),
          Duration.ofMillis(500),
          Duration.ofSeconds(5),
          Duration.ofHours(1),
          Duration.ofMillis(400));

  private Vertx vertx;
  private TestClient alice;
  private TestClient bob;
  private MexcConfig config;
  private final Heard heard = new Heard();
  private @Nullable PrivateStream stream;
  private @Nullable Context loop;

  /// Everything that was told; read by the test while the event loop writes.
  private static final class Heard implements PrivateStream.Listener {
    private final List<SpotOrder> orders = new ArrayList<>();
    private final List<SpotFill> fills = new ArrayList<>();
    private final List<SpotBalance> balances = new ArrayList<>();
    private final List<String> losses = new ArrayList<>();
    private final List<Long> backs = new ArrayList<>();

    @Override
    public synchronized void onOrder(SpotOrder order) {
      orders.add(order);
    }

    @Override
    public synchronized void onFill(SpotFill fill) {
      fills.add(fill);
    }

    @Override
    public synchronized void onBalance(SpotBalance balance) {
      balances.add(balance);
    }

    @Override
    public synchronized void onLost(String why) {
      losses.add(why);
    }

    @Override
    public synchronized void onBack(long millis) {
      backs.add(millis);
    }

    synchronized List<SpotOrder> orders() {
      return List.copyOf(orders);
    }

    synchronized List<SpotFill> fills() {
      return List.copyOf(fills);
    }

    synchronized List<SpotBalance> balances() {
      return List.copyOf(balances);
    }

    synchronized List<Long> backs() {
      return List.copyOf(backs);
    }

    synchronized List<String> losses() {
      return List.copyOf(losses);
    }
  }

  @BeforeEach
  void deploy(Vertx given) throws TimeoutException {
    vertx = given;
    var exchange =
        new SimulatedExchange(
            Samples.quiet(
                Map.of(Samples.SIM, BigDecimal.ZERO, Samples.BTC, BigDecimal.ZERO),
                Samples.ALICE,
                Samples.BOB));
    vertx.deployVerticle(exchange).await(20, SECONDS);
    alice = new TestClient(vertx, exchange.port(), Samples.ALICE);
    bob = new TestClient(vertx, exchange.port(), Samples.BOB);
    var host = "127.0.0.1:" + exchange.port();
    config =
        MexcConfig.of("http://" + host, "ws://" + host + "/ws")
            .with(QUICK)
            .with(new MexcLimits(1_000, 1_000, 1_000, 1_000));
  }

  @AfterEach
  void undeploy() {
    var opened = stream;
    if (opened != null) {
      onLoop(opened::close);
    }
    Samples.undeploy(vertx);
  }

  private <T> T onLoop(Supplier<Future<T>> work) {
    if (loop == null) {
      loop = vertx.getOrCreateContext();
    }
    var promise = Promise.<T>promise();
    loop.runOnContext(_ -> {
      try {
        work.get().onComplete(promise);
      } catch (RuntimeException e) {
        promise.fail(e);
      }
    });
    try {
      return promise.future().await(30, SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer in time", e);
    }
  }

  private void open(MexcConfig with, String secret) {
    onLoop(() -> {
      var trading =
          new MexcTrading(new MexcRest(vertx, with), new Credentials(Samples.ALICE.key(), secret));
      var opened = new PrivateStream(trading, new Random(1), heard);
      stream = opened;
      return opened.open();
    });
  }

  private void open() {
    open(config, Samples.ALICE.secret());
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

  @Test
  void ordersFillsAndBalancesAreTold() {
    open();
    var id = alice.place(SIM, "BUY", "3", "2");
    until(() -> !heard.orders().isEmpty(), "the order");
    var order = heard.orders().getFirst();
    assertThat(order.orderId()).isEqualTo(id);
    assertThat(order.symbol()).isEqualTo(SIM);
    assertThat(order.side()).isEqualTo(Side.BUY);
    assertThat(order.type()).isEqualTo(SpotOrderType.LIMIT);
    assertThat(order.status()).isEqualTo(SpotOrderStatus.NEW);
    assertThat(order.price()).isEqualByComparingTo("2");
    assertThat(order.quantity()).isEqualByComparingTo("3");
    assertThat(order.clientId()).isNull();

    bob.place(SIM, "SELL", "1", "2");
    until(() -> heard.fills().size() == 1, "a fill");
    var fill = heard.fills().getFirst();
    assertThat(fill.orderId()).isEqualTo(id);
    assertThat(fill.quantity()).isEqualByComparingTo("1");
    assertThat(fill.amount()).isEqualByComparingTo("2");
    assertThat(fill.fee()).isEqualByComparingTo("0.0004");
    assertThat(fill.feeCurrency()).isEqualTo("USDT");
    assertThat(fill.maker()).isTrue();
    var rest = alice.signed(HttpMethod.GET, "myTrades", Map.of("symbol", SIM));
    assertThat(fill.id()).isEqualTo(rest.array().getJsonObject(0).getString("id"));

    bob.place(SIM, "SELL", "2", "2");
    until(() -> heard.orders().size() >= 3, "the end");
    assertThat(heard.orders())
        .extracting(SpotOrder::status)
        .containsExactly(
            SpotOrderStatus.NEW, SpotOrderStatus.PARTIALLY_FILLED, SpotOrderStatus.FILLED);
    until(
        () ->
            heard.balances().stream()
                .anyMatch(
                    each -> each.asset().equals("SIM") && each.total().intValueExact() == 1_003),
        "the balance");
  }

  @Test
  void anOrderThatIsCancelledInPartHasEnded() {
    open();
    bob.place(SIM, "SELL", "10", "2");
    alice.fault("name", "partial-cancel", "symbol", SIM, "share", 0.3);
    alice.place(SIM, "BUY", "10", "2");
    until(() -> heard.orders().stream().anyMatch(each -> each.status().isFinal()), "the end");
    var last = heard.orders().getLast();
    assertThat(last.status()).isEqualTo(SpotOrderStatus.PARTIALLY_CANCELED);
    assertThat(last.filledQuantity()).isEqualByComparingTo("3");
  }

  @Test
  void aFillThatIsToldTwiceIsOne() {
    open();
    bob.place(SIM, "BUY", "2", "2");
    alice.fault("name", "duplicate-fill", "symbol", SIM);
    alice.place(SIM, "SELL", "1", "2");
    alice.place(SIM, "SELL", "1", "2");
    until(() -> heard.fills().size() >= 2, "both fills");
    // What comes after them shows that no third one did.
    alice.place(SIM, "BUY", "1", "1");
    until(() -> heard.orders().getLast().side() == Side.BUY, "the order after them");
    assertThat(heard.fills()).extracting(SpotFill::id).doesNotHaveDuplicates().hasSize(2);
  }

  @Test
  void afterALossItSaysThatSomethingWasMissed() {
    open();
    alice.fault("name", "drop-sockets", "sockets", "private");
    until(() -> heard.backs().size() == 1, "the return");
    assertThat(heard.losses()).hasSize(1);
    alice.place(SIM, "BUY", "1", "2");
    until(() -> !heard.orders().isEmpty(), "an order");
  }

  @Test
  void aKeyThatHasEndedIsReplaced() {
    open();
    alice.fault("name", "expire-listen-keys");
    until(() -> heard.backs().size() == 1, "the return");
    alice.place(SIM, "BUY", "1", "2");
    until(() -> !heard.orders().isEmpty(), "an order");
    assertThat(
            alice
                .signed(HttpMethod.GET, "userDataStream", Map.of())
                .object()
                .getJsonArray("listenKey"))
        .hasSize(1);
  }

  @Test
  void theKeyIsGivenBack() {
    open();
    var opened = Objects.requireNonNull(stream);
    assertThat(onLoop(() -> Future.succeededFuture(opened.isUp()))).isTrue();
    onLoop(opened::close);
    assertThat(
            alice
                .signed(HttpMethod.GET, "userDataStream", Map.of())
                .object()
                .getJsonArray("listenKey"))
        .isEmpty();
  }

  @Test
  void withoutAccessNothingIsHeard() {
    assertThatThrownBy(() -> open(config, "wrong"))
        .isInstanceOfSatisfying(
            MexcException.class,
            refused -> assertThat(refused.error()).isEqualTo(MexcError.ACCESS));
  }
}

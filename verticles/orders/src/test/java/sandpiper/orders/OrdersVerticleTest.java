package sandpiper.orders;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static sandpiper.bus.Channels.CLOSE_ORDERS;
import static sandpiper.bus.Channels.FINISH_ORDERS;
import static sandpiper.bus.Channels.OPEN_ORDERS;
import static sandpiper.bus.Channels.ORDERS_INPUT;
import static sandpiper.bus.Channels.ORDERS_SUBMIT;
import static sandpiper.bus.Channels.SCREEN_JOURNAL;
import static sandpiper.bus.Channels.WRITE_JOURNAL;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Bus;
import sandpiper.bus.Messages.Actions;
import sandpiper.bus.Messages.CloseSession;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.JournalBatch;
import sandpiper.bus.Messages.OpenSession;
import sandpiper.bus.Messages.StopStrategies;
import sandpiper.bus.Refusal;
import sandpiper.domain.journal.EquityMarked;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.LogLine;
import sandpiper.domain.journal.OrderAccepted;
import sandpiper.domain.journal.OrderCancelled;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.OrderType;
import sandpiper.domain.journal.PlaceOrder;
import sandpiper.domain.journal.Side;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.Trade;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyPlan;

class OrdersVerticleTest {
  private static final String ID = "pp_1";
  private static final int BOUND = 10_000;

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new Bus(vertx);
  private final BlockingQueue<Promise<Done>> commits = new LinkedBlockingQueue<>();
  private final List<JournalEntry> written = new CopyOnWriteArrayList<>();
  private final List<JournalEntry> shown = new CopyOnWriteArrayList<>();
  private volatile boolean held;

  @BeforeEach
  void deploy() throws Exception {
    Bus.install(vertx);
    await(bus.answer(WRITE_JOURNAL, this::write));
    await(
        bus.answer(
            SCREEN_JOURNAL,
            batch -> {
              shown.addAll(batch.entries());
              return Future.succeededFuture(new Done());
            }));
    await(vertx.deployVerticle(new OrdersVerticle(BrokerConfig.NONE, new Random(1))));
    await(bus.ask(OPEN_ORDERS, session()));
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  private Future<Done> write(JournalBatch batch) {
    written.addAll(batch.entries());
    var commit = Promise.<Done>promise();
    if (held) {
      commits.add(commit);
    } else {
      commit.complete(new Done());
    }
    return commit.future();
  }

  private Promise<Done> nextCommit() throws InterruptedException {
    var commit = commits.poll(20, SECONDS);
    if (commit == null) {
      throw new AssertionError("nothing was to be committed");
    }
    return commit;
  }

  private static OpenSession session() {
    var grain = new BigDecimal("0.01");
    var fee = new BigDecimal("0.001");
    var instrument = new Instrument("BTCUSD", grain, grain, BigDecimal.ONE, fee, fee);
    var plan = new StrategyPlan("s", "s", "abc", Map.of(), List.of(), List.of());
    return new OpenSession(
        new SessionSpec(
            ID, SessionMode.PAPER, List.of(instrument), new BigDecimal("1000"), List.of(plan), 0));
  }

  private static Input trade(long seq, double price) {
    return new Input(ID, seq, seq, new Trade("BTCUSD", seq, price, 1));
  }

  private static Actions buy(long seq, int number) {
    return new Actions(
        ID,
        seq,
        seq,
        List.of(
            new PlaceOrder(
                ID,
                "ord_" + number,
                "sig_1",
                "s",
                "BTCUSD",
                Side.BUY,
                OrderType.LIMIT,
                BigDecimal.ONE,
                new BigDecimal("100"))));
  }

  private static Actions lines(long seq, int count) {
    return new Actions(
        ID,
        seq,
        seq,
        IntStream.rangeClosed(1, count)
            .mapToObj(index -> new LogLine(ID, seq, seq, index, "s", "info", "line"))
            .toList());
  }

  @Test
  void ordersAreAnsweredWithWhatBecameOfThemAndJournalledInOrder() throws Exception {
    assertThat(await(bus.ask(ORDERS_INPUT, trade(1, 101))).events()).isEmpty();
    assertThat(await(bus.ask(ORDERS_SUBMIT, buy(1, 1))).events())
        .singleElement()
        .isInstanceOf(OrderAccepted.class);
    assertThat(await(bus.ask(ORDERS_INPUT, trade(2, 100))).events())
        .singleElement()
        .asInstanceOf(type(OrderFilled.class))
        .satisfies(filled -> assertThat(filled.fill().price()).isEqualByComparingTo("100"));
    await(bus.ask(ORDERS_SUBMIT, buy(2, 2)));
    var ended = await(bus.ask(FINISH_ORDERS, new StopStrategies(ID, 3, 3)));
    assertThat(ended.summary().orders()).isEqualTo(2);
    assertThat(ended.summary().fills()).isEqualTo(1);
    assertThat(ended.summary().openAtEnd()).isTrue();
    assertThat(written)
        .extracting(entry -> (Object) entry.getClass())
        .containsExactly(
            EquityMarked.class,
            OrderAccepted.class,
            OrderFilled.class,
            EquityMarked.class,
            OrderAccepted.class,
            OrderCancelled.class,
            EquityMarked.class);
    assertThat(shown).containsExactlyElementsOf(written);
  }

  @Test
  void answersComeBeforeTheCommitUpToTheBoundAndWaitBeyondIt() throws Exception {
    held = true;
    await(bus.ask(ORDERS_SUBMIT, lines(1, BOUND - 1)));
    var full = bus.ask(ORDERS_SUBMIT, lines(2, 1));
    var first = nextCommit();
    await(bus.ask(OPEN_ORDERS, other())); // answered after what was asked before
    assertThat(full.isComplete()).isFalse();
    first.complete(new Done());
    assertThat(await(full).events()).isEmpty();
    assertThat(written).hasSizeLessThan(BOUND);
  }

  /// A session beside the one under test.
  private static OpenSession other() {
    var spec = session().spec();
    return new OpenSession(
        new SessionSpec(
            "pp_2", spec.mode(), spec.instruments(), spec.cash(), spec.strategies(), 0));
  }

  @Test
  void theEndWaitsForTheLastCommit() throws Exception {
    held = true;
    await(bus.ask(ORDERS_SUBMIT, lines(1, 1)));
    var ended = bus.ask(FINISH_ORDERS, new StopStrategies(ID, 2, 2));
    nextCommit().complete(new Done());
    var last = nextCommit();
    await(bus.ask(OPEN_ORDERS, other()));
    assertThat(ended.isComplete()).isFalse();
    last.complete(new Done());
    assertThat(await(ended).summary().orders()).isZero();
    assertThat(written).hasSize(2);
    assertThat(written.getLast()).isInstanceOf(EquityMarked.class);
  }

  @Test
  void aCommitThatFailsFailsEveryAnswerFromThenOn() throws Exception {
    held = true;
    await(bus.ask(ORDERS_SUBMIT, lines(1, 1)));
    var ended = bus.ask(FINISH_ORDERS, new StopStrategies(ID, 2, 2));
    nextCommit().fail(Refusal.invalid("disk is full"));
    assertThat(failure(ended)).hasMessage("disk is full");
    assertThat(failure(bus.ask(ORDERS_INPUT, trade(3, 100)))).hasMessage("disk is full");
    assertThat(written).hasSize(1);
  }

  @Test
  void aSessionThatIsNotOpenIsRefused() throws Exception {
    await(bus.ask(CLOSE_ORDERS, new CloseSession(ID)));
    await(bus.ask(CLOSE_ORDERS, new CloseSession(ID)));
    for (var answer :
        List.of(
            bus.ask(ORDERS_INPUT, trade(1, 100)),
            bus.ask(ORDERS_SUBMIT, buy(1, 1)),
            bus.ask(FINISH_ORDERS, new StopStrategies(ID, 2, 2)))) {
      assertThat(failure(answer))
          .hasMessage("no session pp_1 is running")
          .asInstanceOf(type(Refusal.class))
          .extracting(Refusal::kind)
          .isEqualTo(Refusal.Kind.UNKNOWN);
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, SECONDS);
  }

  private static Throwable failure(Future<?> future) throws Exception {
    var failed = new CompletableFuture<@Nullable Throwable>();
    future.onComplete(_ -> failed.complete(null), failed::complete);
    var reason = failed.get(20, SECONDS);
    if (reason == null) {
      throw new AssertionError("did not fail");
    }
    return reason;
  }
}

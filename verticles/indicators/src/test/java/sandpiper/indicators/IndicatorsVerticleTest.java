package sandpiper.indicators;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static sandpiper.bus.Channels.CLOSE_INDICATORS;
import static sandpiper.bus.Channels.INPUT;
import static sandpiper.bus.Channels.OPEN_INDICATORS;
import static sandpiper.bus.Channels.SCREEN_STEP;
import static sandpiper.bus.Channels.STEP;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Bus;
import sandpiper.bus.Messages.CloseSession;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.OpenSession;
import sandpiper.bus.Messages.Step;
import sandpiper.bus.Refusal;
import sandpiper.domain.indicators.IndicatorSpec;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.Trade;
import sandpiper.domain.session.NamedIndicator;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.domain.session.StreamSpec;

class IndicatorsVerticleTest {
  private static final Future<Done> DONE = Future.succeededFuture(new Done());

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new Bus(vertx);
  private final BlockingQueue<Step> stepped = new LinkedBlockingQueue<>();
  private final BlockingQueue<Step> shown = new LinkedBlockingQueue<>();
  private volatile Function<Step, Future<Done>> onStep = _ -> DONE;

  @BeforeEach
  void deploy() throws Exception {
    Bus.install(vertx);
    await(
        bus.answer(
            STEP,
            step -> {
              stepped.add(step);
              return onStep.apply(step);
            }));
    await(
        bus.answer(
            SCREEN_STEP,
            step -> {
              shown.add(step);
              return DONE;
            }));
    await(vertx.deployVerticle(new IndicatorsVerticle()));
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  /// Mean of two prices of the trades of BTCUSD.
  private static OpenSession session(String id) {
    var spec = new IndicatorSpec("sma", "BTCUSD", null, "price", Map.of("period", 2.0));
    var plan =
        new StrategyPlan(
            "s",
            "s",
            "abc",
            Map.of(),
            List.of(new StreamSpec("ticks", "BTCUSD", null)),
            List.of(new NamedIndicator("mean", spec, "")));
    var one = BigDecimal.ONE;
    var instrument =
        new Instrument("BTCUSD", one, one, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
    return new OpenSession(
        new SessionSpec(id, SessionMode.PAPER, List.of(instrument), one, List.of(plan), 0));
  }

  private static Input trade(String id, long seq, String symbol, double price) {
    return new Input(id, seq, seq, new Trade(symbol, seq, price, 1));
  }

  @Test
  void everyStepCarriesValuesThatAreNeverWrittenToAgain() throws Exception {
    await(bus.ask(OPEN_INDICATORS, session("pp_1")));
    await(bus.ask(OPEN_INDICATORS, session("pp_2")));
    await(bus.ask(INPUT, trade("pp_1", 1, "BTCUSD", 10)));
    await(bus.ask(INPUT, trade("pp_1", 2, "BTCUSD", 20)));
    await(bus.ask(INPUT, trade("pp_1", 3, "ETHUSD", 99)));
    await(bus.ask(INPUT, trade("pp_2", 1, "BTCUSD", 70)));
    await(bus.ask(INPUT, trade("pp_1", 4, "BTCUSD", 40)));
    assertThat(stepped)
        .extracting(Step::values)
        .containsExactly(
            new double[] {Double.NaN},
            new double[] {15},
            new double[] {15},
            new double[] {Double.NaN},
            new double[] {30});
    assertThat(stepped).extracting(step -> step.input().seq()).containsExactly(1L, 2L, 3L, 1L, 4L);
    for (var step : stepped) {
      assertThat(shown.poll(20, SECONDS)).isSameAs(step);
    }
  }

  @Test
  void anInputIsAnsweredWhenTheStrategiesAreDone() throws Exception {
    var deciding = Promise.<Done>promise();
    onStep = _ -> deciding.future();
    await(bus.ask(OPEN_INDICATORS, session("pp_1")));
    var answer = bus.ask(INPUT, trade("pp_1", 1, "BTCUSD", 10));
    assertThat(stepped.poll(20, SECONDS)).isNotNull();
    assertThat(answer.isComplete()).isFalse();
    deciding.fail(Refusal.invalid("s.js:1:1: Error: no"));
    assertThat(failure(answer)).hasMessage("s.js:1:1: Error: no");
  }

  @Test
  void aSessionThatIsNotOpenIsRefused() throws Exception {
    unknown("pp_1");
    await(bus.ask(OPEN_INDICATORS, session("pp_1")));
    await(bus.ask(CLOSE_INDICATORS, new CloseSession("pp_1")));
    unknown("pp_1");
    await(bus.ask(CLOSE_INDICATORS, new CloseSession("pp_1")));
    assertThat(stepped).isEmpty();
  }

  private void unknown(String id) throws Exception {
    assertThat(failure(bus.ask(INPUT, trade(id, 1, "BTCUSD", 10))))
        .hasMessage("no session " + id + " is running")
        .asInstanceOf(type(Refusal.class))
        .extracting(Refusal::kind)
        .isEqualTo(Refusal.Kind.UNKNOWN);
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

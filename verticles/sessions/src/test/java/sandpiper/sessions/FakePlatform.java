package sandpiper.sessions;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Channels.Request;
import sandpiper.bus.Messages.CollectionState;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.FeedOpened;
import sandpiper.bus.Messages.FeedStopped;
import sandpiper.bus.Messages.FileChecked;
import sandpiper.bus.Messages.InstrumentList;
import sandpiper.bus.Messages.SessionEnded;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.Setting;
import sandpiper.bus.Messages.StrategyPlans;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.metrics.PerformanceReport;
import sandpiper.domain.metrics.PerformanceTracker;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.domain.session.StreamSpec;
import sandpiper.domain.trading.SessionSummary;

/// Stands for all verticles that a session needs: answers, and writes down what it was asked.
final class FakePlatform extends VerticleBase {
  volatile Setting setting = new Setting(null, null, null);

  static final long START_TIME = 1_577_836_800_000_000L;
  static final StrategyPlan PLAN =
      new StrategyPlan(
          "s",
          "s",
          "abc",
          Map.of(),
          List.of(new StreamSpec("main", "BTCUSD", Interval.parse("5m"))),
          List.of());

  /// What the exchange says of a symbol.
  static final Instrument LISTED =
      new Instrument(
          "ETHUSDT",
          "ETH",
          "USDT",
          new BigDecimal("0.01"),
          new BigDecimal("0.0001"),
          BigDecimal.ONE,
          BigDecimal.ZERO,
          new BigDecimal("0.0005"));

  static final SessionSummary SUMMARY =
      new SessionSummary(
          1,
          1,
          false,
          2,
          2,
          0,
          2,
          BigDecimal.ONE,
          BigDecimal.ZERO,
          0,
          BigDecimal.TEN,
          BigDecimal.TWO,
          -0.5);

  static final PerformanceReport PERFORMANCE =
      new PerformanceTracker(BigDecimal.TEN, START_TIME, "BTCUSD")
          .report(365, START_TIME, BigDecimal.TEN);

  /// Addresses in order; with the status where a session is written.
  final List<String> asked = new CopyOnWriteArrayList<>();

  final List<Record> bodies = new CopyOnWriteArrayList<>();
  final BlockingQueue<SessionState> published = new LinkedBlockingQueue<>();

  final BlockingQueue<CollectionState> collections = new LinkedBlockingQueue<>();

  /// By address, what to answer instead.
  final Map<String, Future<Done>> instead = new ConcurrentHashMap<>();

  @Override
  public Future<?> start() {
    var bus = new Bus(vertx);
    var done = new Done();
    return Future.all(
        List.of(
            take(bus, Channels.PLAN_STRATEGIES, new StrategyPlans(List.of(PLAN))),
            take(bus, Channels.OPEN_FEED, new FeedOpened(START_TIME, null)),
            take(bus, Channels.FIND_INSTRUMENTS, new InstrumentList(List.of(LISTED))),
            take(bus, Channels.START_FEED, done),
            take(bus, Channels.STOP_FEED, new FeedStopped(41, START_TIME + 9)),
            take(bus, Channels.OPEN_INDICATORS, done),
            take(bus, Channels.CLOSE_INDICATORS, done),
            take(bus, Channels.OPEN_STRATEGIES, done),
            take(bus, Channels.STOP_STRATEGIES, done),
            take(bus, Channels.CLOSE_STRATEGIES, done),
            take(bus, Channels.OPEN_ORDERS, done),
            take(bus, Channels.FINISH_ORDERS, new SessionEnded(SUMMARY, PERFORMANCE)),
            take(bus, Channels.CLOSE_ORDERS, done),
            take(bus, Channels.KILL_SWITCH, done),
            take(bus, Channels.WRITE_SESSION, done),
            bus.answer(Channels.WRITE_BASIS, _ -> Future.succeededFuture(done)),
            bus.answer(Channels.CLOSE_BASIS, _ -> Future.succeededFuture(done)),
            bus.answer(Channels.FIND_SETTING, _ -> Future.succeededFuture(setting)),
            bus.answer(
                Channels.WRITE_SETTING,
                write -> {
                  setting = new Setting(write.value(), START_TIME, write.by());
                  return Future.succeededFuture(setting);
                }),
            take(bus, Channels.WRITE_BACKTEST, done),
            take(bus, Channels.WRITE_COLLECTION, done),
            take(bus, Channels.CHECK_FILE, new FileChecked(Set.of(MarketStream.TRADES), 3)),
            bus.read(Channels.COLLECTION_STATES, collections::add),
            take(bus, Channels.CHANGE_FEED_PACE, done),
            take(bus, Channels.PAUSE_FEED, done),
            take(bus, Channels.ERASE_SESSION, done),
            take(bus, Channels.WRITE_PERFORMANCE, done),
            bus.read(Channels.SESSION_STATES, published::add)));
  }

  private <Q extends Record, R extends Record> Future<Void> take(
      Bus bus, Request<Q, R> request, R reply) {
    return bus.answer(
        request,
        body -> {
          var status = body instanceof SessionState state ? " " + state.status() : "";
          bodies.add(body);
          asked.add(request.address() + status);
          return instead
              .getOrDefault(request.address(), Future.succeededFuture(new Done()))
              .map(reply);
        });
  }

  /// The latest record of one kind that it was asked.
  <T extends Record> T latest(Class<T> kind) {
    return bodies.stream().filter(kind::isInstance).map(kind::cast).toList().getLast();
  }
}

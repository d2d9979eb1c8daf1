package sandpiper.orders;

import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.random.RandomGenerator;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.Actions;
import sandpiper.bus.Messages.CloseSession;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.JournalBatch;
import sandpiper.bus.Messages.OpenSession;
import sandpiper.bus.Messages.OrderEvents;
import sandpiper.bus.Messages.SessionEnded;
import sandpiper.bus.Messages.StopStrategies;
import sandpiper.bus.Meters;
import sandpiper.bus.Offer;
import sandpiper.bus.Refusal;
import sandpiper.domain.session.SessionMode;

/// Carries out what strategies ask for and lets the venue act on market events.
///
/// Every entry of a session's journal goes to [WRITE_JOURNAL][Channels#WRITE_JOURNAL] in order;
/// while too many wait for their commit, answers wait as well, and with them the feed. Entries are
/// offered to the screens.
public final class OrdersVerticle extends VerticleBase {
  private static final int MAX_SCREEN_BATCHES = 10_000;

  private final BrokerConfig brokerConfig;
  private final RandomGenerator random;
  private final Map<String, OrdersSession> sessions = new HashMap<>();
  private MexcBroker broker;
  private Bus bus;
  private Offer<JournalBatch> screen;
  private Meters meters;
  private Timer inputs;
  private Timer submissions;

  /// @param broker how live sessions trade
  /// @param random spreads attempts to connect to the exchange
  public OrdersVerticle(BrokerConfig broker, RandomGenerator random) {
    brokerConfig = broker;
    this.random = random;
  }

  @Override
  public Future<?> start() {
    bus = new Bus(vertx);
    broker = new MexcBroker(vertx, brokerConfig, random);
    screen = new Offer<>(bus, Channels.SCREEN_JOURNAL, MAX_SCREEN_BATCHES);
    meters = Meters.of(vertx);
    meters.offer("screen-journal", screen);
    inputs = meters.stage(Meters.Stage.ORDERS);
    submissions = meters.stage(Meters.Stage.SUBMIT);
    return Future.all(
        List.of(
            bus.answer(Channels.OPEN_ORDERS, this::open),
            bus.answer(Channels.ORDERS_INPUT, this::onInput),
            bus.answer(Channels.ORDERS_SUBMIT, this::submit),
            bus.answer(Channels.ADMIT_LIVE, wanted -> broker.admit(wanted).map(_ -> new Done())),
            bus.answer(Channels.TAKE_BACK, wanted -> broker.takeBack(wanted)),
            bus.answer(Channels.WIND_DOWN, ended -> session(ended.sessionId()).windDown()),
            bus.answer(Channels.FINISH_ORDERS, this::finish),
            bus.answer(Channels.CLOSE_ORDERS, this::close),
            bus.answer(Channels.KILL_SWITCH, kill -> session(kill.sessionId()).kill(kill)),
            bus.answer(
                Channels.RELEASE_TRADING, release -> session(release.sessionId()).release(release)),
            bus.answer(
                Channels.PLACE_MANUAL_ORDER, place -> session(place.sessionId()).manual(place)),
            bus.answer(
                Channels.CANCEL_MANUALLY, cancel -> session(cancel.sessionId()).manual(cancel)),
            bus.answer(Channels.AMEND_MANUALLY, amend -> session(amend.sessionId()).manual(amend)),
            bus.answer(Channels.CLOSE_POSITION, close -> session(close.sessionId()).manual(close)),
            bus.answer(
                Channels.CLOSE_ALL_POSITIONS, close -> session(close.sessionId()).manual(close)),
            bus.answer(
                Channels.CANCEL_ALL_MANUALLY,
                cancel -> session(cancel.sessionId()).manual(cancel))));
  }

  private Future<Done> open(OpenSession open) {
    var id = open.spec().sessionId();
    boolean live = open.spec().mode() == SessionMode.LIVE;
    var session =
        new OrdersSession(open, bus, screen, meters.queue("journal"), live ? broker : null);
    sessions.put(id, session);
    return session.open().map(_ -> new Done()).onFailure(_ -> sessions.remove(id));
  }

  @Override
  public Future<?> stop() {
    return broker.shutdown();
  }

  private Future<OrderEvents> onInput(Input input) {
    return timed(inputs, System.nanoTime(), session(input.sessionId()).onInput(input));
  }

  private Future<OrderEvents> submit(Actions actions) {
    return timed(submissions, System.nanoTime(), session(actions.sessionId()).submit(actions));
  }

  private static Future<OrderEvents> timed(Timer timer, long began, Future<OrderEvents> work) {
    return work.onSuccess(_ -> timer.record(System.nanoTime() - began, TimeUnit.NANOSECONDS));
  }

  private Future<SessionEnded> finish(StopStrategies stop) {
    return session(stop.sessionId()).finish(stop);
  }

  private Future<Done> close(CloseSession close) {
    sessions.remove(close.sessionId());
    broker.close(close.sessionId());
    return Future.succeededFuture(new Done());
  }

  private OrdersSession session(String sessionId) {
    var session = sessions.get(sessionId);
    if (session == null) {
      throw Refusal.unknown("no session " + sessionId + " is running");
    }
    return session;
  }
}

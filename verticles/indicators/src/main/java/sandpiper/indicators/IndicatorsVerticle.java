package sandpiper.indicators;

import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.AddIndicators;
import sandpiper.bus.Messages.CloseSession;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.IndicatorsAdded;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.OpenSession;
import sandpiper.bus.Messages.Step;
import sandpiper.bus.Meters;
import sandpiper.bus.Offer;
import sandpiper.bus.Refusal;
import sandpiper.domain.indicators.IndicatorLayout;
import sandpiper.domain.indicators.IndicatorSet;
import sandpiper.domain.indicators.IndicatorSpec;
import sandpiper.domain.market.MarketEvent;

/// Brings the indicators of a session up to date with each input and passes both on.
///
/// Answers [INPUT][Channels#INPUT] when strategies have answered [STEP][Channels#STEP]; offers
/// every step to the screens.
public final class IndicatorsVerticle extends VerticleBase {
  private static final int MAX_SCREEN_STEPS = 1_000;
  private static final int MAX_PAST_EVENTS = 5_000;

  private final Map<String, Session> sessions = new HashMap<>();
  private Bus bus;
  private Offer<Step> screen;
  private Timer updates;

  /// A session's indicators, the latest copy of their values, and the events that warm up those
  /// that are added while it runs.
  private static final class Session {
    private final IndicatorSet indicators;
    private final Deque<MarketEvent> past = new ArrayDeque<>();
    private IndicatorLayout layout;
    private double[] values;

    private Session(IndicatorLayout layout) {
      this.layout = layout;
      indicators = new IndicatorSet(layout);
      values = indicators.values().clone();
    }

    private void update(MarketEvent event) {
      if (past.size() == MAX_PAST_EVENTS) {
        past.removeFirst();
      }
      past.addLast(event);
      if (indicators.update(event)) {
        values = indicators.values().clone();
      }
    }

    private void add(List<IndicatorSpec> specs) {
      layout = layout.with(specs);
      indicators.extend(layout, past);
      values = indicators.values().clone();
    }
  }

  @Override
  public Future<?> start() {
    bus = new Bus(vertx);
    screen = new Offer<>(bus, Channels.SCREEN_STEP, MAX_SCREEN_STEPS);
    var meters = Meters.of(vertx);
    meters.offer("screen-steps", screen);
    updates = meters.stage(Meters.Stage.INDICATORS);
    return Future.all(
        bus.answer(Channels.OPEN_INDICATORS, this::open),
        bus.answer(Channels.ADD_INDICATORS, this::add),
        bus.answer(Channels.CLOSE_INDICATORS, this::close),
        bus.answer(Channels.INPUT, this::onInput));
  }

  private Future<Done> open(OpenSession open) {
    sessions.put(open.spec().sessionId(), new Session(open.spec().layout()));
    return Future.succeededFuture(new Done());
  }

  private Future<Done> close(CloseSession close) {
    sessions.remove(close.sessionId());
    return Future.succeededFuture(new Done());
  }

  private Future<Done> onInput(Input input) {
    var session = session(input.sessionId());
    long began = System.nanoTime();
    session.update(input.event());
    updates.record(System.nanoTime() - began, TimeUnit.NANOSECONDS);
    var step = new Step(input, session.values, session.layout);
    screen.send(step);
    return bus.ask(Channels.STEP, step);
  }

  private Future<IndicatorsAdded> add(AddIndicators more) {
    var session = session(more.sessionId());
    session.add(more.specs());
    return Future.succeededFuture(new IndicatorsAdded(session.layout));
  }

  private Session session(String sessionId) {
    var session = sessions.get(sessionId);
    if (session == null) {
      throw Refusal.unknown("no session " + sessionId + " is running");
    }
    return session;
  }
}

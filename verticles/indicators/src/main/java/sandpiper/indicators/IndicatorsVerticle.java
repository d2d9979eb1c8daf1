package sandpiper.indicators;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.HashMap;
import java.util.Map;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.CloseSession;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.OpenSession;
import sandpiper.bus.Messages.Step;
import sandpiper.bus.Offer;
import sandpiper.bus.Refusal;
import sandpiper.domain.indicators.IndicatorSet;

/// Brings the indicators of a session up to date with each input and passes both on.
///
/// Answers [INPUT][Channels#INPUT] when strategies have answered [STEP][Channels#STEP]; offers
/// every step to the screens.
public final class IndicatorsVerticle extends VerticleBase {
  private static final int MAX_SCREEN_STEPS = 1_000;

  private final Map<String, Session> sessions = new HashMap<>();
  private Bus bus;
  private Offer<Step> screen;

  /// A session's indicators and the latest copy of their values.
  private static final class Session {
    private final IndicatorSet indicators;
    private double[] values;

    private Session(IndicatorSet indicators) {
      this.indicators = indicators;
      values = indicators.values().clone();
    }
  }

  @Override
  public Future<?> start() {
    bus = new Bus(vertx);
    screen = new Offer<>(bus, Channels.SCREEN_STEP, MAX_SCREEN_STEPS);
    return Future.all(
        bus.answer(Channels.OPEN_INDICATORS, this::open),
        bus.answer(Channels.CLOSE_INDICATORS, this::close),
        bus.answer(Channels.INPUT, this::onInput));
  }

  private Future<Done> open(OpenSession open) {
    var indicators = new IndicatorSet(open.spec().layout());
    sessions.put(open.spec().sessionId(), new Session(indicators));
    return Future.succeededFuture(new Done());
  }

  private Future<Done> close(CloseSession close) {
    sessions.remove(close.sessionId());
    return Future.succeededFuture(new Done());
  }

  private Future<Done> onInput(Input input) {
    var session = sessions.get(input.sessionId());
    if (session == null) {
      throw Refusal.unknown("no session " + input.sessionId() + " is running");
    }
    if (session.indicators.update(input.event())) {
      session.values = session.indicators.values().clone();
    }
    var step = new Step(input, session.values);
    screen.send(step);
    return bus.ask(Channels.STEP, step);
  }
}

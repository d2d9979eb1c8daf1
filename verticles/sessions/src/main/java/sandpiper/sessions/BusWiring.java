package sandpiper.sessions;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.LogKeys;
import sandpiper.bus.Messages.ChangePace;
import sandpiper.bus.Messages.CloseBasis;
import sandpiper.bus.Messages.CloseSession;
import sandpiper.bus.Messages.FeedOpened;
import sandpiper.bus.Messages.FeedStopped;
import sandpiper.bus.Messages.OpenFeed;
import sandpiper.bus.Messages.OpenSession;
import sandpiper.bus.Messages.PauseSession;
import sandpiper.bus.Messages.SessionEnded;
import sandpiper.bus.Messages.StopStrategies;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyPlan;

/// A session on the bus: each part in its own verticle.
public final class BusWiring implements Wiring {
  private static final Logger LOG = LoggerFactory.getLogger(BusWiring.class);

  private final Bus bus;
  private final String sessionId;
  private final boolean pinned;
  private final boolean live;
  private final long resumedFrom;
  private @Nullable Ended ended;

  /// @param pinned whether the session keeps the versions that it began with
  /// @param live whether its orders are at an exchange, which has to be asked for them at the end
  public BusWiring(Bus bus, String sessionId, boolean pinned, boolean live) {
    this(bus, sessionId, pinned, live, 0);
  }

  /// @param resumedFrom number of the last input on record; 0 for a session that begins
  BusWiring(Bus bus, String sessionId, boolean pinned, boolean live, long resumedFrom) {
    this.live = live;
    this.resumedFrom = resumedFrom;
    this.bus = bus;
    this.sessionId = sessionId;
    this.pinned = pinned;
  }

  @Override
  public Future<FeedOpened> open(OpenFeed feed, List<StrategyPlan> plans) {
    return bus.ask(Channels.OPEN_FEED, feed);
  }

  @Override
  public Future<?> start(SessionSpec spec, Ended ended) {
    this.ended = ended;
    var open = new OpenSession(spec, pinned, resumedFrom);
    return bus.ask(Channels.OPEN_INDICATORS, open)
        .compose(_ -> bus.ask(Channels.OPEN_ORDERS, open))
        .compose(_ -> bus.ask(Channels.OPEN_STRATEGIES, open))
        .compose(_ -> bus.ask(Channels.START_FEED, new CloseSession(sessionId)));
  }

  @Override
  public Future<?> changePace(@Nullable Double acceleration) {
    return bus.ask(Channels.CHANGE_FEED_PACE, new ChangePace(sessionId, acceleration));
  }

  @Override
  public Future<?> pause(boolean paused) {
    return bus.ask(Channels.PAUSE_FEED, new PauseSession(sessionId, paused));
  }

  @Override
  public void onFeedEnded(@Nullable String error) {
    if (ended != null) {
      ended.because(error);
    }
  }

  @Override
  public Future<SessionEnded> finish(boolean strategies) {
    return windDown()
        .compose(_ -> bus.ask(Channels.STOP_FEED, new CloseSession(sessionId)))
        .compose(stopped ->
            bus.ask(Channels.CLOSE_BASIS, new CloseBasis(sessionId, stopped.lastSeq()))
                .onFailure(failure ->
                    LOG.atWarn()
                        .addKeyValue(LogKeys.SESSION, sessionId)
                        .log("session {} cannot be run again: {}", sessionId, failure.getMessage()))
                .transform(_ -> finishAt(end(stopped), strategies)));
  }

  /// While the feed still numbers what the exchange says.
  private Future<?> windDown() {
    return live
        ? bus.ask(Channels.WIND_DOWN, new CloseSession(sessionId))
            .recover(failure -> {
              LOG.atError()
                  .addKeyValue(LogKeys.SESSION, sessionId)
                  .log(
                      "session {} did not take back what it has at the exchange: {}",
                      sessionId,
                      failure.getMessage());
              return Future.succeededFuture();
            })
        : Future.succeededFuture();
  }

  @Override
  public Future<?> close() {
    var close = new CloseSession(sessionId);
    return Future.join(
        bus.ask(Channels.STOP_FEED, close),
        bus.ask(Channels.CLOSE_STRATEGIES, close),
        bus.ask(Channels.CLOSE_INDICATORS, close),
        bus.ask(Channels.CLOSE_ORDERS, close));
  }

  private Future<SessionEnded> finishAt(StopStrategies end, boolean strategies) {
    Future<?> stopped =
        strategies ? bus.ask(Channels.STOP_STRATEGIES, end) : Future.succeededFuture();
    return stopped.transform(result ->
        bus.ask(Channels.FINISH_ORDERS, end)
            .compose(ended ->
                result.succeeded()
                    ? Future.succeededFuture(ended)
                    : Future.failedFuture(result.cause())));
  }

  private StopStrategies end(FeedStopped stopped) {
    return new StopStrategies(sessionId, stopped.lastSeq() + 1, stopped.clock());
  }
}

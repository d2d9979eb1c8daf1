package sandpiper.sessions;

import io.vertx.core.Future;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.CloseSession;
import sandpiper.bus.Messages.FeedOpened;
import sandpiper.bus.Messages.FeedStopped;
import sandpiper.bus.Messages.OpenFeed;
import sandpiper.bus.Messages.OpenSession;
import sandpiper.bus.Messages.SessionEnded;
import sandpiper.bus.Messages.StopStrategies;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyPlan;

/// A session on the bus: each part in its own verticle.
public final class BusWiring implements Wiring {
  private final Bus bus;
  private final String sessionId;
  private @Nullable Ended ended;

  public BusWiring(Bus bus, String sessionId) {
    this.bus = bus;
    this.sessionId = sessionId;
  }

  @Override
  public Future<Long> open(OpenFeed feed, List<StrategyPlan> plans) {
    return bus.ask(Channels.OPEN_FEED, feed).map(FeedOpened::startTime);
  }

  @Override
  public Future<?> start(SessionSpec spec, Ended ended) {
    this.ended = ended;
    var open = new OpenSession(spec);
    return bus.ask(Channels.OPEN_INDICATORS, open)
        .compose(_ -> bus.ask(Channels.OPEN_ORDERS, open))
        .compose(_ -> bus.ask(Channels.OPEN_STRATEGIES, open))
        .compose(_ -> bus.ask(Channels.START_FEED, new CloseSession(sessionId)));
  }

  @Override
  public void onFeedEnded(@Nullable String error) {
    if (ended != null) {
      ended.because(error);
    }
  }

  @Override
  public Future<SessionEnded> finish(boolean strategies) {
    return bus.ask(Channels.STOP_FEED, new CloseSession(sessionId))
        .compose(stopped -> finishAt(end(stopped), strategies));
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

package sandpiper.sessions;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.LogKeys;
import sandpiper.bus.Messages.CloseSession;
import sandpiper.bus.Messages.CollectionState;
import sandpiper.bus.Messages.FeedProgress;
import sandpiper.bus.Messages.FeedStopped;
import sandpiper.bus.Messages.OpenFeed;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.StartCollection;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.bus.Messages.WriteCollection;
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.FillModel;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.RiskLimits;

/// One data collection from the request to its end: a feed whose events go to the database and
/// nowhere else. The only place that changes its state.
///
/// Data that cannot be opened are refused before anything is written down.
final class CollectionRun {
  private static final Logger LOG = LoggerFactory.getLogger(CollectionRun.class);

  private final String sessionId;
  private final StartCollection request;
  private final String shownData;
  private final Bus bus;
  private final LongSupplier wallClock;
  private final long startedAt;
  private SessionStatus status = SessionStatus.STARTING;
  private @Nullable Long clock;
  private long rows;
  private double consumed;
  private @Nullable Long endedAt;
  private @Nullable String error;
  private Future<?> starting = Future.failedFuture("not started");
  private @Nullable Future<?> ending;
  private final Promise<CollectionState> over = Promise.promise();

  /// @param shownData what people read of where the data come from
  /// @param wallClock UTC microseconds
  CollectionRun(
      String sessionId,
      StartCollection request,
      String shownData,
      Bus bus,
      LongSupplier wallClock) {
    this.sessionId = sessionId;
    this.request = request;
    this.shownData = shownData;
    this.bus = bus;
    this.wallClock = wallClock;
    startedAt = wallClock.getAsLong();
  }

  CollectionState state() {
    return new CollectionState(
        sessionId,
        status,
        request.symbols(),
        streams(),
        shownData,
        request.acceleration(),
        clock,
        rows,
        consumed,
        startedAt,
        endedAt,
        error);
  }

  private List<MarketStream> streams() {
    return request.streams().stream().sorted().toList();
  }

  Future<?> start() {
    var feed =
        new OpenFeed(
            sessionId,
            request.data(),
            request.symbols(),
            Map.of(),
            request.acceleration(),
            FillModel.ANY,
            TimeRange.ALL,
            true,
            Set.copyOf(request.streams()),
            request.streams().contains(MarketStream.BOOKS));
    starting =
        bus.ask(Channels.OPEN_FEED, feed)
            .compose(_ ->
                write()
                    .compose(_ ->
                        bus.ask(
                            Channels.WRITE_COLLECTION, new WriteCollection(sessionId, streams())))
                    .compose(_ -> bus.ask(Channels.START_FEED, new CloseSession(sessionId)))
                    .compose(_ -> running())
                    .recover(failure ->
                        endNow(String.valueOf(failure.getMessage()))
                            .transform(_ -> Future.failedFuture(failure))));
    return starting;
  }

  private Future<?> running() {
    if (status == SessionStatus.STARTING) {
      status = SessionStatus.RUNNING;
      publish();
      return write();
    }
    return Future.succeededFuture();
  }

  void onProgress(FeedProgress progress) {
    rows = progress.seq();
    clock = progress.clock();
    consumed = progress.consumed();
    publish();
  }

  /// Ends it, once its start is over; a second call waits for the same end.
  ///
  /// @param because why it failed; null when it was asked for or the data are at their end
  Future<?> end(@Nullable String because) {
    return starting.transform(started ->
        started.failed() && ending == null
            ? Future.failedFuture(started.cause())
            : endNow(because));
  }

  void onFeedEnded(@Nullable String because) {
    end(because)
        .onFailure(failure ->
            LOG.atError()
                .addKeyValue(LogKeys.SESSION, sessionId)
                .setCause(failure)
                .log("data collection {} could not be ended", sessionId));
  }

  private Future<?> endNow(@Nullable String because) {
    if (ending == null) {
      error = because;
      status = SessionStatus.STOPPING;
      publish();
      ending =
          bus.ask(Channels.STOP_FEED, new CloseSession(sessionId))
              .transform(stopped -> {
                settle(stopped.result(), stopped.cause());
                // Whoever hears that it is over finds it on record.
                return write()
                    .onComplete(_ -> {
                      publish();
                      over.complete(state());
                    });
              });
    }
    return ending;
  }

  /// How it ended, once it has.
  Future<CollectionState> over() {
    return over.future();
  }

  private void settle(@Nullable FeedStopped stopped, @Nullable Throwable failure) {
    if (stopped != null) {
      rows = stopped.lastSeq();
      clock = rows == 0 ? clock : Long.valueOf(stopped.clock());
    } else if (failure != null && error == null) {
      error = String.valueOf(failure.getMessage());
    }
    status = error == null ? SessionStatus.STOPPED : SessionStatus.FAILED;
    endedAt = wallClock.getAsLong();
    if (error != null) {
      LOG.atWarn()
          .addKeyValue(LogKeys.SESSION, sessionId)
          .log("data collection {} failed: {}", sessionId, error);
    }
  }

  /// There is no account in it: what a session's row must have says so.
  private Future<?> write() {
    return bus.ask(
        Channels.WRITE_SESSION,
        new SessionState(
            sessionId,
            SessionMode.COLLECTION,
            status,
            request.symbols(),
            request.acceleration(),
            BigDecimal.ZERO,
            shownData,
            FillRules.STANDARD,
            AccountRules.STANDARD,
            RiskLimits.NONE,
            clock,
            startedAt,
            endedAt,
            error,
            List.of(),
            Map.of(),
            null));
  }

  private void publish() {
    bus.publish(Channels.COLLECTION_STATES, state());
  }
}

package sandpiper.app;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;
import sandpiper.bus.Messages.FeedOpened;
import sandpiper.bus.Messages.OpenFeed;
import sandpiper.bus.Messages.SessionEnded;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Meters;
import sandpiper.bus.Refusal;
import sandpiper.domain.metrics.PerformanceReport;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyException;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.feeds.DataException;
import sandpiper.feeds.DataSets;
import sandpiper.feeds.MarketData;
import sandpiper.sessions.BusWiring;
import sandpiper.sessions.SessionsVerticle;
import sandpiper.sessions.Wiring;
import sandpiper.strategies.Isolation;
import sandpiper.strategies.StrategyLibrary;

/// A session in one thread, as fast as it can, with its journal in the database; on the bus when
/// one of its strategies must run in a process of its own.
final class InThreadWiring implements Wiring {
  private final Vertx vertx;
  private final Bus bus;
  private final StrategyLibrary library;
  private final Isolation isolation;
  private final StartSession request;
  private final DataSets dataSets;
  private final boolean pinned;
  private final SessionsVerticle.Progress progress;
  private @Nullable Wiring apart;
  private @Nullable MarketData data;
  private @Nullable InThreadSession session;
  private Future<SessionEnded> running = Future.failedFuture("the session did not begin");

  /// @param pinned whether the session keeps the versions that it began with
  /// @param progress told how far the session has come, on its event loop
  InThreadWiring(
      Vertx vertx,
      Bus bus,
      StrategyLibrary library,
      Isolation isolation,
      StartSession request,
      DataSets dataSets,
      boolean pinned,
      SessionsVerticle.Progress progress) {
    this.vertx = vertx;
    this.bus = bus;
    this.library = library;
    this.isolation = isolation;
    this.request = request;
    this.dataSets = dataSets;
    this.pinned = pinned;
    this.progress = progress;
  }

  @Override
  public Future<FeedOpened> open(OpenFeed feed, List<StrategyPlan> plans) {
    if (plans.stream()
        .anyMatch(plan -> isolation.of(library.planned(plan)) == Isolation.Mode.PROCESS)) {
      var onBus = new BusWiring(bus, feed.sessionId(), pinned, false);
      apart = onBus;
      return onBus.open(feed, plans);
    }
    return openData(feed);
  }

  private Future<FeedOpened> openData(OpenFeed feed) {
    return explained(
        vertx.executeBlocking(
            () -> {
              var reader =
                  dataSets.open(feed.symbols(), feed.data(), request.interval(), feed.range());
              data = reader;
              feed.fills().requireFor(feed.symbols(), reader.sourceIntervals());
              return new FeedOpened(reader.startTime(), reader.endTime());
            },
            false));
  }

  @Override
  public Future<?> start(SessionSpec spec, Ended ended) {
    if (apart != null) {
      return apart.start(spec, ended);
    }
    if (data == null) {
      throw new IllegalStateException("no data are open");
    }
    var scripts = spec.strategies().stream().map(library::planned).toList();
    var source = data;
    var inThread = new InThreadSession(source, scripts);
    session = inThread;
    var context = vertx.getOrCreateContext();
    var promise = Promise.<SessionEnded>promise();
    running = promise.future();
    Thread.ofPlatform()
        .daemon()
        .name("session-" + spec.sessionId())
        .start(() -> {
          try {
            var journal = new JournalWriter(bus, spec.sessionId());
            var summary =
                inThread.run(
                    spec,
                    journal,
                    clock ->
                        context.runOnContext(
                            _ -> progress.on(spec.sessionId(), clock, source.progress())));
            journal.flush();
            Meters.of(vertx).inputs(Meters.Wiring.THREAD).increment((double) inThread.inputs());
            promise.complete(
                new SessionEnded(summary, inThread.performance(PerformanceReport.CALENDAR_DAYS)));
          } catch (RuntimeException e) {
            promise.fail(e);
          }
        });
    explained(running)
        .onComplete(
            _ -> context.runOnContext(_ -> ended.because(null)),
            failure -> context.runOnContext(_ -> ended.because(failure.getMessage())));
    return Future.succeededFuture();
  }

  @Override
  public Future<?> changePace(@Nullable Double acceleration) {
    if (apart != null) {
      return apart.changePace(acceleration);
    }
    if (session != null) {
      try {
        session.changePace(acceleration);
      } catch (IllegalArgumentException e) {
        throw Refusal.invalid(String.valueOf(e.getMessage()));
      }
    }
    return Future.succeededFuture();
  }

  @Override
  public Future<?> pause(boolean paused) {
    if (apart != null) {
      return apart.pause(paused);
    }
    if (session != null) {
      session.pause(paused);
    }
    return Future.succeededFuture();
  }

  @Override
  public void onFeedEnded(@Nullable String error) {
    if (apart != null) {
      apart.onFeedEnded(error);
    }
  }

  @Override
  public Future<SessionEnded> finish(boolean strategies) {
    if (apart != null) {
      return apart.finish(strategies);
    }
    if (session != null) {
      session.cancel();
    }
    return explained(running);
  }

  @Override
  public Future<?> close() {
    if (apart != null) {
      return apart.close();
    }
    if (session != null) {
      session.cancel();
    }
    return running.transform(_ -> {
      if (data != null) {
        data.close();
      }
      return Future.succeededFuture();
    });
  }

  private static <T> Future<T> explained(Future<T> work) {
    return work.recover(e ->
        Future.failedFuture(
            e instanceof DataException
                    || e instanceof StrategyException
                    || e instanceof IllegalArgumentException
                ? Refusal.invalid(String.valueOf(e.getMessage()))
                : e));
  }
}

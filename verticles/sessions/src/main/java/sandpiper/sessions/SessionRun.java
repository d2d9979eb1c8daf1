package sandpiper.sessions;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.LogKeys;
import sandpiper.bus.Messages.BacktestNow;
import sandpiper.bus.Messages.BacktestProgress;
import sandpiper.bus.Messages.FeedOpened;
import sandpiper.bus.Messages.OpenFeed;
import sandpiper.bus.Messages.PlanBasis;
import sandpiper.bus.Messages.PlanStrategies;
import sandpiper.bus.Messages.PublishValue;
import sandpiper.bus.Messages.SessionBasis;
import sandpiper.bus.Messages.SessionEnded;
import sandpiper.bus.Messages.SessionPerformance;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StrategiesChanged;
import sandpiper.bus.Messages.StrategyPlans;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.bus.Messages.WriteBacktest;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.session.NamedIndicator;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.domain.session.StreamSpec;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.FillModel;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.RiskLimits;
import sandpiper.domain.trading.SessionSummary;

/// One session from the request to its end. The only place that changes its state.
///
/// What cannot be planned or has no data is refused before anything is written down; what fails
/// later lets go of all it had opened and is written down as failed.
final class SessionRun {
  private static final Logger LOG = LoggerFactory.getLogger(SessionRun.class);

  private final String sessionId;
  private final StartSession request;
  private final List<Instrument> instruments;
  private final FillRules fillRules;
  private final RiskLimits limits;
  private final AccountRules account;
  private final @Nullable TimeRange range;
  private final Wiring wiring;

  /// Null for a session that begins.
  private final @Nullable Resumption resumption;

  /// Completes when a session that goes on is where it was.
  private final Promise<Void> caughtUp = Promise.promise();

  private final Bus bus;
  private final LongSupplier wallClock;
  private final long startedAt;
  private SessionStatus status = SessionStatus.STARTING;
  private List<StrategyPlan> plans = List.of();
  private Map<String, String> suspended = Map.of();
  private @Nullable Double acceleration;
  private @Nullable ProgressMeter meter;
  private boolean cancelled;
  private @Nullable Long clock;
  private @Nullable Long endedAt;
  private @Nullable String error;
  private @Nullable SessionSummary summary;
  private Future<SessionState> starting = Future.failedFuture("not started");
  private @Nullable Future<SessionState> ending;

  /// @param range of a backtest that is a run of its own; null for any other session
  /// @param resumption where it goes on; null for one that begins
  /// @param wallClock UTC microseconds
  SessionRun(
      String sessionId,
      StartSession request,
      List<Instrument> instruments,
      FillRules fillRules,
      RiskLimits limits,
      AccountRules account,
      @Nullable TimeRange range,
      @Nullable Resumption resumption,
      Wiring wiring,
      Bus bus,
      LongSupplier wallClock) {
    this.sessionId = sessionId;
    this.request = request;
    this.instruments = instruments;
    this.fillRules = fillRules;
    this.limits = limits;
    this.account = account;
    this.range = range;
    acceleration = request.acceleration();
    this.resumption = resumption;
    if (resumption == null) {
      caughtUp.complete();
    }
    this.wiring = wiring;
    this.bus = bus;
    this.wallClock = wallClock;
    startedAt = resumption == null ? wallClock.getAsLong() : resumption.startedAt();
  }

  Wiring wiring() {
    return wiring;
  }

  StartSession request() {
    return request;
  }

  SessionState state() {
    return new SessionState(
        sessionId,
        request.mode(),
        status,
        request.symbols(),
        acceleration,
        request.budget(),
        request.data(),
        fillRules,
        account,
        limits,
        clock,
        startedAt,
        endedAt,
        error,
        plans,
        suspended,
        summary);
  }

  boolean isRunningBacktest() {
    return request.mode() == SessionMode.BACKTEST && !status.isFinal();
  }

  /// Null for a session of another mode.
  @Nullable BacktestNow backtest() {
    return request.mode() == SessionMode.BACKTEST ? new BacktestNow(state(), progress()) : null;
  }

  private BacktestProgress progress() {
    if (meter == null) {
      return new BacktestProgress(
          sessionId, clock, null, null, null, null, null, acceleration, cancelled);
    }
    return new BacktestProgress(
        sessionId,
        clock,
        meter.startTime(),
        meter.endTime(),
        status == SessionStatus.STOPPED && !cancelled ? Double.valueOf(1) : meter.fraction(),
        status.isFinal() ? null : meter.speed(),
        status.isFinal() ? null : meter.remainingMillis(),
        acceleration,
        cancelled);
  }

  /// @param consumed how much of the data, from 0 to 1
  void onProgress(long clock, double consumed) {
    this.clock = clock;
    if (meter != null) {
      meter.read(clock, consumed);
      bus.publish(Channels.BACKTEST_PROGRESS, progress());
    }
    publish();
  }

  /// Harmless when it is so already.
  ///
  /// @throws Refusal unless it runs or rests
  Future<SessionState> pause(boolean paused) {
    requireUnderWay(paused ? "it can be paused while it runs" : "only one that rests is resumed");
    return wiring
        .pause(paused)
        .compose(_ -> {
          if (status == SessionStatus.RUNNING || status == SessionStatus.PAUSED) {
            status = paused ? SessionStatus.PAUSED : SessionStatus.RUNNING;
            if (meter != null) {
              meter.restart();
            }
            publish();
            return write();
          }
          return Future.succeededFuture();
        })
        .map(_ -> state());
  }

  private void requireUnderWay(String hint) {
    if (status != SessionStatus.RUNNING && status != SessionStatus.PAUSED) {
      throw new Refusal(
          Refusal.Kind.CONFLICT,
          "session " + sessionId + " is " + status.name().toLowerCase(Locale.ROOT) + ": " + hint);
    }
  }

  /// @param wanted times real time; null for as fast as possible
  /// @throws Refusal unless it is a backtest that runs
  Future<?> changePace(@Nullable Double wanted) {
    if (request.mode() != SessionMode.BACKTEST) {
      throw Refusal.invalid(
          "only a backtest changes its pace, session "
              + sessionId
              + " is of mode "
              + request.mode().text());
    }
    requireUnderWay("its pace can be changed while it runs");
    return wiring
        .changePace(wanted)
        .compose(_ -> {
          acceleration = wanted;
          if (meter != null) {
            meter.restart();
            bus.publish(Channels.BACKTEST_PROGRESS, progress());
          }
          publish();
          return status.isFinal() ? Future.succeededFuture() : write();
        });
  }

  /// Whether a strategy of it reads this value from outside now. Backtests take none: they would
  /// not repeat themselves.
  boolean reads(PublishValue value) {
    return request.mode() != SessionMode.BACKTEST
        && (status == SessionStatus.RUNNING || status == SessionStatus.PAUSED)
        && plans.stream()
            .flatMap(plan -> plan.indicators().stream())
            .map(NamedIndicator::spec)
            .anyMatch(spec ->
                spec.isExternal()
                    && spec.symbol().equals(value.symbol())
                    && spec.field().equals(value.name()));
  }

  /// A strategy was reloaded, suspended or given other parameters.
  void onStrategies(StrategiesChanged changed) {
    plans = changed.plans();
    suspended = changed.suspended();
    if (!status.isFinal()) {
      publish();
      write()
          .onFailure(failure ->
              LOG.atError()
                  .addKeyValue(LogKeys.SESSION, sessionId)
                  .setCause(failure)
                  .log("session {} could not be written", sessionId));
    }
  }

  Future<SessionState> start() {
    var wanted = new PlanStrategies(request.strategies(), request.symbols(), request.interval());
    starting =
        bus.ask(Channels.PLAN_STRATEGIES, wanted)
            .compose(this::open)
            .compose(opened ->
                write()
                    .compose(_ -> keepRange(opened))
                    .compose(_ -> begin(opened.startTime()))
                    .compose(_ -> caughtUp.future())
                    .compose(_ -> running())
                    .recover(failure -> endNow(reason(failure)).transform(_ -> fail(failure))))
            .recover(failure ->
                ending == null ? wiring.close().transform(_ -> fail(failure)) : fail(failure));
    return starting;
  }

  /// Over when the session runs, or does not.
  Future<SessionState> started() {
    return starting;
  }

  /// Ends the session, once its start is over; a second call waits for the same end. A session that
  /// was refused has no end.
  ///
  /// @param because why it failed; null when it was asked for or the data are at their end
  Future<SessionState> end(@Nullable String because) {
    return starting.transform(
        started -> started.failed() && ending == null ? fail(started.cause()) : endNow(because));
  }

  /// Ends it because somebody wants it so.
  Future<SessionState> stop() {
    if (request.mode() == SessionMode.BACKTEST && ending == null && !status.isFinal()) {
      cancelled = true;
    }
    return end(null);
  }

  private Future<SessionState> endNow(@Nullable String because) {
    if (ending == null) {
      error = because;
      status = SessionStatus.STOPPING;
      publish();
      ending = finish(because);
    }
    return ending;
  }

  /// A session that goes on is where it was.
  void onCaughtUp() {
    caughtUp.tryComplete();
  }

  private Future<FeedOpened> open(StrategyPlans planned) {
    plans = planned.plans();
    requireSamePlans();
    var feed =
        new OpenFeed(
            sessionId,
            request.data(),
            request.symbols(),
            spec(0).intervals(),
            request.acceleration(),
            fillRules.model(),
            range == null ? TimeRange.ALL : range,
            range == null,
            null,
            wantsBooks(plans),
            resumption == null ? 0 : resumption.lastSeq());
    return wiring.open(feed, plans);
  }

  /// Whoever goes on does so with the scripts that it began with.
  private void requireSamePlans() {
    if (resumption == null) {
      return;
    }
    var before =
        resumption.basis().plans().stream().map(each -> each.instance() + each.version()).toList();
    var now = plans.stream().map(each -> each.instance() + each.version()).toList();
    if (!before.equals(now)) {
      throw Refusal.invalid("its strategies are not what it began with");
    }
  }

  private boolean wantsBooks(List<StrategyPlan> planned) {
    return fillRules.model() == FillModel.BOOK
        || planned.stream()
            .flatMap(plan -> plan.streams().stream())
            .anyMatch(stream -> stream.kind() == StreamSpec.Kind.BOOK);
  }

  private Future<?> keepRange(FeedOpened opened) {
    if (request.mode() != SessionMode.BACKTEST) {
      return Future.succeededFuture();
    }
    meter = new ProgressMeter(opened.startTime(), opened.endTime(), System::nanoTime);
    return writeBacktest();
  }

  private Future<?> writeBacktest() {
    return meter == null
        ? Future.succeededFuture()
        : bus.ask(
            Channels.WRITE_BACKTEST,
            new WriteBacktest(
                sessionId,
                range == null ? TimeRange.ALL : range,
                meter.startTime(),
                meter.endTime(),
                cancelled));
  }

  /// The screens hear of the session before its first event does.
  private Future<?> begin(long startTime) {
    publish();
    var spec = spec(resumption == null ? startTime : resumption.basis().startTime());
    return keepBasis(spec).compose(_ -> wiring.start(spec, this::onEnded));
  }

  /// So that it can be run again from its inputs, which backtests do not record.
  private Future<?> keepBasis(SessionSpec spec) {
    return request.mode() == SessionMode.BACKTEST
        ? Future.succeededFuture()
        : bus.ask(Channels.WRITE_BASIS, basis(spec));
  }

  private static SessionBasis basis(SessionSpec spec) {
    return new SessionBasis(
        spec.sessionId(),
        spec.mode(),
        spec.startTime(),
        spec.instruments().stream().map(Instrument::symbol).toList(),
        spec.instruments(),
        spec.cash(),
        spec.strategies().stream()
            .map(plan ->
                new PlanBasis(
                    plan.instance(),
                    plan.strategy(),
                    plan.version(),
                    plan.parameters(),
                    plan.mainInterval()))
            .toList(),
        spec.fills().model().text(),
        spec.fills().slippage().toString(),
        spec.fills().latency().toString(),
        spec.fills().limits().text(),
        spec.risk(),
        spec.account());
  }

  private SessionSpec spec(long startTime) {
    return new SessionSpec(
            sessionId, request.mode(), instruments, request.budget(), plans, startTime, fillRules)
        .with(limits)
        .with(account)
        .keepingReadings();
  }

  private Future<SessionState> running() {
    if (status == SessionStatus.STARTING) {
      status = SessionStatus.RUNNING;
      publish();
      return write().map(_ -> state());
    }
    return Future.succeededFuture(state());
  }

  private void onEnded(@Nullable String because) {
    caughtUp.tryFail(because == null ? "its data are at their end" : because);
    end(because)
        .onFailure(failure ->
            LOG.atError()
                .addKeyValue(LogKeys.SESSION, sessionId)
                .setCause(failure)
                .log("session {} could not be ended", sessionId));
  }

  private Future<SessionState> finish(@Nullable String because) {
    return wiring
        .finish(because == null)
        .transform(result -> {
          if (result.failed() && error == null) {
            error = reason(result.cause());
          }
          return keep(result.result()).transform(_ -> wiring.close());
        })
        .transform(_ -> {
          status = error == null ? SessionStatus.STOPPED : SessionStatus.FAILED;
          endedAt =
              Math.max(startedAt, wallClock.getAsLong()); // it may have begun before a restart
          if (error != null) {
            LOG.atWarn()
                .addKeyValue(LogKeys.SESSION, sessionId)
                .log("session {} failed: {}", sessionId, error);
          }
          if (meter != null) {
            bus.publish(Channels.BACKTEST_PROGRESS, progress());
          }
          publish();
          return write().compose(_ -> cancelled ? writeBacktest() : Future.succeededFuture());
        })
        .map(_ -> state());
  }

  /// The performance is there before the session says that it has ended.
  private Future<?> keep(@Nullable SessionEnded ended) {
    if (ended == null) {
      return Future.succeededFuture();
    }
    summary = ended.summary();
    return bus.ask(
            Channels.WRITE_PERFORMANCE, new SessionPerformance(sessionId, ended.performance()))
        .onFailure(failure ->
            LOG.atError()
                .addKeyValue(LogKeys.SESSION, sessionId)
                .setCause(failure)
                .log("the performance of session {} could not be written", sessionId));
  }

  private Future<?> write() {
    return bus.ask(Channels.WRITE_SESSION, state());
  }

  private void publish() {
    bus.publish(Channels.SESSION_STATES, state());
  }

  private static <T> Future<T> fail(Throwable failure) {
    return Future.failedFuture(failure);
  }

  private static String reason(Throwable failure) {
    return failure.getMessage() == null ? failure.getClass().getSimpleName() : failure.getMessage();
  }
}

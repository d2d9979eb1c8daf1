package sandpiper.sessions;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Access.AuditEntry;
import sandpiper.bus.Access.KeepAudit;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.LiveData;
import sandpiper.bus.Messages.AdmitLive;
import sandpiper.bus.Messages.BacktestList;
import sandpiper.bus.Messages.ChangePace;
import sandpiper.bus.Messages.CloseSession;
import sandpiper.bus.Messages.DeleteSession;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.FeedEnded;
import sandpiper.bus.Messages.FeedProgress;
import sandpiper.bus.Messages.FeedValue;
import sandpiper.bus.Messages.FindInstruments;
import sandpiper.bus.Messages.InstrumentList;
import sandpiper.bus.Messages.KillAll;
import sandpiper.bus.Messages.KillSwitch;
import sandpiper.bus.Messages.KilledAll;
import sandpiper.bus.Messages.ListBacktests;
import sandpiper.bus.Messages.ListSessions;
import sandpiper.bus.Messages.PauseSession;
import sandpiper.bus.Messages.PublishValue;
import sandpiper.bus.Messages.Published;
import sandpiper.bus.Messages.SessionDeleted;
import sandpiper.bus.Messages.SessionList;
import sandpiper.bus.Messages.SessionStarted;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.SessionStopped;
import sandpiper.bus.Messages.StartBacktest;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StopSession;
import sandpiper.bus.Messages.StrategiesChanged;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.session.SessionIds;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.trading.AccountRules;

/// Starts, lists and stops sessions.
///
/// The mode chooses wiring and data here and nowhere else. Keeps the latest sessions that ended,
/// for those who ask; the database keeps all.
public final class SessionsVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(SessionsVerticle.class);
  private static final int MAX_ENDED = 100;
  private static final int MAX_BACKTESTS = 32;
  private static final String CONFIRMATION = "LIVE";

  /// Makes the wiring of a session that runs in one thread, as fast as it can.
  @FunctionalInterface
  public interface InThread {
    /// @param pinned whether the session keeps the versions that it began with
    Wiring wire(Bus bus, StartSession request, boolean pinned, Progress progress);
  }

  /// Hears how far a session has come.
  @FunctionalInterface
  public interface Progress {
    /// @param clock of the session, UTC microseconds
    /// @param consumed how much of its data, from 0 to 1
    void on(String sessionId, long clock, double consumed);
  }

  private final Map<String, Instrument> instruments;
  private final SessionsConfig config;
  private final InThread inThread;
  private final LongSupplier wallClock;
  private final RandomGenerator random;
  private final Map<String, SessionRun> runs = new LinkedHashMap<>();
  private final Map<StartSession, Future<SessionStarted>> asking = new HashMap<>();
  private Bus bus;
  private KillFile killFile;
  private Limits limits;
  private DataCollections collections;
  private StorageWatch storage;
  private LiveRestart restart;

  /// @param instruments by symbol
  /// @param config what holds for sessions that do not say otherwise
  /// @param wallClock UTC microseconds
  public SessionsVerticle(
      Map<String, Instrument> instruments,
      SessionsConfig config,
      InThread inThread,
      LongSupplier wallClock,
      RandomGenerator random) {
    this.instruments = new LinkedHashMap<>(instruments);
    this.config = config;
    this.inThread = inThread;
    this.wallClock = neverBack(wallClock);
    this.random = random;
  }

  /// So that ids and times of sessions are in the order in which those began and ended, also when
  /// the machine's clock is set back: it stands still until that has caught up.
  private static LongSupplier neverBack(LongSupplier clock) {
    var latest = new AtomicLong(Long.MIN_VALUE);
    return () -> latest.accumulateAndGet(clock.getAsLong(), Math::max);
  }

  @Override
  public Future<?> start() {
    bus = new Bus(vertx);
    collections = new DataCollections(bus, instruments.keySet(), wallClock, random);
    storage = new StorageWatch(bus, () -> runs.values().stream().map(SessionRun::state).toList());
    limits = new Limits(bus, config);
    restart = new LiveRestart(vertx, bus, config.resumesLive(), this::resumed);
    killFile = new KillFile(vertx, config.killFile());
    killFile.watch(() -> killAll(new KillAll(null, fileIsThere(), null)));
    return Future.all(
            List.of(
                collections.open(),
                limits.open(),
                bus.answer(Channels.READ_LIMITS, _ -> Future.succeededFuture(limits.standing())),
                bus.answer(Channels.CHANGE_LIMITS, change -> limits.change(change)),
                bus.answer(
                    Channels.LIST_INSTRUMENTS,
                    _ ->
                        Future.succeededFuture(
                            new InstrumentList(List.copyOf(instruments.values())))),
                bus.answer(Channels.START_SESSION, this::startUnlessKilled),
                bus.answer(Channels.KILL_ALL, this::killAll),
                bus.answer(Channels.STOP_SESSION, this::stop),
                bus.answer(Channels.LIST_SESSIONS, this::list),
                bus.answer(Channels.PAUSE_SESSION, this::pause),
                bus.answer(Channels.DELETE_SESSION, this::delete),
                bus.answer(Channels.PUBLISH_VALUE, this::publish),
                bus.answer(Channels.FEED_ENDED, this::onFeedEnded),
                bus.answer(Channels.FEED_RESUMED, this::onFeedResumed),
                bus.answer(Channels.START_BACKTEST, this::startBacktest),
                bus.answer(Channels.LIST_BACKTESTS, this::listBacktests),
                bus.answer(Channels.CHANGE_PACE, this::changePace),
                bus.read(Channels.STORAGE_STATE, storage::on),
                bus.read(Channels.STRATEGIES_CHANGED, this::onStrategies),
                bus.read(Channels.FEED_PROGRESS, this::onProgress)))
        .onSuccess(_ -> {
          var _ = restart.run();
        });
  }

  private SessionRun resumed(StartSession request, Resumption resumption) {
    var basis = resumption.basis();
    var id = basis.sessionId();
    var run =
        new SessionRun(
            id,
            request,
            basis.instruments(),
            Objects.requireNonNull(request.fillRules()),
            basis.risk(),
            basis.account(),
            null,
            resumption,
            new BusWiring(bus, id, false, true, resumption.lastSeq()),
            bus,
            wallClock);
    runs.put(id, run);
    return run;
  }

  private Future<Done> onFeedResumed(CloseSession session) {
    var run = runs.get(session.sessionId());
    if (run != null) {
      run.onCaughtUp();
    }
    return Future.succeededFuture(new Done());
  }

  /// Every running session and data collection is stopped before the verticle is.
  @Override
  public Future<?> stop() {
    restart.close();
    return Future.join(
        collections.close(),
        Future.join(runs.values().stream().map(run -> run.end(null)).toList()));
  }

  /// Looked for before and after: the file may appear while the session starts.
  private Future<SessionStarted> startUnlessKilled(StartSession request) {
    if (request.mode() == SessionMode.BACKTEST) {
      return start(request);
    }
    storage.requireRoom();
    return killFile
        .isThere()
        .compose(there -> {
          if (there) {
            throw new Refusal(
                Refusal.Kind.CONFLICT,
                "trading is stopped while the file " + killFile + " is there: remove it first");
          }
          return start(request);
        })
        .compose(started -> killFile.isThere().compose(there -> killed(started, there)));
  }

  private Future<SessionStarted> killed(SessionStarted started, boolean there) {
    var kill = new KillSwitch(started.sessionId(), config.killAction(), fileIsThere(), null);
    return there
        ? bus.ask(Channels.KILL_SWITCH, kill).map(started)
        : Future.succeededFuture(started);
  }

  private String fileIsThere() {
    return "the file " + killFile + " is there";
  }

  /// A session that is still starting is stopped as soon as it has started.
  private Future<KilledAll> killAll(KillAll kill) {
    var action = Objects.requireNonNullElse(kill.action(), config.killAction());
    var running =
        runs.values().stream()
            .filter(run ->
                run.state().mode() != SessionMode.BACKTEST && !run.state().status().isFinal())
            .toList();
    var ids = running.stream().map(run -> run.state().sessionId()).toList();
    LOG.warn("trading is stopped in {}, {}: {}", ids, action.text(), kill.reason());
    if (kill.by() == null) {
      audit(kill, ids);
    }
    var killed =
        running.stream()
            .map(run ->
                kill(
                    run, new KillSwitch(run.state().sessionId(), action, kill.reason(), kill.by())))
            .toList();
    return Future.join(killed)
        .onFailure(failure -> LOG.error("trading was not stopped everywhere", failure))
        .map(_ -> new KilledAll(action, ids));
  }

  /// What the gateway did not write down, because nobody asked it.
  private void audit(KillAll kill, List<String> ids) {
    var entry =
        new AuditEntry(
            wallClock.getAsLong(),
            "platform",
            null,
            null,
            "killAll",
            ids.toString(),
            kill.reason(),
            null,
            null);
    bus.ask(Channels.KEEP_AUDIT, new KeepAudit(entry))
        .onFailure(failure -> LOG.error("not written down: {}", entry, failure));
  }

  /// One whose start fails, or which ends meanwhile, trades no more anyway.
  private Future<Done> kill(SessionRun run, KillSwitch kill) {
    return run.started()
        .transform(started ->
            started.failed()
                ? Future.succeededFuture(new Done())
                : bus.ask(Channels.KILL_SWITCH, kill))
        .recover(failure ->
            run.state().status().isFinal() || run.state().status() == SessionStatus.STOPPING
                ? Future.succeededFuture(new Done())
                : Future.failedFuture(failure));
  }

  private Future<SessionStarted> start(StartSession request) {
    for (var run : runs.values()) {
      if (!run.state().status().isFinal() && run.request().equals(request)) {
        return Future.succeededFuture(new SessionStarted(run.state().sessionId(), true));
      }
    }
    if (request.mode() == SessionMode.LIVE) {
      requireLive(request);
    }
    return LiveData.isLive(request.data()) ? startLive(request) : start(request, null);
  }

  /// What real money asks for, apart from what the account says.
  private void requireLive(StartSession request) {
    if (!LiveData.MEXC.equals(request.data())) {
      throw Refusal.invalid(
          "mode live trades on the market as it is: data must be "
              + LiveData.MEXC
              + ", was "
              + request.data());
    }
    if (!CONFIRMATION.equals(request.confirmation())) {
      throw Refusal.invalid(
          "mode live trades with real money: confirmation must be "
              + CONFIRMATION
              + ", was "
              + request.confirmation());
    }
    if (request.account().margin() != null) {
      throw Refusal.invalid(
          "mode live trades on the spot market, where there is no margin: account must be without");
    }
    var risk = Objects.requireNonNullElse(request.risk(), limits.standing().limits());
    boolean size = risk.orderNotional() != null || risk.positionNotional() != null;
    boolean loss = risk.dailyLoss() != null || risk.drawdownPercent() != null;
    if (!size || !loss) {
      throw Refusal.invalid(
          "mode live needs limits: order-notional or position-notional, and daily-loss or"
              + " drawdown-percent; there are "
              + (risk.texts().isEmpty() ? "none" : String.join(", ", risk.texts().keySet())));
    }
  }

  /// What is traded, the exchange says. Whoever asks for the same meanwhile gets the same session.
  private Future<SessionStarted> startLive(StartSession request) {
    var before = asking.get(request);
    if (before != null) {
      return before.map(started -> new SessionStarted(started.sessionId(), true));
    }
    var starting =
        bus.ask(Channels.FIND_INSTRUMENTS, new FindInstruments(request.data(), request.symbols()))
            .compose(found -> admitted(request, found.instruments()))
            .compose(instruments -> start(request, null, instruments));
    asking.put(request, starting);
    return starting.onComplete(_ -> asking.remove(request));
  }

  /// Completes with the same instruments when the account, where there is one, can bear it.
  private Future<List<Instrument>> admitted(StartSession request, List<Instrument> instruments) {
    if (request.mode() != SessionMode.LIVE) {
      return Future.succeededFuture(instruments);
    }
    var currency = Objects.requireNonNull(account(request, instruments).currency());
    return bus.ask(Channels.ADMIT_LIVE, new AdmitLive(instruments, request.budget(), currency))
        .map(_ -> instruments);
  }

  private Future<SessionStarted> startBacktest(StartBacktest request) {
    if (request.session().mode() != SessionMode.BACKTEST) {
      throw Refusal.invalid(
          "mode of a backtest must be backtest, was " + request.session().mode().text());
    }
    long running = runs.values().stream().filter(SessionRun::isRunningBacktest).count();
    if (running >= MAX_BACKTESTS) {
      throw new Refusal(
          Refusal.Kind.CONFLICT,
          running + " backtests are running, which is as many as may: cancel one or wait");
    }
    return start(request.session(), request.range());
  }

  /// @param range of a backtest that is a run of its own; null for any other session
  private Future<SessionStarted> start(StartSession request, @Nullable TimeRange range) {
    return start(request, range, request.symbols().stream().map(this::instrument).toList());
  }

  private Future<SessionStarted> start(
      StartSession request, @Nullable TimeRange range, List<Instrument> traded) {
    if (traded.isEmpty() || request.strategies().isEmpty()) {
      throw Refusal.invalid("a session needs at least one symbol and one strategy");
    }
    if (request.budget().signum() <= 0) {
      throw Refusal.invalid("budget must be above zero, was " + Decimals.plain(request.budget()));
    }
    var account = account(request, traded);
    var millis = wallClock.getAsLong() / 1_000;
    var sessionId = SessionIds.timeOrdered(request.mode(), millis, random.nextInt());
    var run =
        new SessionRun(
            sessionId,
            request,
            traded,
            Objects.requireNonNullElse(request.fillRules(), config.fillRules()),
            Objects.requireNonNullElse(request.risk(), limits.standing().limits()),
            account,
            range,
            null,
            wiring(sessionId, request, range != null),
            bus,
            wallClock);
    runs.put(sessionId, run);
    forgetOldest();
    return run.start()
        .map(_ -> new SessionStarted(sessionId, false))
        .onFailure(_ -> {
          if (!run.state().status().isFinal()) {
            runs.remove(sessionId);
          }
        });
  }

  private static AccountRules account(StartSession request, List<Instrument> traded) {
    try {
      return request.account().of(traded);
    } catch (IllegalArgumentException e) {
      throw Refusal.invalid(String.valueOf(e.getMessage()));
    }
  }

  private Wiring wiring(String sessionId, StartSession request, boolean pinned) {
    return switch (request.mode()) {
      case BACKTEST ->
          request.acceleration() == null
              ? inThread.wire(bus, request, pinned, this::onProgress)
              : new BusWiring(bus, sessionId, pinned, false);
      case PAPER -> new BusWiring(bus, sessionId, pinned, false);
      case LIVE -> new BusWiring(bus, sessionId, pinned, true);
      case COLLECTION ->
          throw Refusal.invalid(
              "mode must be backtest, paper or live, was collection: that has no strategies and is begun"
                  + " as a data collection");
    };
  }

  private SessionRun known(String sessionId) {
    var run = runs.get(sessionId);
    if (run == null) {
      throw Refusal.unknown("unknown session '" + sessionId + "'");
    }
    return run;
  }

  private Future<SessionState> pause(PauseSession request) {
    return known(request.sessionId()).pause(request.paused());
  }

  /// Every running session that reads the value gets it, or none.
  private Future<Published> publish(PublishValue value) {
    var readers =
        runs.values().stream()
            .filter(run -> run.reads(value))
            .map(run -> run.state().sessionId())
            .toList();
    if (readers.isEmpty()) {
      throw Refusal.unknown(
          "no running session reads the value '%s' about %s"
              .formatted(value.name(), value.symbol()));
    }
    return bus.ask(Channels.FEED_VALUE, new FeedValue(readers, value));
  }

  /// One that this process does not know has ended, if there was one.
  private Future<SessionDeleted> delete(DeleteSession request) {
    var id = request.sessionId();
    var run = runs.get(id);
    if (run != null && !run.state().status().isFinal()) {
      throw new Refusal(
          Refusal.Kind.CONFLICT, "session " + id + " runs: stop it before it is deleted");
    }
    return bus.ask(Channels.ERASE_SESSION, request)
        .map(_ -> {
          runs.remove(id);
          collections.forget(id);
          var deleted = new SessionDeleted(id);
          bus.publish(Channels.SESSION_DELETED, deleted);
          return deleted;
        });
  }

  private Future<SessionStopped> stop(StopSession request) {
    var run = known(request.sessionId());
    boolean already = run.state().status().isFinal();
    return run.stop()
        .map(state -> new SessionStopped(request.sessionId(), state.status(), already));
  }

  private Future<SessionList> list(ListSessions request) {
    var wanted = request.sessionId();
    var states =
        runs.values().stream()
            .map(SessionRun::state)
            .filter(state -> wanted == null || state.sessionId().equals(wanted))
            .sorted(
                Comparator.comparingLong(SessionState::startedAt)
                    .thenComparing(SessionState::sessionId)
                    .reversed())
            .toList();
    if (wanted != null && states.isEmpty()) {
      throw Refusal.unknown("unknown session '" + wanted + "'");
    }
    return Future.succeededFuture(new SessionList(states));
  }

  private Future<BacktestList> listBacktests(ListBacktests request) {
    var wanted = request.sessionId();
    return Future.succeededFuture(
        new BacktestList(
            runs.values().stream()
                .filter(run -> wanted == null || run.state().sessionId().equals(wanted))
                .map(SessionRun::backtest)
                .filter(Objects::nonNull)
                .toList()));
  }

  private Future<BacktestList> changePace(ChangePace request) {
    return known(request.sessionId())
        .changePace(request.acceleration())
        .compose(_ -> listBacktests(new ListBacktests(request.sessionId())));
  }

  private Future<Done> onFeedEnded(FeedEnded ended) {
    var run = runs.get(ended.sessionId());
    if (run != null) {
      run.wiring().onFeedEnded(ended.error());
    }
    collections.onFeedEnded(ended);
    return Future.succeededFuture(new Done());
  }

  private void onStrategies(StrategiesChanged changed) {
    var run = runs.get(changed.sessionId());
    if (run != null) {
      run.onStrategies(changed);
    }
  }

  private void onProgress(FeedProgress progress) {
    onProgress(progress.sessionId(), progress.clock(), progress.consumed());
  }

  private void onProgress(String sessionId, long clock, double consumed) {
    var run = runs.get(sessionId);
    if (run != null) {
      run.onProgress(clock, consumed);
    }
  }

  private Instrument instrument(String symbol) {
    var instrument = instruments.get(symbol);
    if (instrument == null) {
      throw Refusal.invalid(
          "unknown symbol '" + symbol + "'; there are " + String.join(", ", instruments.keySet()));
    }
    return instrument;
  }

  private void forgetOldest() {
    var ended =
        runs.entrySet().stream()
            .filter(entry -> entry.getValue().state().status().isFinal())
            .map(Map.Entry::getKey)
            .toList();
    ended.stream().limit(Math.max(0, ended.size() - MAX_ENDED)).toList().forEach(runs::remove);
  }
}

package sandpiper.strategies;

import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.LogKeys;
import sandpiper.bus.Messages.ChangeParameters;
import sandpiper.bus.Messages.CheckStrategy;
import sandpiper.bus.Messages.CloseSession;
import sandpiper.bus.Messages.CommandStrategy;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.EngineStatus;
import sandpiper.bus.Messages.FindVersion;
import sandpiper.bus.Messages.ListStrategies;
import sandpiper.bus.Messages.OpenSession;
import sandpiper.bus.Messages.ParametersChanged;
import sandpiper.bus.Messages.PlanStrategies;
import sandpiper.bus.Messages.ReloadOutcome;
import sandpiper.bus.Messages.Step;
import sandpiper.bus.Messages.StopStrategies;
import sandpiper.bus.Messages.StrategyChecked;
import sandpiper.bus.Messages.StrategyList;
import sandpiper.bus.Messages.StrategyPlans;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.bus.Meters;
import sandpiper.bus.Refusal;
import sandpiper.domain.session.StrategyException;
import sandpiper.domain.session.StrategyPlan;

/// Hosts strategies: keeps their versions, plans them, runs those of each session on the session's
/// own thread.
///
/// A script never runs on an event loop. What concerns one strategy's versions is done by workers,
/// one after the other; their folder is looked at every 300 ms.
public final class StrategiesVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(StrategiesVerticle.class);
  private static final long POLL_MILLIS = 300;
  private static final long PATIENCE_SECONDS = 10;

  private final ScriptEngine engine;
  private final StrategyLibrary library;
  private final Isolation isolation;
  private final Map<String, HostedSession> sessions = new HashMap<>();
  private final Set<String> pinned = new HashSet<>();
  private final Map<String, Future<?>> turns = new HashMap<>();
  private Bus bus;
  private StrategyVersions versions;
  private DecisionChecks checks;
  private Children children;
  private Trials trials;
  private Timer steps;
  private boolean folderIsThere = true;
  private boolean stopped;

  /// @param engine stays open when the verticle stops
  public StrategiesVerticle(ScriptEngine engine, StrategyLibrary library, Isolation isolation) {
    this.engine = engine;
    this.library = library;
    this.isolation = isolation;
  }

  @Override
  public Future<?> start() {
    LOG.info("strategy engine: {}", engine.description());
    bus = new Bus(vertx);
    var meters = Meters.of(vertx);
    steps = meters.stage(Meters.Stage.STRATEGIES);
    engine.measure(CallTimes.metered(meters));
    checks = new DecisionChecks(bus);
    children = new Children(engine, isolation);
    trials = new Trials(isolation, children);
    versions = new StrategyVersions(library, bus, running(), checks);
    return offLoop(
            () -> {
              versions.open();
              return new Done();
            })
        .compose(_ -> answer())
        .onSuccess(_ -> pollLater());
  }

  private Future<?> answer() {
    return Future.all(
        List.of(
            bus.answer(Channels.ENGINE_STATUS, this::status),
            bus.answer(Channels.LIST_STRATEGIES, this::list),
            bus.answer(Channels.GET_STRATEGY, get -> offLoop(() -> versions.get(get))),
            bus.answer(Channels.LIST_VERSIONS, list -> offLoop(() -> versions.versions(list))),
            bus.answer(Channels.DIFF_VERSIONS, diff -> offLoop(() -> versions.diff(diff))),
            bus.answer(
                Channels.SAVE_STRATEGY, save -> inTurn(save.name(), () -> versions.save(save))),
            bus.answer(
                Channels.RESTORE_STRATEGY,
                restore -> inTurn(restore.name(), () -> versions.restore(restore))),
            bus.answer(Channels.CHECK_STRATEGY, this::check),
            bus.answer(
                Channels.DELETE_STRATEGY,
                delete -> inTurn(delete.name(), () -> versions.delete(delete))),
            bus.answer(Channels.PLAN_STRATEGIES, this::plan),
            bus.answer(Channels.OPEN_STRATEGIES, this::open),
            bus.answer(Channels.STEP, this::onStep),
            bus.answer(Channels.CHANGE_PARAMETERS, this::changeParameters),
            bus.answer(Channels.COMMAND_STRATEGY, this::command),
            bus.answer(Channels.STOP_STRATEGIES, this::stopStrategies),
            bus.answer(Channels.CLOSE_STRATEGIES, this::close)));
  }

  @Override
  public Future<?> stop() {
    stopped = true;
    checks.close();
    var open = List.copyOf(sessions.values());
    sessions.clear();
    pinned.clear();
    return Future.join(List.copyOf(turns.values()))
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .transform(_ ->
            offLoop(() -> {
              open.forEach(HostedSession::close);
              children.close();
              return new Done();
            }));
  }

  private Future<EngineStatus> status(ListStrategies request) {
    return Future.succeededFuture(new EngineStatus(engine.compiled(), engine.description()));
  }

  private Future<StrategyList> list(ListStrategies request) {
    return Future.succeededFuture(versions.list());
  }

  /// What is wrong with the source is the answer, not a failure.
  private Future<StrategyChecked> check(CheckStrategy wanted) {
    return vertx
        .executeBlocking(() -> versions.read(wanted), false)
        .map(Objects::requireNonNull)
        .compose(script ->
            Future.fromCompletionStage(checks.now(script), context)
                .map(check -> new StrategyChecked(script.parameterSchema(), null, check)))
        .recover(failure ->
            failure instanceof StrategyException e
                ? Future.succeededFuture(
                    new StrategyChecked(Map.of(), StrategyVersions.error(e), null))
                : Future.failedFuture(failure));
  }

  private Future<StrategyPlans> plan(PlanStrategies request) {
    int most = engine.budget().instances();
    if (request.strategies().size() > most) {
      throw Refusal.invalid(
          "a session may have at most "
              + most
              + " strategies, was asked for "
              + request.strategies().size());
    }
    var scripts = new HashMap<FindVersion, Future<Script>>();
    for (var wanted : request.strategies()) {
      scripts.computeIfAbsent(
          version(wanted), key -> inTurn(key.name(), () -> versions.script(key)));
    }
    return Future.all(List.copyOf(scripts.values()))
        .compose(_ ->
            offLoop(() -> {
              var plans = new ArrayList<StrategyPlan>();
              var names = new HashMap<String, Integer>();
              for (var wanted : request.strategies()) {
                var script = Objects.requireNonNull(scripts.get(version(wanted))).result();
                int number = names.merge(wanted.name(), 1, Integer::sum);
                var instance = number == 1 ? wanted.name() : wanted.name() + "-" + number;
                plans.add(
                    script.plan(
                        instance, wanted.parameters(), request.symbols(), request.interval()));
              }
              return new StrategyPlans(plans);
            }));
  }

  private static FindVersion version(StrategyRequest wanted) {
    return new FindVersion(wanted.name(), wanted.version());
  }

  /// Tries a script that is about to become a version in every session that runs the strategy,
  /// beside it; a [Refusal] keeps it from becoming one. On the event loop.
  private Future<Void> checkRunning(Script script) {
    return explained(
        Future.all(unpinned().map(session -> checkRunning(session, script)).toList()).mapEmpty());
  }

  private Future<?> checkRunning(HostedSession session, Script script) {
    return session
        .instances(script.name())
        .compose(plans ->
            Future.all(
                plans.stream()
                    .map(plan -> session.tryOut(plan.instance(), script, this::offLoop))
                    .toList()));
  }

  /// Lets a version that has become the latest take over in the sessions that run the strategy. On
  /// the event loop.
  private Future<List<ReloadOutcome>> reloadRunning(Script script) {
    var outcomes = unpinned().map(session -> reloadRunning(session, script)).toList();
    return Future.all(outcomes)
        .map(_ -> outcomes.stream().flatMap(each -> each.result().stream()).toList());
  }

  private Future<List<ReloadOutcome>> reloadRunning(HostedSession session, Script script) {
    // It answers on a thread of its own: an input that came meanwhile could reach the session that
    // has just left.
    return Future.fromCompletionStage(session.instances(script.name()).toCompletionStage(), context)
        .compose(plans -> {
          var older = plans.stream().filter(plan -> !plan.version().equals(script.hash())).toList();
          if (older.isEmpty()) {
            return Future.succeededFuture(List.of());
          }
          var host = hostFor(session, script);
          var outcomes = older.stream().map(plan -> host.reload(plan.instance(), script)).toList();
          return Future.all(outcomes).map(_ -> outcomes.stream().map(Future::result).toList());
        });
  }

  /// Moves a session into a process of its own when a script that has to be kept away enters it. On
  /// the event loop, in one go with telling it of the script.
  private HostedSession hostFor(HostedSession session, Script script) {
    var id = session.spec().sessionId();
    var present = sessions.getOrDefault(id, session);
    if (!(present instanceof StrategySession here)
        || isolation.of(script) != Isolation.Mode.PROCESS) {
      return present;
    }
    LOG.atInfo()
        .addKeyValue(LogKeys.SESSION, id)
        .log("session {}: its strategies move into a process of their own", id);
    var apart = ProcessSession.of(here, bus, isolation, children, trials, Meters.of(vertx));
    sessions.put(id, apart);
    return apart;
  }

  /// Sessions live on the event loop; the worker that asks about them waits.
  private StrategyVersions.Running running() {
    return new StrategyVersions.Running() {
      @Override
      public void check(Script script) {
        onLoop(() -> checkRunning(script).map(new Done()));
      }

      @Override
      public List<ReloadOutcome> reload(Script script) {
        return onLoop(() -> reloadRunning(script));
      }

      @Override
      public void checkUnused(String name) {
        onLoop(() -> {
          for (var session : sessions.values()) {
            var spec = session.spec();
            if (spec.strategies().stream().anyMatch(plan -> plan.strategy().equals(name))) {
              throw new Refusal(
                  Refusal.Kind.CONFLICT,
                  "session %s runs strategy '%s': stop it before the strategy is deleted"
                      .formatted(spec.sessionId(), name));
            }
          }
          return Future.succeededFuture(new Done());
        });
      }
    };
  }

  private <T> T onLoop(Supplier<Future<T>> work) {
    return Blocking.await(
        Future.<T>future(promise ->
            context.runOnContext(
                _ -> Future.succeededFuture().compose(_ -> work.get()).onComplete(promise))));
  }

  /// One after the other for each strategy.
  private <T> Future<T> inTurn(String name, Callable<T> work) {
    var before = turns.getOrDefault(name, Future.succeededFuture());
    var turn = before.transform(_ -> offLoop(work));
    turns.put(name, turn);
    turn.onComplete(_ -> turns.remove(name, turn));
    return turn;
  }

  private void pollLater() {
    if (!stopped) {
      vertx.setTimer(POLL_MILLIS, _ -> poll());
    }
  }

  private void poll() {
    offLoop(versions::changed)
        .onSuccess(changed -> {
          folderIsThere = true;
          changed.stream()
              .filter(name -> !stopped && !turns.containsKey(name))
              .forEach(this::follow);
        })
        .onFailure(failure -> {
          if (folderIsThere) {
            LOG.warn("strategies cannot be followed: {}", failure.getMessage());
          }
          folderIsThere = false;
        })
        .onComplete(_ -> pollLater());
  }

  private void follow(String name) {
    inTurn(
            name,
            () -> {
              versions.follow(name);
              return new Done();
            })
        .onFailure(failure -> LOG.error("the file of strategy {} was not read", name, failure));
  }

  private Future<Done> open(OpenSession open) {
    var spec = open.spec();
    boolean apart =
        spec.strategies().stream()
            .anyMatch(plan -> isolation.of(library.planned(plan)) == Isolation.Mode.PROCESS);
    var session =
        apart
            ? new ProcessSession(spec, bus, isolation, children, trials, Meters.of(vertx))
            : new StrategySession(spec, bus, trials);
    sessions.put(spec.sessionId(), session);
    var opened = explained(session.open(library::planned));
    if (open.pinned()) {
      pinned.add(spec.sessionId());
      return opened;
    }
    return opened.compose(done -> catchUp(session).map(done));
  }

  /// Those that go on with a version as soon as it is saved.
  private Stream<HostedSession> unpinned() {
    return List.copyOf(sessions.values()).stream()
        .filter(session -> !pinned.contains(session.spec().sessionId()));
  }

  /// A version that was saved between the plan and the start was not told to this session.
  private Future<?> catchUp(HostedSession session) {
    return Future.all(
        session.spec().strategies().stream()
            .map(StrategyPlan::strategy)
            .distinct()
            .map(versions::latest)
            .flatMap(Optional::stream)
            .map(script -> reloadRunning(session, script))
            .toList());
  }

  private Future<Done> onStep(Step step) {
    long began = System.nanoTime();
    return explained(session(step.input().sessionId()).onStep(step))
        .onSuccess(_ -> steps.record(System.nanoTime() - began, TimeUnit.NANOSECONDS));
  }

  private Future<Done> stopStrategies(StopStrategies stop) {
    return explained(session(stop.sessionId()).stop(stop));
  }

  private Future<ParametersChanged> changeParameters(ChangeParameters change) {
    return explained(session(change.sessionId()).change(change));
  }

  private Future<Done> command(CommandStrategy command) {
    return explained(session(command.sessionId()).command(command));
  }

  private Future<Done> close(CloseSession close) {
    pinned.remove(close.sessionId());
    var session = sessions.remove(close.sessionId());
    if (session == null) {
      return Future.succeededFuture(new Done());
    }
    return offLoop(() -> {
      session.close();
      return new Done();
    });
  }

  private HostedSession session(String sessionId) {
    var session = sessions.get(sessionId);
    if (session == null) {
      throw Refusal.unknown("no session " + sessionId + " is running");
    }
    return session;
  }

  private <T> Future<T> offLoop(Callable<T> work) {
    return explained(vertx.executeBlocking(work, false));
  }

  /// What is the author's fault becomes an answer.
  private static <T> Future<T> explained(Future<T> work) {
    return work.recover(e ->
        Future.failedFuture(
            switch (e) {
              case StrategyException failure -> StrategyVersions.refusal(failure);
              case IllegalArgumentException wrong ->
                  Refusal.invalid(String.valueOf(wrong.getMessage()));
              default -> e;
            }));
  }
}

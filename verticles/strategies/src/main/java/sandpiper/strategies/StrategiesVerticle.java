package sandpiper.strategies;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.ChangeParameters;
import sandpiper.bus.Messages.CloseSession;
import sandpiper.bus.Messages.CommandStrategy;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.EngineStatus;
import sandpiper.bus.Messages.ListStrategies;
import sandpiper.bus.Messages.OpenSession;
import sandpiper.bus.Messages.ParametersChanged;
import sandpiper.bus.Messages.PlanStrategies;
import sandpiper.bus.Messages.ReloadOutcome;
import sandpiper.bus.Messages.Step;
import sandpiper.bus.Messages.StopStrategies;
import sandpiper.bus.Messages.StrategyInfo;
import sandpiper.bus.Messages.StrategyList;
import sandpiper.bus.Messages.StrategyPlans;
import sandpiper.bus.Messages.StrategyVersion;
import sandpiper.bus.Refusal;
import sandpiper.domain.session.StrategyException;
import sandpiper.domain.session.StrategyPlan;

/// Hosts strategies: reads and plans scripts, runs those of each session on the session's own
/// thread.
///
/// A script never runs on an event loop.
public final class StrategiesVerticle extends VerticleBase {
  private static final Logger LOG = LoggerFactory.getLogger(StrategiesVerticle.class);

  private final ScriptEngine engine;
  private final StrategyLibrary library;
  private final Isolation isolation;
  private final Map<String, HostedSession> sessions = new HashMap<>();
  private final Map<String, Script> planned = new HashMap<>();
  private Bus bus;

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
    return Future.all(
        List.of(
            bus.answer(Channels.ENGINE_STATUS, this::status),
            bus.answer(Channels.LIST_STRATEGIES, this::list),
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
    var open = List.copyOf(sessions.values());
    sessions.clear();
    return offLoop(() -> {
      open.forEach(HostedSession::close);
      return new Done();
    });
  }

  private Future<EngineStatus> status(ListStrategies request) {
    return Future.succeededFuture(new EngineStatus(engine.compiled(), engine.description()));
  }

  private Future<StrategyList> list(ListStrategies request) {
    return offLoop(() -> new StrategyList(library.names().stream().map(this::info).toList()));
  }

  private StrategyInfo info(String name) {
    try {
      return new StrategyInfo(name, null, library.load(name).parameterSchema());
    } catch (StrategyException e) {
      return new StrategyInfo(name, e.getMessage(), Map.of());
    }
  }

  private Future<StrategyPlans> plan(PlanStrategies request) {
    return offLoop(
            () -> {
              var scripts = new LinkedHashMap<StrategyPlan, Script>();
              var names = new HashMap<String, Integer>();
              for (var wanted : request.strategies()) {
                var script = library.load(wanted.name());
                int number = names.merge(wanted.name(), 1, Integer::sum);
                var instance = number == 1 ? wanted.name() : wanted.name() + "-" + number;
                scripts.put(
                    script.plan(
                        instance, wanted.parameters(), request.symbols(), request.interval()),
                    script);
              }
              return scripts;
            })
        .map(scripts -> {
          var versions = new ArrayList<StrategyVersion>();
          for (var script : scripts.values()) {
            planned.put(script.hash(), script);
            versions.add(new StrategyVersion(script.name(), script.hash(), script.text()));
          }
          return new StrategyPlans(List.copyOf(scripts.keySet()), versions);
        });
  }

  private Future<Done> open(OpenSession open) {
    var spec = open.spec();
    var scripts = new HashMap<>(planned);
    boolean apart =
        spec.strategies().stream()
            .anyMatch(plan -> isolation.of(script(plan)) == Isolation.Mode.PROCESS);
    var session = apart ? new ProcessSession(spec, bus, isolation) : new StrategySession(spec, bus);
    sessions.put(spec.sessionId(), session);
    return explained(session.open(plan -> script(plan, scripts)));
  }

  private Future<Done> onStep(Step step) {
    return explained(session(step.input().sessionId()).onStep(step));
  }

  private Future<Done> stopStrategies(StopStrategies stop) {
    return explained(session(stop.sessionId()).stop(stop));
  }

  private Future<ParametersChanged> changeParameters(ChangeParameters change) {
    var session = session(change.sessionId());
    return explained(
        session.plan(change.instance()).compose(plan -> session.change(change, script(plan))));
  }

  private Future<Done> command(CommandStrategy command) {
    return explained(session(command.sessionId()).command(command));
  }

  /// Tries a new version in every running session, beside it.
  ///
  /// @return fails with the first reason why it cannot take over
  Future<Void> checkRunning(Script script) {
    return explained(
        Future.all(
                sessions.values().stream().map(session -> checkRunning(session, script)).toList())
            .mapEmpty());
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

  /// Lets a new version take over wherever its strategy runs.
  Future<List<ReloadOutcome>> reloadRunning(Script script) {
    planned.put(script.hash(), script);
    var outcomes =
        sessions.values().stream().map(session -> reloadRunning(session, script)).toList();
    return Future.all(outcomes)
        .map(_ -> outcomes.stream().flatMap(each -> each.result().stream()).toList());
  }

  private static Future<List<ReloadOutcome>> reloadRunning(HostedSession session, Script script) {
    return session
        .instances(script.name())
        .compose(plans -> {
          var outcomes =
              plans.stream().map(plan -> session.reload(plan.instance(), script)).toList();
          return Future.all(outcomes).map(_ -> outcomes.stream().map(Future::result).toList());
        });
  }

  private Script script(StrategyPlan plan) {
    return script(plan, planned);
  }

  private static Script script(StrategyPlan plan, Map<String, Script> scripts) {
    var script = scripts.get(plan.version());
    if (script == null) {
      throw new IllegalArgumentException("strategy " + plan.strategy() + " was not planned");
    }
    return script;
  }

  private Future<Done> close(CloseSession close) {
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
            e instanceof StrategyException || e instanceof IllegalArgumentException
                ? Refusal.invalid(String.valueOf(e.getMessage()))
                : e));
  }
}

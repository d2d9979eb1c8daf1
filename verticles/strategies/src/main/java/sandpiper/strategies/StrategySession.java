package sandpiper.strategies;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.LogKeys;
import sandpiper.bus.Messages.ChangeParameters;
import sandpiper.bus.Messages.CommandStrategy;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.ParametersChanged;
import sandpiper.bus.Messages.ReloadOutcome;
import sandpiper.bus.Messages.Step;
import sandpiper.bus.Messages.StopStrategies;
import sandpiper.bus.Messages.StrategiesChanged;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.StrategyAction;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.session.Account;
import sandpiper.domain.session.Checkpoint;
import sandpiper.domain.session.OrderDesk;
import sandpiper.domain.session.SessionCycle;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyException;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.strategies.Trials.Trial;

/// The strategies of one session on a platform thread of their own, which waits for the orders
/// verticle where the in-thread engine would call it. Whatever is done to a strategy is done on
/// that thread, so between two inputs.
final class StrategySession implements HostedSession, OrderDesk {
  private static final Logger LOG = LoggerFactory.getLogger(StrategySession.class);

  private static final int MAX_COMMAND_CHARACTERS = 64 * 1024;

  private final SessionSpec spec;
  private final Bus bus;
  private final Trials trials;
  private final HostedState state;
  private final ExecutorService thread;
  private volatile @Nullable SessionCycle cycle;
  private int suspended;

  /// Where a session stood when it left this process.
  ///
  /// @param plans as they were
  record Standing(HostedState state, List<StrategyPlan> plans, Checkpoint checkpoint) {}

  StrategySession(SessionSpec spec, Bus bus, Trials trials) {
    this.spec = spec;
    this.bus = bus;
    this.trials = trials;
    state = new HostedState(spec, bus);
    thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("strategies-" + spec.sessionId()).factory());
  }

  @Override
  public SessionSpec spec() {
    return spec;
  }

  @Override
  public Future<Done> open(Function<StrategyPlan, Script> scripts) {
    return onThread(() -> {
      for (var plan : spec.strategies()) {
        state.scripts.put(plan.instance(), scripts.apply(plan));
      }
      var made =
          new SessionCycle(
              spec,
              this,
              (plan, context, snapshot) ->
                  state.scriptOf(plan.instance()).start(context, snapshot));
      cycle = made;
      made.start();
      return new Done();
    });
  }

  @Override
  public Future<Done> onStep(Step step) {
    return onThread(() -> {
      var input = step.input();
      var running = running();
      state.moveTo(step);
      state.recent.add(step);
      running.match(input.seq(), input.time(), input.event());
      running.decide(input.event(), step.values());
      return new Done();
    });
  }

  @Override
  public Future<Done> stop(StopStrategies stop) {
    return onThread(() -> {
      state.ledger.moveTo(stop.seq(), stop.time());
      running().stop(stop.seq(), stop.time());
      return new Done();
    });
  }

  @Override
  public Future<ParametersChanged> change(ChangeParameters change) {
    return onThread(() -> {
      var running = running();
      var plan = running.plan(change.instance());
      running.setParameters(
          change.instance(),
          state.scriptOf(plan.instance()).change(plan.parameters(), change.parameters()));
      publish();
      return new ParametersChanged(running.plan(change.instance()));
    });
  }

  @Override
  public Future<Done> command(CommandStrategy command) {
    requireShort(command);
    return onThread(() -> {
      running().command(command.instance(), command.name(), command.json());
      return new Done();
    });
  }

  @Override
  public Future<List<StrategyPlan>> instances(String strategy) {
    return onThread(
        () -> running().plans().stream().filter(plan -> plan.strategy().equals(strategy)).toList());
  }

  @Override
  public Future<Done> tryOut(String instance, Script script, Worker worker) {
    return onThread(
            () -> {
              var running = running().view(instance);
              return new Trial(
                  spec,
                  state.planned(running.plan(), script),
                  running,
                  state.recent.latest(Trials.INPUTS),
                  state.layout(),
                  state.account());
            })
        .compose(trial -> worker.run(() -> trials.run(trial, script)));
  }

  @Override
  public Future<ReloadOutcome> reload(String instance, Script script) {
    return onThread(
            () -> {
              var running = running();
              var plan = state.planned(running.plan(instance), script);
              running.reload(
                  plan,
                  state.layoutWith(plan),
                  (_, context, snapshot) -> script.start(context, snapshot));
              state.scripts.put(instance, script);
              publish();
              return new ReloadOutcome(spec.sessionId(), instance, true, null);
            })
        .recover(failure -> {
          if (failure instanceof StrategyException || failure instanceof IllegalArgumentException) {
            var message = String.valueOf(failure.getMessage());
            return Future.succeededFuture(
                new ReloadOutcome(spec.sessionId(), instance, false, message));
          }
          return Future.failedFuture(failure);
        });
  }

  /// Ends the strategies here, after what was asked before, so that they can go on elsewhere.
  Future<Standing> leave() {
    return onThread(
            () -> {
              var running = running();
              try {
                var checkpoint = running.checkpoint();
                return new Standing(state, running.plans(), checkpoint);
              } finally {
                running.close();
              }
            })
        .onComplete(_ -> thread.shutdown());
  }

  @Override
  public void close() {
    letGo();
    thread.execute(this::letGo); // for those that were still being made
    thread.shutdown();
  }

  @Override
  public List<OrderEvent> onMarket(long seq, long time, MarketEvent event) {
    return state.match(new Input(spec.sessionId(), seq, time, event));
  }

  @Override
  public List<OrderEvent> submit(long seq, long time, List<? extends StrategyAction> actions) {
    state.ledger.record(actions);
    return state.submit(actions);
  }

  @Override
  public Account account() {
    return state.account();
  }

  static void requireShort(CommandStrategy command) {
    if (command.json().length() > MAX_COMMAND_CHARACTERS) {
      throw new IllegalArgumentException(
          "a command carries at most "
              + MAX_COMMAND_CHARACTERS
              + " characters, had "
              + command.json().length());
    }
  }

  private void letGo() {
    var made = cycle;
    if (made != null) {
      made.close();
    }
  }

  private <T> Future<T> onThread(Callable<T> work) {
    var promise = Promise.<T>promise();
    thread.execute(() -> {
      try {
        var result = work.call();
        publishSuspended();
        promise.complete(result);
      } catch (Exception | Error e) {
        promise.fail(e);
      }
    });
    return promise.future();
  }

  private void publishSuspended() {
    var running = cycle;
    if (running != null && running.suspendedCount() != suspended) {
      publish();
    }
  }

  private void publish() {
    var running = running();
    suspended = running.suspendedCount();
    var reasons = running.suspended();
    reasons.forEach((instance, reason) ->
        LOG.atWarn()
            .addKeyValue(LogKeys.SESSION, spec.sessionId())
            .log("session {}: {} is suspended: {}", spec.sessionId(), instance, reason));
    bus.publish(
        Channels.STRATEGIES_CHANGED,
        new StrategiesChanged(spec.sessionId(), running.plans(), reasons));
  }

  private SessionCycle running() {
    var made = cycle;
    if (made == null) {
      throw new IllegalStateException("session " + spec.sessionId() + " has not begun");
    }
    return made;
  }
}

package sandpiper.domain.session;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sandpiper.domain.indicators.IndicatorLayout;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.market.MarketEvent;

/// The order of work within one input of a session, the same in every wiring:
///
/// 1. the clock moves, due timers fire (`onTimer`);
/// 2. the venue matches what waits there, and strategies hear of it (`onOrder`, `onFill`);
/// 3. indicators are up to date;
/// 4. the strategies' callbacks run (`onBar`, `onTrade`, `onQuote`, `onBook`);
/// 5. their signals and orders pass risk and go to the venue, which acts on them from the next
///    input on; what risk says is heard before the input is over.
///
/// A strategy whose callback fails is suspended and the others go on; a backtest in which none is
/// left ends with the first one's failure. Not thread-safe; every callback runs on the calling
/// thread.
public final class SessionCycle implements AutoCloseable {
  /// How often strategies may answer the events of their own orders within one input.
  private static final int MAX_ROUNDS = 16;

  private final SessionSpec spec;
  private final OrderDesk desk;
  private final SharedState shared;
  private final List<StrategyRunner> runners = new ArrayList<>();
  private long nextTimer = Timers.NONE;

  /// Makes the session's strategies; when one of them fails, those made before are closed again.
  public SessionCycle(SessionSpec spec, OrderDesk desk, Strategy.Factory factory) {
    this.spec = spec;
    this.desk = desk;
    shared = new SharedState(spec, desk::account);
    shared.moveTo(0, spec.startTime());
    var layout = spec.layout();
    try {
      for (var plan : spec.strategies()) {
        var context = new StrategyContext(spec, plan, layout, shared);
        var strategy = factory.create(plan, context, null);
        runners.add(new StrategyRunner(context, strategy, shared, spec.onSuspend()));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  private SessionCycle(
      SessionSpec spec, OrderDesk desk, Strategy.Factory factory, Resumption from) {
    this.spec = spec;
    this.desk = desk;
    shared = new SharedState(spec, desk::account);
    shared.resume(from);
    for (var plan : spec.strategies()) {
      var context = new StrategyContext(spec, plan, from.layout(), shared);
      context.resume(from.instance(plan.instance()));
      runners.add(new StrategyRunner(context, new Strategy() {}, shared, spec.onSuspend()));
    }
    for (var past : from.past()) {
      shared.see(past.event());
      runners.forEach(runner -> runner.warm(past.event(), past.values()));
    }
    try {
      for (var runner : runners) {
        runner.resume(from.instance(runner.instance()).saved(), factory);
      }
      settle();
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /// Goes on where another cycle of the same session ended, perhaps in the middle of an input. An
  /// instance that cannot go on is suspended.
  ///
  /// @param spec with the plans as they were at the end
  public static SessionCycle resume(
      SessionSpec spec, OrderDesk desk, Strategy.Factory factory, Resumption from) {
    return new SessionCycle(spec, desk, factory, from);
  }

  /// Before the first input, as number 0.
  public void start() {
    for (var runner : runners) {
      runner.onStart();
    }
    settle();
  }

  /// Steps 1 and 2.
  public void match(long seq, long time, MarketEvent event) {
    shared.moveTo(seq, time);
    if (time >= nextTimer) {
      fireTimers(time);
    }
    shared.see(event);
    var events = desk.onMarket(seq, time, event);
    if (!events.isEmpty()) {
      deliver(events);
    }
  }

  /// Steps 4 and 5.
  ///
  /// @param values of all indicators as of this event, by the session's layout
  public void decide(MarketEvent event, double[] values) {
    for (int i = 0; i < runners.size(); i++) {
      runners.get(i).onMarket(event, values);
    }
    settle();
  }

  /// The session ends as input number `seq`: strategies may act a last time.
  public void stop(long seq, long time) {
    shared.moveTo(seq, time);
    for (var runner : runners) {
      runner.onStop();
    }
    settle();
  }

  /// Hands a message from outside to one instance, between two inputs.
  ///
  /// @param json any JSON value
  /// @throws IllegalArgumentException when there is no such instance
  public void command(String instance, String name, String json) {
    runner(instance).onCommand(name, json);
    settle();
  }

  /// Changes the parameters of one instance, between two inputs.
  ///
  /// @param parameters all of them, checked
  /// @throws IllegalArgumentException when there is no such instance
  public void setParameters(String instance, Map<String, Object> parameters) {
    runner(instance).setParameters(parameters);
    settle();
  }

  /// Lets another version of one instance take over, between two inputs. Its orders, positions,
  /// timers and warm indicators stay.
  ///
  /// @param layout of the values from the next input on; what the session had keeps its place
  /// @throws StrategyException when it cannot; the old one runs on with its state as it was
  /// @throws IllegalArgumentException when there is no such instance
  public void reload(StrategyPlan plan, IndicatorLayout layout, Strategy.Factory factory) {
    runner(plan.instance()).reload(plan, layout, factory);
    settle();
  }

  /// What the strategies need to go on in another cycle, as of now. One that keeps too much is
  /// suspended.
  public Checkpoint checkpoint() {
    var instances = runners.stream().map(StrategyRunner::checkpoint).toList();
    if (shared.anyActions()) {
      settle();
    }
    return new Checkpoint(instances);
  }

  /// What the version of an instance that runs now would leave to the next one.
  public StrategyView view(String instance) {
    var runner = runner(instance);
    return new StrategyView(runner.plan(), runner.snapshot(), runner.context().positions());
  }

  /// @throws IllegalArgumentException when there is no such instance
  public StrategyPlan plan(String instance) {
    return runner(instance).plan();
  }

  /// Instances in the order of their plans, suspended ones too.
  public List<StrategyPlan> plans() {
    return runners.stream().map(StrategyRunner::plan).toList();
  }

  /// How many are suspended.
  public int suspendedCount() {
    int count = 0;
    for (int i = 0; i < runners.size(); i++) {
      if (runners.get(i).failure() != null) {
        count++;
      }
    }
    return count;
  }

  /// Why an instance is suspended, by instance; those that run are not in it.
  public Map<String, String> suspended() {
    var suspended = new LinkedHashMap<String, String>();
    for (var runner : runners) {
      var failure = runner.failure();
      if (failure != null) {
        suspended.put(runner.instance(), String.valueOf(failure.getMessage()));
      }
    }
    return suspended;
  }

  @Override
  public void close() {
    runners.forEach(StrategyRunner::close);
  }

  private StrategyRunner runner(String instance) {
    for (var runner : runners) {
      if (runner.instance().equals(instance)) {
        return runner;
      }
    }
    throw new IllegalArgumentException(
        "strategy must be one of "
            + runners.stream().map(StrategyRunner::instance).toList()
            + ", was '"
            + instance
            + "'");
  }

  /// In the order of the strategies; within one, in the order of their times.
  private void fireTimers(long now) {
    for (var runner : runners) {
      runner.onTimers(now);
      shared.setTime(now);
    }
  }

  private void settle() {
    int rounds = 0;
    while (shared.anyActions()) {
      if (++rounds > MAX_ROUNDS) {
        suspendThoseThatAct();
      }
      deliver(desk.submit(shared.seq(), shared.time(), shared.takeActions()));
    }
    nextTimer = Timers.NONE;
    for (int i = 0; i < runners.size(); i++) {
      nextTimer = Math.min(nextTimer, runners.get(i).nextTimer());
    }
    endWhenNoneIsLeft();
  }

  private void suspendThoseThatAct() {
    for (var runner : runners) {
      if (shared.anyActionsOf(runner.instance())) {
        runner.suspend(
            new StrategyException(
                runner.instance(),
                0,
                0,
                "orders placed in answer to order events went round "
                    + MAX_ROUNDS
                    + " times within one event"));
      }
    }
  }

  /// A backtest without a strategy would only waste its author's time; elsewhere the author may
  /// repair the strategy while its session runs.
  private void endWhenNoneIsLeft() {
    if (spec.mode() != SessionMode.BACKTEST) {
      return;
    }
    StrategyException first = null;
    for (int i = 0; i < runners.size(); i++) {
      var failure = runners.get(i).failure();
      if (failure == null) {
        return;
      }
      first = first == null ? failure : first;
    }
    if (first != null) {
      throw first;
    }
  }

  private void deliver(List<OrderEvent> events) {
    for (var runner : runners) {
      runner.onOrderEvents(events);
    }
  }
}

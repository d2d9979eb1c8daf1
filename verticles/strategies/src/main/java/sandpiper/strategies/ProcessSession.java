package sandpiper.strategies;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
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
import sandpiper.bus.Messages.ParametersChanged;
import sandpiper.bus.Messages.ReloadOutcome;
import sandpiper.bus.Messages.Step;
import sandpiper.bus.Messages.StopStrategies;
import sandpiper.bus.Messages.StrategiesChanged;
import sandpiper.bus.Meters;
import sandpiper.bus.Refusal;
import sandpiper.domain.journal.Alert;
import sandpiper.domain.journal.CancelOrder;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.StrategyAction;
import sandpiper.domain.journal.StrategyEvent;
import sandpiper.domain.session.Checkpoint;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyException;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.domain.session.StrategyView;
import sandpiper.domain.session.SuspendPolicy;
import sandpiper.domain.session.Timers;
import sandpiper.strategies.StrategySession.Standing;
import sandpiper.strategies.Trials.Trial;
import sandpiper.strategies.child.ChildException;
import sandpiper.strategies.child.ChildProcess;
import sandpiper.strategies.child.FromChild;
import sandpiper.strategies.child.ToChild;
import sandpiper.strategies.child.ToChild.Source;

/// The strategies of one session in a process of their own, and the platform thread that speaks
/// with it and watches over it.
///
/// The venue sees every input, whatever becomes of the child. A child that ends, gives no answer in
/// time or says what it must not is killed; the next input starts another one, which goes on from
/// the last checkpoint. What the dead one was doing is not repeated: its orders may have been
/// placed already. After [#MAX_CRASHES] within a minute the strategies are suspended.
final class ProcessSession implements HostedSession {
  private static final Logger LOG = LoggerFactory.getLogger(ProcessSession.class);

  static final int MAX_CRASHES = 3;
  private static final Duration CRASHES_WITHIN = Duration.ofMinutes(1);

  /// For starting a child, reading the scripts and going on; a busy machine takes its time. With
  /// the input that follows it stays below what the bus waits for an answer.
  private static final Duration BEGIN = Duration.ofSeconds(40);

  private static final int WARM_FRAME = 200;
  private static final int MAX_ROUNDS = 100;
  private static final int MAX_REASON_CHARACTERS = 2_000;
  private static final int MAX_FRAMES = 50;

  private final SessionSpec spec;
  private final Bus bus;
  private final Isolation isolation;
  private final Children children;
  private final Trials trials;

  /// Of its calls, by the name of the script; none of a backtest.
  private final Map<String, CallTimes.Calls> calls = new HashMap<>();

  private final ExecutorService thread;
  private final Map<String, StrategyPlan> plans = new LinkedHashMap<>();
  private final Map<String, Checkpoint.Instance> saved = new LinkedHashMap<>();
  private final Deque<Long> crashes = new ArrayDeque<>();
  private volatile @Nullable ChildProcess child;
  private volatile boolean closed;
  private HostedState state;
  private Map<String, String> published = Map.of();

  ProcessSession(
      SessionSpec spec,
      Bus bus,
      Isolation isolation,
      Children children,
      Trials trials,
      Meters meters) {
    this.spec = spec;
    this.bus = bus;
    this.isolation = isolation;
    this.children = children;
    this.trials = trials;
    state = new HostedState(spec, bus);
    for (var plan : spec.strategies()) {
      plans.put(plan.instance(), plan);
      saved.put(
          plan.instance(), new Checkpoint.Instance(plan.instance(), null, null, List.of(), null));
      if (spec.mode() != SessionMode.BACKTEST) {
        calls.computeIfAbsent(plan.strategy(), CallTimes.metered(meters)::of);
      }
    }
    thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("strategies-" + spec.sessionId()).factory());
  }

  /// Takes a session over that ran in the platform's process; what is asked of the new one waits
  /// until the old one has ended.
  static ProcessSession of(
      StrategySession before,
      Bus bus,
      Isolation isolation,
      Children children,
      Trials trials,
      Meters meters) {
    var session = new ProcessSession(before.spec(), bus, isolation, children, trials, meters);
    var leaving = before.leave();
    session.thread.execute(() -> session.goOn(leaving));
    return session;
  }

  @Override
  public SessionSpec spec() {
    return spec;
  }

  @Override
  public Future<Done> open(Function<StrategyPlan, Script> scripts) {
    return onThread(() -> {
      for (var plan : plans.values()) {
        state.scripts.put(plan.instance(), scripts.apply(plan));
      }
      long end = System.nanoTime() + BEGIN.toNanos();
      try {
        var begin = new ToChild.Begin(spec, usedSources(), state.account());
        var started = start();
        exchange(started, begin, end - System.nanoTime());
      } catch (ChildException e) {
        letGo();
        throw new Refusal(
            Refusal.Kind.FAILED, "the process of the strategies did not begin: " + e.reason());
      }
      return new Done();
    });
  }

  @Override
  public Future<Done> onStep(Step step) {
    return onThread(() -> {
      if (!allSuspended()) {
        revive();
      }
      var input = step.input();
      state.moveTo(step);
      var events = state.match(input);
      state.recent.add(step);
      tell(
          new ToChild.Input(
              input.seq(), input.time(), input.event(), step.values(), events, state.account()));
      endWhenNoneIsLeft();
      return new Done();
    });
  }

  @Override
  public Future<Done> stop(StopStrategies stop) {
    return onThread(() -> {
      if (!allSuspended()) {
        revive();
      }
      state.ledger.moveTo(stop.seq(), stop.time());
      tell(new ToChild.Stop(stop.seq(), stop.time()));
      return new Done();
    });
  }

  @Override
  public Future<ParametersChanged> change(ChangeParameters change) {
    return onThread(() -> {
      var plan = present(change.instance());
      var parameters =
          state.scriptOf(plan.instance()).change(plan.parameters(), change.parameters());
      ask(new ToChild.SetParameters(change.instance(), parameters));
      var changed = plan.withParameters(parameters);
      plans.put(change.instance(), changed);
      publish();
      return new ParametersChanged(changed);
    });
  }

  @Override
  public Future<Done> command(CommandStrategy command) {
    StrategySession.requireShort(command);
    return onThread(() -> {
      present(command.instance());
      ask(new ToChild.Command(command.instance(), command.name(), command.json()));
      return new Done();
    });
  }

  @Override
  public Future<List<StrategyPlan>> instances(String strategy) {
    return onThread(
        () -> plans.values().stream().filter(plan -> plan.strategy().equals(strategy)).toList());
  }

  @Override
  public Future<Done> tryOut(String instance, Script script, Worker worker) {
    return onThread(
            () -> {
              var from = present(instance);
              return new Trial(
                  spec,
                  state.planned(from, script),
                  new StrategyView(
                      from, kept(instance).snapshot(), state.ledger.instance(instance).positions()),
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
              var plan = state.planned(present(instance), script);
              ask(new ToChild.Reload(plan, state.layoutWith(plan).specs(), source(script)));
              plans.put(instance, plan);
              state.scripts.put(instance, script);
              crashes.clear();
              publish();
              return new ReloadOutcome(spec.sessionId(), instance, true, null);
            })
        .recover(failure -> {
          if (failure instanceof StrategyException
              || failure instanceof IllegalArgumentException
              || failure instanceof Refusal) {
            var message = String.valueOf(failure.getMessage());
            return Future.succeededFuture(
                new ReloadOutcome(spec.sessionId(), instance, false, message));
          }
          return Future.failedFuture(failure);
        });
  }

  @Override
  public void close() {
    closed = true;
    letGo();
    thread.execute(() -> {
      letGo(); // one that was still being started
      calls.values().forEach(CallTimes.Calls::close);
    });
    thread.shutdown();
  }

  private void goOn(Future<Standing> leaving) {
    try {
      var standing = Blocking.await(leaving);
      state = standing.state();
      standing.plans().forEach(plan -> plans.put(plan.instance(), plan));
      standing.checkpoint().instances().forEach(each -> saved.put(each.instance(), each));
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue(LogKeys.SESSION, spec.sessionId())
          .setCause(e)
          .log("session {} did not leave the platform's process", spec.sessionId());
      closed = true; // the next input fails, and the session with it
    }
  }

  /// Starts a child where there is none, which goes on from the last checkpoint.
  private void revive() {
    if (child != null) {
      return;
    }
    long end = System.nanoTime() + BEGIN.toNanos();
    try {
      var started = start();
      var past = state.recent.all();
      for (int i = 0; i < past.size(); i += WARM_FRAME) {
        var some = past.subList(i, Math.min(past.size(), i + WARM_FRAME));
        exchange(started, new ToChild.Warm(some), end - System.nanoTime());
      }
      exchange(started, resume(), end - System.nanoTime());
      LOG.atInfo()
          .addKeyValue(LogKeys.SESSION, spec.sessionId())
          .log("session {}: a new process of the strategies goes on", spec.sessionId());
    } catch (ChildException e) {
      crashed(e);
    }
  }

  private ToChild.Resume resume() {
    var present = spec.with(List.copyOf(plans.values()));
    var instances = new ArrayList<ToChild.Kept>();
    for (var instance : saved.values()) {
      var known = state.ledger.instance(instance.instance());
      instances.add(
          new ToChild.Kept(
              instance, known.positions(), known.working(), known.raised(), known.placed()));
    }
    var ledger = state.ledger;
    return new ToChild.Resume(
        present,
        usedSources(),
        state.account(),
        ledger.seq(),
        ledger.time(),
        ledger.signals(),
        ledger.orders(),
        ledger.notes(),
        state.layout().specs(),
        instances);
  }

  private ChildProcess start() throws ChildException {
    var started = children.take();
    children.prepare();
    child = started;
    if (closed) {
      letGo();
      throw new IllegalStateException("session " + spec.sessionId() + " is closed");
    }
    return started;
  }

  /// For what somebody waits for: it is done, or fails with the reason.
  private void ask(ToChild message) {
    revive();
    if (!tell(message)) {
      throw new Refusal(
          Refusal.Kind.FAILED,
          "the process of the strategies was ended in the middle of it; it is not repeated");
    }
  }

  /// @return whether it was done
  private boolean tell(ToChild message) {
    var alive = child;
    if (alive == null) {
      return false;
    }
    try {
      exchange(alive, message, isolation.answer().toNanos());
      return true;
    } catch (ChildException e) {
      crashed(e);
      return false;
    }
  }

  /// Says something and carries out what the strategies ask for until they are done with it.
  ///
  /// @param nanos of the child's own time; what the platform does in between is not counted
  /// @throws StrategyException when it is the author's fault
  private void exchange(ChildProcess with, ToChild message, long nanos) throws ChildException {
    long left = nanos;
    long begun = System.nanoTime();
    with.allow(left);
    with.send(message);
    for (int round = 0; round < MAX_ROUNDS; round++) {
      var said = with.receive();
      with.rest();
      left -= System.nanoTime() - begun;
      switch (said) {
        case FromChild.Reply reply -> {
          keep(reply.checkpoint());
          note(reply.calls());
          return;
        }
        case FromChild.Failed failed -> throw fault(failed);
        case FromChild.Broken broken -> throw broken(broken);
        case FromChild.Submit submit -> {
          var events = carriedOut(submit);
          begun = System.nanoTime();
          with.allow(Math.max(left, 0));
          with.send(new ToChild.Events(events, state.account()));
        }
      }
    }
    throw new ChildException("it asked for something " + MAX_ROUNDS + " times within one input");
  }

  private List<OrderEvent> carriedOut(FromChild.Submit submit) throws ChildException {
    var actions = state.ledger.checked(submit.actions());
    try {
      return state.submit(actions);
    } catch (RuntimeException e) {
      letGo(); // it waits for an answer that there is not
      throw e;
    }
  }

  static StrategyException fault(FromChild.Failed failed) {
    var excerpt = failed.excerpt();
    return StrategyException.of(
        shortened(failed.strategy()),
        failed.line(),
        failed.column(),
        shortened(failed.message()),
        excerpt == null ? null : shortened(excerpt),
        failed.stack().stream().limit(MAX_FRAMES).map(ProcessSession::shortened).toList());
  }

  static ChildException broken(FromChild.Broken broken) {
    return new ChildException("it failed: " + broken.message());
  }

  private void keep(@Nullable Checkpoint checkpoint) throws ChildException {
    if (checkpoint == null) {
      return;
    }
    var names = checkpoint.instances().stream().map(Checkpoint.Instance::instance).toList();
    if (!names.equals(List.copyOf(plans.keySet()))) {
      throw new ChildException("it spoke of other strategies than its own");
    }
    for (var instance : checkpoint.instances()) {
      var snapshot = instance.snapshot();
      if (instance.timers().size() > Timers.MAX
          || (snapshot != null && snapshot.length() > Checkpoint.MAX_SNAPSHOT_CHARACTERS)) {
        throw new ChildException("it keeps more than it may");
      }
    }
    checkpoint.instances().forEach(instance -> saved.put(instance.instance(), instance));
    publishSuspended();
  }

  private void note(List<FromChild.Call> told) throws ChildException {
    if (told.size() > FromChild.Reply.MAX_CALLS) {
      throw new ChildException("it told of more calls than it may");
    }
    for (var call : told) {
      var known = calls.get(call.strategy());
      if (call.nanos() < 0 || (known == null && !calls.isEmpty())) {
        throw new ChildException("it told of a call that cannot have been");
      }
      if (known != null) {
        known.took(call.nanos());
      }
    }
  }

  private void crashed(ChildException e) {
    letGo();
    if (closed) {
      throw new IllegalStateException("session " + spec.sessionId() + " is closed");
    }
    LOG.atWarn()
        .addKeyValue(LogKeys.SESSION, spec.sessionId())
        .log(
            "session {}: the process of the strategies was ended: {}",
            spec.sessionId(),
            e.reason());
    long now = System.nanoTime();
    crashes.addLast(now);
    while (now - crashes.getFirst() > CRASHES_WITHIN.toNanos()) {
      crashes.removeFirst();
    }
    var actions = new ArrayList<StrategyAction>();
    for (var instance : saved.values()) {
      if (instance.suspended() != null) {
        continue;
      }
      if (crashes.size() < MAX_CRASHES) {
        actions.add(
            alert(
                instance.instance(),
                instance.instance()
                    + " goes on from its last state; its process was ended: "
                    + e.reason()));
      } else {
        suspend(instance, e.reason(), actions);
      }
    }
    if (!actions.isEmpty()) {
      state.submit(actions);
    }
    publishSuspended();
  }

  private void suspend(Checkpoint.Instance instance, String because, List<StrategyAction> actions) {
    var name = instance.instance();
    var reason =
        name
            + ": its process was ended "
            + MAX_CRASHES
            + " times within a minute, at last because "
            + because;
    saved.put(name, instance.suspended(reason));
    actions.add(
        new StrategyEvent(
            spec.sessionId(),
            state.ledger.seq(),
            state.ledger.time(),
            state.ledger.nextNote(),
            name,
            StrategyEvent.Kind.SUSPENDED,
            reason));
    actions.add(alert(name, name + " is suspended: " + reason));
    if (spec.onSuspend() == SuspendPolicy.CANCEL) {
      for (var order : state.ledger.instance(name).working()) {
        actions.add(new CancelOrder(spec.sessionId(), order.orderId(), name));
      }
    }
  }

  private Alert alert(String instance, String text) {
    return new Alert(
        spec.sessionId(),
        state.ledger.seq(),
        state.ledger.time(),
        state.ledger.nextNote(),
        instance,
        "error",
        shortened(text));
  }

  private boolean allSuspended() {
    for (var instance : saved.values()) {
      if (instance.suspended() == null) {
        return false;
      }
    }
    return true;
  }

  /// As [sandpiper.domain.session.SessionCycle] does where it can.
  private void endWhenNoneIsLeft() {
    if (spec.mode() == SessionMode.BACKTEST && allSuspended()) {
      var first = saved.values().iterator().next();
      throw StrategyException.of(first.instance(), 0, 0, String.valueOf(first.suspended()));
    }
  }

  private void publishSuspended() {
    if (!suspended().equals(published)) {
      publish();
    }
  }

  private void publish() {
    published = suspended();
    published.forEach((instance, reason) ->
        LOG.atWarn()
            .addKeyValue(LogKeys.SESSION, spec.sessionId())
            .log("session {}: {} is suspended: {}", spec.sessionId(), instance, reason));
    bus.publish(
        Channels.STRATEGIES_CHANGED,
        new StrategiesChanged(spec.sessionId(), List.copyOf(plans.values()), published));
  }

  private Map<String, String> suspended() {
    var suspended = new LinkedHashMap<String, String>();
    for (var instance : saved.values()) {
      if (instance.suspended() != null) {
        suspended.put(instance.instance(), shortened(instance.suspended()));
      }
    }
    return suspended;
  }

  private StrategyPlan present(String instance) {
    state.ledger.instance(instance);
    return Objects.requireNonNull(plans.get(instance));
  }

  private Checkpoint.Instance kept(String instance) {
    return Objects.requireNonNull(saved.get(instance));
  }

  private List<Source> usedSources() {
    return state.scripts.values().stream().distinct().map(ProcessSession::source).toList();
  }

  static Source source(Script script) {
    return new Source(script.name(), script.text());
  }

  private void letGo() {
    var alive = child;
    child = null;
    if (alive != null) {
      alive.close();
    }
  }

  private <T> Future<T> onThread(Callable<T> work) {
    var promise = Promise.<T>promise();
    thread.execute(() -> {
      try {
        promise.complete(work.call());
      } catch (Exception | Error e) {
        promise.fail(e);
      }
    });
    return promise.future();
  }

  private static String shortened(String text) {
    return text.length() <= MAX_REASON_CHARACTERS
        ? text
        : text.substring(0, MAX_REASON_CHARACTERS) + "…";
  }
}

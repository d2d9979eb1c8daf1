package sandpiper.strategies;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Channels.Request;
import sandpiper.bus.Messages.Actions;
import sandpiper.bus.Messages.AddIndicators;
import sandpiper.bus.Messages.ChangeParameters;
import sandpiper.bus.Messages.CommandStrategy;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.IndicatorsAdded;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.OrderEvents;
import sandpiper.bus.Messages.ParametersChanged;
import sandpiper.bus.Messages.ReloadOutcome;
import sandpiper.bus.Messages.Step;
import sandpiper.bus.Messages.StopStrategies;
import sandpiper.bus.Messages.StrategiesChanged;
import sandpiper.domain.indicators.IndicatorLayout;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.StrategyAction;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.session.Account;
import sandpiper.domain.session.NamedIndicator;
import sandpiper.domain.session.OrderDesk;
import sandpiper.domain.session.Resumption.Past;
import sandpiper.domain.session.SessionCycle;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.ShadowRun;
import sandpiper.domain.session.StrategyException;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.domain.session.StrategyView;

/// The strategies of one session on a platform thread of their own, which waits for the orders
/// verticle where the in-thread engine would call it. Whatever is done to a strategy is done on
/// that thread, so between two inputs.
final class StrategySession implements HostedSession, OrderDesk {
  private static final Logger LOG = LoggerFactory.getLogger(StrategySession.class);

  /// Inputs on which a new version is tried out.
  static final int SHADOW_INPUTS = 200;

  private static final int MAX_COMMAND_CHARACTERS = 64 * 1024;

  private final SessionSpec spec;
  private final Bus bus;
  private final ExecutorService thread;
  private final RecentSteps recent = new RecentSteps();
  private final Map<String, Script> scripts = new HashMap<>(); // by instance
  private final Set<String> expiring = new HashSet<>(); // of the thread alone
  private volatile @Nullable SessionCycle cycle;
  private IndicatorLayout layout;
  private Account account;
  private int suspended;

  /// What a try of a new version needs of a running instance.
  private record Trial(
      StrategyView running, List<Past> inputs, IndicatorLayout layout, Account account) {}

  StrategySession(SessionSpec spec, Bus bus) {
    this.spec = spec;
    this.bus = bus;
    layout = spec.layout();
    double cash = spec.cash().doubleValue();
    account = new Account(cash, cash, cash);
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
        this.scripts.put(plan.instance(), scripts.apply(plan));
      }
      var made =
          new SessionCycle(
              spec,
              this,
              (plan, context, snapshot) -> scriptOf(plan.instance()).start(context, snapshot));
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
      remember(step);
      running.match(input.seq(), input.time(), input.event());
      running.decide(input.event(), step.values());
      return new Done();
    });
  }

  @Override
  public Future<Done> stop(StopStrategies stop) {
    return onThread(() -> {
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
          scriptOf(plan.instance()).change(plan.parameters(), change.parameters()));
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
    return onThread(() ->
            new Trial(running().view(instance), recent.latest(SHADOW_INPUTS), layout, account))
        .compose(trial -> worker.run(() -> tryOut(trial, script)));
  }

  @Override
  public Future<ReloadOutcome> reload(String instance, Script script) {
    return onThread(
            () -> {
              var running = running();
              var plan = planned(spec, running.plan(instance), script);
              running.reload(
                  plan,
                  layoutWith(plan),
                  (_, context, snapshot) -> script.start(context, snapshot));
              scripts.put(instance, script);
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

  @Override
  public void close() {
    letGo();
    thread.execute(this::letGo); // for those that were still being made
    thread.shutdown();
  }

  @Override
  public List<OrderEvent> onMarket(long seq, long time, MarketEvent event) {
    if (event instanceof BarClosed && expiring.isEmpty()) {
      return List.of(); // all that the closing of a bar can do to orders is move the clock
    }
    return heard(await(Channels.ORDERS_INPUT, new Input(spec.sessionId(), seq, time, event)));
  }

  @Override
  public List<OrderEvent> submit(long seq, long time, List<? extends StrategyAction> actions) {
    return heard(await(Channels.ORDERS_SUBMIT, new Actions(spec.sessionId(), seq, time, actions)));
  }

  @Override
  public Account account() {
    return account;
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

  private Done tryOut(Trial trial, Script script) {
    var from = trial.running.plan();
    var plan = planned(spec, from, script);
    try (var shadow =
        new ShadowRun(
            spec,
            plan,
            trial.running,
            trial.layout,
            trial.account,
            (_, context, snapshot) -> script.start(context, snapshot))) {
      for (var input : trial.inputs) {
        shadow.step(input.seq(), input.time(), input.event(), input.values());
      }
      shadow.takeOver(from);
    }
    return new Done();
  }

  /// The plan of a version that takes over; it may only need what the session was started with.
  static StrategyPlan planned(SessionSpec spec, StrategyPlan present, Script script) {
    var symbols = spec.instruments().stream().map(Instrument::symbol).toList();
    var plan = script.plan(present, symbols);
    var built = spec.intervals();
    for (var stream : plan.streams()) {
      var interval = stream.interval();
      if (interval != null && !built.getOrDefault(stream.symbol(), Set.of()).contains(interval)) {
        throw new StrategyException(
            script.name() + ".js",
            0,
            0,
            "stream "
                + stream.name()
                + " needs bars of "
                + interval
                + " of "
                + stream.symbol()
                + ", which this session does not build; stop it and start it again");
      }
    }
    return plan;
  }

  private IndicatorLayout layoutWith(StrategyPlan plan) {
    var specs = plan.indicators().stream().map(NamedIndicator::spec).toList();
    if (!layout.holds(specs)) {
      IndicatorsAdded added =
          await(Channels.ADD_INDICATORS, new AddIndicators(spec.sessionId(), specs));
      layout = added.layout();
    }
    return layout;
  }

  private Script scriptOf(String instance) {
    return Objects.requireNonNull(scripts.get(instance));
  }

  private void remember(Step step) {
    recent.add(step);
  }

  private void letGo() {
    var made = cycle;
    if (made != null) {
      made.close();
    }
  }

  private List<OrderEvent> heard(OrderEvents answer) {
    account = answer.account();
    for (var event : answer.events()) {
      var order = event.order();
      if (order.status().isFinal()) {
        expiring.remove(order.orderId());
      } else if (order.terms().expiresAt() != null) {
        expiring.add(order.orderId());
      }
    }
    return answer.events();
  }

  private <Q extends Record, R extends Record> R await(Request<Q, R> request, Q body) {
    return Blocking.await(bus.ask(request, body));
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
        LOG.warn("session {}: {} is suspended: {}", spec.sessionId(), instance, reason));
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

package sandpiper.strategies;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Channels.Request;
import sandpiper.bus.Messages.Actions;
import sandpiper.bus.Messages.AddIndicators;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.OrderEvents;
import sandpiper.bus.Messages.Step;
import sandpiper.domain.indicators.IndicatorLayout;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.StrategyAction;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.session.Account;
import sandpiper.domain.session.NamedIndicator;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyException;
import sandpiper.domain.session.StrategyPlan;

/// What the platform itself knows of the strategies of one session and asks on their behalf,
/// wherever they run; it goes along when they move. Not thread-safe: on the session's thread.
final class HostedState {
  final SessionSpec spec;
  final Ledger ledger;
  final RecentSteps recent = new RecentSteps();

  /// By instance.
  final Map<String, Script> scripts = new LinkedHashMap<>();

  private final Bus bus;
  private IndicatorLayout layout;
  private Account account;

  HostedState(SessionSpec spec, Bus bus) {
    this.spec = spec;
    this.bus = bus;
    ledger = new Ledger(spec);
    layout = spec.layout();
    double cash = spec.cash().doubleValue();
    account = new Account(cash, cash, cash);
  }

  Account account() {
    return account;
  }

  /// Of the values that come with inputs from now on.
  IndicatorLayout layout() {
    return layout;
  }

  Script scriptOf(String instance) {
    return Objects.requireNonNull(scripts.get(instance));
  }

  /// The next input.
  void moveTo(Step step) {
    ledger.moveTo(step.input().seq(), step.input().time());
  }

  /// What becomes of orders at an input.
  List<OrderEvent> match(Input input) {
    if ((input.event() instanceof BarClosed || input.event() instanceof ExternalValue)
        && !ledger.anyExpires()) {
      return List.of(); // all that the closing of a bar can do to orders is move the clock
    }
    return heard(await(Channels.ORDERS_INPUT, input));
  }

  /// What becomes of actions that the ledger knows of.
  List<OrderEvent> submit(List<? extends StrategyAction> actions) {
    return heard(
        await(
            Channels.ORDERS_SUBMIT,
            new Actions(spec.sessionId(), ledger.seq(), ledger.time(), actions)));
  }

  /// The layout, with the indicators of a plan in it.
  IndicatorLayout layoutWith(StrategyPlan plan) {
    var specs = plan.indicators().stream().map(NamedIndicator::spec).toList();
    if (!layout.holds(specs)) {
      layout = await(Channels.ADD_INDICATORS, new AddIndicators(spec.sessionId(), specs)).layout();
    }
    return layout;
  }

  /// The plan of a version that takes over; it may only need what the session was started with.
  StrategyPlan planned(StrategyPlan present, Script script) {
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

  private List<OrderEvent> heard(OrderEvents answer) {
    account = answer.account();
    ledger.on(answer.events());
    return answer.events();
  }

  private <Q extends Record, R extends Record> R await(Request<Q, R> request, Q body) {
    return Blocking.await(bus.ask(request, body));
  }
}

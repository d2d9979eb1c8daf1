package sandpiper.strategies.child;

import java.io.EOFException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.indicators.IndicatorLayout;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.StrategyAction;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.session.Account;
import sandpiper.domain.session.Checkpoint;
import sandpiper.domain.session.OrderDesk;
import sandpiper.domain.session.Resumption;
import sandpiper.domain.session.SessionCycle;
import sandpiper.domain.session.ShadowRun;
import sandpiper.domain.session.Strategy;
import sandpiper.domain.session.StrategyContext;
import sandpiper.domain.session.StrategyException;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.domain.session.StrategyView;
import sandpiper.strategies.CallTimes;
import sandpiper.strategies.Script;
import sandpiper.strategies.ScriptEngine;

/// The strategies of one session in a process of their own: the same cycle as elsewhere, with a
/// desk at the other end of the wire. One thread.
final class Child implements OrderDesk, AutoCloseable {
  private final Wire wire;
  private final ScriptEngine engine;
  private final Map<String, Script> scripts = new HashMap<>();
  private final List<Resumption.Past> past = new ArrayList<>();
  private final List<FromChild.Call> calls = new ArrayList<>();
  private Account account = new Account(0, 0, 0);
  private List<OrderEvent> matched = List.of();
  private @Nullable SessionCycle cycle;
  private @Nullable Checkpoint told;

  /// Waits for the first message.
  Child(Wire wire) throws IOException {
    this.wire = wire;
    if (!(wire.read(ToChild.class) instanceof ToChild.Setup setup)) {
      throw new IOException("the first message must be the setup");
    }
    engine = new ScriptEngine(setup.live(), setup.backtest());
    engine.measure(this::calls);
  }

  /// Does what it is asked until the platform has gone.
  void run() throws IOException {
    while (true) {
      ToChild message;
      try {
        message = wire.read(ToChild.class);
      } catch (EOFException e) {
        return;
      }
      wire.write(answer(message));
    }
  }

  @Override
  public List<OrderEvent> onMarket(long seq, long time, MarketEvent event) {
    return matched;
  }

  @Override
  public List<OrderEvent> submit(long seq, long time, List<? extends StrategyAction> actions) {
    try {
      wire.write(new FromChild.Submit(List.copyOf(actions)));
      var answer = (ToChild.Events) wire.read(ToChild.class);
      account = answer.account();
      return answer.events();
    } catch (IOException e) {
      throw new IllegalStateException("the platform cannot be asked", e);
    }
  }

  @Override
  public Account account() {
    return account;
  }

  @Override
  public void close() {
    if (cycle != null) {
      cycle.close();
    }
    engine.close();
  }

  private FromChild answer(ToChild message) {
    try {
      work(message);
      return new FromChild.Reply(changed(), told());
    } catch (StrategyException e) {
      return new FromChild.Failed(
          e.strategy(),
          e.line(),
          e.column(),
          String.valueOf(e.getMessage()),
          e.excerpt(),
          e.stack());
    } catch (RuntimeException | Error e) {
      e.printStackTrace();
      return new FromChild.Broken(e.toString());
    }
  }

  private void work(ToChild message) {
    switch (message) {
      case ToChild.Begin begin -> {
        account = begin.account();
        begin.sources().forEach(this::read);
        cycle = new SessionCycle(begin.spec(), this, this::strategy);
        running().start();
      }
      case ToChild.Warm warm -> past.addAll(warm.past());
      case ToChild.Resume resume -> {
        account = resume.account();
        resume.sources().forEach(this::read);
        cycle = SessionCycle.resume(resume.spec(), this, this::strategy, resumption(resume));
        past.clear();
      }
      case ToChild.Input input -> {
        matched = input.events();
        account = input.account();
        running().match(input.seq(), input.time(), input.event());
        running().decide(input.event(), input.values());
      }
      case ToChild.Stop stop -> running().stop(stop.seq(), stop.time());
      case ToChild.Command command ->
          running().command(command.instance(), command.name(), command.json());
      case ToChild.SetParameters set -> running().setParameters(set.instance(), set.parameters());
      case ToChild.Reload reload -> {
        read(reload.source());
        running().reload(reload.plan(), new IndicatorLayout(reload.layout()), this::strategy);
      }
      case ToChild.TryOut tryOut -> tryOut(tryOut);
      case ToChild.Events _ -> throw new IllegalStateException("nothing was submitted");
      case ToChild.Setup _ -> throw new IllegalStateException("it is set up already");
    }
  }

  private Resumption resumption(ToChild.Resume resume) {
    var instances =
        resume.instances().stream()
            .map(kept ->
                new Resumption.Instance(
                    kept.saved(), kept.positions(), kept.working(), kept.raised(), kept.placed()))
            .toList();
    return new Resumption(
        resume.seq(),
        resume.time(),
        resume.signals(),
        resume.orders(),
        resume.notes(),
        new IndicatorLayout(resume.layout()),
        instances,
        past);
  }

  private void tryOut(ToChild.TryOut tryOut) {
    read(tryOut.source());
    try (var shadow =
        new ShadowRun(
            tryOut.spec(),
            tryOut.plan(),
            new StrategyView(tryOut.from(), tryOut.snapshot(), tryOut.positions()),
            new IndicatorLayout(tryOut.layout()),
            tryOut.account(),
            this::strategy)) {
      for (var each : past) {
        shadow.step(each.seq(), each.time(), each.event(), each.values());
      }
      shadow.takeOver(tryOut.from());
    }
  }

  private void read(ToChild.Source source) {
    var script = new Script(engine, source.name(), source.text());
    scripts.put(script.hash(), script);
  }

  private Strategy strategy(StrategyPlan plan, StrategyContext context, @Nullable String snapshot) {
    var script = scripts.get(plan.version());
    if (script == null) {
      throw new IllegalStateException("no source of strategy " + plan.strategy() + " was sent");
    }
    return script.start(context, snapshot);
  }

  private @Nullable Checkpoint changed() {
    if (cycle == null) {
      return null;
    }
    var now = cycle.checkpoint();
    if (now.equals(told)) {
      return null;
    }
    told = now;
    return now;
  }

  private CallTimes.Calls calls(String strategy) {
    return new CallTimes.Calls() {
      @Override
      public void took(long nanos) {
        if (calls.size() < FromChild.Reply.MAX_CALLS) {
          calls.add(new FromChild.Call(strategy, nanos));
        }
      }

      @Override
      public void close() {
        // The platform knows which instances it has.
      }
    };
  }

  private List<FromChild.Call> told() {
    var all = List.copyOf(calls);
    calls.clear();
    return all;
  }

  private SessionCycle running() {
    if (cycle == null) {
      throw new IllegalStateException("the session has not begun");
    }
    return cycle;
  }
}

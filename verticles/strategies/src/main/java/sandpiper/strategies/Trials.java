package sandpiper.strategies;

import java.time.Duration;
import java.util.List;
import sandpiper.bus.Messages.Done;
import sandpiper.domain.indicators.IndicatorLayout;
import sandpiper.domain.session.Account;
import sandpiper.domain.session.Resumption.Past;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.ShadowRun;
import sandpiper.domain.session.StrategyException;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.domain.session.StrategyView;
import sandpiper.strategies.child.ChildException;
import sandpiper.strategies.child.FromChild;
import sandpiper.strategies.child.ToChild;

/// Tries new versions on the latest inputs of sessions, beside them: in the platform's process, or
/// each in a child of its own where its script has to be kept away, so that one that never ends
/// holds up nobody. Any thread that may block.
final class Trials {
  /// Inputs on which a new version is tried.
  static final int INPUTS = 200;

  /// For starting a child and the trial; a busy machine takes its time.
  private static final Duration MOST = Duration.ofSeconds(40);

  private final Isolation isolation;
  private final Children children;

  /// @param plan of the new version
  /// @param running what it would take over from
  /// @param layout of the values of `past`
  record Trial(
      SessionSpec spec,
      StrategyPlan plan,
      StrategyView running,
      List<Past> past,
      IndicatorLayout layout,
      Account account) {}

  Trials(Isolation isolation, Children children) {
    this.isolation = isolation;
    this.children = children;
  }

  /// @throws StrategyException when the version cannot take over
  Done run(Trial trial, Script script) {
    if (isolation.of(script) == Isolation.Mode.PROCESS) {
      runApart(trial, script);
    } else {
      runHere(trial, script);
    }
    return new Done();
  }

  private static void runHere(Trial trial, Script script) {
    try (var shadow =
        new ShadowRun(
            trial.spec,
            trial.plan,
            trial.running,
            trial.layout,
            trial.account,
            (_, context, snapshot) -> script.start(context, snapshot))) {
      for (var each : trial.past) {
        shadow.step(each.seq(), each.time(), each.event(), each.values());
      }
      shadow.takeOver(trial.running.plan());
    }
  }

  private void runApart(Trial trial, Script script) {
    long end = System.nanoTime() + MOST.toNanos();
    try (var alone = children.take()) {
      alone.allow(end - System.nanoTime());
      alone.send(new ToChild.Warm(trial.past));
      if (!(alone.receive() instanceof FromChild.Reply)) {
        throw new ChildException("it said what was not asked");
      }
      alone.send(
          new ToChild.TryOut(
              trial.spec,
              trial.plan,
              trial.running.plan(),
              trial.running.snapshot(),
              trial.running.positions(),
              trial.layout.specs(),
              trial.account,
              ProcessSession.source(script)));
      switch (alone.receive()) {
        case FromChild.Reply _ -> {
          // It can take over.
        }
        case FromChild.Failed failed -> throw ProcessSession.fault(failed);
        case FromChild.Broken broken -> throw ProcessSession.broken(broken);
        case FromChild.Submit _ -> throw new ChildException("it said what was not asked");
      }
    } catch (ChildException e) {
      throw new StrategyException(
          script.file(), 0, 0, "the process in which it was tried was ended: " + e.reason());
    } finally {
      children.prepare();
    }
  }
}

package sandpiper.strategies;

import io.vertx.core.Future;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Function;
import sandpiper.bus.Messages.ChangeParameters;
import sandpiper.bus.Messages.CommandStrategy;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.ParametersChanged;
import sandpiper.bus.Messages.ReloadOutcome;
import sandpiper.bus.Messages.Step;
import sandpiper.bus.Messages.StopStrategies;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyPlan;

/// The strategies of one session, wherever they run. What is asked is done in order, one after the
/// other, so between two inputs; nothing blocks the caller but [#close].
interface HostedSession {
  SessionSpec spec();

  /// Makes the strategies and runs their `onStart`.
  ///
  /// @param scripts by the plans that were made from them
  Future<Done> open(Function<StrategyPlan, Script> scripts);

  Future<Done> onStep(Step step);

  Future<Done> stop(StopStrategies stop);

  /// Changes live parameters, as the script of the instance declares them.
  Future<ParametersChanged> change(ChangeParameters change);

  Future<Done> command(CommandStrategy command);

  /// Instances of a script that run here.
  Future<List<StrategyPlan>> instances(String strategy);

  /// Tries a new version of one instance on the latest inputs, beside the session.
  ///
  /// @param worker runs the try, on a thread that may be blocked
  /// @return fails when the version cannot take over
  Future<Done> tryOut(String instance, Script script, Worker worker);

  /// Lets a new version of one instance take over; whatever keeps it from that leaves the old one
  /// running.
  Future<ReloadOutcome> reload(String instance, Script script);

  /// Lets go of the strategies, even of one that is in the middle of a callback. May block.
  void close();

  /// Runs work that takes its time.
  @FunctionalInterface
  interface Worker {
    Future<Done> run(Callable<Done> work);
  }
}

package sandpiper.domain.session;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.indicators.IndicatorLayout;
import sandpiper.domain.indicators.IndicatorSet;
import sandpiper.domain.market.MarketEvent;

/// A version of a strategy tried out on inputs that have been, beside the running one: it begins
/// with what the running one would leave it, and nothing that it asks for is done.
///
/// Not thread-safe; use on one thread.
public final class ShadowRun implements AutoCloseable {
  private final SharedState shared;
  private final StrategyRunner runner;
  private final IndicatorSet indicators;
  private final IndicatorLayout layout;

  /// @param plan of the new version
  /// @param running the instance it shall take over from
  /// @param layout of the values that [#step] will be given
  /// @param account as it stands
  /// @throws StrategyException when it cannot take over
  public ShadowRun(
      SessionSpec spec,
      StrategyPlan plan,
      StrategyView running,
      IndicatorLayout layout,
      Account account,
      Strategy.Factory factory) {
    this.layout = layout;
    var wider = layout.with(plan.indicators().stream().map(NamedIndicator::spec).toList());
    indicators = new IndicatorSet(wider);
    shared = new SharedState(spec, () -> account);
    shared.moveTo(0, spec.startTime());
    var context = new StrategyContext(spec, plan, wider, shared);
    context.assumePositions(running.positions());
    var strategy = factory.create(plan, context, running.snapshot());
    runner = new StrategyRunner(context, strategy, shared, SuspendPolicy.KEEP);
  }

  /// The next input, with the values that the session had for it.
  ///
  /// @throws StrategyException when a callback fails
  public void step(long seq, long time, MarketEvent event, double[] values) {
    indicators.update(event);
    shared.moveTo(seq, time);
    runner.onTimers(time);
    shared.setTime(time);
    shared.see(event);
    runner.onMarket(event, known(values));
    end();
  }

  /// Lets it take over, as it would after the last input.
  ///
  /// @throws StrategyException when it cannot
  public void takeOver(StrategyPlan from) {
    runner.onReload(from);
    end();
  }

  @Override
  public void close() {
    runner.close();
  }

  /// What the session knows already is warmer than what was computed here.
  private double[] known(double[] values) {
    var all = Arrays.copyOf(indicators.values(), indicators.values().length);
    System.arraycopy(values, 0, all, 0, Math.min(values.length, layout.size()));
    return all;
  }

  private void end() {
    shared.truncateActions(0);
    @Nullable StrategyException failure = runner.failure();
    if (failure != null) {
      throw failure;
    }
  }
}

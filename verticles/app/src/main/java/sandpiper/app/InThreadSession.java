package sandpiper.app;

import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.metrics.PerformanceReport;
import sandpiper.domain.session.SessionEngine;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.domain.trading.SessionSummary;
import sandpiper.feeds.MarketData;
import sandpiper.strategies.Script;

/// A session in one thread: data from files, strategies from scripts, direct calls between.
final class InThreadSession {
  private final MarketData data;
  private final List<Script> scripts;
  private volatile boolean cancelled;
  private volatile @Nullable SessionEngine over;
  private volatile long inputs;
  private volatile long clock;

  /// @param scripts of the session's plans, in their order
  InThreadSession(MarketData data, List<Script> scripts) {
    this.data = data;
    this.scripts = scripts;
  }

  /// Runs to the end of the data, or until cancelled, on the calling thread.
  SessionSummary run(SessionSpec spec, Consumer<JournalEntry> journal, LongConsumer progress) {
    var events =
        new Iterator<MarketEvent>() {
          @Override
          public boolean hasNext() {
            return !cancelled && data.hasNext();
          }

          @Override
          public MarketEvent next() {
            return data.next();
          }
        };
    try (var engine =
        new SessionEngine(
            spec,
            data.sourceIntervals(),
            (plan, context, snapshot) -> script(plan).start(context, snapshot),
            journal)) {
      var summary = engine.run(events, progress);
      inputs = engine.inputs();
      clock = engine.clock();
      over = engine;
      return summary;
    }
  }

  /// Ends the run before its next event, in an orderly way; from any thread.
  void cancel() {
    cancelled = true;
  }

  /// How well it did, once the run is over.
  ///
  /// @param periods a year that figures are annualised by, 365 or 252
  PerformanceReport performance(int periods) {
    var engine = over;
    if (engine == null) {
      throw new IllegalStateException("the run is not over");
    }
    return engine.performance(periods);
  }

  /// Inputs of the whole run, once it is over.
  long inputs() {
    return inputs;
  }

  /// Time of the last input, UTC microseconds, once the run is over.
  long clock() {
    return clock;
  }

  private Script script(StrategyPlan plan) {
    return scripts.stream()
        .filter(script -> script.hash().equals(plan.version()))
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no script of " + plan.instance()));
  }
}

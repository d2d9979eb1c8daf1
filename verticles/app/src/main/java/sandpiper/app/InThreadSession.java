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
import sandpiper.feeds.Pace;
import sandpiper.strategies.Script;

/// A session in one thread: data from files, strategies from scripts, direct calls between.
///
/// As fast as it can, or at a pace, which any thread may change; its own thread waits.
final class InThreadSession {
  private static final long PROGRESS_NANOS = 250_000_000;
  private static final int LOOK_EVERY = 0x3ff;

  private final MarketData data;
  private final List<Script> scripts;
  private final Pace pace = new Pace(System::nanoTime, null);

  /// Whether events have to wait, because of the pace or because the run rests.
  private volatile boolean waits;

  private volatile boolean paused;
  private volatile boolean cancelled;
  private volatile @Nullable SessionEngine over;
  private volatile long inputs;
  private volatile long clock;
  private volatile long reached;
  private volatile long next;

  /// @param scripts of the session's plans, in their order
  InThreadSession(MarketData data, List<Script> scripts) {
    this.data = data;
    this.scripts = scripts;
  }

  /// Runs to the end of the data, or until cancelled, on the calling thread.
  ///
  /// @param progress told the session's clock a few times a second
  SessionSummary run(SessionSpec spec, Consumer<JournalEntry> journal, LongConsumer progress) {
    var events = new Events(spec.startTime(), progress);
    try (var engine =
        new SessionEngine(
            spec,
            data.sourceIntervals(),
            (plan, context, snapshot) -> script(plan).start(context, snapshot),
            journal)) {
      var summary = engine.run(events, _ -> {});
      inputs = engine.inputs();
      clock = engine.clock();
      over = engine;
      return summary;
    }
  }

  /// Ends the run before its next event, in an orderly way; from any thread.
  void cancel() {
    cancelled = true;
    synchronized (pace) {
      pace.notifyAll();
    }
  }

  /// From the next event on; from any thread.
  ///
  /// @param acceleration times real time, 1 to 1000; null for as fast as possible
  /// @throws IllegalArgumentException when it is out of range
  void changePace(@Nullable Double acceleration) {
    synchronized (pace) {
      pace.change(acceleration, reached, next);
      waits = acceleration != null || paused;
      pace.notifyAll();
    }
  }

  /// Holds the next event back, or lets it go; from any thread.
  void pause(boolean wanted) {
    synchronized (pace) {
      if (wanted && !paused) {
        pace.change(pace.acceleration(), reached, next);
      } else if (!wanted && paused) {
        pace.goOn();
      }
      paused = wanted;
      waits = pace.acceleration() != null || paused;
      pace.notifyAll();
    }
  }

  /// The data, each event when it is due.
  private final class Events implements Iterator<MarketEvent> {
    private final LongConsumer progress;
    private int count;
    private long toldAt = System.nanoTime();

    private Events(long startTime, LongConsumer progress) {
      this.progress = progress;
      reached = startTime;
      next = startTime;
    }

    @Override
    public boolean hasNext() {
      return !cancelled && data.hasNext();
    }

    @Override
    public MarketEvent next() {
      var event = data.next();
      next = event.time();
      if (waits) {
        await(event.time());
      }
      reached = event.time();
      if (waits || (++count & LOOK_EVERY) == 0) {
        tell();
      }
      return event;
    }

    /// An event that is waited for when the run is cancelled still comes; it is the last.
    private void await(long time) {
      synchronized (pace) {
        try {
          for (long millis = pace.millisUntil(time);
              (paused || millis > 0) && !cancelled;
              millis = pace.millisUntil(time)) {
            pace.wait(paused ? 0 : millis);
          }
        } catch (InterruptedException _) {
          Thread.currentThread().interrupt();
          cancelled = true;
        }
      }
    }

    private void tell() {
      long now = System.nanoTime();
      if (now - toldAt >= PROGRESS_NANOS) {
        toldAt = now;
        progress.accept(reached);
      }
    }
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

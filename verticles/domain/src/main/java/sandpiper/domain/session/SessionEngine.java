package sandpiper.domain.session;

import java.util.Iterator;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import sandpiper.domain.indicators.IndicatorSet;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketSequencer;
import sandpiper.domain.metrics.PerformanceReport;
import sandpiper.domain.trading.OrderManager;
import sandpiper.domain.trading.SessionSummary;

/// A whole session in one thread: direct calls, no bus, full speed.
public final class SessionEngine implements MarketSequencer.Sink, AutoCloseable {
  private final MarketSequencer sequencer;
  private final IndicatorSet indicators;
  private final OrderManager orders;
  private final SessionCycle cycle;
  private long clock;

  /// @param sources by symbol, the interval of the bars that its source delivers; a symbol that is
  ///   missing has trades or quotes
  /// @param journal takes every entry, in order
  public SessionEngine(
      SessionSpec spec,
      Map<String, Interval> sources,
      Strategy.Factory strategies,
      Consumer<JournalEntry> journal) {
    var symbols = spec.instruments().stream().map(Instrument::symbol).toList();
    spec.fills().model().requireFor(symbols, sources);
    sequencer = new MarketSequencer(spec.intervals(), sources, this);
    indicators = new IndicatorSet(spec.layout());
    orders = new OrderManager(spec, journal);
    cycle = new SessionCycle(spec, orders, strategies);
    clock = spec.startTime();
  }

  /// Runs all of `events`, in the order in which they became known, from start to stop.
  ///
  /// @param progress told the session's clock every 65,536 events
  public SessionSummary run(Iterator<? extends MarketEvent> events, LongConsumer progress) {
    cycle.start();
    int count = 0;
    while (events.hasNext()) {
      sequencer.accept(events.next());
      if ((++count & 0xffff) == 0) {
        progress.accept(clock);
      }
    }
    sequencer.finish();
    return end();
  }

  /// Runs a session again that had so many inputs, and ends it where it ended: bars are only closed
  /// at the end of the events when its were.
  public SessionSummary replay(Iterator<? extends MarketEvent> events, long inputs) {
    cycle.start();
    while (sequencer.seq() < inputs && events.hasNext()) {
      sequencer.accept(events.next());
    }
    if (sequencer.seq() < inputs) {
      sequencer.finish();
    }
    return end();
  }

  private SessionSummary end() {
    long last = sequencer.seq() + 1;
    cycle.stop(last, clock);
    orders.finish(last, clock);
    return orders.summary();
  }

  /// How well the session did so far.
  ///
  /// @param periods a year that figures are annualised by, 365 or 252
  public PerformanceReport performance(int periods) {
    return orders.performance(periods);
  }

  /// Inputs so far.
  public long inputs() {
    return sequencer.seq();
  }

  /// Time of the last input, UTC microseconds.
  public long clock() {
    return clock;
  }

  @Override
  public void on(long seq, long time, MarketEvent event) {
    clock = time;
    cycle.match(seq, time, event);
    indicators.update(event);
    cycle.decide(event, indicators.values());
  }

  @Override
  public void close() {
    cycle.close();
  }
}

package sandpiper.gateway.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Messages.AlertAcknowledged;
import sandpiper.bus.Messages.BacktestProgress;
import sandpiper.bus.Messages.FeedProgress;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.Step;
import sandpiper.domain.indicators.IndicatorLayout;
import sandpiper.domain.indicators.IndicatorSpec;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.market.VenueReport;
import sandpiper.domain.session.NamedIndicator;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.StrategyPlan;
import sandpiper.gateway.screen.ScreenMessage.BacktestDone;
import sandpiper.gateway.screen.ScreenMessage.BacktestFailed;
import sandpiper.gateway.screen.ScreenMessage.BacktestMoved;
import sandpiper.gateway.screen.ScreenMessage.Candle;
import sandpiper.gateway.screen.ScreenMessage.IndicatorReading;
import sandpiper.gateway.screen.ScreenMessage.SessionGone;
import sandpiper.gateway.screen.ScreenMessage.SessionTold;

/// All that the console shows of one session, and the messages that keep it up to date.
///
/// Not thread-safe. Whoever owns it calls [#flush] ten times a second.
public final class SessionScreen {
  private static final long STATE_EVERY = 1_000_000;

  private final LongSupplier clock;
  private final Outlet outlet;
  private final Conflated<Boolean> states;
  private final Ticks ticks;
  private final AccountScreen account;
  private final JournalScreen journal;
  private final List<StreamScreen> streams = new ArrayList<>();
  private SessionState state;
  private IndicatorLayout layout;
  private @Nullable Long sessionClock;
  private @Nullable BacktestProgress backtest;
  private boolean told;

  /// @param clock wall clock, UTC microseconds
  /// @param out takes the messages, in order
  public SessionScreen(SessionState state, LongSupplier clock, Consumer<Envelope> out) {
    this.state = state;
    layout = new IndicatorLayout(specs(state.strategies()));
    this.clock = clock;
    outlet = new Outlet(state.sessionId(), clock, out);
    states = new Conflated<>(STATE_EVERY, clock, _ -> outlet.send(new SessionTold(now())));
    ticks = new Ticks(clock, outlet);
    account = new AccountScreen(clock, outlet);
    journal = new JournalScreen(clock, outlet, account);
    onState(state);
  }

  public SessionState state() {
    return state;
  }

  public void onState(SessionState state) {
    this.state = state;
    moveTo(state.clock());
    arrange(state.strategies());
    states.force(true);
    if (state.mode() == SessionMode.BACKTEST && state.status().isFinal()) {
      outcome();
    }
  }

  /// How far a backtest has come.
  public void onBacktest(BacktestProgress progress) {
    backtest = progress;
    outlet.send(new BacktestMoved(progress));
  }

  /// The last there is to say.
  void onDeleted() {
    outlet.send(new SessionGone());
  }

  /// Once: nothing changes after it.
  private void outcome() {
    if (!told) {
      told = true;
      boolean cancelled = backtest != null && backtest.cancelled();
      outlet.send(
          state.status() == SessionStatus.FAILED
              ? new BacktestFailed(cancelled, state.error(), state.summary())
              : new BacktestDone(cancelled, state.error(), state.summary()));
    }
  }

  public void onProgress(FeedProgress progress) {
    moveTo(progress.clock());
    states.offer(true);
  }

  public void onStep(Step step) {
    if (step.layout() != layout) {
      layout = step.layout();
      plot();
    }
    moveTo(step.input().time());
    switch (step.input().event()) {
      case Trade trade -> {
        ticks.onTrade(trade, step.input().takenAt());
        streams.forEach(stream -> stream.onTrade(trade));
        account.onPrice(trade.symbol(), trade.price(), trade.time());
      }
      case Bar bar -> {
        streams.forEach(stream -> stream.onSourceBar(bar));
        account.onPrice(bar.symbol(), bar.close(), bar.time());
      }
      case Quote quote ->
          account.onPrice(quote.symbol(), (quote.bid() + quote.ask()) / 2, quote.time());
      case BookEvent _, ExternalValue _, VenueReport _ -> {
        // Screens show trades, quotes and bars; a value is shown as the indicator that it is.
      }
      case BarClosed closed ->
          stream(new StreamKey(closed.bar().symbol(), closed.bar().interval()))
              .onClosed(closed.bar(), step.values());
    }
  }

  public void onJournal(List<JournalEntry> entries) {
    entries.forEach(journal::onEntry);
  }

  void onAcknowledged(AlertAcknowledged seen) {
    journal.onAcknowledged(seen);
  }

  /// Sends what has waited long enough.
  public void flush() {
    ticks.flush();
    streams.forEach(StreamScreen::flush);
    account.flush();
    if (outlet.leaveGap()) {
      states.force(true);
    } else {
      states.flush();
    }
  }

  /// Everything as of the latest message.
  Snapshot snapshot() {
    var candles = new ArrayList<Candle>();
    var indicators = new ArrayList<IndicatorReading>();
    streams.forEach(stream -> stream.snapshot(candles, indicators));
    return journal.snapshot(outlet.seq(), now(), candles, indicators);
  }

  private void moveTo(@Nullable Long time) {
    if (time != null && (sessionClock == null || time > sessionClock)) {
      sessionClock = time;
    }
  }

  private SessionState now() {
    return state.at(sessionClock);
  }

  private void arrange(List<StrategyPlan> plans) {
    for (var plan : plans) {
      for (var stream : plan.streams()) {
        if (stream.interval() != null) {
          stream(new StreamKey(stream.symbol(), stream.interval()));
        }
      }
    }
    plot();
  }

  private void plot() {
    var values = layout.with(specs(state.strategies()));
    for (var stream : streams) {
      stream.plot(
          state.strategies().stream()
              .map(plan -> Plot.of(plan, values, stream.key()))
              .filter(Objects::nonNull)
              .toList());
    }
  }

  private static List<IndicatorSpec> specs(List<StrategyPlan> plans) {
    return plans.stream()
        .flatMap(plan -> plan.indicators().stream())
        .map(NamedIndicator::spec)
        .toList();
  }

  private StreamScreen stream(StreamKey key) {
    for (var stream : streams) {
      if (stream.key().equals(key)) {
        return stream;
      }
    }
    var stream = new StreamScreen(key, clock, outlet);
    streams.add(stream);
    return stream;
  }
}

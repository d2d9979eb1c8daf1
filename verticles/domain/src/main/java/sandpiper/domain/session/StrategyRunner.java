package sandpiper.domain.session;

import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.indicators.IndicatorLayout;
import sandpiper.domain.indicators.IndicatorSpec;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.OrderRefused;
import sandpiper.domain.journal.StrategyEvent;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.OrderBook;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;

/// One strategy instance with its context: brings inputs and order events to the right callback,
/// and suspends the instance when one fails.
final class StrategyRunner implements AutoCloseable {
  private final SuspendPolicy policy;
  private final SharedState shared;
  private StrategyContext context;
  private Strategy strategy;
  private Stream[] streams;
  private @Nullable StrategyException failure;
  private @Nullable String lastSnapshot;

  @SuppressWarnings("ArrayRecordComponent") // never compared, read on the hot path
  private record Stream(int number, StreamSpec spec, IndicatorReading[] readings) {
    boolean isOf(StreamSpec.Kind kind, String symbol) {
      return spec.kind() == kind && spec.symbol().equals(symbol);
    }
  }

  /// One of the callbacks that are not on the hot path.
  private interface Callback {
    void call(Strategy strategy);
  }

  StrategyRunner(
      StrategyContext context, Strategy strategy, SharedState shared, SuspendPolicy policy) {
    this.context = context;
    this.strategy = strategy;
    this.shared = shared;
    this.policy = policy;
    streams = streams(context);
  }

  String instance() {
    return context.plan().instance();
  }

  /// With the parameters as they are now.
  StrategyPlan plan() {
    return context.plan().withParameters(context.parameters());
  }

  StrategyContext context() {
    return context;
  }

  /// Why it is suspended; null while it runs.
  @Nullable StrategyException failure() {
    return failure;
  }

  void onStart() {
    call(Strategy::onStart);
  }

  void onOrderEvents(List<OrderEvent> events) {
    for (int i = 0; i < events.size(); i++) {
      var event = events.get(i);
      if (event.order().strategy().equals(instance())) {
        context.onOrderEvent(event);
        if (failure == null) {
          onOrderEvent(event);
        } else if (policy == SuspendPolicy.CANCEL && !event.order().status().isFinal()) {
          context.cancelWorking(); // it was still on its way when the strategy was suspended
        }
      }
    }
  }

  /// Fires what is due at `now`.
  void onTimers(long now) {
    var timers = context.timers();
    if (failure != null) {
      return;
    }
    for (var due = timers.take(now); due != null; due = timers.take(now)) {
      shared.setTime(due.time());
      var id = due.id();
      call(running -> running.onTimer(id));
      if (failure != null) {
        return;
      }
    }
  }

  /// When its next timer is due, UTC microseconds.
  long nextTimer() {
    return failure == null ? context.timers().next() : Timers.NONE;
  }

  /// @param values of all indicators of the session as of this event
  void onMarket(MarketEvent event, double[] values) {
    int mark = shared.actionCount();
    try {
      switch (event) {
        case BarClosed closed -> onBar(closed, values);
        case Trade trade -> onTrade(trade, values);
        case Quote quote -> onQuote(quote);
        case BookEvent _ -> onBook(shared.changedBook(), values);
        default -> {
          // The source's own bars are the venue's; external values are read with the next step.
        }
      }
    } catch (StrategyException e) {
      suspend(e, mark);
    }
    checkRules(mark);
  }

  void onCommand(String name, String json) {
    context.record(StrategyEvent.Kind.COMMAND, name + " " + json);
    call(running -> running.onCommand(name, json));
  }

  void setParameters(Map<String, Object> parameters) {
    context.record(StrategyEvent.Kind.PARAMETERS, parameters.toString());
    context.setParameters(parameters);
    call(Strategy::onParameters);
  }

  void onStop() {
    call(Strategy::onStop);
  }

  void onReload(StrategyPlan from) {
    call(running -> running.onReload(from));
  }

  /// What the version now running would leave to the next.
  @Nullable String snapshot() {
    if (failure == null) {
      lastSnapshot = strategy.snapshot();
    }
    return lastSnapshot;
  }

  /// The same version goes on where it ended elsewhere. It is suspended when it was, or when it
  /// cannot go on.
  void resume(Checkpoint.Instance saved, Strategy.Factory factory) {
    var unsaved = saved.unsaved();
    if (saved.suspended() != null) {
      failure = StrategyException.of(instance(), 0, 0, saved.suspended());
    } else if (unsaved != null) {
      suspend(new StrategyException(instance(), 0, 0, "its state could not be kept: " + unsaved));
    } else {
      try {
        strategy = factory.create(context.plan(), context, saved.snapshot());
      } catch (StrategyException e) {
        suspend(e);
      }
    }
    lastSnapshot = saved.snapshot();
  }

  /// What the same version needs to go on elsewhere. A strategy that keeps too much is suspended.
  Checkpoint.Instance checkpoint() {
    String unsaved = null;
    if (failure == null) {
      try {
        lastSnapshot = strategy.snapshot();
      } catch (StrategyException e) {
        lastSnapshot = null;
        unsaved = e.getMessage();
      }
      int size = lastSnapshot == null ? 0 : lastSnapshot.length();
      if (size > Checkpoint.MAX_SNAPSHOT_CHARACTERS) {
        suspend(
            new StrategyException(
                instance(),
                0,
                0,
                "its state takes "
                    + size
                    + " characters as JSON; in a process of its own a strategy may keep "
                    + Checkpoint.MAX_SNAPSHOT_CHARACTERS));
        lastSnapshot = null;
      }
    }
    return new Checkpoint.Instance(
        instance(),
        lastSnapshot,
        unsaved,
        context.timers().all(),
        failure == null ? null : String.valueOf(failure.getMessage()));
  }

  /// Brings readings up to date with an input that has been, without a callback.
  void warm(MarketEvent event, double[] values) {
    for (var stream : streams) {
      boolean seen =
          switch (event) {
            case BarClosed closed ->
                stream.isOf(StreamSpec.Kind.BARS, closed.symbol())
                    && closed.bar().interval().equals(stream.spec.interval());
            case Trade trade -> stream.isOf(StreamSpec.Kind.TRADES, trade.symbol());
            case BookEvent change -> stream.isOf(StreamSpec.Kind.BOOK, change.symbol());
            default -> false;
          };
      if (seen) {
        update(stream, values);
      }
    }
  }

  /// Another version takes over.
  ///
  /// @throws StrategyException when it cannot; the old one runs on with its state as it was
  void reload(StrategyPlan plan, IndicatorLayout layout, Strategy.Factory factory) {
    var from = context.plan();
    var next = context.successor(plan, layout);
    var taking = factory.create(plan, next, snapshot());
    int mark = shared.actionCount();
    next.record(
        StrategyEvent.Kind.RELOADED, "from version " + from.version() + " to " + plan.version());
    try {
      taking.onReload(from);
    } catch (StrategyException e) {
      shared.truncateActions(mark);
      taking.close();
      throw e;
    }
    strategy.close();
    strategy = taking;
    context = next;
    streams = streams(next);
    failure = null;
    checkRules(mark);
  }

  /// Ends its part in the session; the reason is written down and raised as an alert.
  void suspend(StrategyException reason) {
    suspend(reason, 0);
  }

  @Override
  public void close() {
    strategy.close();
  }

  private void onOrderEvent(OrderEvent event) {
    int mark = shared.actionCount();
    try {
      strategy.onOrder(event);
      if (event instanceof OrderRefused refused) {
        strategy.onRisk(refused);
      }
      if (event instanceof OrderFilled filled) {
        strategy.onFill(filled.fill());
        strategy.onPosition(filled.position());
      }
    } catch (StrategyException e) {
      suspend(e, mark);
    }
    checkRules(mark);
  }

  /// The stream that an indicator moves on with, were it called `name`.
  private static StreamSpec of(IndicatorSpec spec, String name) {
    return spec.isOfBook()
        ? new StreamSpec(name, spec.symbol(), StreamSpec.Kind.BOOK, null)
        : new StreamSpec(name, spec.symbol(), spec.interval());
  }

  private void onBar(BarClosed closed, double[] values) {
    var bar = closed.bar();
    boolean seen = false;
    for (var stream : streams) {
      if (failure == null
          && stream.isOf(StreamSpec.Kind.BARS, bar.symbol())
          && bar.interval().equals(stream.spec.interval())) {
        update(stream, values);
        if (!seen) {
          context.onBar(bar);
          seen = true;
        }
        strategy.onBar(bar, stream.number);
      }
    }
  }

  private void onTrade(Trade trade, double[] values) {
    for (var stream : streams) {
      if (failure == null && stream.isOf(StreamSpec.Kind.TRADES, trade.symbol())) {
        update(stream, values);
        strategy.onTrade(trade, stream.number);
      }
    }
  }

  private void onQuote(Quote quote) {
    for (var stream : streams) {
      if (failure == null && stream.isOf(StreamSpec.Kind.QUOTES, quote.symbol())) {
        strategy.onQuote(quote, stream.number);
      }
    }
  }

  private void onBook(@Nullable OrderBook book, double[] values) {
    for (var stream : streams) {
      if (book != null && failure == null && stream.isOf(StreamSpec.Kind.BOOK, book.symbol())) {
        update(stream, values);
        strategy.onBook(book, stream.number);
      }
    }
  }

  private void update(Stream stream, double[] values) {
    for (var reading : stream.readings) {
      reading.update(values);
    }
    context.onIndicators();
  }

  private void call(Callback callback) {
    if (failure != null) {
      return;
    }
    int mark = shared.actionCount();
    try {
      callback.call(strategy);
    } catch (StrategyException e) {
      suspend(e, mark);
    }
    checkRules(mark);
  }

  private void checkRules(int mark) {
    var broken = context.takeViolation();
    if (broken != null && failure == null) {
      suspend(new StrategyException(instance(), 0, 0, "the strategy " + broken), mark);
    }
  }

  private void suspend(StrategyException reason, int mark) {
    if (failure != null) {
      return;
    }
    failure = reason;
    shared.dropActions(instance(), mark);
    lastSnapshot = lastSnapshot();
    var message = String.valueOf(reason.getMessage());
    context.record(StrategyEvent.Kind.SUSPENDED, message);
    context.raiseAlert("error", instance() + " is suspended: " + message);
    if (policy == SuspendPolicy.CANCEL) {
      context.cancelWorking();
    }
  }

  /// What can still be had of a strategy that failed; its data may be what it failed on.
  private @Nullable String lastSnapshot() {
    try {
      return strategy.snapshot();
    } catch (StrategyException e) {
      return null;
    }
  }

  private static Stream[] streams(StrategyContext context) {
    var specs = context.plan().streams();
    return IntStream.range(0, specs.size())
        .mapToObj(i -> new Stream(i, specs.get(i), readingsOf(context, i)))
        .toArray(Stream[]::new);
  }

  /// A reading belongs to the first stream of its market data, so that it moves on once.
  private static IndicatorReading[] readingsOf(StrategyContext context, int number) {
    var streams = context.plan().streams();
    return context.readings().stream()
        .filter(reading -> {
          var spec = reading.indicator().spec();
          for (int i = 0; i <= number; i++) {
            if (of(spec, streams.get(i).name()).equals(streams.get(i))) {
              return i == number;
            }
          }
          return false;
        })
        .toArray(IndicatorReading[]::new);
  }
}

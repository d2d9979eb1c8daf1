package sandpiper.domain.session;

import java.util.ArrayList;
import java.util.List;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.market.MarketEvent;

/// The order of work within one input of a session, the same in every wiring:
///
/// 1. the clock moves;
/// 2. the venue matches what waits there, and strategies hear of it (`onOrder`, `onFill`);
/// 3. indicators are up to date;
/// 4. the strategies' callbacks run (`onBar`, `onTrade`);
/// 5. their signals and orders pass risk and go to the venue, which acts on them from the next
///    input on; what risk says is heard before the input is over.
///
/// Not thread-safe; every callback runs on the calling thread.
public final class SessionCycle implements AutoCloseable {
  /// How often strategies may answer the events of their own orders within one input.
  private static final int MAX_ROUNDS = 16;

  private final SessionSpec spec;
  private final OrderDesk desk;
  private final StrategyContext.Shared shared;
  private final List<StrategyRunner> runners = new ArrayList<>();

  /// Makes the session's strategies; when one of them fails, those made before are closed again.
  public SessionCycle(SessionSpec spec, OrderDesk desk, Strategy.Factory factory) {
    this.spec = spec;
    this.desk = desk;
    shared = new StrategyContext.Shared(spec.sessionId());
    shared.moveTo(0, spec.startTime());
    var layout = spec.layout();
    try {
      for (var plan : spec.strategies()) {
        var context = new StrategyContext(spec, plan, layout, shared);
        runners.add(new StrategyRunner(context, factory.create(plan, context)));
      }
    } catch (RuntimeException e) {
      close();
      throw e;
    }
  }

  /// Before the first input, as number 0.
  public void start() {
    for (var runner : runners) {
      runner.onStart();
    }
    settle(0, spec.startTime());
  }

  /// Steps 1 and 2.
  public void match(long seq, long time, MarketEvent event) {
    shared.moveTo(seq, time);
    var events = desk.onMarket(seq, time, event);
    if (!events.isEmpty()) {
      deliver(events);
    }
  }

  /// Steps 4 and 5.
  ///
  /// @param values of all indicators as of this event, by the session's layout
  public void decide(long seq, long time, MarketEvent event, double[] values) {
    for (int i = 0; i < runners.size(); i++) {
      runners.get(i).onMarket(event, values);
    }
    settle(seq, time);
  }

  /// The session ends as input number `seq`: strategies may act a last time.
  public void stop(long seq, long time) {
    shared.moveTo(seq, time);
    for (var runner : runners) {
      runner.onStop();
    }
    settle(seq, time);
  }

  @Override
  public void close() {
    runners.forEach(StrategyRunner::close);
  }

  private void settle(long seq, long time) {
    int rounds = 0;
    while (shared.anyActions()) {
      if (++rounds > MAX_ROUNDS) {
        throw new StrategyException(
            spec.strategies().getFirst().instance(),
            0,
            0,
            "orders placed in answer to order events went round "
                + MAX_ROUNDS
                + " times within one event");
      }
      deliver(desk.submit(seq, time, shared.takeActions()));
    }
  }

  private void deliver(List<OrderEvent> events) {
    for (var runner : runners) {
      runner.onOrderEvents(events);
    }
  }
}

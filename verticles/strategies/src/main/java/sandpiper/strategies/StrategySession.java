package sandpiper.strategies;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Channels.Request;
import sandpiper.bus.Messages.Actions;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.Step;
import sandpiper.bus.Messages.StopStrategies;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.StrategyAction;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.session.OrderDesk;
import sandpiper.domain.session.SessionCycle;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.session.Strategy;

/// The strategies of one session on a platform thread of their own, which waits for the orders
/// verticle where the in-thread engine would call it.
final class StrategySession implements OrderDesk {
  private final SessionSpec spec;
  private final Bus bus;
  private final ExecutorService thread;
  private final Set<String> expiring = new HashSet<>(); // of the thread alone
  private volatile @Nullable SessionCycle cycle;

  StrategySession(SessionSpec spec, Bus bus) {
    this.spec = spec;
    this.bus = bus;
    thread =
        Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("strategies-" + spec.sessionId()).factory());
  }

  /// Makes the strategies and runs their `onStart`.
  Future<Done> open(Strategy.Factory factory) {
    return onThread(() -> {
      var made = new SessionCycle(spec, this, factory);
      cycle = made;
      made.start();
    });
  }

  Future<Done> onStep(Step step) {
    return onThread(() -> {
      var input = step.input();
      var running = running();
      running.match(input.seq(), input.time(), input.event());
      running.decide(input.seq(), input.time(), input.event(), step.values());
    });
  }

  Future<Done> stop(StopStrategies stop) {
    return onThread(() -> running().stop(stop.seq(), stop.time()));
  }

  /// Lets go of the strategies, even of one that is in the middle of a callback.
  void close() {
    letGo();
    thread.execute(this::letGo); // for those that were still being made
    thread.shutdown();
  }

  private void letGo() {
    var made = cycle;
    if (made != null) {
      made.close();
    }
  }

  @Override
  public List<OrderEvent> onMarket(long seq, long time, MarketEvent event) {
    if (event instanceof BarClosed && expiring.isEmpty()) {
      return List.of(); // all that the closing of a bar can do to orders is move the clock
    }
    return heard(
        await(Channels.ORDERS_INPUT, new Input(spec.sessionId(), seq, time, event)).events());
  }

  @Override
  public List<OrderEvent> submit(long seq, long time, List<? extends StrategyAction> actions) {
    return heard(
        await(Channels.ORDERS_SUBMIT, new Actions(spec.sessionId(), seq, time, actions)).events());
  }

  private List<OrderEvent> heard(List<OrderEvent> events) {
    for (var event : events) {
      var order = event.order();
      if (order.status().isFinal()) {
        expiring.remove(order.orderId());
      } else if (order.terms().expiresAt() != null) {
        expiring.add(order.orderId());
      }
    }
    return events;
  }

  private <Q extends Record, R extends Record> R await(Request<Q, R> request, Q body) {
    try {
      return bus.ask(request, body).toCompletionStage().toCompletableFuture().join();
    } catch (CompletionException e) {
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    }
  }

  private Future<Done> onThread(Runnable work) {
    var promise = Promise.<Done>promise();
    thread.execute(() -> {
      try {
        work.run();
        promise.complete(new Done());
      } catch (RuntimeException | Error e) {
        promise.fail(e);
      }
    });
    return promise.future();
  }

  private SessionCycle running() {
    var made = cycle;
    if (made == null) {
      throw new IllegalStateException("session " + spec.sessionId() + " has not begun");
    }
    return made;
  }
}

package sandpiper.bus;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.vertx.core.Vertx;
import io.vertx.core.shareddata.Shareable;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.ToDoubleFunction;

/// Every meter of the platform, by the names that `docs/operations.md` explains. A name is never a
/// literal anywhere else.
///
/// Whoever measures asks for a meter once, when it begins, and keeps it: looking one up costs more
/// than counting. Labels have few values: a session is never one. Any thread.
public final class Meters implements Shareable {
  public static final String STAGE = "sandpiper.stage";
  public static final String INPUTS = "sandpiper.inputs";
  public static final String CALLBACK = "sandpiper.callback";
  public static final String QUEUE = "sandpiper.queue.depth";
  public static final String DROPPED = "sandpiper.screen.dropped";
  public static final String BATCH = "sandpiper.database.batch";
  public static final String BATCH_FAILED = "sandpiper.database.batch.failed";
  public static final String ROWS = "sandpiper.database.rows";
  public static final String JOURNAL_RECORDS = "sandpiper.journal.records";
  public static final String JOURNAL_BYTES = "sandpiper.journal.bytes";
  public static final String JOURNAL_AGE = "sandpiper.journal.age.seconds";
  public static final String SESSIONS = "sandpiper.sessions";
  public static final String FEEDS = "sandpiper.feeds";
  public static final String FEED_AGE = "sandpiper.feeds.age.seconds";
  public static final String EXCHANGE_AGE = "sandpiper.exchange.age.seconds";
  public static final String EXCHANGE_RECONNECTS = "sandpiper.exchange.reconnects";
  public static final String EXCHANGE_GAPS = "sandpiper.exchange.gaps";
  public static final String LOOP_LAG = "sandpiper.loop.lag";
  public static final String CLIENTS = "sandpiper.console.clients";
  public static final String CUT_OFF = "sandpiper.console.cut.off";
  public static final String LOG = "sandpiper.log.lines";

  private static final String KEY = "sandpiper.meters";

  private final MeterRegistry registry;
  private final Map<String, Shared> callbacks = new HashMap<>();
  private final Map<String, AtomicInteger> queues = new HashMap<>();

  /// What happens to one input, one after the other.
  public enum Stage {
    /// From the feed's sending to the answer: everything below.
    INPUT,
    INDICATORS,
    /// The callbacks, and what they wait for.
    STRATEGIES,
    /// Venue, risk and positions at a market event, and room for its journal.
    ORDERS,
    /// The same for what strategies ask for.
    SUBMIT
  }

  /// How an input reaches a strategy.
  public enum Wiring {
    BUS,
    THREAD
  }

  /// A timer that several sessions use, as long as one of them does.
  private static final class Shared {
    private final Timer timer;
    private int users;

    private Shared(Timer timer) {
      this.timer = timer;
    }
  }

  public Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /// Once for each Vert.x instance, before the first verticle.
  public static void install(Vertx vertx, MeterRegistry registry) {
    vertx.sharedData().<String, Meters>getLocalMap(KEY).put(KEY, new Meters(registry));
  }

  /// Those of the instance; when none were installed, meters that nobody reads.
  public static Meters of(Vertx vertx) {
    return vertx
        .sharedData()
        .<String, Meters>getLocalMap(KEY)
        .computeIfAbsent(KEY, _ -> new Meters(new SimpleMeterRegistry()));
  }

  /// To read from.
  public MeterRegistry registry() {
    return registry;
  }

  public Timer stage(Stage stage) {
    return timer(STAGE, "stage", text(stage));
  }

  public Counter inputs(Wiring wiring) {
    return registry.counter(INPUTS, "wiring", text(wiring));
  }

  public Timer batch(String kind) {
    return timer(BATCH, "kind", kind);
  }

  public Counter batchFailed(String kind) {
    return registry.counter(BATCH_FAILED, "kind", kind);
  }

  public Counter rows(String table) {
    return registry.counter(ROWS, "table", table);
  }

  public Timer loopLag(String loop) {
    return timer(LOOP_LAG, "loop", loop);
  }

  public Counter cutOff() {
    return registry.counter(CUT_OFF);
  }

  public Counter log(String level) {
    return registry.counter(LOG, "level", level);
  }

  /// Entries that wait in queues of that name, of all sessions together: to be counted up and down.
  public synchronized AtomicInteger queue(String name) {
    return queues.computeIfAbsent(
        name,
        key -> {
          var depth = new AtomicInteger();
          Gauge.builder(QUEUE, depth, AtomicInteger::doubleValue)
              .tag("queue", key)
              .register(registry);
          return depth;
        });
  }

  /// Shows what a screen's queue holds and has dropped.
  public void offer(String name, Offer<?> offer) {
    Gauge.builder(QUEUE, offer, Offer::unanswered).tag("queue", name).register(registry);
    FunctionCounter.builder(DROPPED, offer, Offer::dropped).tag("queue", name).register(registry);
  }

  /// Shows a number that its owner keeps and that never falls.
  public <T> void total(String name, T owner, ToDoubleFunction<T> value) {
    FunctionCounter.builder(name, owner, value).register(registry);
  }

  /// Shows a number that its owner keeps.
  public <T> void gauge(String name, T owner, ToDoubleFunction<T> value) {
    Gauge.builder(name, owner, value).register(registry);
  }

  /// The time that callbacks of a strategy take; given back by [#release].
  public synchronized Timer callback(String strategy) {
    var shared =
        callbacks.computeIfAbsent(strategy, name -> new Shared(timer(CALLBACK, "strategy", name)));
    shared.users++;
    return shared.timer;
  }

  /// Once for each [#callback]; the last one takes the meter away.
  public synchronized void release(String strategy) {
    var shared = callbacks.get(strategy);
    if (shared != null && --shared.users == 0) {
      callbacks.remove(strategy);
      registry.remove(shared.timer);
    }
  }

  private Timer timer(String name, String label, String value) {
    return Timer.builder(name)
        .tag(label, value)
        .publishPercentiles(0.5, 0.95, 0.99)
        .register(registry);
  }

  private static String text(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }
}

package sandpiper.feeds;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;

/// Prices that programs publish for one session, as they come.
///
/// The session begins when it is started; its clock is the time of the prices. What is accepted
/// waits here, so much and no more, until the session has done with what came before.
final class PublishedPrices implements Supply {
  /// Events of prices that one session may have waiting.
  static final int BOUND = 10_000;

  private static final long DAY_MICROS = 86_400_000_000L;

  private final String feed;
  private final Set<String> symbols;
  private final LongSupplier wallClock;
  private final long startTime;
  private final ArrayDeque<MarketEvent> waiting = new ArrayDeque<>();

  /// `System.nanoTime` of each that waits.
  private final ArrayDeque<Long> arrivals = new ArrayDeque<>();

  private Promise<Void> arrival = Promise.promise();
  private long latest;
  private long takenAt;
  private boolean closed;

  /// @param feed name under which the prices are published
  /// @param symbols of the session; it does not see others
  /// @param wallClock UTC microseconds
  PublishedPrices(String feed, List<String> symbols, LongSupplier wallClock) {
    this.feed = feed;
    this.symbols = Set.copyOf(symbols);
    this.wallClock = wallClock;
    startTime = wallClock.getAsLong();
    latest = startTime;
  }

  String feed() {
    return feed;
  }

  /// @throws Refusal when the session cannot take all of them; it then has taken none
  void check(List<MarketEvent> events) {
    long before = latest;
    long end = wallClock.getAsLong() + DAY_MICROS;
    int count = 0;
    for (var event : events) {
      if (!symbols.contains(event.symbol())) {
        continue;
      }
      if (event.time() < before) {
        throw Refusal.invalid(
            "time must not go back, was %d for %s, after %d (UTC microseconds)"
                .formatted(event.time(), event.symbol(), before));
      }
      if (event.time() > end) {
        throw Refusal.invalid(
            "time must be in UTC microseconds and at most a day ahead, was %d for %s"
                .formatted(event.time(), event.symbol()));
      }
      before = event.time();
      count++;
    }
    if (waiting.size() + count > BOUND) {
      throw new Refusal(
          Refusal.Kind.CONFLICT,
          "a session is behind: %d prices of bridge:%s wait, %d may; send these again later"
              .formatted(waiting.size(), feed, BOUND));
    }
  }

  /// Takes what [#check] has let pass.
  ///
  /// @return whether any was for this session
  boolean accept(List<MarketEvent> events) {
    boolean any = false;
    long now = System.nanoTime();
    for (var event : events) {
      if (symbols.contains(event.symbol())) {
        waiting.add(event);
        arrivals.add(now);
        latest = event.time();
        any = true;
      }
    }
    if (any) {
      arrival.tryComplete();
    }
    return any;
  }

  @Override
  public long startTime() {
    return startTime;
  }

  @Override
  public @Nullable Long endTime() {
    return null;
  }

  @Override
  public Map<String, Interval> sourceIntervals() {
    return Map.of();
  }

  @Override
  public String description() {
    return "bridge:" + feed + ": trades and quotes as they come";
  }

  @Override
  public double progress() {
    return 0;
  }

  @Override
  public boolean waits() {
    return false;
  }

  @Override
  public Future<?> ready() {
    if (waiting.isEmpty() && !closed && arrival.future().isComplete()) {
      arrival = Promise.promise();
    }
    return arrival.future();
  }

  @Override
  public boolean hasNext() {
    return !waiting.isEmpty();
  }

  @Override
  public MarketEvent next() {
    takenAt = arrivals.remove();
    return waiting.remove();
  }

  @Override
  public long takenAt() {
    return takenAt;
  }

  @Override
  public Future<?> close() {
    closed = true;
    waiting.clear();
    arrivals.clear();
    arrival.tryComplete();
    return Future.succeededFuture();
  }
}

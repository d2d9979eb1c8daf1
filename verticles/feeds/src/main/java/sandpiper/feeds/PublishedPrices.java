package sandpiper.feeds;

import java.util.List;
import java.util.Set;
import java.util.function.LongSupplier;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.MarketEvent;

/// Prices that programs publish for one session, as they come.
///
/// The session begins when it is started; its clock is the time of the prices. So much may wait and
/// no more.
final class PublishedPrices extends Arrivals {
  /// Events of prices that one session may have waiting.
  static final int BOUND = 10_000;

  private static final long DAY_MICROS = 86_400_000_000L;

  private final String feed;
  private final Set<String> symbols;
  private final LongSupplier wallClock;
  private long latest;

  /// @param feed name under which the prices are published
  /// @param symbols of the session; it does not see others
  /// @param wallClock UTC microseconds
  PublishedPrices(String feed, List<String> symbols, LongSupplier wallClock) {
    super(wallClock.getAsLong());
    this.feed = feed;
    this.symbols = Set.copyOf(symbols);
    this.wallClock = wallClock;
    latest = startTime();
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
    if (waiting() + count > BOUND) {
      throw new Refusal(
          Refusal.Kind.CONFLICT,
          "a session is behind: %d prices of bridge:%s wait, %d may; send these again later"
              .formatted(waiting(), feed, BOUND));
    }
  }

  /// Takes what [#check] has let pass.
  ///
  /// @return whether any was for this session
  boolean accept(List<MarketEvent> events) {
    boolean any = false;
    for (var event : events) {
      if (symbols.contains(event.symbol())) {
        add(event);
        latest = event.time();
        any = true;
      }
    }
    return any;
  }

  @Override
  public String description() {
    return "bridge:" + feed + ": trades and quotes as they come";
  }
}

package sandpiper.gateway.screen;

import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;
import sandpiper.domain.market.Trade;
import sandpiper.gateway.screen.ScreenMessage.Tick;

/// The latest trade of each symbol, at most ten times a second.
final class Ticks {
  private static final long EVERY = 100_000;

  private final LongSupplier clock;
  private final Outlet outlet;
  private final Map<String, Conflated<Taken>> bySymbol = new HashMap<>();

  Ticks(LongSupplier clock, Outlet outlet) {
    this.clock = clock;
    this.outlet = outlet;
  }

  /// @param at `System.nanoTime` when the platform had it; 0 where nobody can tell
  private record Taken(Trade trade, long at) {}

  /// @param takenAt as in [sandpiper.bus.Messages.Input]
  void onTrade(Trade trade, long takenAt) {
    bySymbol
        .computeIfAbsent(trade.symbol(), _ -> new Conflated<>(EVERY, clock, this::send))
        .offer(new Taken(trade, takenAt));
  }

  void flush() {
    bySymbol.values().forEach(Conflated::flush);
  }

  private void send(Taken taken) {
    var trade = taken.trade();
    outlet.send(
        new Tick(
            trade.symbol(),
            trade.time(),
            trade.price(),
            trade.amount(),
            taken.at() == 0 ? null : Long.valueOf(wallClock(taken.at()))));
  }

  private long wallClock(long nanoTime) {
    return clock.getAsLong() - (System.nanoTime() - nanoTime) / 1_000;
  }
}

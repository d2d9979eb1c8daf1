package sandpiper.domain.session;

import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderRefused;
import sandpiper.domain.journal.Position;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.OrderBook;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;

/// A running strategy. It acts through the [StrategyContext] it was made with.
///
/// Called on one thread, one callback at a time. A callback that throws [StrategyException]
/// suspends the strategy: the signals and orders it asked for in that callback are dropped, and it
/// is not called again until it is reloaded.
public interface Strategy extends AutoCloseable {
  default void onStart() {}

  /// A timer is due; the clock stands at its time.
  default void onTimer(String id) {}

  /// @param stream number of the stream in the plan
  default void onBar(Bar bar, int stream) {}

  /// @param stream number of the stream in the plan
  default void onTrade(Trade trade, int stream) {}

  /// @param stream number of the stream in the plan
  default void onQuote(Quote quote, int stream) {}

  /// The order book has changed. Not called while it is not valid.
  ///
  /// @param book as it stands now; it goes on changing after the callback
  /// @param stream number of the stream in the plan
  default void onBook(OrderBook book, int stream) {}

  default void onOrder(OrderEvent event) {}

  /// Risk turned an order down; after `onOrder` of the same event.
  default void onRisk(OrderRefused refused) {}

  /// After `onOrder` of the same event.
  default void onFill(Fill fill) {}

  /// A fill changed a position; after `onFill`.
  default void onPosition(Position position) {}

  /// A message from outside.
  ///
  /// @param json its content, any JSON value
  default void onCommand(String name, String json) {}

  /// Live parameters changed: [StrategyContext#parameters].
  default void onParameters() {}

  /// It has taken over from the version `from`, with the state that one left.
  default void onReload(StrategyPlan from) {}

  default void onStop() {}

  /// Its own data as JSON, for the version that takes over; null when they cannot be had any more.
  default @Nullable String snapshot() {
    return null;
  }

  @Override
  default void close() {}

  /// Makes the strategies of a session.
  @FunctionalInterface
  interface Factory {
    /// @param snapshot what [#snapshot] of the version before gave; null to begin anew
    Strategy create(StrategyPlan plan, StrategyContext context, @Nullable String snapshot);
  }
}

package sandpiper.domain.session;

import sandpiper.domain.journal.Fill;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.Trade;

/// A running strategy. It acts through the [StrategyContext] it was made with.
///
/// Called on one thread, one callback at a time. A callback that throws [StrategyException] ends
/// the session.
public interface Strategy extends AutoCloseable {
  default void onStart() {}

  /// @param stream name that the strategy gave the stream
  default void onBar(Bar bar, String stream) {}

  default void onTrade(Trade trade, String stream) {}

  default void onOrder(OrderEvent event) {}

  /// After `onOrder` of the same event.
  default void onFill(Fill fill) {}

  default void onStop() {}

  @Override
  default void close() {}

  /// Makes the strategies of a session.
  @FunctionalInterface
  interface Factory {
    Strategy create(StrategyPlan plan, StrategyContext context);
  }
}

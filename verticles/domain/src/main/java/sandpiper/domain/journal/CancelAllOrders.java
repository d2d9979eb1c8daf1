package sandpiper.domain.journal;

import org.jspecify.annotations.Nullable;

/// A strategy wants to withdraw all of its orders that have not ended.
///
/// @param symbol only those of this instrument; null for all
public record CancelAllOrders(String sessionId, String strategy, @Nullable String symbol)
    implements StrategyAction {
  public CancelAllOrders {
    Identity.session(sessionId);
  }
}

package sandpiper.domain.journal;

import org.jspecify.annotations.Nullable;

/// The exits that an entry brings along: they wait until it fills, then hold for what was filled,
/// only reduce, and when one fills the other is cancelled.
///
/// @param stopLoss a stop, or a trailing stop; null for none
/// @param takeProfit a limit order; null for none
public record Bracket(@Nullable Exit stopLoss, @Nullable Exit takeProfit) {
  /// @param orderId decided together with the entry's
  public record Exit(String orderId, ExitPrice price) {
    public Exit {
      Identity.require("order_id", "ord_", orderId);
    }
  }

  public Bracket {
    if (stopLoss == null && takeProfit == null) {
      throw new IllegalArgumentException("a bracket has a stop-loss, a take-profit or both");
    }
    if (stopLoss != null && stopLoss.price instanceof ExitPrice.Multiple) {
      throw new IllegalArgumentException("a stop-loss cannot be a multiple of itself");
    }
    if (takeProfit != null && takeProfit.price instanceof Trail) {
      throw new IllegalArgumentException("a take-profit cannot trail");
    }
    if (takeProfit != null && takeProfit.price instanceof ExitPrice.Multiple && stopLoss == null) {
      throw new IllegalArgumentException("a take-profit in multiples of r needs a stop-loss");
    }
  }
}

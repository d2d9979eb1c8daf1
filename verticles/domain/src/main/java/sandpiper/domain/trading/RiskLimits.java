package sandpiper.domain.trading;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.RiskAction;
import sandpiper.domain.market.Decimals;

/// What a session may do at most. A limit that is null does not hold.
///
/// Notional is price × quantity in quote currency; an order is reckoned at its limit, else its
/// trigger, else the latest price, a position at the latest price. Exposure is the notional of
/// positions, long or short, and of what waits to open or enlarge one. The first seven block the
/// order that breaks them, and none of them an order that only makes a position smaller. The last
/// three watch the session and do what they say.
///
/// @param orderNotional of one order
/// @param positionNotional exposure to one symbol
/// @param openOrders orders that wait at once, reduce-only ones not counted
/// @param ordersPerMinute that may be placed, those that only close not counted
/// @param collarPercent how far the limit or trigger of an order may lie beyond the latest price on
///   the side where it costs: a buy above it, a sell below it
/// @param leverage exposure of the session as a multiple of its equity
/// @param strategyNotional exposure of one strategy
/// @param dailyLoss of the session since midnight UTC, in quote currency; ends at the next
/// @param drawdownPercent of the session's equity below its highest; until trading is released
/// @param losingStreak losing trades one after the other
public record RiskLimits(
    @Nullable BigDecimal orderNotional,
    @Nullable BigDecimal positionNotional,
    @Nullable Integer openOrders,
    @Nullable Integer ordersPerMinute,
    @Nullable BigDecimal collarPercent,
    @Nullable BigDecimal leverage,
    @Nullable BigDecimal strategyNotional,
    @Nullable Stop dailyLoss,
    @Nullable Stop drawdownPercent,
    @Nullable Streak losingStreak) {
  public static final RiskLimits NONE =
      new RiskLimits(null, null, null, null, null, null, null, null, null, null);

  /// A limit of the whole session.
  public record Stop(BigDecimal limit, RiskAction action) {
    public Stop {
      above("limit of a stop", limit);
    }
  }

  /// After so many losing trades in a row nothing is opened for a while.
  ///
  /// @param losses 1 to 1,000
  /// @param minutes 1 to 10,080, by the session's clock
  public record Streak(int losses, int minutes, RiskAction action) {
    public Streak {
      within("losses of a streak", losses, 1_000);
      within("minutes of a cool-down", minutes, 10_080);
    }
  }

  public RiskLimits {
    above("orderNotional", orderNotional);
    above("positionNotional", positionNotional);
    above("collarPercent", collarPercent);
    above("leverage", leverage);
    above("strategyNotional", strategyNotional);
    if (openOrders != null) {
      within("openOrders", openOrders, 100_000);
    }
    if (ordersPerMinute != null) {
      within("ordersPerMinute", ordersPerMinute, 100_000);
    }
  }

  private static void above(String name, @Nullable BigDecimal value) {
    if (value != null && value.signum() <= 0) {
      throw new IllegalArgumentException(
          name + " must be above zero, was " + Decimals.plain(value));
    }
  }

  private static void within(String name, int value, int most) {
    if (value < 1 || value > most) {
      throw new IllegalArgumentException(name + " must be 1 to " + most + ", was " + value);
    }
  }
}

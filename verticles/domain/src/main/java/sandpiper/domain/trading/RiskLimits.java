package sandpiper.domain.trading;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
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

  private static final int MOST_ORDERS = 100_000;
  private static final List<String> NAMES =
      List.of(
          "order-notional",
          "position-notional",
          "open-orders",
          "orders-per-minute",
          "collar-percent",
          "leverage",
          "strategy-notional",
          "daily-loss",
          "drawdown-percent",
          "losing-streak");

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
      within("openOrders", openOrders, MOST_ORDERS);
    }
    if (ordersPerMinute != null) {
      within("ordersPerMinute", ordersPerMinute, MOST_ORDERS);
    }
  }

  /// Reads limits by name, such as `order-notional` → `2500`, `daily-loss` → `500:cancel` (limit
  /// and action), `losing-streak` → `4:60:block` (losses, minutes and action).
  ///
  /// @throws IllegalArgumentException naming the limit, its value and what is allowed
  public static RiskLimits parse(Map<String, String> texts) {
    for (var name : texts.keySet()) {
      if (!NAMES.contains(name)) {
        throw new IllegalArgumentException(
            "limit must be one of " + String.join(", ", NAMES) + ", was '" + name + "'");
      }
    }
    return new RiskLimits(
        decimal(texts, "order-notional"),
        decimal(texts, "position-notional"),
        whole(texts, "open-orders"),
        whole(texts, "orders-per-minute"),
        decimal(texts, "collar-percent"),
        decimal(texts, "leverage"),
        decimal(texts, "strategy-notional"),
        stop(texts, "daily-loss"),
        stop(texts, "drawdown-percent"),
        streak(texts));
  }

  /// What [#parse] reads these limits from.
  public Map<String, String> texts() {
    var texts = new TreeMap<String, String>();
    put(texts, "order-notional", orderNotional);
    put(texts, "position-notional", positionNotional);
    put(texts, "open-orders", openOrders);
    put(texts, "orders-per-minute", ordersPerMinute);
    put(texts, "collar-percent", collarPercent);
    put(texts, "leverage", leverage);
    put(texts, "strategy-notional", strategyNotional);
    put(texts, "daily-loss", dailyLoss);
    put(texts, "drawdown-percent", drawdownPercent);
    put(texts, "losing-streak", losingStreak);
    return texts;
  }

  private static void put(Map<String, String> texts, String name, @Nullable Object limit) {
    switch (limit) {
      case null -> {}
      case BigDecimal value -> texts.put(name, Decimals.plain(value));
      case Stop(var value, var action) ->
          texts.put(name, Decimals.plain(value) + ":" + action.text());
      case Streak(int losses, int minutes, var action) ->
          texts.put(name, losses + ":" + minutes + ":" + action.text());
      default -> texts.put(name, limit.toString());
    }
  }

  /// These limits, and where one does not hold, that of `standard`.
  public RiskLimits over(RiskLimits standard) {
    return new RiskLimits(
        first(orderNotional, standard.orderNotional),
        first(positionNotional, standard.positionNotional),
        first(openOrders, standard.openOrders),
        first(ordersPerMinute, standard.ordersPerMinute),
        first(collarPercent, standard.collarPercent),
        first(leverage, standard.leverage),
        first(strategyNotional, standard.strategyNotional),
        first(dailyLoss, standard.dailyLoss),
        first(drawdownPercent, standard.drawdownPercent),
        first(losingStreak, standard.losingStreak));
  }

  private static <T> @Nullable T first(@Nullable T one, @Nullable T other) {
    return one == null ? other : one;
  }

  private static @Nullable BigDecimal decimal(Map<String, String> texts, String name) {
    var text = texts.get(name);
    return text == null ? null : decimal(name, text);
  }

  private static BigDecimal decimal(String name, String text) {
    try {
      var value = new BigDecimal(text);
      above(name, value);
      return value;
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException(
          name + " must be a decimal above zero, was '" + text + "'");
    }
  }

  private static @Nullable Integer whole(Map<String, String> texts, String name) {
    var text = texts.get(name);
    if (text == null) {
      return null;
    }
    int value = whole(name, text);
    within(name, value, MOST_ORDERS);
    return value;
  }

  private static int whole(String name, String text) {
    try {
      return Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw new IllegalArgumentException(name + " must be a whole number, was '" + text + "'");
    }
  }

  private static @Nullable Stop stop(Map<String, String> texts, String name) {
    var text = texts.get(name);
    if (text == null) {
      return null;
    }
    var parts = text.split(":", -1);
    if (parts.length != 2) {
      throw new IllegalArgumentException(
          name + " must be LIMIT:ACTION, such as 500:cancel, was '" + text + "'");
    }
    return new Stop(decimal(name, parts[0]), action(name, parts[1]));
  }

  private static @Nullable Streak streak(Map<String, String> texts) {
    var name = "losing-streak";
    var text = texts.get(name);
    if (text == null) {
      return null;
    }
    var parts = text.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException(
          name + " must be LOSSES:MINUTES:ACTION, such as 4:60:block, was '" + text + "'");
    }
    return new Streak(whole(name, parts[0]), whole(name, parts[1]), action(name, parts[2]));
  }

  private static RiskAction action(String name, String text) {
    return Words.parse(RiskAction.values(), "action of " + name, text);
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

package sandpiper.domain.journal;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;

/// What an order asks for beyond side, type, quantity and limit price.
///
/// @param triggerPrice in quote currency; of a trailing stop where it began, and from its trigger
///   on where it ended; null for types without one and while the order it waits for has not filled
/// @param trailOffset distance of a trailing stop in quote currency; null for other types
/// @param trailPercent distance of a trailing stop in percent of the best price; null likewise
/// @param expiresAt UTC microseconds from which on it is no longer valid; null for never
/// @param postOnly whether it is withdrawn rather than take liquidity
/// @param reduceOnly whether it may only make a position smaller
/// @param parentId order whose fill it waits for; null for none
/// @param groupId shared by orders of which only one may fill: the id of the first; null for none
public record OrderTerms(
    @Nullable BigDecimal triggerPrice,
    @Nullable BigDecimal trailOffset,
    @Nullable BigDecimal trailPercent,
    TimeInForce timeInForce,
    @Nullable Long expiresAt,
    boolean postOnly,
    boolean reduceOnly,
    @Nullable String parentId,
    @Nullable String groupId) {
  /// Those of a plain order: good till cancelled, and nothing else.
  public static final OrderTerms NONE =
      new OrderTerms(null, null, null, TimeInForce.GTC, null, false, false, null, null);

  /// Those of an order that only closes.
  public static final OrderTerms REDUCE_ONLY =
      new OrderTerms(null, null, null, TimeInForce.GTC, null, false, true, null, null);

  public OrderTerms {
    if ((timeInForce == TimeInForce.GTD || timeInForce == TimeInForce.DAY) != (expiresAt != null)) {
      throw new IllegalArgumentException(
          "GTD and DAY have a time of expiry and others have none, was "
              + timeInForce
              + " with "
              + expiresAt);
    }
  }

  /// The exit of a bracket: it only reduces, and waits for its entry.
  static OrderTerms exit(
      @Nullable BigDecimal triggerPrice,
      @Nullable BigDecimal trailOffset,
      @Nullable BigDecimal trailPercent,
      String parentId,
      @Nullable String groupId) {
    return new OrderTerms(
        triggerPrice,
        trailOffset,
        trailPercent,
        TimeInForce.GTC,
        null,
        false,
        true,
        parentId,
        groupId);
  }

  OrderTerms withTrigger(@Nullable BigDecimal triggerPrice) {
    return new OrderTerms(
        triggerPrice,
        trailOffset,
        trailPercent,
        timeInForce,
        expiresAt,
        postOnly,
        reduceOnly,
        parentId,
        groupId);
  }
}

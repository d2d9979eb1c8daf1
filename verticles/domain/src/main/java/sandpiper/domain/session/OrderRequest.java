package sandpiper.domain.session;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Bracket;
import sandpiper.domain.journal.ExitPrice;
import sandpiper.domain.journal.OrderTerms;
import sandpiper.domain.journal.OrderType;
import sandpiper.domain.journal.Side;
import sandpiper.domain.journal.Trail;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.Instrument;

/// An order as a strategy asks for it, before anything is rounded.
///
/// @param size in base currency
/// @param price limit; null for types without one
/// @param trigger null for types without one
/// @param trail distance of a trailing stop; null for other types
/// @param tif time in force as written, such as `GTD:2m`
/// @param stopLoss exit to go with it; null for none
/// @param takeProfit exit to go with it; null for none
/// @param after order whose fill it waits for; null for none
/// @param signalId of a signal raised before; null to have one made
public record OrderRequest(
    String symbol,
    Side side,
    OrderType type,
    double size,
    @Nullable Double price,
    @Nullable Double trigger,
    @Nullable Trail trail,
    String tif,
    boolean postOnly,
    boolean reduceOnly,
    @Nullable ExitPrice stopLoss,
    @Nullable ExitPrice takeProfit,
    @Nullable String after,
    @Nullable String signalId) {
  public OrderRequest {
    if (postOnly && type != OrderType.LIMIT) {
      throw new IllegalArgumentException("postOnly is for limit orders, was with " + type);
    }
    if (reduceOnly && (stopLoss != null || takeProfit != null)) {
      throw new IllegalArgumentException("an order that is reduceOnly has no bracket");
    }
  }

  boolean hasBracket() {
    return stopLoss != null || takeProfit != null;
  }

  /// @param now UTC microseconds
  OrderTerms terms(Instrument instrument, long now, @Nullable String groupId) {
    var lifetime = Lifetime.parse(tif, now);
    boolean immediate = lifetime.timeInForce().isImmediate();
    if (immediate && type.isConditional()) {
      throw new IllegalArgumentException(
          "tif '" + tif + "' is for market and limit orders, was with " + type);
    }
    if (immediate && postOnly) {
      throw new IllegalArgumentException("postOnly and tif '" + tif + "' exclude each other");
    }
    return new OrderTerms(
        trigger == null ? null : rounded("trigger", trigger, side, instrument),
        trail == null ? null : trail.offset(),
        trail == null ? null : trail.percent(),
        lifetime.timeInForce(),
        lifetime.expiresAt(),
        postOnly,
        reduceOnly,
        after,
        groupId);
  }

  /// @param stopId id of the stop-loss; null for none
  /// @param takeId id of the take-profit; null for none
  @Nullable Bracket bracket(
      Instrument instrument, @Nullable String stopId, @Nullable String takeId) {
    return hasBracket()
        ? new Bracket(exit(stopLoss, stopId, instrument), exit(takeProfit, takeId, instrument))
        : null;
  }

  private Bracket.@Nullable Exit exit(
      @Nullable ExitPrice price, @Nullable String id, Instrument instrument) {
    if (price == null || id == null) {
      return null;
    }
    var rounded =
        price instanceof ExitPrice.At(var at)
            ? new ExitPrice.At(
                rounded("price of an exit", at.doubleValue(), side.opposite(), instrument))
            : price;
    return new Bracket.Exit(id, rounded);
  }

  /// To the tick: down for a buy and up for a sell.
  static BigDecimal rounded(String what, double price, Side side, Instrument instrument) {
    if (!(price > 0) || Double.isInfinite(price)) {
      throw new IllegalArgumentException(what + " must be a number above zero, was " + price);
    }
    var exact = Decimals.exact(price);
    return side == Side.BUY
        ? Decimals.down(exact, instrument.tickSize())
        : Decimals.up(exact, instrument.tickSize());
  }
}

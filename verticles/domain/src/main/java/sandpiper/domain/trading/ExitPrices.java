package sandpiper.domain.trading;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.ExitPrice;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.Side;
import sandpiper.domain.journal.Trail;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.Instrument;

/// Where the exits of a bracket lie for an entry at a given price, rounded to the tick: down for a
/// buy and up for a sell.
final class ExitPrices {
  private ExitPrices() {}

  /// @param side of the entry
  /// @param entry its price
  static BigDecimal stopLoss(ExitPrice price, Side side, BigDecimal entry, Instrument instrument) {
    return switch (price) {
      case ExitPrice.At(var at) -> at;
      case ExitPrice.Percent(var percent) ->
          trailed(side.opposite(), null, percent, entry, instrument.tickSize());
      case ExitPrice.Offset(var offset) ->
          trailed(side.opposite(), offset, null, entry, instrument.tickSize());
      case Trail(var offset, var percent) ->
          trailed(side.opposite(), offset, percent, entry, instrument.tickSize());
      case ExitPrice.Multiple _ -> throw new IllegalArgumentException("a stop-loss has no r");
    };
  }

  /// @param stop of the same entry; null for none
  static BigDecimal takeProfit(
      ExitPrice price,
      Side side,
      BigDecimal entry,
      @Nullable BigDecimal stop,
      Instrument instrument) {
    return switch (price) {
      case ExitPrice.At(var at) -> at;
      case ExitPrice.Percent(var percent) -> beyond(side, entry, share(entry, percent), instrument);
      case ExitPrice.Offset(var offset) -> beyond(side, entry, offset, instrument);
      case ExitPrice.Multiple(var r) -> {
        if (stop == null) {
          throw new IllegalArgumentException("a take-profit in multiples of r needs a stop-loss");
        }
        var distance = side == Side.BUY ? entry.subtract(stop) : stop.subtract(entry);
        yield beyond(side, entry, distance.multiply(r), instrument);
      }
      case Trail _ -> throw new IllegalArgumentException("a take-profit cannot trail");
    };
  }

  /// Where a trailing stop stands when `best` is the best price so far.
  static BigDecimal trailed(Order order, BigDecimal best, BigDecimal tick) {
    var terms = order.terms();
    return trailed(order.side(), terms.trailOffset(), terms.trailPercent(), best, tick);
  }

  private static BigDecimal trailed(
      Side side,
      @Nullable BigDecimal offset,
      @Nullable BigDecimal percent,
      BigDecimal best,
      BigDecimal tick) {
    var distance = offset != null ? offset : share(best, percent);
    return rounded(side == Side.BUY ? best.add(distance) : best.subtract(distance), side, tick);
  }

  private static BigDecimal beyond(
      Side side, BigDecimal entry, BigDecimal distance, Instrument instrument) {
    var price = side == Side.BUY ? entry.add(distance) : entry.subtract(distance);
    return rounded(price, side.opposite(), instrument.tickSize());
  }

  /// Whether a position entered to `side` wins when the price goes from one to the other.
  static boolean gains(Side side, BigDecimal from, BigDecimal to) {
    return to.subtract(from).signum() == side.sign();
  }

  /// A price of an order to `side`, rounded to the tick: down for a buy and up for a sell.
  static BigDecimal rounded(BigDecimal price, Side side, BigDecimal tick) {
    return side == Side.BUY ? Decimals.down(price, tick) : Decimals.up(price, tick);
  }

  private static BigDecimal share(BigDecimal price, @Nullable BigDecimal percent) {
    if (percent == null) {
      throw new IllegalArgumentException("a trail has an offset or a percentage");
    }
    return price.multiply(percent).movePointLeft(2);
  }
}

package sandpiper.domain.trading;

import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.Side;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.Instrument;

/// Carries out a [Slippage]: prices, and what orders get of the volume of the event under way. Not
/// thread-safe.
final class Slip {
  private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

  private final Slippage slippage;
  private boolean oneVolume;
  private BigDecimal toBuy = BigDecimal.ZERO;
  private BigDecimal toSell = BigDecimal.ZERO;
  private BigDecimal leftToBuy = BigDecimal.ZERO;
  private BigDecimal leftToSell = BigDecimal.ZERO;

  Slip(Slippage slippage) {
    this.slippage = slippage;
  }

  /// An event begins whose volume buys and sells share.
  void begin(double volume) {
    begin(volume, volume);
    oneVolume = true;
  }

  /// @param offered what can be bought in the event that begins
  /// @param wanted what can be sold in it
  void begin(double offered, double wanted) {
    if (slippage instanceof Slippage.VolumeShare(var limit, _)) {
      oneVolume = false;
      toBuy = Decimals.exact(offered);
      toSell = Decimals.exact(wanted);
      leftToBuy = toBuy.multiply(limit);
      leftToSell = toSell.multiply(limit);
    }
  }

  /// How much of an order the event can fill, in whole lots.
  BigDecimal part(Order order, Instrument instrument) {
    if (!(slippage instanceof Slippage.VolumeShare)) {
      return order.remaining();
    }
    var left = order.side() == Side.BUY ? leftToBuy : leftToSell;
    return order.remaining().compareTo(left) <= 0
        ? order.remaining()
        : Decimals.down(left, instrument.lotSize());
  }

  /// An order has had `quantity` of the event.
  void take(Order order, BigDecimal quantity) {
    if (slippage instanceof Slippage.VolumeShare) {
      if (oneVolume || order.side() == Side.BUY) {
        leftToBuy = leftToBuy.subtract(quantity);
      }
      if (oneVolume || order.side() == Side.SELL) {
        leftToSell = leftToSell.subtract(quantity);
      }
    }
  }

  /// What an order that takes liquidity pays or gets instead of `price`: worse by the slippage, on
  /// the tick, not beyond its limit.
  BigDecimal price(Order order, BigDecimal price, BigDecimal quantity, Instrument instrument) {
    return switch (slippage) {
      case Slippage.None() -> price;
      case Slippage.Fixed(var offset) -> worse(order, price, offset, instrument);
      case Slippage.Percent(var percent) ->
          worse(order, price, price.multiply(percent).divide(HUNDRED), instrument);
      case Slippage.VolumeShare(_, var impact) -> {
        var volume = order.side() == Side.BUY ? toBuy : toSell;
        var share = quantity.divide(volume, MathContext.DECIMAL64);
        yield worse(
            order, price, price.multiply(impact).multiply(share).multiply(share), instrument);
      }
    };
  }

  private static BigDecimal worse(
      Order order, BigDecimal price, BigDecimal by, Instrument instrument) {
    var tick = instrument.tickSize();
    @Nullable BigDecimal limit = order.limitPrice();
    if (order.side() == Side.BUY) {
      var worse = Decimals.up(price.add(by), tick);
      return limit == null ? worse : worse.min(limit);
    }
    var worse = Decimals.down(price.subtract(by), tick).max(tick);
    return limit == null ? worse : worse.max(limit);
  }
}

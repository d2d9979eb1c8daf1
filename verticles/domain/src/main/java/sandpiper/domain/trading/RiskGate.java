package sandpiper.domain.trading;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Bracket;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderStatus;
import sandpiper.domain.journal.Side;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.Instrument;

/// Looks at every order before the venue does. Each rule blocks the order that breaks it, and
/// nothing else.
///
/// | rule | refuses |
/// |---|---|
/// | `quantity` | less than one lot |
/// | `price` | a limit or trigger price below one tick |
/// | `no-price` | a market order or trailing stop before the first price |
/// | `min-notional` | price × quantity below the instrument's least |
/// | `buying-power` | an order whose opening part, with fee, costs more than the free cash |
/// | `bracket` | an entry whose exits are not on their side of its price |
///
/// Free cash is equity less the worth of all positions (long or short) less what working orders may
/// still take. An order is reckoned at its limit, else at its trigger, else at the latest price, so
/// what a market order or a stop really costs can differ.
final class RiskGate {
  private final Portfolio portfolio;

  RiskGate(Portfolio portfolio) {
    this.portfolio = portfolio;
  }

  /// @param reserved sum of what other orders may still take, in quote currency
  Verdict check(Order order, Instrument instrument, BigDecimal reserved) {
    if (order.quantity().compareTo(instrument.lotSize()) < 0) {
      return refused(
          "quantity",
          "quantity must be at least one lot, " + instrument.lotSize() + ", was ",
          order.quantity());
    }
    var limit = order.limitPrice();
    if (limit != null && limit.compareTo(instrument.tickSize()) < 0) {
      return refused(
          "price",
          "limit price must be at least one tick, " + instrument.tickSize() + ", was ",
          limit);
    }
    var trigger = order.terms().triggerPrice();
    if (trigger != null && trigger.compareTo(instrument.tickSize()) < 0) {
      return refused(
          "price",
          "trigger price must be at least one tick, " + instrument.tickSize() + ", was ",
          trigger);
    }
    var price = priceOf(order);
    if (price == null) {
      return new Verdict.Refused("no-price", "no price of " + order.symbol() + " was seen yet");
    }
    var notional = price.multiply(order.quantity());
    if (notional.compareTo(instrument.minNotional()) < 0) {
      return refused(
          "min-notional",
          "price x quantity must be at least "
              + Decimals.plain(instrument.minNotional())
              + ", was ",
          notional);
    }
    return checkCash(order, instrument, reserved);
  }

  /// The rule `buying-power` alone.
  Verdict checkCash(Order order, Instrument instrument, BigDecimal reserved) {
    var needed = needed(order, instrument);
    if (needed.signum() > 0) {
      var free = portfolio.freeCash().subtract(reserved);
      if (needed.compareTo(free) > 0) {
        return new Verdict.Refused(
            "buying-power",
            "the order needs " + Decimals.plain(needed) + ", free cash is " + Decimals.plain(free));
      }
    }
    return Verdict.PASSED;
  }

  /// The rule `bracket`: exits on the right side of the price that the entry is reckoned at.
  Verdict checkBracket(Order entry, Bracket bracket, Instrument instrument) {
    var price = priceOf(entry);
    if (price == null) {
      return Verdict.PASSED;
    }
    var side = entry.side();
    BigDecimal stop = null;
    if (bracket.stopLoss() != null) {
      stop = ExitPrices.stopLoss(bracket.stopLoss().price(), side, price, instrument);
      if (!ExitPrices.gains(side, stop, price) || stop.signum() <= 0) {
        return wrongSide("stop-loss", side == Side.BUY, side, price, stop);
      }
    }
    if (bracket.takeProfit() != null) {
      var take = ExitPrices.takeProfit(bracket.takeProfit().price(), side, price, stop, instrument);
      if (!ExitPrices.gains(side, price, take) || take.signum() <= 0) {
        return wrongSide("take-profit", side == Side.SELL, side, price, take);
      }
    }
    return Verdict.PASSED;
  }

  /// What the part of the order that opens or enlarges a position costs with its fee, in quote
  /// currency. One that only reduces costs nothing, nor does one that waits for another's fill.
  BigDecimal needed(Order order, Instrument instrument) {
    if (order.terms().reduceOnly() || order.status() == OrderStatus.PENDING) {
      return BigDecimal.ZERO;
    }
    var price = priceOf(order);
    if (price == null) {
      return BigDecimal.ZERO;
    }
    var held = portfolio.signedQuantity(order.strategy(), order.symbol());
    var left = order.remaining();
    var closing = held.signum() == -order.side().sign() ? held.abs().min(left) : BigDecimal.ZERO;
    var opening = left.subtract(closing);
    return opening.multiply(price).multiply(BigDecimal.ONE.add(instrument.takerFee()));
  }

  /// Its limit, else its trigger, else the latest price.
  private @Nullable BigDecimal priceOf(Order order) {
    if (order.limitPrice() != null) {
      return order.limitPrice();
    }
    var trigger = order.terms().triggerPrice();
    return trigger != null && order.type().hasTrigger()
        ? trigger
        : portfolio.lastPrice(order.symbol());
  }

  private static Verdict wrongSide(
      String what, boolean below, Side side, BigDecimal price, BigDecimal was) {
    return new Verdict.Refused(
        "bracket",
        "the %s of a %s must be %s its price, %s, and above zero, was %s"
            .formatted(
                what,
                side == Side.BUY ? "buy" : "sell",
                below ? "below" : "above",
                Decimals.plain(price),
                Decimals.plain(was)));
  }

  private static Verdict refused(String rule, String reason, BigDecimal value) {
    return new Verdict.Refused(rule, reason + Decimals.plain(value));
  }
}

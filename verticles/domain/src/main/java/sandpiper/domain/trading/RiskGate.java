package sandpiper.domain.trading;

import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.PlaceOrder;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.Instrument;

/// Looks at every order before the venue does. Each rule blocks the order that breaks it, and
/// nothing else.
///
/// | rule | refuses |
/// |---|---|
/// | `quantity` | less than one lot |
/// | `price` | a limit price below one tick |
/// | `no-price` | a market order before the first price |
/// | `min-notional` | price × quantity below the instrument's least |
/// | `buying-power` | an order whose opening part, with fee, costs more than the free cash |
///
/// Free cash is equity less the worth of all positions (long or short) less what working orders may
/// still take. A market order is reckoned at the latest price, so what it really costs can differ.
final class RiskGate {
  private final Portfolio portfolio;

  RiskGate(Portfolio portfolio) {
    this.portfolio = portfolio;
  }

  /// @param reserved sum of what working orders may still take, in quote currency
  Verdict check(PlaceOrder order, Instrument instrument, BigDecimal reserved) {
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
    var needed = needed(order, instrument);
    var free = portfolio.freeCash().subtract(reserved);
    if (needed.signum() > 0 && needed.compareTo(free) > 0) {
      return new Verdict.Refused(
          "buying-power",
          "the order needs " + Decimals.plain(needed) + ", free cash is " + Decimals.plain(free));
    }
    return Verdict.PASSED;
  }

  /// What the part of the order that opens or enlarges a position costs with its fee, in quote
  /// currency.
  BigDecimal needed(PlaceOrder order, Instrument instrument) {
    var price = priceOf(order);
    if (price == null) {
      return BigDecimal.ZERO;
    }
    var held = portfolio.signedQuantity(order.strategy(), order.symbol());
    var closing =
        held.signum() == -order.side().sign() ? held.abs().min(order.quantity()) : BigDecimal.ZERO;
    var opening = order.quantity().subtract(closing);
    return opening.multiply(price).multiply(BigDecimal.ONE.add(instrument.takerFee()));
  }

  private @Nullable BigDecimal priceOf(PlaceOrder order) {
    return order.limitPrice() != null ? order.limitPrice() : portfolio.lastPrice(order.symbol());
  }

  private static Verdict refused(String rule, String reason, BigDecimal value) {
    return new Verdict.Refused(rule, reason + Decimals.plain(value));
  }
}

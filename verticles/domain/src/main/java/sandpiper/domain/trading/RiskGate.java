package sandpiper.domain.trading;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Bracket;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderStatus;
import sandpiper.domain.journal.Side;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;

/// Looks at every order before the venue does. Each rule blocks the order that breaks it, and
/// nothing else. The rules of the first table hold for every order, those of the second, which are
/// the session's [RiskLimits], only for what opens or enlarges a position.
///
/// | rule | refuses |
/// |---|---|
/// | `quantity` | less than one lot |
/// | `price` | a limit or trigger price below one tick |
/// | `no-price` | a market order or trailing stop before the first price |
/// | `min-notional` | price × quantity below the instrument's least |
/// | `buying-power` | an order whose opening part (its margin), with fee, costs more than the free cash |
/// | `bracket` | an entry whose exits are not on their side of its price |
///
/// | rule | refuses an order |
/// |---|---|
/// | `kill-switch`, `drawdown`, `daily-loss`, `cool-down` | while trading is stopped, see [RiskWatch] |
/// | `open-orders` | when as many wait already |
/// | `order-rate` | when as many were placed within a minute |
/// | `order-notional` | that is larger |
/// | `price-collar` | that may pay further beyond the latest price |
/// | `position-notional` | that makes the exposure to its symbol larger |
/// | `strategy-notional` | that makes the exposure of its strategy larger |
/// | `leverage` | that makes the session's exposure a larger multiple of its equity |
///
/// All but `min-notional` is reckoned in the account's currency.
///
/// Free cash is equity less the worth of all positions (long or short), on margin cash less the
/// margin of all positions, in both cases less what working orders may still take. An order is
/// reckoned at its limit, else at its trigger, else at the latest price, so what a market order or
/// a stop really costs can differ.
final class RiskGate {
  private static final long MINUTE = 60_000_000;
  private static final BigDecimal HUNDRED = new BigDecimal(100);

  private final SessionSpec spec;
  private final RiskLimits limits;

  /// Share of a notional that must be there to open it.
  private final BigDecimal margin;

  private final Portfolio portfolio;
  private final Orders orders;
  private final long[] placed;
  private int next;

  RiskGate(SessionSpec spec, Portfolio portfolio, Orders orders) {
    this.spec = spec;
    limits = spec.risk();
    margin = BigDecimal.ONE.divide(spec.account().leverage(), MathContext.DECIMAL128);
    this.portfolio = portfolio;
    this.orders = orders;
    placed = new long[limits.ordersPerMinute() == null ? 0 : limits.ordersPerMinute()];
    Arrays.fill(placed, Long.MIN_VALUE);
  }

  /// The rules about how many orders there are, for one that is placed now.
  Verdict checkCount(Order order, long time) {
    if (opening(order).signum() <= 0) {
      return Verdict.PASSED;
    }
    var open = limits.openOrders();
    if (open != null && orders.openCount() >= open) {
      return refused("open-orders", "orders that wait at once", open, orders.openCount() + 1);
    }
    if (placed.length > 0) {
      if (placed[next] != Long.MIN_VALUE && time - placed[next] < MINUTE) {
        return refused("order-rate", "orders within a minute", placed.length, placed.length + 1);
      }
      placed[next] = time;
      next = (next + 1) % placed.length;
    }
    return Verdict.PASSED;
  }

  /// @param reserved sum of what other orders may still take, in quote currency
  Verdict check(Order order, Instrument instrument, BigDecimal reserved) {
    if (order.quantity().compareTo(instrument.lotSize()) < 0) {
      return below("quantity", "quantity", "one lot", instrument.lotSize(), order.quantity());
    }
    var limit = order.limitPrice();
    if (limit != null && limit.compareTo(instrument.tickSize()) < 0) {
      return below("price", "limit price", "one tick", instrument.tickSize(), limit);
    }
    if (isShortOnSpot(order)) {
      return new Verdict.Refused(
          "spot",
          "the exchange's spot market sells what there is: "
              + order.strategy()
              + " has "
              + Decimals.plain(portfolio.signedQuantity(order.strategy(), order.symbol()))
              + " of it, with what is being sold already the order comes to "
              + Decimals.plain(order.remaining().add(orders.workingBeside(order))));
    }
    var trigger = order.terms().triggerPrice();
    if (trigger != null && trigger.compareTo(instrument.tickSize()) < 0) {
      return below("price", "trigger price", "one tick", instrument.tickSize(), trigger);
    }
    var price = priceOf(order);
    if (price == null) {
      return new Verdict.Refused("no-price", "no price of " + order.symbol() + " was seen yet");
    }
    var notional = price.multiply(order.quantity());
    if (notional.compareTo(instrument.minNotional()) < 0) {
      return new Verdict.Refused(
          "min-notional",
          "price x quantity must be at least "
              + Decimals.plain(instrument.minNotional())
              + ", was "
              + Decimals.plain(notional),
          instrument.minNotional(),
          notional);
    }
    var limited = checkLimits(order, price);
    return limited instanceof Verdict.Refused ? limited : checkCash(order, instrument, reserved);
  }

  private boolean isShortOnSpot(Order order) {
    return spec.mode() == SessionMode.LIVE
        && spec.account().margin() == null
        && order.side() == Side.SELL
        && mayOpen(order);
  }

  private Verdict checkLimits(Order order, BigDecimal price) {
    if (limits.equals(RiskLimits.NONE)) {
      return Verdict.PASSED;
    }
    var opening = worth(order, opening(order).multiply(price));
    if (opening.signum() <= 0) {
      return Verdict.PASSED;
    }
    var notional = worth(order, price.multiply(order.quantity()));
    if (isOver(notional, limits.orderNotional())) {
      return refused("order-notional", "notional of one order", limits.orderNotional(), notional);
    }
    var beyond = beyond(order, price);
    if (isOver(beyond, limits.collarPercent())) {
      return refused(
          "price-collar",
          "percent beyond the latest price, " + portfolio.lastPrice(order.symbol()),
          limits.collarPercent(),
          Objects.requireNonNull(beyond));
    }
    if (limits.positionNotional() != null) {
      var exposure = exposure(order, opening, null, order.symbol());
      if (isOver(exposure, limits.positionNotional())) {
        return refused(
            "position-notional",
            "exposure to " + order.symbol(),
            limits.positionNotional(),
            exposure);
      }
    }
    if (limits.strategyNotional() != null) {
      var exposure = exposure(order, opening, order.strategy(), null);
      if (isOver(exposure, limits.strategyNotional())) {
        return refused(
            "strategy-notional",
            "exposure of " + order.strategy(),
            limits.strategyNotional(),
            exposure);
      }
    }
    var leverage = limits.leverage();
    if (leverage != null) {
      var exposure = exposure(order, opening, null, null);
      var equity = portfolio.equity();
      if (equity.signum() <= 0 || exposure.compareTo(leverage.multiply(equity)) > 0) {
        var multiple =
            equity.signum() <= 0 ? exposure : exposure.divide(equity, 4, RoundingMode.CEILING);
        return refused("leverage", "exposure as a multiple of equity", leverage, multiple);
      }
    }
    return Verdict.PASSED;
  }

  private BigDecimal exposure(
      Order order, BigDecimal opening, @Nullable String strategy, @Nullable String symbol) {
    var sum = portfolio.exposure(strategy, symbol).add(opening);
    for (var other : orders.working()) {
      if (!other.orderId().equals(order.orderId())
          && (strategy == null || other.strategy().equals(strategy))
          && (symbol == null || other.symbol().equals(symbol))) {
        sum = sum.add(notionalSetAside(other));
      }
    }
    return sum;
  }

  /// Of what waits to open or enlarge a position, as it was reckoned when cash was set aside.
  private BigDecimal notionalSetAside(Order order) {
    return orders
        .reserved(order)
        .divide(share(spec.instrument(order.symbol())), MathContext.DECIMAL128);
  }

  /// Of a notional, what opening it takes of the free cash.
  private BigDecimal share(Instrument instrument) {
    return margin.add(instrument.takerFee());
  }

  /// Percent by which an order may pay more than the latest price, or take less; null without one.
  private @Nullable BigDecimal beyond(Order order, BigDecimal price) {
    var last = portfolio.lastPrice(order.symbol());
    if (last == null || last.signum() == 0) {
      return null;
    }
    return price
        .subtract(last)
        .multiply(BigDecimal.valueOf(order.side().sign()))
        .multiply(HUNDRED)
        .divide(last, 4, RoundingMode.CEILING);
  }

  private static boolean isOver(@Nullable BigDecimal value, @Nullable BigDecimal limit) {
    return value != null && limit != null && value.compareTo(limit) > 0;
  }

  /// The rule `buying-power` alone.
  Verdict checkCash(Order order, Instrument instrument, BigDecimal reserved) {
    var needed = needed(order, instrument);
    if (portfolio.worth(order.symbol(), BigDecimal.ONE) == null) {
      return new Verdict.Refused(
          "no-price",
          "no price of "
              + portfolio.converter(order.symbol())
              + ", which "
              + order.symbol()
              + " is reckoned with, was seen yet");
    }
    if (needed.signum() > 0) {
      var free = portfolio.freeCash().subtract(reserved);
      if (needed.compareTo(free) > 0) {
        return new Verdict.Refused(
            "buying-power",
            "the order needs " + Decimals.plain(needed) + ", free cash is " + Decimals.plain(free),
            free,
            needed);
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

  /// What the part of the order that opens or enlarges a position takes of the free cash with its
  /// fee, in quote currency. One that only reduces costs nothing, nor does one that waits for
  /// another's fill.
  BigDecimal needed(Order order, Instrument instrument) {
    if (order.status() == OrderStatus.PENDING) {
      return BigDecimal.ZERO;
    }
    var price = priceOf(order);
    if (price == null) {
      return BigDecimal.ZERO;
    }
    return worth(order, opening(order).multiply(price).multiply(share(instrument)));
  }

  /// In the account's currency; nothing while there is no rate, and then no order is let pass.
  private BigDecimal worth(Order order, BigDecimal amount) {
    return Objects.requireNonNullElse(portfolio.worth(order.symbol(), amount), BigDecimal.ZERO);
  }

  /// The part of an order that opens or enlarges a position.
  BigDecimal opening(Order order) {
    if (order.terms().reduceOnly()) {
      return BigDecimal.ZERO;
    }
    var held = portfolio.signedQuantity(order.strategy(), order.symbol());
    var left = order.remaining();
    return held.signum() == -order.side().sign() ? left.subtract(held.abs().min(left)) : left;
  }

  /// Whether an order could open a position or turn one, were everything to fill that waits on its
  /// side.
  boolean mayOpen(Order order) {
    if (order.terms().reduceOnly()) {
      return false;
    }
    var held = portfolio.signedQuantity(order.strategy(), order.symbol());
    return held.signum() != -order.side().sign()
        || order.remaining().add(orders.workingBeside(order)).compareTo(held.abs()) > 0;
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

  private static Verdict below(
      String rule, String what, String least, BigDecimal limit, BigDecimal value) {
    return new Verdict.Refused(
        rule,
        what + " must be at least " + least + ", " + limit + ", was " + Decimals.plain(value),
        limit,
        value);
  }

  private static Verdict refused(String rule, String what, int limit, int value) {
    return refused(rule, what, BigDecimal.valueOf(limit), BigDecimal.valueOf(value));
  }

  /// @param limit of the session; not null where it was broken
  private static Verdict refused(
      String rule, String what, @Nullable BigDecimal limit, BigDecimal value) {
    var most = Objects.requireNonNull(limit);
    return new Verdict.Refused(
        rule,
        what + ": at most " + Decimals.plain(most) + ", would be " + Decimals.plain(value),
        most,
        value);
  }
}

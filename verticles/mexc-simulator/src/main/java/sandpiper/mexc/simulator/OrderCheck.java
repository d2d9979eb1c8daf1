package sandpiper.mexc.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Side;
import sandpiper.domain.matching.Matcher;

/// Whether an order is taken, and what it takes: what must be locked, and what goes to the book.
final class OrderCheck {
  private static final int MAX_OPEN_ORDERS = 500;
  private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");

  private OrderCheck() {}

  /// What it takes to place an order.
  ///
  /// @param price its limit in ticks
  /// @param lots that go to the book
  /// @param asked lots that were asked for
  /// @param fallsShort whether the book has less than the quote amount that was asked for
  /// @param reserve of `asset`, to lock
  record Prepared(
      long price, long lots, long asked, boolean fallsShort, String asset, BigDecimal reserve) {}

  /// @throws Refused when the exchange does not take it
  static Prepared check(Account account, Market market, NewOrder asked) {
    var rules = market.rules();
    requireTradable(account, market);
    var clientId = asked.clientId();
    if (clientId != null) {
      if (!CLIENT_ID.matcher(clientId).matches()) {
        throw Refused.of(700008, "Illegal characters found in parameter 'newClientOrderId'.");
      }
      if (account.hasOpen(asked.symbol(), clientId)) {
        throw Refused.of(-2010, "Duplicate order sent.");
      }
    }
    if (account.openOrders().size() >= MAX_OPEN_ORDERS) {
      throw Refused.of(30029, "Cannot place more than " + MAX_OPEN_ORDERS + " open orders");
    }
    if (asked.quantity() != null && asked.quantity().compareTo(rules.minQuantity()) < 0) {
      throw tooSmall(rules.minQuantity(), rules.base());
    }
    var prepared =
        asked.kind() == OrderKind.MARKET
            ? prepareMarket(market, asked)
            : prepareLimit(market, asked);
    if (prepared.reserve().compareTo(account.balance(prepared.asset()).free()) > 0) {
      throw asked.side() == Side.BUY
          ? Refused.of(30004, "Insufficient position")
          : Refused.of(30005, "Oversold");
    }
    return prepared;
  }

  private static void requireTradable(Account account, Market market) {
    switch (market.status()) {
      case ONLINE -> {}
      case PAUSED -> throw Refused.of(30000, "Suspended transaction for the symbol");
      case OFFLINE -> throw Refused.of(30016, "Trading disabled");
    }
    if (!account.mayTrade(market.rules().symbol())) {
      throw Refused.of(10007, "symbol not support api");
    }
  }

  private static Prepared prepareLimit(Market market, NewOrder asked) {
    var rules = market.rules();
    long price = whole(required(asked.price(), "price"), rules.priceDecimals(), 30010);
    long lots = whole(required(asked.quantity(), "quantity"), rules.quantityDecimals(), 30002);
    var amount = amount(rules, price, lots);
    requireWithin(amount, rules.minAmount(), rules.maxAmount(), rules.quote());
    return asked.side() == Side.BUY
        ? new Prepared(price, lots, lots, false, rules.quote(), withFee(rules, amount))
        : new Prepared(price, lots, lots, false, rules.base(), rules.quantity(lots));
  }

  /// The book is walked first: nothing else can come between that and the fills.
  private static Prepared prepareMarket(Market market, NewOrder asked) {
    var rules = market.rules();
    var quoteAmount = asked.quoteAmount();
    long wanted = Long.MAX_VALUE;
    var budget = BigDecimal.valueOf(Long.MAX_VALUE);
    if (asked.quantity() != null) {
      wanted = whole(asked.quantity(), rules.quantityDecimals(), 30002);
    } else {
      var given = required(quoteAmount, "quantity or quoteOrderQty");
      if (given.signum() <= 0) {
        throw Refused.of(30002, "quoteOrderQty must be above zero");
      }
      budget = given.scaleByPowerOfTen(rules.priceDecimals() + rules.quantityDecimals());
    }
    var found = walk(market.book(), asked.side().opposite(), wanted, budget);
    if (found.lots() == 0) {
      if (found.isAll()) {
        throw Refused.of(30025, "No opposite order");
      }
      throw tooSmall(rules.minMarketAmount(), rules.quote());
    }
    var amount = rules.amount(found.units());
    requireWithin(
        quoteAmount != null && asked.quantity() == null ? quoteAmount : amount,
        rules.minMarketAmount(),
        rules.maxMarketAmount(),
        rules.quote());
    boolean buys = asked.side() == Side.BUY;
    return new Prepared(
        buys ? Long.MAX_VALUE : 1,
        found.lots(),
        asked.quantity() == null ? found.lots() : wanted,
        asked.quantity() == null && found.isAll(),
        buys ? rules.quote() : rules.base(),
        buys ? withFee(rules, amount) : rules.quantity(found.lots()));
  }

  /// @param units ticks × lots
  /// @param isAll whether the book has no more
  private record Found(long lots, long units, boolean isAll) {}

  /// What a book would give to an order at any price.
  private static Found walk(Matcher book, Side side, long wanted, BigDecimal budget) {
    long lots = 0;
    long units = 0;
    for (int i = 0; i < book.depth(side); i++) {
      long price = book.price(side, i);
      long affordable =
          budget
              .subtract(BigDecimal.valueOf(units))
              .divide(BigDecimal.valueOf(price), 0, RoundingMode.DOWN)
              .longValue();
      long size = Math.min(Math.min(wanted - lots, book.size(side, i)), affordable);
      lots += size;
      units = Math.addExact(units, Math.multiplyExact(price, size));
      if (size < book.size(side, i) || lots == wanted) {
        return new Found(lots, units, false);
      }
    }
    return new Found(lots, units, true);
  }

  private static <T> T required(@Nullable T value, String name) {
    if (value == null) {
      throw Refused.of(44444, "Mandatory parameter '" + name + "' was not sent");
    }
    return value;
  }

  /// @param code of the refusal when it is not above zero
  private static long whole(BigDecimal value, int decimals, int code) {
    if (value.signum() <= 0) {
      throw Refused.of(code, "must be above zero, was " + value.toPlainString());
    }
    try {
      return value.scaleByPowerOfTen(decimals).longValueExact();
    } catch (ArithmeticException e) {
      throw Refused.of(10096, "at most " + decimals + " decimals, was " + value.toPlainString());
    }
  }

  private static BigDecimal amount(SymbolRules rules, long price, long lots) {
    try {
      return rules.amount(Math.multiplyExact(price, lots));
    } catch (ArithmeticException e) {
      throw tooLarge(rules.maxAmount(), rules.quote());
    }
  }

  /// An amount and the highest fee on it.
  static BigDecimal withFee(SymbolRules rules, BigDecimal amount) {
    return amount.add(amount.multiply(rules.takerFee().max(rules.makerFee())));
  }

  private static void requireWithin(
      BigDecimal amount, BigDecimal least, BigDecimal most, String asset) {
    if (amount.compareTo(least) < 0) {
      throw tooSmall(least, asset);
    }
    if (amount.compareTo(most) > 0) {
      throw tooLarge(most, asset);
    }
  }

  private static Refused tooSmall(BigDecimal least, String asset) {
    return Refused.of(
        30002,
        "The minimum transaction volume cannot be less than：" + least.toPlainString() + asset);
  }

  private static Refused tooLarge(BigDecimal most, String asset) {
    return Refused.of(
        30003,
        "The maximum transaction volume cannot be greater than：" + most.toPlainString() + asset);
  }
}

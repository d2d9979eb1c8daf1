package sandpiper.mexc.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Side;
import sandpiper.domain.matching.Execution;
import sandpiper.domain.matching.MatchedOrder;
import sandpiper.domain.matching.Matcher;

/// Symbols, accounts and the trading between them.
///
/// Fees are taken in the quote currency, from buyers and sellers. An order to buy locks its amount
/// and the fee of a taker on it, so that whatever fills can be paid; what turns out not to be
/// needed comes back with each fill. Balances and fees are exact, nothing is rounded.
final class Exchange implements Market.Owner {
  private static final int MAX_OPEN_ORDERS = 500;
  private static final Pattern CLIENT_ID = Pattern.compile("[A-Za-z0-9_-]{1,32}");

  private final Map<String, Market> markets = new LinkedHashMap<>();
  private final Map<String, Account> accounts = new LinkedHashMap<>();
  private final Map<Long, SimulatedOrder> working = new HashMap<>();
  private final ArrayDeque<SimulatedOrder> toCancel = new ArrayDeque<>();
  private final SortedMap<String, BigDecimal> feesTaken = new TreeMap<>();
  private final ExchangeListener listener;
  private PartialFills partialFills = order -> 1;
  private long orderCount;
  private long tradeCount;
  private long now;

  /// Lets an order end before it is filled.
  interface PartialFills {
    /// @return the share of an order that may fill on arrival; below 1, what is left after its
    ///   first fill goes
    double share(SimulatedOrder order);
  }

  /// @param listener hears of everything; set up before anything happens
  Exchange(List<SymbolRules> symbols, List<AccountConfig> accounts, ExchangeListener listener) {
    this.listener = listener;
    for (var rules : symbols) {
      if (markets.put(rules.symbol(), new Market(rules, this)) != null) {
        throw new IllegalArgumentException("symbol " + rules.symbol() + " is there twice");
      }
    }
    for (var account : accounts) {
      if (this.accounts.put(account.key(), new Account(account)) != null) {
        throw new IllegalArgumentException("key " + account.key() + " is there twice");
      }
    }
  }

  void limitFills(PartialFills rule) {
    partialFills = rule;
  }

  /// The clock moves; it never goes back.
  void advance(long time) {
    now = Math.max(now, time);
  }

  @Override
  public long now() {
    return now;
  }

  Collection<Market> markets() {
    return markets.values();
  }

  Collection<Account> accounts() {
    return accounts.values();
  }

  @Nullable Account account(String key) {
    return accounts.get(key);
  }

  /// What was taken in fees, by asset.
  SortedMap<String, BigDecimal> feesTaken() {
    return feesTaken;
  }

  Market market(String symbol) {
    var market = markets.get(symbol);
    if (market == null) {
      throw Refused.of(-1121, "Invalid symbol.");
    }
    return market;
  }

  /// An order of nobody in particular, which has all the money there is.
  MatchedOrder placeBackground(
      Market market, Side side, long price, long size, Execution execution) {
    var order = new MatchedOrder(- ++orderCount, side, price, size);
    market.place(order, execution);
    return order;
  }

  /// Whether an order would be taken.
  ///
  /// @throws Refused when it would not
  void check(Account account, NewOrder asked) {
    prepare(account, asked);
  }

  /// @throws Refused when it is not taken; nothing has changed then
  SimulatedOrder place(Account account, NewOrder asked) {
    var prepared = prepare(account, asked);
    var market = prepared.market();
    long number = ++orderCount;
    var matched = new MatchedOrder(number, asked.side(), prepared.price(), prepared.lots());
    var id = String.format(Locale.ROOT, "C02__5059%017d", number);
    var order =
        new SimulatedOrder(
            id,
            account,
            market.rules(),
            asked,
            matched,
            prepared.asked(),
            prepared.fallsShort(),
            now);
    account.add(order);
    working.put(number, order);
    listener.onOrder(order);
    order.reserved = prepared.reserve();
    move(
        account,
        prepared.asset(),
        prepared.reserve().negate(),
        prepared.reserve(),
        BalanceChange.PLACED);
    arrive(market, order);
    if (!order.state().isFinal() && !matched.isResting()) {
      end(order);
    }
    return order;
  }

  private void arrive(Market market, SimulatedOrder order) {
    var matched = order.matched;
    double share = partialFills.share(order);
    order.endsWithFill = share < 1;
    if (order.endsWithFill && order.kind().mayFillInPart()) {
      // What may fill arrives as an order of its own.
      long size = Math.max(1, (long) (matched.open() * share));
      var part = new MatchedOrder(matched.id(), order.side(), matched.price(), size);
      market.place(part, Execution.IOC);
      if (order.executedLots() > 0) {
        return;
      }
    }
    market.place(matched, order.kind().execution());
  }

  /// @throws Refused when it does not work any more
  void cancel(SimulatedOrder order) {
    if (order.state().isFinal()) {
      throw Refused.of(-2011, "Unknown order sent.");
    }
    market(order.rules().symbol()).cancel(order.matched);
  }

  @Override
  public void onChange(Market market) {
    for (var order = toCancel.pollFirst(); order != null; order = toCancel.pollFirst()) {
      if (order.matched.isResting()) {
        market.cancel(order.matched);
      }
    }
    listener.onMarket(market);
  }

  @Override
  public void onFill(Market market, MatchedOrder taker, MatchedOrder maker, PublicTrade trade) {
    var takes = working.get(taker.id());
    var makes = working.get(maker.id());
    boolean selfTrade = takes != null && makes != null && takes.account == makes.account;
    if (takes != null) {
      fill(takes, trade, false, selfTrade);
    }
    if (makes != null) {
      fill(makes, trade, true, selfTrade);
    }
  }

  private void fill(SimulatedOrder order, PublicTrade print, boolean maker, boolean selfTrade) {
    var rules = order.rules();
    var amount = rules.amount(Math.multiplyExact(print.price(), print.size()));
    var quantity = rules.quantity(print.size());
    var fee = amount.multiply(rules.fee(maker));
    order.fill(print.price(), print.size(), maker, now);
    feesTaken.merge(rules.quote(), fee, BigDecimal::add);
    var trade =
        new AccountTrade(
            String.format(Locale.ROOT, "5059%014dX%d", ++tradeCount, maker ? 2 : 1),
            order,
            rules.price(print.price()),
            quantity,
            amount,
            fee,
            maker,
            selfTrade,
            now);
    order.account.add(trade);
    listener.onTrade(trade);
    if (order.side() == Side.BUY) {
      long price = order.kind() == OrderKind.MARKET ? print.price() : order.matched.price();
      var reserved = withFee(rules, rules.amount(Math.multiplyExact(price, print.size())));
      order.reserved = order.reserved.subtract(reserved);
      move(
          order.account,
          rules.quote(),
          reserved.subtract(amount).subtract(fee),
          reserved.negate(),
          BalanceChange.FILLED);
      move(order.account, rules.base(), quantity, BigDecimal.ZERO, BalanceChange.FILLED);
    } else {
      order.reserved = order.reserved.subtract(quantity);
      move(order.account, rules.base(), BigDecimal.ZERO, quantity.negate(), BalanceChange.FILLED);
      move(
          order.account,
          rules.quote(),
          amount.subtract(fee),
          BigDecimal.ZERO,
          BalanceChange.FILLED);
    }
    if (order.state().isFinal()) {
      forget(order);
    } else if (order.endsWithFill) {
      toCancel.addLast(order);
    }
    listener.onOrder(order);
  }

  @Override
  public void onLeft(Market market, MatchedOrder matched) {
    var order = working.get(matched.id());
    // A part that was let in on its own does not end the order that it is of.
    if (order != null && order.matched == matched) {
      end(order);
    }
  }

  /// What is left of an order goes.
  private void end(SimulatedOrder order) {
    order.leave(now);
    forget(order);
    var asset = order.side() == Side.BUY ? order.rules().quote() : order.rules().base();
    var rest = order.reserved;
    order.reserved = BigDecimal.ZERO;
    if (rest.signum() > 0) {
      move(order.account, asset, rest, rest.negate(), BalanceChange.CANCELLED);
    }
    listener.onOrder(order);
  }

  private void forget(SimulatedOrder order) {
    working.remove(order.matched.id());
    order.account.end(order);
  }

  private void move(
      Account account, String asset, BigDecimal free, BigDecimal locked, String reason) {
    var before = account.balance(asset);
    var after = before.plus(free, locked);
    account.setBalance(asset, after);
    listener.onBalance(new BalanceChange(account, asset, before, after, reason, now));
  }

  /// What it takes to place an order.
  ///
  /// @param price its limit in ticks
  /// @param lots that go to the book
  /// @param asked lots that were asked for
  /// @param fallsShort whether the book has less than the quote amount that was asked for
  /// @param reserve of `asset`, to lock
  private record Prepared(
      Market market,
      long price,
      long lots,
      long asked,
      boolean fallsShort,
      String asset,
      BigDecimal reserve) {}

  private Prepared prepare(Account account, NewOrder asked) {
    var market = market(asked.symbol());
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
        ? new Prepared(market, price, lots, lots, false, rules.quote(), withFee(rules, amount))
        : new Prepared(market, price, lots, lots, false, rules.base(), rules.quantity(lots));
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
        market,
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

  private static BigDecimal withFee(SymbolRules rules, BigDecimal amount) {
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

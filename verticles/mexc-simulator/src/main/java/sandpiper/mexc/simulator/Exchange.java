package sandpiper.mexc.simulator;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Side;
import sandpiper.domain.matching.Execution;
import sandpiper.domain.matching.MatchedOrder;

/// Symbols, accounts and the trading between them.
///
/// Fees are taken in the quote currency, from buyers and sellers. An order to buy locks its amount
/// and the fee of a taker on it, so that whatever fills can be paid; what turns out not to be
/// needed comes back with each fill. Balances and fees are exact, nothing is rounded.
final class Exchange implements Market.Owner {
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

  /// Whether an order would be taken.
  ///
  /// @throws Refused when it would not
  void check(Account account, NewOrder asked) {
    OrderCheck.check(account, market(asked.symbol()), asked);
  }

  /// @throws Refused when it is not taken; nothing has changed then
  SimulatedOrder place(Account account, NewOrder asked) {
    var market = market(asked.symbol());
    var prepared = OrderCheck.check(account, market, asked);
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
      var reserved =
          OrderCheck.withFee(rules, rules.amount(Math.multiplyExact(price, print.size())));
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
}

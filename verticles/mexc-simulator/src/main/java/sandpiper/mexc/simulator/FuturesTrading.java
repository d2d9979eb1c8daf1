package sandpiper.mexc.simulator;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.journal.Side;
import sandpiper.domain.matching.MatchedOrder;
import sandpiper.mexc.simulator.ContractOrder.Asked;
import sandpiper.mexc.simulator.ContractOrder.Kind;

/// Accounts, their orders for contracts, and their positions.
///
/// An order that opens locks the margin and a taker's fee at the worst price that it may fill at;
/// what turns out not to be needed comes back with each fill. Long and short positions stand side
/// by side, as do isolated and cross ones. Funding is paid at the fair price. Nobody is liquidated:
/// a loss that the account cannot pay is forgiven.
final class FuturesTrading {
  private static final int DECIMALS = 12;
  private static final int MOST_ID = 32;

  private final FuturesExchange exchange;
  private final FuturesListener listener;
  private final Map<String, FuturesAccount> accounts = new LinkedHashMap<>();
  private final Map<Long, ContractOrder> working = new HashMap<>();
  private long count;

  FuturesTrading(FuturesExchange exchange, Collection<Account> accounts, FuturesListener listener) {
    this.exchange = exchange;
    this.listener = listener;
    accounts.forEach(each -> this.accounts.put(each.config().key(), new FuturesAccount(each)));
  }

  FuturesAccount account(Account owner) {
    var account = accounts.get(owner.config().key());
    if (account == null) {
      throw new IllegalStateException("an account without futures");
    }
    return account;
  }

  /// @throws Refused when it is not taken; nothing has changed then
  ContractOrder place(FuturesAccount account, Asked asked) {
    var contract = exchange.contract(asked.symbol());
    check(account, contract, asked);
    long contracts = contracts(contract, asked.contracts());
    long price = price(contract, asked);
    var reserve =
        asked.action().opens()
            ? reserve(account, contract, asked, contracts, price)
            : BigDecimal.ZERO;
    var position = account.position(contract, asked.action().isLong(), asked.isolated());
    if (!asked.action().opens()) {
      if (position == null || position.free() < contracts) {
        throw Refused.of(2009, "Position is not exists or closed");
      }
      position.frozen += contracts;
    }
    long number = ++count;
    var matched = new MatchedOrder(number, asked.action().side(), price, contracts);
    var id = String.format(Locale.ROOT, "7391%014d", number);
    var order = new ContractOrder(id, account, contract, asked, matched, exchange.now());
    account.add(order);
    working.put(number, order);
    order.reserved = reserve;
    account.move(asset(contract), reserve.negate(), reserve);
    tell(order);
    listener.onAsset(account, asset(contract));
    contract.market().place(matched, asked.kind().execution());
    if (order.isOpen() && !matched.isResting()) {
      end(order);
    }
    return order;
  }

  private static String asset(Contract contract) {
    return contract.rules().grain().quote();
  }

  private static void check(FuturesAccount account, Contract contract, Asked asked) {
    if (contract.market().status() != SymbolStatus.ONLINE) {
      throw Refused.of(1002, "Contract not allow place order");
    }
    var externalId = asked.externalId();
    if (externalId != null) {
      if (externalId.length() > MOST_ID) {
        throw Refused.of(2030, "externalOid is too long");
      }
      var same = account.orderByExternalId(asked.symbol(), externalId);
      if (same != null && same.isOpen()) {
        throw Refused.of(600, "Parameter error: externalOid is in use");
      }
    }
  }

  private static long contracts(Contract contract, BigDecimal asked) {
    var most = BigDecimal.valueOf(contract.rules().maxContracts());
    if (asked.signum() <= 0
        || asked.compareTo(most) > 0
        || asked.stripTrailingZeros().scale() > 0) {
      throw Refused.of(2011, "Order quantity error");
    }
    return asked.longValueExact();
  }

  /// In ticks; at the market whatever there is.
  private static long price(Contract contract, Asked asked) {
    var side = asked.action().side();
    if (asked.kind() == Kind.MARKET || asked.kind() == Kind.CURRENT_PRICE) {
      long best = contract.market().best(side.opposite());
      if (best == 0) {
        throw Refused.of(2004, "There is nobody on the other side");
      }
      long any = side == Side.BUY ? Long.MAX_VALUE : 1;
      return asked.kind() == Kind.MARKET ? any : best;
    }
    var price = asked.price();
    if (price == null || price.signum() <= 0) {
      throw Refused.of(2004, "Order price error");
    }
    try {
      return price.scaleByPowerOfTen(contract.rules().grain().priceDecimals()).longValueExact();
    } catch (ArithmeticException _) {
      throw Refused.of(2015, "Order price precision error");
    }
  }

  /// The farthest price of a side that it takes to fill so much; zero when there is none.
  private static long worst(Contract contract, Side side, long contracts) {
    var book = contract.market().book();
    long left = contracts;
    long price = 0;
    for (int i = 0; i < book.depth(side) && left > 0; i++) {
      price = book.price(side, i);
      left -= book.size(side, i);
    }
    return price;
  }

  private static BigDecimal reserve(
      FuturesAccount account, Contract contract, Asked asked, long contracts, long price) {
    int leverage = leverage(account, contract, asked);
    long at;
    if (asked.action().side() == Side.SELL) {
      // It may fill at better prices, of which the margin is more.
      at = Math.max(price, contract.market().best(Side.BUY));
    } else {
      at = asked.kind() == Kind.MARKET ? worst(contract, Side.SELL, contracts) : price;
    }
    BigDecimal reserve;
    try {
      reserve = needed(contract, Math.multiplyExact(at, contracts), leverage);
    } catch (ArithmeticException _) {
      throw Refused.of(2011, "Order quantity error");
    }
    if (reserve.compareTo(account.balance(asset(contract)).free()) > 0) {
      throw Refused.of(2005, "Balance insufficient");
    }
    return reserve;
  }

  /// A position has one leverage; another one must be set for it first.
  private static int leverage(FuturesAccount account, Contract contract, Asked asked) {
    var leverage = asked.leverage();
    if (leverage == null || leverage < 1 || leverage > contract.rules().maxLeverage()) {
      throw Refused.of(2006, "Leverage error");
    }
    var position = account.position(contract, asked.action().isLong(), asked.isolated());
    if (position != null && position.leverage != leverage) {
      throw Refused.of(2006, "Leverage error: the position has " + position.leverage);
    }
    return leverage;
  }

  private static BigDecimal margin(BigDecimal value, int leverage) {
    return value.divide(BigDecimal.valueOf(leverage), DECIMALS, RoundingMode.UP);
  }

  private static BigDecimal needed(Contract contract, long units, int leverage) {
    var value = contract.rules().value(units);
    var grain = contract.rules().grain();
    return margin(value, leverage).add(value.multiply(grain.takerFee().max(grain.makerFee())));
  }

  /// @throws Refused when it does not work any more
  void cancel(ContractOrder order) {
    if (!order.isOpen()) {
      throw Refused.of(2041, "The order cannot be cancelled");
    }
    order.contract.market().cancel(order.matched);
  }

  /// One side of a fill; of nobody when the order is no account's.
  void fill(MatchedOrder matched, PublicTrade trade, boolean maker) {
    var order = working.get(matched.id());
    if (order == null) {
      return;
    }
    var contract = order.contract;
    var value = contract.rules().value(Math.multiplyExact(trade.price(), trade.size()));
    var fee = value.multiply(contract.rules().grain().fee(maker));
    order.fill(trade.price(), trade.size(), exchange.now());
    if (maker) {
      order.makerFees = order.makerFees.add(fee);
    } else {
      order.takerFees = order.takerFees.add(fee);
    }
    var profit = BigDecimal.ZERO;
    Position position;
    if (order.asked.action().opens()) {
      position = open(order, trade.size(), value, fee);
    } else {
      position = position(order);
      var margin = position.share(position.margin, trade.size());
      profit = position.close(trade.size(), value);
      position.frozen -= trade.size();
      position.margin = position.margin.subtract(margin);
      order.profit = order.profit.add(profit);
      credit(order.account, asset(contract), margin.add(profit).subtract(fee));
    }
    position.updateTime = exchange.now();
    var deal =
        new ContractDeal(
            String.format(Locale.ROOT, "5059%012d", ++count),
            order,
            contract.rules().grain().price(trade.price()),
            trade.size(),
            fee,
            profit,
            maker,
            exchange.now());
    order.account.add(deal);
    if (position.held() == 0) {
      order.account.remove(position);
    }
    if (!order.isOpen()) {
      forget(order);
    }
    listener.onDeal(deal);
    listener.onPosition(order.account, position);
    listener.onAsset(order.account, asset(contract));
    tell(order);
  }

  private Position open(ContractOrder order, long contracts, BigDecimal value, BigDecimal fee) {
    int leverage = leverage(order);
    var position = positionOrNull(order);
    if (position == null) {
      position =
          new Position(
              ++count,
              order.contract,
              order.asked.action().isLong(),
              order.asked.isolated(),
              leverage,
              exchange.now());
      order.account.add(position);
    }
    var margin = margin(value, leverage);
    // The share of what is locked that these contracts have.
    var share =
        order.isOpen()
            ? order
                .reserved
                .multiply(BigDecimal.valueOf(contracts))
                .divide(BigDecimal.valueOf(order.open() + contracts), DECIMALS, RoundingMode.DOWN)
            : order.reserved;
    order.reserved = order.reserved.subtract(share);
    order.account.move(asset(order.contract), BigDecimal.ZERO, share.negate());
    credit(order.account, asset(order.contract), share.subtract(margin).subtract(fee));
    position.open(contracts, value);
    position.margin = position.margin.add(margin);
    return position;
  }

  private static int leverage(ContractOrder order) {
    var leverage = order.asked.leverage();
    if (leverage == null) {
      throw new IllegalStateException("an order that opens has a leverage");
    }
    return leverage;
  }

  /// What the account cannot pay is forgiven.
  private static void credit(FuturesAccount account, String asset, BigDecimal amount) {
    account.move(asset, amount.max(account.balance(asset).free().negate()), BigDecimal.ZERO);
  }

  private static @Nullable Position positionOrNull(ContractOrder order) {
    return order.account.position(
        order.contract, order.asked.action().isLong(), order.asked.isolated());
  }

  private static Position position(ContractOrder order) {
    var position = positionOrNull(order);
    if (position == null) {
      throw new IllegalStateException("an order that closes has a position");
    }
    return position;
  }

  /// A part has left the book without a fill.
  void leave(MatchedOrder matched) {
    var order = working.get(matched.id());
    if (order != null) {
      end(order);
    }
  }

  private void end(ContractOrder order) {
    if (order.asked.action().opens()) {
      var rest = order.reserved;
      order.reserved = BigDecimal.ZERO;
      order.account.move(asset(order.contract), rest, rest.negate());
      listener.onAsset(order.account, asset(order.contract));
    } else {
      position(order).frozen -= order.open();
    }
    order.leave(exchange.now());
    forget(order);
    tell(order);
  }

  private void forget(ContractOrder order) {
    working.remove(order.matched.id());
  }

  private void tell(ContractOrder order) {
    listener.onOrder(order);
  }

  /// @return zero when the position is gone, or not there yet
  static long positionId(ContractOrder order) {
    var position = positionOrNull(order);
    return position == null ? 0 : position.id();
  }

  /// Margin comes or goes.
  ///
  /// @throws Refused when the account has too little
  void setLeverage(FuturesAccount account, Position position, int leverage) {
    if (leverage < 1 || leverage > position.contract.rules().maxLeverage()) {
      throw Refused.of(2006, "Leverage error");
    }
    var margin =
        position
            .margin
            .multiply(BigDecimal.valueOf(position.leverage))
            .divide(BigDecimal.valueOf(leverage), DECIMALS, RoundingMode.UP);
    var more = margin.subtract(position.margin);
    var asset = asset(position.contract);
    if (more.compareTo(account.balance(asset).free()) > 0) {
      throw Refused.of(2005, "Balance insufficient");
    }
    account.move(asset, more.negate(), BigDecimal.ZERO);
    position.margin = margin;
    position.leverage = leverage;
    listener.onPosition(account, position);
    listener.onAsset(account, asset);
  }

  /// Longs pay shorts, at the fair price.
  void settle(Contract contract, BigDecimal rate) {
    for (var account : accounts.values()) {
      for (var position : account.positions()) {
        if (position.contract == contract) {
          var paid = position.value().multiply(rate).multiply(BigDecimal.valueOf(position.sign()));
          position.funding = position.funding.subtract(paid);
          credit(account, asset(contract), paid.negate());
          listener.onPosition(account, position);
          listener.onAsset(account, asset(contract));
        }
      }
    }
  }
}

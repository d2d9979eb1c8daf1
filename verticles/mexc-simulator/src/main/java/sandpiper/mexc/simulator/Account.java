package sandpiper.mexc.simulator;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import sandpiper.mexc.Signing;

/// One account: balances, orders and trades. The latest 10,000 orders that have ended are kept, and
/// as many trades.
final class Account {
  private static final int MAX_KEPT = 10_000;

  private final AccountConfig config;
  private final Signing signing;
  private final SortedMap<String, Balance> balances = new TreeMap<>();
  private final Map<String, SimulatedOrder> orders = new LinkedHashMap<>();
  private final Map<String, SimulatedOrder> open = new LinkedHashMap<>();
  private final ArrayDeque<SimulatedOrder> ended = new ArrayDeque<>();
  private final ArrayDeque<AccountTrade> trades = new ArrayDeque<>();

  Account(AccountConfig config) {
    this.config = config;
    signing = new Signing(config.secret());
    config
        .balances()
        .forEach((asset, amount) -> balances.put(asset, new Balance(amount, BigDecimal.ZERO)));
  }

  AccountConfig config() {
    return config;
  }

  Signing signing() {
    return signing;
  }

  boolean mayTrade(String symbol) {
    return config.symbols() == null || config.symbols().contains(symbol);
  }

  Balance balance(String asset) {
    return balances.getOrDefault(asset, Balance.NONE);
  }

  /// Of each asset it holds or has held, by name.
  SortedMap<String, Balance> balances() {
    return Collections.unmodifiableSortedMap(balances);
  }

  void setBalance(String asset, Balance balance) {
    balances.put(asset, balance);
  }

  void add(SimulatedOrder order) {
    orders.put(order.id(), order);
    open.put(order.id(), order);
  }

  /// An order has come to its end.
  void end(SimulatedOrder order) {
    if (open.remove(order.id()) != null) {
      ended.addLast(order);
      if (ended.size() > MAX_KEPT) {
        orders.remove(ended.removeFirst().id());
      }
    }
  }

  void add(AccountTrade trade) {
    trades.addLast(trade);
    if (trades.size() > MAX_KEPT) {
      trades.removeFirst();
    }
  }

  @Nullable SimulatedOrder order(String id) {
    return orders.get(id);
  }

  /// The latest one with that client id.
  @Nullable SimulatedOrder orderByClientId(String symbol, String clientId) {
    SimulatedOrder found = null;
    for (var order : orders.values()) {
      if (clientId.equals(order.clientId()) && order.rules().symbol().equals(symbol)) {
        found = order;
      }
    }
    return found;
  }

  boolean hasOpen(String symbol, String clientId) {
    return open.values().stream()
        .anyMatch(
            order -> clientId.equals(order.clientId()) && order.rules().symbol().equals(symbol));
  }

  /// The oldest first.
  List<SimulatedOrder> openOrders() {
    return new ArrayList<>(open.values());
  }

  /// The oldest first.
  Collection<SimulatedOrder> allOrders() {
    return Collections.unmodifiableCollection(orders.values());
  }

  /// The oldest first.
  Collection<AccountTrade> trades() {
    return Collections.unmodifiableCollection(trades);
  }
}

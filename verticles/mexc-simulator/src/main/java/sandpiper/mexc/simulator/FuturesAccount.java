package sandpiper.mexc.simulator;

import io.vertx.core.json.JsonObject;
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

/// The part of an account that trades contracts: money apart from the spot market's, orders and
/// positions. The latest 10,000 orders are kept, and as many deals.
final class FuturesAccount {
  private static final int MAX_KEPT = 10_000;

  private final Account owner;
  private final SortedMap<String, Balance> balances = new TreeMap<>();
  private final Map<String, ContractOrder> orders = new LinkedHashMap<>();
  private final List<Position> positions = new ArrayList<>();
  private final ArrayDeque<ContractDeal> deals = new ArrayDeque<>();

  FuturesAccount(Account owner) {
    this.owner = owner;
    owner
        .config()
        .futures()
        .forEach((asset, amount) -> balances.put(asset, new Balance(amount, BigDecimal.ZERO)));
  }

  Account owner() {
    return owner;
  }

  Balance balance(String asset) {
    return balances.getOrDefault(asset, Balance.NONE);
  }

  void move(String asset, BigDecimal free, BigDecimal locked) {
    balances.put(asset, balance(asset).plus(free, locked));
  }

  Collection<String> assets() {
    return Collections.unmodifiableSet(balances.keySet());
  }

  void add(ContractOrder order) {
    orders.put(order.id(), order);
    if (orders.size() > MAX_KEPT) {
      orders.values().stream()
          .filter(each -> !each.isOpen())
          .findFirst()
          .ifPresent(oldest -> orders.remove(oldest.id()));
    }
  }

  void add(ContractDeal deal) {
    deals.addLast(deal);
    if (deals.size() > MAX_KEPT) {
      deals.removeFirst();
    }
  }

  @Nullable ContractOrder order(String id) {
    return orders.get(id);
  }

  /// The latest one with that id.
  @Nullable ContractOrder orderByExternalId(String symbol, String externalId) {
    ContractOrder found = null;
    for (var order : orders.values()) {
      if (externalId.equals(order.asked.externalId()) && order.asked.symbol().equals(symbol)) {
        found = order;
      }
    }
    return found;
  }

  /// The oldest first.
  List<ContractOrder> openOrders() {
    return orders.values().stream().filter(ContractOrder::isOpen).toList();
  }

  /// The oldest first.
  Collection<ContractDeal> deals() {
    return Collections.unmodifiableCollection(deals);
  }

  /// Those that hold something.
  List<Position> positions() {
    return List.copyOf(positions);
  }

  @Nullable Position position(Contract contract, boolean isLong, boolean isolated) {
    return positions.stream()
        .filter(
            each -> each.contract == contract && each.isLong == isLong && each.isolated == isolated)
        .findFirst()
        .orElse(null);
  }

  void add(Position position) {
    positions.add(position);
  }

  void remove(Position position) {
    positions.remove(position);
  }

  JsonObject asset(String asset) {
    var balance = balance(asset);
    var mine =
        positions.stream()
            .filter(each -> each.contract.rules().grain().quote().equals(asset))
            .toList();
    var margin = mine.stream().map(each -> each.margin).reduce(BigDecimal.ZERO, BigDecimal::add);
    var unrealised =
        mine.stream().map(Position::unrealised).reduce(BigDecimal.ZERO, BigDecimal::add);
    var cash = balance.free().add(balance.locked()).add(margin);
    return new JsonObject()
        .put("currency", asset)
        .put("positionMargin", margin)
        .put("frozenBalance", balance.locked())
        .put("availableBalance", balance.free())
        .put("cashBalance", cash)
        .put("equity", cash.add(unrealised))
        .put("unrealized", unrealised)
        .put("bonus", 0);
  }
}

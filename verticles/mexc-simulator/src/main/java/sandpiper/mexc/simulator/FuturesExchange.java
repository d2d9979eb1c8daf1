package sandpiper.mexc.simulator;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import sandpiper.domain.matching.MatchedOrder;

/// The contracts, and what happens to them in the course of time. Its clock is that of the spot
/// market.
final class FuturesExchange implements Market.Owner {
  private final Exchange spot;
  private final FuturesListener listener;
  private final FuturesTrading trading;
  private final Map<String, Contract> contracts = new LinkedHashMap<>();
  private long nextSettlement;

  /// @param listener hears of everything; set up before anything happens
  FuturesExchange(Exchange spot, List<ContractRules> contracts, FuturesListener listener) {
    this.spot = spot;
    this.listener = listener;
    trading = new FuturesTrading(this, spot.accounts(), listener);
    for (var rules : contracts) {
      var index =
          spot.markets().stream()
              .filter(market -> market.rules().symbol().equals(rules.index()))
              .findFirst()
              .orElse(null);
      var contract = new Contract(rules, new Market(rules.grain(), this), index);
      if (this.contracts.put(rules.symbol(), contract) != null) {
        throw new IllegalArgumentException("contract " + rules.symbol() + " is there twice");
      }
    }
  }

  @Override
  public long now() {
    return spot.now();
  }

  Collection<Contract> contracts() {
    return contracts.values();
  }

  FuturesTrading trading() {
    return trading;
  }

  boolean has(String symbol) {
    return contracts.containsKey(symbol);
  }

  Contract contract(String symbol) {
    var contract = contracts.get(symbol);
    if (contract == null) {
      throw Refused.of(1001, "Contract does not exist");
    }
    return contract;
  }

  /// What the time that has passed brings: settlements.
  void advance() {
    long now = now();
    if (nextSettlement == 0) {
      nextSettlement = Contract.nextSettlement(now);
    }
    for (; nextSettlement <= now; nextSettlement += Contract.CYCLE) {
      for (var contract : contracts.values()) {
        var rate = contract.fundingRate();
        contract.settle(nextSettlement, rate);
        trading.settle(contract, rate);
      }
    }
  }

  /// The book as it is is a version of its own.
  void commit(Contract contract) {
    var commit = contract.commit();
    if (commit != null) {
      listener.onCommit(contract, commit);
    }
  }

  @Override
  public void onFill(Market market, MatchedOrder taker, MatchedOrder maker, PublicTrade trade) {
    trading.fill(taker, trade, false);
    trading.fill(maker, trade, true);
  }

  @Override
  public void onLeft(Market market, MatchedOrder order) {
    trading.leave(order);
  }

  @Override
  public void onChange(Market market) {
    listener.onMarket(contract(market.rules().symbol()));
  }
}

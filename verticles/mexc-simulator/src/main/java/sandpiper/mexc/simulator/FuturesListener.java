package sandpiper.mexc.simulator;

/// Hears what happens to contracts, in order, within the call that causes it. Must not call back.
interface FuturesListener {
  /// The book or the trades have changed.
  void onMarket(Contract contract);

  /// A new version of the depth.
  void onCommit(Contract contract, Contract.Commit commit);

  void onOrder(ContractOrder order);

  void onDeal(ContractDeal deal);

  /// As it is now; one that holds nothing is over.
  void onPosition(FuturesAccount account, Position position);

  void onAsset(FuturesAccount account, String asset);
}

package sandpiper.mexc.simulator;

/// Hears what happens to contracts, in order, within the call that causes it. Must not call back.
interface FuturesListener {
  /// The book or the trades have changed.
  void onMarket(Contract contract);

  /// A new version of the depth.
  void onCommit(Contract contract, Contract.Commit commit);
}

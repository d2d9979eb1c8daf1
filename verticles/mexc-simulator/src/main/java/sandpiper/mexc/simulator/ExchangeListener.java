package sandpiper.mexc.simulator;

/// Hears what happens on the exchange, in order, within the call that causes it. Must not call
/// back.
interface ExchangeListener {
  /// The book or the trades of a symbol have changed.
  void onMarket(Market market);

  void onOrder(SimulatedOrder order);

  void onTrade(AccountTrade trade);

  void onBalance(BalanceChange change);
}

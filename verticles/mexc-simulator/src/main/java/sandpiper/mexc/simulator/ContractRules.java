package sandpiper.mexc.simulator;

import java.math.BigDecimal;

/// A perpetual contract, settled in its quote currency.
///
/// @param grain symbol, ticks and fees; its quantities are whole numbers of contracts
/// @param size base currency that one contract is of
/// @param maxContracts of an order
/// @param initialMargin share of the notional that it takes to open a position at full leverage
/// @param maintenanceMargin share of the notional below which a position is liquidated
public record ContractRules(
    SymbolRules grain,
    BigDecimal size,
    long maxContracts,
    BigDecimal initialMargin,
    BigDecimal maintenanceMargin) {
  public ContractRules {
    if (!grain.symbol().contains("_") || grain.quantityDecimals() != 0 || size.signum() <= 0) {
      throw new IllegalArgumentException(
          "a contract has a symbol such as BTC_USDT, whole quantities and a size above zero, was "
              + grain.symbol());
    }
  }

  /// With fees and margins as many contracts have them: makers pay nothing and takers 0.02 %, a
  /// leverage of up to 100.
  ///
  /// @param priceDecimals decimals of prices: the tick is 10^-n
  /// @param size base currency that one contract is of
  public static ContractRules of(String base, String quote, int priceDecimals, String size) {
    var most = new BigDecimal("1000000000000");
    return new ContractRules(
        new SymbolRules(
            base + "_" + quote,
            base,
            quote,
            priceDecimals,
            0,
            BigDecimal.ONE,
            BigDecimal.ZERO,
            most,
            BigDecimal.ZERO,
            most,
            BigDecimal.ZERO,
            new BigDecimal("0.0002")),
        new BigDecimal(size),
        1_000_000,
        new BigDecimal("0.01"),
        new BigDecimal("0.004"));
  }

  public ContractRules withFees(String maker, String taker) {
    return new ContractRules(
        grain.withFees(maker, taker), size, maxContracts, initialMargin, maintenanceMargin);
  }

  String symbol() {
    return grain.symbol();
  }

  /// Where what it is on is traded itself.
  String index() {
    return grain.base() + grain.quote();
  }

  int maxLeverage() {
    return BigDecimal.ONE.divideToIntegralValue(initialMargin).intValueExact();
  }

  /// In quote currency.
  ///
  /// @param units ticks × contracts
  BigDecimal value(long units) {
    return grain.amount(units).multiply(size);
  }
}

package sandpiper.mexc.simulator;

import java.math.BigDecimal;

/// What may be ordered of a symbol, and what it costs.
///
/// @param symbol such as `BTCUSDT`, or `BTC_USDT` of a contract
/// @param priceDecimals decimals of prices: the tick is 10^-n
/// @param quantityDecimals decimals of quantities: the lot is 10^-n; contracts are whole numbers
/// @param minQuantity in base currency; may be zero
/// @param minAmount least price × quantity of orders with a price, in quote currency
/// @param maxAmount most of it
/// @param minMarketAmount least of market orders
/// @param maxMarketAmount most of it
/// @param makerFee share of the amount, such as 0.0005
public record SymbolRules(
    String symbol,
    String base,
    String quote,
    int priceDecimals,
    int quantityDecimals,
    BigDecimal minQuantity,
    BigDecimal minAmount,
    BigDecimal maxAmount,
    BigDecimal minMarketAmount,
    BigDecimal maxMarketAmount,
    BigDecimal makerFee,
    BigDecimal takerFee) {
  private static final int MAX_DECIMALS = 8;

  public SymbolRules {
    boolean known = symbol.equals(base + quote) || symbol.equals(base + "_" + quote);
    if (!known || !symbol.matches("[A-Z0-9_]{2,21}")) {
      throw new IllegalArgumentException(
          "symbol must be base and quote in capitals, was "
              + symbol
              + " of "
              + base
              + ", "
              + quote);
    }
    requireDecimals("priceDecimals", priceDecimals);
    requireDecimals("quantityDecimals", quantityDecimals);
    requireFee("makerFee", makerFee);
    requireFee("takerFee", takerFee);
  }

  /// With limits and fees as many symbols have them: at least 1, at most 2,000,000 (100,000 at the
  /// market) of the quote currency, no fee for makers, 0.05 % for takers.
  public static SymbolRules of(String base, String quote, int priceDecimals, int quantityDecimals) {
    return new SymbolRules(
        base + quote,
        base,
        quote,
        priceDecimals,
        quantityDecimals,
        BigDecimal.ZERO,
        BigDecimal.ONE,
        new BigDecimal("2000000"),
        BigDecimal.ONE,
        new BigDecimal("100000"),
        BigDecimal.ZERO,
        new BigDecimal("0.0005"));
  }

  public SymbolRules withFees(String maker, String taker) {
    return new SymbolRules(
        symbol,
        base,
        quote,
        priceDecimals,
        quantityDecimals,
        minQuantity,
        minAmount,
        maxAmount,
        minMarketAmount,
        maxMarketAmount,
        new BigDecimal(maker),
        new BigDecimal(taker));
  }

  BigDecimal price(long ticks) {
    return BigDecimal.valueOf(ticks, priceDecimals);
  }

  BigDecimal quantity(long lots) {
    return BigDecimal.valueOf(lots, quantityDecimals);
  }

  /// @param units ticks × lots
  BigDecimal amount(long units) {
    return BigDecimal.valueOf(units, priceDecimals + quantityDecimals);
  }

  BigDecimal fee(boolean maker) {
    return maker ? makerFee : takerFee;
  }

  private static void requireDecimals(String name, int decimals) {
    if (decimals < 0 || decimals > MAX_DECIMALS) {
      throw new IllegalArgumentException(name + " must be 0 to 8, was " + decimals);
    }
  }

  private static void requireFee(String name, BigDecimal fee) {
    if (fee.signum() < 0 || fee.compareTo(BigDecimal.ONE) >= 0) {
      throw new IllegalArgumentException(name + " must be from 0 to below 1, was " + fee);
    }
  }
}

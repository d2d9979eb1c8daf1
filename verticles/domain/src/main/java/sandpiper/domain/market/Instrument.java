package sandpiper.domain.market;

import java.math.BigDecimal;
import java.util.Locale;

/// What can be traded, and the grain in which it is.
///
/// @param symbol such as `BTCUSD`: 1 to 32 of A-Z, a-z, 0-9, `.`, `_`, `-`
/// @param base what is bought and sold, such as `BTC`: 1 to 32 of A-Z, 0-9
/// @param quote the currency of its price, such as `USD`
/// @param tickSize smallest step of an order's price, in quote currency
/// @param lotSize smallest step of an order's quantity, in base currency
/// @param minNotional smallest price × quantity of an order, in quote currency; zero for none
/// @param makerFee share of the notional taken from an order that waited in the book
/// @param takerFee share of the notional taken from an order that was filled on arrival
public record Instrument(
    String symbol,
    String base,
    String quote,
    BigDecimal tickSize,
    BigDecimal lotSize,
    BigDecimal minNotional,
    BigDecimal makerFee,
    BigDecimal takerFee) {
  /// Of itself, priced in US dollars.
  public Instrument(
      String symbol,
      BigDecimal tickSize,
      BigDecimal lotSize,
      BigDecimal minNotional,
      BigDecimal makerFee,
      BigDecimal takerFee) {
    this(
        symbol,
        symbol.toUpperCase(Locale.ROOT).replaceAll("[^A-Z0-9]", ""),
        "USD",
        tickSize,
        lotSize,
        minNotional,
        makerFee,
        takerFee);
  }

  public Instrument {
    if (!symbol.matches("[A-Za-z0-9._-]{1,32}")) {
      throw new IllegalArgumentException(
          "symbol must be 1 to 32 letters, digits, '.', '_' or '-', was '" + symbol + "'");
    }
    currency(symbol, "base", base);
    currency(symbol, "quote", quote);
    positive(symbol, "tick size", tickSize);
    positive(symbol, "lot size", lotSize);
    if (minNotional.signum() < 0) {
      throw new IllegalArgumentException(
          symbol + ": min notional must be zero or above, was " + minNotional);
    }
    fee(symbol, "maker fee", makerFee);
    fee(symbol, "taker fee", takerFee);
  }

  /// The same instrument with both fees replaced.
  public Instrument withFee(BigDecimal fee) {
    return new Instrument(symbol, base, quote, tickSize, lotSize, minNotional, fee, fee);
  }

  private static void currency(String symbol, String what, String value) {
    if (!value.matches("[A-Z0-9]{1,32}")) {
      throw new IllegalArgumentException(
          symbol + ": " + what + " must be 1 to 32 of A-Z and 0-9, was '" + value + "'");
    }
  }

  private static void positive(String symbol, String what, BigDecimal value) {
    if (value.signum() <= 0) {
      throw new IllegalArgumentException(
          symbol + ": " + what + " must be above zero, was " + value);
    }
  }

  private static void fee(String symbol, String what, BigDecimal value) {
    if (value.signum() < 0 || value.compareTo(BigDecimal.ONE) >= 0) {
      throw new IllegalArgumentException(
          symbol + ": " + what + " must be from 0 to below 1 (0.001 is 0.1 %), was " + value);
    }
  }
}

package sandpiper.domain.market;

/// The best prices at which one can sell (bid) and buy (ask).
///
/// @param time UTC microseconds
/// @param bid in quote currency, above zero, not above `ask`
/// @param bidSize in base currency
/// @param askSize in base currency
public record Quote(
    String symbol, long time, double bid, double ask, double bidSize, double askSize)
    implements MarketEvent {
  public Quote {
    Check.positive("bid", bid);
    Check.positive("ask", ask);
    Check.notNegative("bid size", bidSize);
    Check.notNegative("ask size", askSize);
    if (bid > ask) {
      throw new IllegalArgumentException("bid must not be above ask, was " + bid + " over " + ask);
    }
  }
}

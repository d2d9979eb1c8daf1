package sandpiper.domain.journal;

/// How an order names its price.
public enum OrderType {
  /// At whatever the market gives.
  MARKET,
  /// At its limit price or better.
  LIMIT
}

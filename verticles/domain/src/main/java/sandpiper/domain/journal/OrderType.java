package sandpiper.domain.journal;

/// How an order names its price.
public enum OrderType {
  /// At whatever the market gives.
  MARKET,
  /// At its limit price or better.
  LIMIT,
  /// At whatever the market gives, once the market has moved against it to the trigger: up to it
  /// for a buy, down to it for a sell.
  STOP,
  /// The same, but as a limit order once it is triggered.
  STOP_LIMIT,
  /// A stop whose trigger follows the best price at a distance and never goes back.
  TRAILING_STOP,
  /// At whatever the market gives, once the market has moved in its favour to the trigger ("market
  /// if touched"): down to it for a buy, up to it for a sell.
  TAKE_PROFIT;

  /// Whether it names a limit price.
  public boolean hasLimit() {
    return this == LIMIT || this == STOP_LIMIT;
  }

  /// Whether it names a trigger price itself.
  public boolean hasTrigger() {
    return this == STOP || this == STOP_LIMIT || this == TAKE_PROFIT;
  }

  /// Whether it waits for a trigger before it can fill.
  public boolean isConditional() {
    return hasTrigger() || this == TRAILING_STOP;
  }
}

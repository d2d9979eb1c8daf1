package sandpiper.domain.market;

/// A trade between two others.
///
/// @param time UTC microseconds
/// @param price in quote currency, above zero
/// @param amount in base currency, zero or above
public record Trade(String symbol, long time, double price, double amount) implements MarketEvent {
  public Trade {
    Check.positive("price", price);
    Check.notNegative("amount", amount);
  }
}

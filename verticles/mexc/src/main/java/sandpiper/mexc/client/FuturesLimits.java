package sandpiper.mexc.client;

/// How much one client asks of the futures, in requests a second. Whatever is more waits.
///
/// @param requests of all kinds
/// @param orders placed
/// @param details questions for what contracts there are
public record FuturesLimits(double requests, double orders, double details) {
  /// Below what the exchange documents: 20 requests in two seconds for an endpoint, 4 orders in two
  /// seconds, one question for contracts in five.
  public static final FuturesLimits STANDARD = new FuturesLimits(8, 1.5, 0.2);

  public FuturesLimits {
    MexcLimits.require("requests", requests);
    MexcLimits.require("orders", orders);
    MexcLimits.require("details", details);
  }
}

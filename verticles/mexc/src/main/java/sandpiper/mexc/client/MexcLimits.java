package sandpiper.mexc.client;

/// How much one client asks of the exchange, in requests a second. Whatever is more waits.
///
/// @param requests of all kinds
/// @param orders placed, one by one
/// @param account questions for the account
/// @param batches of orders placed
public record MexcLimits(double requests, double orders, double account, double batches) {
  /// Below what the exchange's support names: 20 requests, 12 orders, 2 questions for the account,
  /// 2 batches.
  public static final MexcLimits STANDARD = new MexcLimits(15, 10, 2, 2);

  private static final double MOST = 1_000;

  public MexcLimits {
    require("requests", requests);
    require("orders", orders);
    require("account", account);
    require("batches", batches);
  }

  static void require(String name, double value) {
    if (!(value >= 0.1 && value <= MOST)) {
      throw new IllegalArgumentException(name + " a second must be from 0.1 to 1000, was " + value);
    }
  }
}

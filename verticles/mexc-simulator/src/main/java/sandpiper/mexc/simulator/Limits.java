package sandpiper.mexc.simulator;

/// How much a client may ask for.
///
/// @param weight of one endpoint in ten seconds
/// @param requests of all kinds in a second
/// @param orders in a second
/// @param accountCalls questions for the account in a second
/// @param batches of orders in a second
/// @param retryAfter what a client that asked too much is told to wait, in seconds
/// @param futuresRequests of one endpoint of the futures in two seconds
/// @param futuresOrders in two seconds
/// @param futuresDetails questions for what contracts there are, in five seconds
public record Limits(
    int weight,
    int requests,
    int orders,
    int accountCalls,
    int batches,
    int retryAfter,
    int futuresRequests,
    int futuresOrders,
    int futuresDetails) {
  /// As the exchange has them, in practice.
  public static final Limits USUAL = new Limits(500, 20, 12, 2, 2, 1);

  /// Nothing is too much.
  public static final Limits NONE =
      new Limits(
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          1,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE,
          Integer.MAX_VALUE);

  public Limits {
    if (weight < 1
        || requests < 1
        || orders < 1
        || accountCalls < 1
        || batches < 1
        || retryAfter < 1
        || futuresRequests < 1
        || futuresOrders < 1
        || futuresDetails < 1) {
      throw new IllegalArgumentException("limits must be above zero");
    }
  }

  /// With those of the futures as the exchange documents them.
  public Limits(
      int weight, int requests, int orders, int accountCalls, int batches, int retryAfter) {
    this(weight, requests, orders, accountCalls, batches, retryAfter, 20, 4, 1);
  }
}

package sandpiper.gateway.auth;

import java.util.Set;

/// Which operations may be carried out while the database is away: those that do nothing but stop
/// trading, take orders back or close positions. The only place that says so.
///
/// Whoever was known to the database shortly before may ask for them, and they are carried out
/// before their row in the audit log is in the database.
public final class LessensRisk {
  private static final Set<String> OPERATIONS =
      Set.of(
          "killAll",
          "killSwitch",
          "cancelAll",
          "cancelOrder",
          "closeAll",
          "closePosition",
          "trading.cancel",
          "trading.close");

  private LessensRisk() {}

  /// @param operation of the contract of REST, or the address of the bridge's
  public static boolean is(String operation) {
    return OPERATIONS.contains(operation);
  }
}

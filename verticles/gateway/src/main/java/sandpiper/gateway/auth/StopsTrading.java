package sandpiper.gateway.auth;

import java.util.Set;

/// Which operations may be carried out while the database is away: those that do nothing but stop
/// trading. The only place that says so.
///
/// Whoever was known to the database shortly before may ask for them, and they are carried out
/// before their row in the audit log is in the database.
public final class StopsTrading {
  private static final Set<String> OPERATIONS = Set.of("killAll", "killSwitch");

  private StopsTrading() {}

  /// @param operation of the contract
  public static boolean is(String operation) {
    return OPERATIONS.contains(operation);
  }
}

package sandpiper.strategies;

import org.graalvm.polyglot.HostAccess;

/// What the prelude finds while a script is only read, before any session: no clock moves, nothing
/// can be asked for.
public final class PlanningApi {
  @HostAccess.Export
  public double time() {
    return 0;
  }

  @HostAccess.Export
  public int seed() {
    return 0;
  }

  @HostAccess.Export
  public String mainSymbol() {
    return "";
  }

  @HostAccess.Export
  public String symbols() {
    return "[]";
  }

  @HostAccess.Export
  public String parameters() {
    return "{}";
  }
}

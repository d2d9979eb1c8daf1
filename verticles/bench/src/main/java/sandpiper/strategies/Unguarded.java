package sandpiper.strategies;

/// What the guard costs is seen beside an engine that has none: no instrument, no watch-dog, the
/// language as it comes. In this package because nothing else may make one.
public final class Unguarded {
  private Unguarded() {}

  /// An engine for scripts that the caller wrote himself.
  public static ScriptEngine engine() {
    return new ScriptEngine(Budget.LIVE, Budget.BACKTEST, false);
  }
}

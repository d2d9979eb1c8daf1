package sandpiper.strategies;

import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;

/// A context with what its prelude gave the host to call, and its guard.
record Realm(ScriptEngine engine, Context context, Value prelude, Guard guard)
    implements AutoCloseable {
  /// Any thread; also while a callback runs, and again.
  @Override
  public void close() {
    engine.forget(guard);
    context.close(true);
  }
}

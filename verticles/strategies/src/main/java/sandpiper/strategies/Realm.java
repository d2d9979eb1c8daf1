package sandpiper.strategies;

import org.graalvm.polyglot.Context;
import org.graalvm.polyglot.Value;

/// A context with what its prelude gave the host to call.
record Realm(Context context, Value prelude) implements AutoCloseable {
  @Override
  public void close() {
    context.close(true);
  }
}

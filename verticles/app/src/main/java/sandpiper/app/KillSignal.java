package sandpiper.app;

import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Proxy;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The signal of the operating system by which trading is stopped: `kill -USR2 PID`.
///
/// The JDK has no supported API for signals; `sun.misc.Signal`, of the module `jdk.unsupported`, is
/// reached by reflection, because the compiler's warning about it cannot be turned off.
final class KillSignal {
  static final String NAME = "USR2";
  private static final Logger LOG = LoggerFactory.getLogger(KillSignal.class);

  private KillSignal() {}

  /// @param action on a thread of the JVM's own
  static void handle(Runnable action) {
    try {
      var signal = Class.forName("sun.misc.Signal");
      var handler = Class.forName("sun.misc.SignalHandler");
      InvocationHandler invoked =
          (_, method, _) -> {
            if (method.getName().equals("handle")) {
              action.run();
            }
            return null;
          };
      signal
          .getMethod("handle", signal, handler)
          .invoke(
              null,
              signal.getConstructor(String.class).newInstance(NAME),
              Proxy.newProxyInstance(handler.getClassLoader(), new Class<?>[] {handler}, invoked));
    } catch (ReflectiveOperationException e) {
      LOG.warn("SIG{} does not stop trading on this system: {}", NAME, e.toString());
    }
  }
}

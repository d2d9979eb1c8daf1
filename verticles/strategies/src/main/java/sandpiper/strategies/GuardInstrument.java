package sandpiper.strategies;

import com.oracle.truffle.api.CompilerDirectives;
import com.oracle.truffle.api.ContextLocal;
import com.oracle.truffle.api.ThreadLocalAction;
import com.oracle.truffle.api.TruffleSafepoint;
import com.oracle.truffle.api.frame.VirtualFrame;
import com.oracle.truffle.api.instrumentation.ExecutionEventNode;
import com.oracle.truffle.api.instrumentation.SourceSectionFilter;
import com.oracle.truffle.api.instrumentation.StandardTags.RootTag;
import com.oracle.truffle.api.instrumentation.TruffleInstrument;
import com.oracle.truffle.api.instrumentation.provider.TruffleInstrumentProvider;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;

/// The guard's hold on the engine: stops a context at its next safe point, makes sure that every
/// function has one, counts how deep functions are inside each other, measures what a context
/// holds.
final class GuardInstrument extends TruffleInstrument {
  static final String ID = "sandpiper-guard";

  /// Far below where the thread's own stack would end: an overflow there may hit Java code that
  /// must not be left half way. Threads need `-Xss16m`, see `graal.jvm.args`.
  static final int MAX_DEPTH = 500;

  private final ContextLocal<Guard> guards = locals.createContextLocal(Guard::new);

  @SuppressWarnings("NullAway.Init") // the engine calls onCreate before anything else
  private Env env;

  @Override
  protected void onCreate(Env env) {
    this.env = env;
    env.registerService(this);
  }

  /// Puts the guard's nodes around every function that is made from now on.
  void attach() {
    var _ =
        env.getInstrumenter()
            .attachExecutionEventFactory(
                SourceSectionFilter.newBuilder()
                    .tagIs(RootTag.class)
                    .includeInternal(false)
                    .build(),
                _ -> new FunctionNode(guards));
  }

  /// Of the context that the calling thread is in.
  Guard guard() {
    return guards.get();
  }

  /// Ends the context at its next safe point if it still is in the same call. Any thread.
  ///
  /// @param count what [Guard#count] said when the call was looked at
  void stop(Guard guard, Thread thread, long count, String reason) {
    var _ =
        env.submitThreadLocal(
            guard.context,
            new Thread[] {thread},
            new ThreadLocalAction(true, false) {
              @Override
              protected void perform(Access access) {
                if (guard.count() == count) {
                  guard.stop(access.getLocation(), reason);
                }
              }
            });
  }

  /// Bytes that the context holds; counting ends soon after `limit`. On the context's thread,
  /// between callbacks. Takes 3 to 8 ms for each MB.
  long held(Guard guard, long limit) {
    return env.calculateContextHeapSize(guard.context, limit, new AtomicBoolean());
  }

  private static final class FunctionNode extends ExecutionEventNode {
    private final ContextLocal<Guard> guards;

    FunctionNode(ContextLocal<Guard> guards) {
      this.guards = guards;
    }

    @Override
    protected void onEnter(VirtualFrame frame) {
      var guard = guards.get();
      if (++guard.depth > MAX_DEPTH) { // counted first: what throws here is left like any other
        tooDeep(guard);
      }
      // Without this, a function that only ever ends in an exception has no safe point.
      TruffleSafepoint.poll(this);
    }

    @Override
    protected void onReturnValue(VirtualFrame frame, Object result) {
      guards.get().depth--;
    }

    @Override
    protected void onReturnExceptional(VirtualFrame frame, Throwable exception) {
      guards.get().depth--;
    }

    private void tooDeep(Guard guard) {
      CompilerDirectives.transferToInterpreter();
      guard.stop(
          this,
          guard.call().name
              + " called more than "
              + MAX_DEPTH
              + " functions inside each other and was stopped");
    }
  }

  /// How the engine finds the instrument.
  @Registration(id = ID, services = GuardInstrument.class)
  public static final class Provider extends TruffleInstrumentProvider {
    @Override
    protected String getInstrumentClassName() {
      return GuardInstrument.class.getName();
    }

    @Override
    protected Object create() {
      return new GuardInstrument();
    }

    @Override
    protected Collection<String> getServicesClassNames() {
      return List.of(GuardInstrument.class.getName());
    }
  }
}

package sandpiper.strategies;

import com.oracle.truffle.api.TruffleContext;
import com.oracle.truffle.api.nodes.Node;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// What is known of one context: whether it is at work and on what, how deep its calls are, and why
/// it was stopped.
///
/// [#enter] and [#leave] stand around every callback and cost a few plain writes; the [WatchDog]
/// looks from its own thread.
final class Guard {
  private static final VarHandle ENTERED = entered();

  /// What the context works on, and how much it may use.
  static final class Call {
    final String name;
    final long allocated;

    /// Processor time in nanoseconds.
    final long nanos;

    /// The same for a call that may be slow.
    final long slowNanos;

    /// @param name for the author, such as `onBar`
    Call(String name, long slowNanos, long nanos, long allocated) {
      this.name = name;
      this.allocated = allocated;
      this.nanos = nanos;
      this.slowNanos = slowNanos;
    }

    static Call loading(String name, Budget budget) {
      return new Call(name, budget.loading(), budget.loading(), 4 * budget.allocated());
    }

    static Call callback(String name, Budget budget) {
      return new Call(name, budget.slowCall(), budget.callback(), budget.allocated());
    }
  }

  /// What the instances of a session may allocate together for each measuring of one of them.
  private static final long BYTES_A_MEASURING = 4 << 20;

  private static final Call NOTHING = new Call("nothing", 1, 1, 1);

  final TruffleContext context;

  /// How many functions are inside each other. The instrument's own, on the context's thread.
  int depth;

  private Budget budget = Budget.LIVE;
  private Call call = NOTHING;
  private @Nullable Thread thread;

  /// Odd while a callback runs. Written by the context's thread after `call` and `thread`.
  private long entered;

  private volatile @Nullable String verdict;

  /// Why the watch-dog wants the call under way to end; null when it does not.
  private volatile @Nullable String asked;

  /// Set by the watch-dog: what the context holds is to be measured.
  private volatile boolean due;

  private volatile long held;
  private volatile long allocatedWhenMeasured;

  Guard(TruffleContext context) {
    this.context = context;
  }

  /// Before the first callback.
  void allow(Budget budget) {
    this.budget = budget;
  }

  Budget budget() {
    return budget;
  }

  void enter(Call call) {
    if (Thread.currentThread() != thread) {
      adopt();
    }
    this.call = call;
    depth = 0;
    ENTERED.setRelease(this, entered + 1);
  }

  void leave() {
    ENTERED.setRelease(this, entered + 1);
    if (asked != null) {
      settle();
    }
  }

  <T> T during(Call call, Supplier<T> work) {
    enter(call);
    try {
      return work.get();
    } finally {
      leave();
    }
  }

  /// How often a callback was entered or left.
  long count() {
    return (long) ENTERED.getAcquire(this);
  }

  static boolean inside(long count) {
    return (count & 1) != 0;
  }

  /// The call under way, or the last one. Of use after [#count].
  Call call() {
    return call;
  }

  /// The thread of the last call. Of use after [#count].
  @Nullable Thread thread() {
    return thread;
  }

  /// Why the context was stopped, in words for its author; null when it was not.
  @Nullable String verdict() {
    return verdict == null ? asked : verdict;
  }

  /// By the watch-dog, before it stops a call.
  void ask(String reason) {
    asked = reason;
  }

  /// Interrupts the thread if it still is in the call that was asked to end: a regular expression
  /// that goes back and forth hears of nothing else. By the watch-dog, some time after [#ask].
  synchronized void interrupt(Thread worker, long count) {
    if (count() == count) {
      worker.interrupt();
    }
  }

  /// The call that was asked to end has ended. The thread keeps nothing of it.
  private synchronized void settle() {
    asked = null;
    var _ = Thread.interrupted();
  }

  /// Ends the context from within, on its own thread. No script can catch this.
  ///
  /// @param at what is running; null when it is not known
  void stop(@Nullable Node at, String reason) {
    verdict = reason;
    context.closeCancelled(at, reason);
  }

  boolean due() {
    return due;
  }

  /// Asks for a measuring when the thread has allocated so much since the last one that the context
  /// could hold more than it may. Of many instances on one thread, each is measured the more
  /// seldom, so that all of them together are not measured more often than one would be.
  ///
  /// @param allocated bytes, by the thread since it began
  void askToMeasure(long allocated) {
    long limit = budget.held();
    long least = Math.max(limit / 4, budget.heldTogether() / limit * BYTES_A_MEASURING);
    if (allocated - allocatedWhenMeasured >= Math.max(limit - held, least)) {
      due = true;
    }
  }

  /// @param held bytes
  /// @param allocated bytes, by the thread since it began
  void measured(long held, long allocated) {
    this.held = held;
    allocatedWhenMeasured = allocated;
    due = false;
  }

  private void adopt() {
    var current = Thread.currentThread();
    if (current.isVirtual()) {
      throw new IllegalStateException(
          "strategies run on platform threads, whose use of time and memory can be measured");
    }
    thread = current;
    allocatedWhenMeasured = Usage.allocatedBytes(current);
  }

  private static VarHandle entered() {
    try {
      return MethodHandles.lookup().findVarHandle(Guard.class, "entered", long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }
}

package sandpiper.strategies;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Looks every 2 ms at what the contexts of an engine do, and stops a callback that is over its
/// budget. One daemon thread; it sleeps while there is no context.
final class WatchDog implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(WatchDog.class);
  private static final long POLL_NANOS = 2_000_000;

  /// How long a call that was asked to end may go on before its thread is interrupted.
  private static final long GRACE_NANOS = 20_000_000;

  /// A stop that takes longer than this is worth a line in the log.
  private static final long PATIENCE_NANOS = 5_000_000_000L;

  private final GuardInstrument instrument;
  private final List<Watch> watches = new CopyOnWriteArrayList<>();
  private final Thread thread;
  private volatile boolean closed;

  /// The thread that was looked at last in this round, and what it had allocated: the contexts of a
  /// session stand next to each other and have one thread.
  private @Nullable Thread looked;

  private long lookedAllocated;

  WatchDog(GuardInstrument instrument) {
    this.instrument = instrument;
    thread = Thread.ofPlatform().daemon().name("strategy-watch-dog").unstarted(this::run);
    thread.start();
  }

  void watch(Guard guard) {
    watches.add(new Watch(guard));
    LockSupport.unpark(thread);
  }

  void forget(Guard guard) {
    watches.removeIf(watch -> watch.guard == guard);
  }

  @Override
  public void close() {
    closed = true;
    LockSupport.unpark(thread);
  }

  private void run() {
    while (!closed) {
      if (watches.isEmpty()) {
        LockSupport.park(this);
      } else {
        LockSupport.parkNanos(this, POLL_NANOS);
      }
      looked = null;
      for (var watch : watches) {
        try {
          watch.look();
        } catch (RuntimeException e) {
          LOG.error("the watch-dog could not look after {}", watch.guard.call().name, e);
        }
      }
    }
  }

  private long allocatedBytes(Thread worker) {
    if (worker != looked) {
      looked = worker;
      lookedAllocated = Usage.allocatedBytes(worker);
    }
    return lookedAllocated;
  }

  /// What the watch-dog remembers of one context.
  private final class Watch {
    private final Guard guard;
    private long seen;
    private long cpuBefore;
    private long allocatedBefore;
    private long timeBefore;
    private long stoppedAt;
    private boolean complained;

    /// How many calls may be slow.
    private int slowLeft = Budget.SLOW_CALLS;

    /// Of [Guard#count], up to which calls have been counted for one more.
    private long earnedUpTo;

    /// Of [Guard#count], during the latest call that was let be slow.
    private long slowCall;

    Watch(Guard guard) {
      this.guard = guard;
    }

    void look() {
      long count = guard.count();
      var worker = guard.thread();
      if (worker == null || (count == seen && !Guard.inside(count))) {
        return;
      }
      if (count != seen) {
        seen = count;
        stoppedAt = 0;
        allocatedBefore = allocatedBytes(worker);
        guard.askToMeasure(allocatedBefore);
        if (Guard.inside(count)) {
          cpuBefore = Usage.cpuNanos(worker);
          timeBefore = System.nanoTime();
        }
        return;
      }
      long allocated = Usage.allocatedBytes(worker);
      long now = System.nanoTime();
      if (stoppedAt != 0) {
        insist(worker, count, now);
        return;
      }
      var reason = excess(guard.call(), worker, count, allocated, now);
      if (reason != null) {
        stoppedAt = now;
        complained = false;
        guard.ask(reason);
        instrument.stop(guard, worker, count, reason);
      }
    }

    /// What the call used too much of; null while it is within its budget.
    private @Nullable String excess(
        Guard.Call call, Thread worker, long count, long allocated, long now) {
      long bytes = allocated - allocatedBefore;
      if (bytes > call.allocated) {
        return call.name
            + " allocated more than "
            + Usage.memory(call.allocated)
            + " and was stopped at "
            + Usage.memory(bytes);
      }
      long cpu = Usage.cpuNanos(worker) - cpuBefore;
      if (cpu > call.nanos && slowCall != count && maySlow(count)) {
        slowCall = count;
      }
      long limit = slowCall == count ? call.slowNanos : call.nanos;
      if (cpu > limit) {
        return call.name
            + " took longer than "
            + Usage.time(limit)
            + " and was stopped after "
            + Usage.time(cpu);
      }
      long clock = Math.max(limit * Budget.CLOCK_FACTOR, Budget.LEAST_CLOCK_NANOS);
      if (now - timeBefore > clock) {
        return call.name
            + " took longer than "
            + Usage.time(clock)
            + " by the clock and was stopped after "
            + Usage.time(now - timeBefore);
      }
      return null;
    }

    /// What is run for the first time is slow, and nobody can tell beforehand when that will be.
    private boolean maySlow(long count) {
      long calls = (count - earnedUpTo) / 2; // each is entered and left
      long earned = calls / Budget.CALLS_FOR_A_SLOW_ONE;
      earnedUpTo += 2 * earned * Budget.CALLS_FOR_A_SLOW_ONE;
      slowLeft = (int) Math.min(Budget.SLOW_CALLS, slowLeft + earned);
      if (slowLeft == 0) {
        return false;
      }
      slowLeft--;
      return true;
    }

    private void insist(Thread worker, long count, long now) {
      if (now - stoppedAt > GRACE_NANOS) {
        guard.interrupt(worker, count);
      }
      if (now - stoppedAt > PATIENCE_NANOS && !complained) {
        LOG.error("{} on thread {} does not stop", guard.call().name, worker.getName());
        complained = true;
      }
    }
  }
}

package sandpiper.strategies;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/// What platform threads have used since they began, and how to say it.
final class Usage {
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private Usage() {}

  /// Nanoseconds of processor time; -1 when the thread has ended.
  static long cpuNanos(Thread thread) {
    return THREADS.getThreadCpuTime(thread.threadId());
  }

  /// -1 when the thread has ended.
  static long allocatedBytes(Thread thread) {
    return THREADS.getThreadAllocatedBytes(thread.threadId());
  }

  static String time(long nanos) {
    long millis = nanos / 1_000_000;
    return millis % 1000 == 0 ? millis / 1000 + " s" : millis + " ms";
  }

  static String memory(long bytes) {
    return (bytes >> 20) + " MB";
  }
}

package sandpiper.strategies;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.strategies.child.ChildException;
import sandpiper.strategies.child.ChildProcess;

/// Starts processes for strategies. Starting one takes seconds on a busy machine, so one waits for
/// whoever needs the next. Any thread that may block.
final class Children implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Children.class);

  private final ScriptEngine engine;
  private final Isolation isolation;
  private final ExecutorService starter =
      Executors.newSingleThreadExecutor(
          Thread.ofPlatform().daemon().name("strategies-starter").factory());
  private @Nullable ChildProcess spare;
  private boolean starting;
  private boolean closed;

  /// @param engine whose budgets hold in the processes too
  Children(ScriptEngine engine, Isolation isolation) {
    this.engine = engine;
    this.isolation = isolation;
  }

  /// Starts one in the background, if none waits.
  synchronized void prepare() {
    if (!closed && !starting && spare == null) {
      starting = true;
      starter.execute(this::startSpare);
    }
  }

  /// The one that waits, or a new one. Whoever takes it closes it.
  ChildProcess take() throws ChildException {
    var waiting = takeSpare();
    return waiting != null && waiting.isAlive() ? waiting : start();
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    starter.shutdown();
    var waiting = takeSpare();
    if (waiting != null) {
      waiting.close();
    }
  }

  private synchronized @Nullable ChildProcess takeSpare() {
    try {
      while (starting) {
        wait();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    var waiting = spare;
    spare = null;
    return waiting;
  }

  private ChildProcess start() throws ChildException {
    return ChildProcess.start(isolation.heapMegabytes(), engine.setup());
  }

  private void startSpare() {
    ChildProcess started = null;
    try {
      started = start();
    } catch (ChildException e) {
      LOG.warn("the next process for strategies did not start: {}", e.reason());
    } finally {
      synchronized (this) {
        spare = started;
        starting = false;
        notifyAll();
      }
    }
  }
}

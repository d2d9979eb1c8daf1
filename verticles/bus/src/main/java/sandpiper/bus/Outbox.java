package sandpiper.bus;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;

/// Hands entries on in batches, in order, one batch under way at a time; its writer waits while it
/// is full.
///
/// After a failure it stays failed: nothing is sent past a gap. Use on one event loop.
public final class Outbox<T> {
  private static final int MAX_BATCH = 2_000;

  private final int bound;
  private final AtomicInteger depth;
  private final Function<List<T>, Future<?>> send;
  private final List<Promise<Void>> waiting = new ArrayList<>();
  private List<T> queue = new ArrayList<>();
  private int underWay;
  private Future<Void> state = Future.succeededFuture();

  /// @param bound entries, queued or under way, from which on [#room] waits
  /// @param send answers when the entries are safe
  public Outbox(int bound, Function<List<T>, Future<?>> send) {
    this(bound, new AtomicInteger(), send);
  }

  /// @param depth where the entries, queued or under way, are counted up and down; others may count
  ///   there as well
  public Outbox(int bound, AtomicInteger depth, Function<List<T>, Future<?>> send) {
    this.bound = bound;
    this.depth = depth;
    this.send = send;
  }

  public void add(T entry) {
    if (state.failed()) {
      return;
    }
    queue.add(entry);
    depth.incrementAndGet();
    if (underWay == 0) {
      sendNext();
    }
  }

  /// Completes at once while there is room, else when there is again; fails when sending failed.
  public Future<Void> room() {
    if (state.failed() || queue.size() + underWay < bound) {
      return state;
    }
    var promise = Promise.<Void>promise();
    waiting.add(promise);
    return promise.future().compose(_ -> room());
  }

  /// Completes when everything added so far is safe.
  public Future<Void> flush() {
    if (state.failed() || (queue.isEmpty() && underWay == 0)) {
      return state;
    }
    var promise = Promise.<Void>promise();
    waiting.add(promise);
    return promise.future().compose(_ -> flush());
  }

  private void sendNext() {
    if (queue.isEmpty()) {
      return;
    }
    var batch = queue;
    if (batch.size() > MAX_BATCH) {
      batch = new ArrayList<>(queue.subList(0, MAX_BATCH));
      queue = new ArrayList<>(queue.subList(MAX_BATCH, queue.size()));
    } else {
      queue = new ArrayList<>();
    }
    underWay = batch.size();
    sent(batch)
        .onComplete(
            _ -> {
              depth.addAndGet(-underWay);
              underWay = 0;
              sendNext();
              release(Future.succeededFuture());
            },
            failure -> {
              depth.addAndGet(-underWay - queue.size());
              underWay = 0;
              queue = new ArrayList<>();
              state = Future.failedFuture(failure);
              release(state);
            });
  }

  private Future<?> sent(List<T> batch) {
    try {
      return send.apply(batch);
    } catch (RuntimeException e) {
      return Future.failedFuture(e);
    }
  }

  private void release(Future<Void> result) {
    var ready = List.copyOf(waiting);
    waiting.clear();
    ready.forEach(promise -> promise.handle(result));
  }
}

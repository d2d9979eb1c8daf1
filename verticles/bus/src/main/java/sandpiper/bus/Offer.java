package sandpiper.bus;

import java.util.concurrent.atomic.LongAdder;
import sandpiper.bus.Channels.Request;

/// Hands updates to a screen without ever waiting for it: past `bound` unanswered ones the next are
/// dropped, and counted.
public final class Offer<Q extends Record> {
  private final Bus bus;
  private final Request<Q, Messages.Done> request;
  private final int bound;
  private final LongAdder dropped = new LongAdder();
  private volatile int unanswered;

  public Offer(Bus bus, Request<Q, Messages.Done> request, int bound) {
    this.bus = bus;
    this.request = request;
    this.bound = bound;
  }

  /// Use on one event loop.
  public void send(Q body) {
    if (unanswered >= bound) {
      dropped.increment();
      return;
    }
    count(1);
    bus.ask(request, body)
        .onComplete(
            _ -> count(-1),
            _ -> {
              count(-1);
              dropped.increment();
            });
  }

  /// How many wait for an answer; may be read from any thread.
  public int unanswered() {
    return unanswered;
  }

  /// On the one event loop that writes it.
  private void count(int change) {
    int now = unanswered + change;
    unanswered = now;
  }

  /// How many were dropped so far; may be read from any thread.
  public long dropped() {
    return dropped.sum();
  }
}

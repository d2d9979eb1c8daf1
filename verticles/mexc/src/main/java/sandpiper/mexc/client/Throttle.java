package sandpiper.mexc.client;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;

/// A token bucket: so many a second, a fifth of a second's worth at once, whatever is more waits in
/// the order in which it came. For one event loop.
final class Throttle {
  private static final long SECOND = 1_000_000_000;
  private static final long MILLI = 1_000_000;
  private static final long LONGEST_WAIT = 30 * SECOND;
  private static final double BURST_SHARE = 5;

  private final Vertx vertx;
  private final LongSupplier nanos;
  private final long interval;
  private final long tolerance;
  private long full;
  private long blockedUntil;

  /// @param nanos a clock that never goes back
  Throttle(Vertx vertx, double perSecond, LongSupplier nanos) {
    this.vertx = vertx;
    this.nanos = nanos;
    interval = Math.round(SECOND / perSecond);
    long burst = Math.max(1, (long) (perSecond / BURST_SHARE));
    tolerance = (burst - 1) * interval;
    full = nanos.getAsLong();
    blockedUntil = full;
  }

  /// Completes when it is one's turn; fails at once when that would be in more than half a minute.
  Future<Void> take() {
    long now = nanos.getAsLong();
    long turn = Math.max(full - tolerance, blockedUntil);
    if (turn - now > LONGEST_WAIT) {
      return Future.failedFuture(
          new MexcException(
              MexcError.BUSY,
              "too much is asked of MEXC: this would have to wait for %d s, at most %d s may be waited"
                  .formatted(
                      TimeUnit.NANOSECONDS.toSeconds(turn - now),
                      TimeUnit.NANOSECONDS.toSeconds(LONGEST_WAIT))));
    }
    full = Math.max(full, Math.max(now, blockedUntil)) + interval;
    if (turn <= now) {
      return Future.succeededFuture();
    }
    var promise = Promise.<Void>promise();
    waitUntil(turn, promise);
    return promise.future();
  }

  private void waitUntil(long turn, Promise<Void> promise) {
    long millis = Math.max(1, (turn - nanos.getAsLong() + MILLI - 1) / MILLI);
    vertx.setTimer(
        millis,
        _ -> {
          if (blockedUntil > nanos.getAsLong()) {
            waitUntil(blockedUntil, promise);
          } else {
            promise.complete();
          }
        });
  }

  /// The exchange wants to be left alone.
  void blockFor(long millis) {
    blockedUntil = Math.max(blockedUntil, nanos.getAsLong() + millis * MILLI);
  }
}

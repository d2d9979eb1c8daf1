package sandpiper.app;

import io.micrometer.core.instrument.Timer;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.util.concurrent.TimeUnit;
import sandpiper.bus.Meters;

/// Measures how late a timer comes on the event loop it is deployed on, ten times a second. Deploy
/// as many instances as there are loops: each gets another.
final class LoopLag extends VerticleBase {
  private static final long PERIOD_MILLIS = 100;

  @SuppressWarnings("NullAway.Init") // at the start
  private Timer lag;

  @Override
  public Future<?> start() {
    var thread = Thread.currentThread().getName();
    lag = Meters.of(vertx).loopLag(thread.substring(thread.lastIndexOf('-') + 1));
    next();
    return Future.succeededFuture();
  }

  private void next() {
    long due = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PERIOD_MILLIS);
    vertx.setTimer(
        PERIOD_MILLIS,
        _ -> {
          lag.record(Math.max(0, System.nanoTime() - due), TimeUnit.NANOSECONDS);
          next();
        });
  }
}

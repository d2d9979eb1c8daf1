package sandpiper.gateway.screen;

import io.vertx.core.Vertx;
import java.util.function.LongSupplier;
import sandpiper.bus.Channels;
import sandpiper.bus.Json;
import sandpiper.gateway.screen.ScreenMessage.SystemTold;
import sandpiper.gateway.system.SystemHealth;

/// Tells how the platform is, once a second while somebody watches, and at once to who begins. Use
/// on one event loop.
public final class SystemScreen {
  private static final long PERIOD_MILLIS = 1_000;

  private final Vertx vertx;
  private final SystemHealth health;
  private final LongSupplier wallClock;
  private int watchers;
  private long timer;
  private long seq;
  private boolean reading;

  /// @param wallClock UTC microseconds
  public SystemScreen(Vertx vertx, SystemHealth health, LongSupplier wallClock) {
    this.vertx = vertx;
    this.health = health;
    this.wallClock = wallClock;
  }

  /// Somebody listens from now on.
  public void watch() {
    if (watchers++ == 0) {
      timer = vertx.setPeriodic(PERIOD_MILLIS, _ -> tell());
    }
    tell();
  }

  /// Once for each [#watch].
  public void leave() {
    if (--watchers == 0) {
      vertx.cancelTimer(timer);
    }
  }

  /// One reading at a time: a database that does not answer must not make a queue.
  private void tell() {
    if (reading) {
      return;
    }
    reading = true;
    health
        .figures()
        .onComplete(
            figures -> {
              reading = false;
              vertx
                  .eventBus()
                  .publish(
                      Channels.CONSOLE_SYSTEM,
                      Json.object(
                          new Envelope(++seq, wallClock.getAsLong(), "", new SystemTold(figures))));
            },
            _ -> reading = false);
  }
}

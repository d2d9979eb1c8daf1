package sandpiper.gateway.rest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.ListSessions;
import sandpiper.bus.Messages.ListStrategies;
import sandpiper.bus.Refusal;

/// What those ask who keep the platform running: is it well, and how is it doing.
final class Operations {
  private static final long PATIENCE_SECONDS = 2;

  private final Vertx vertx;
  private final Bus bus;
  private final @Nullable Supplier<String> metrics;

  Operations(Vertx vertx, Bus bus, @Nullable Supplier<String> metrics) {
    this.vertx = vertx;
    this.bus = bus;
    this.metrics = metrics;
  }

  /// Fails with [NotReady] unless strategies and sessions both answer soon.
  Future<Answer> health() {
    return Future.all(
            bus.ask(Channels.ENGINE_STATUS, new ListStrategies()),
            bus.ask(Channels.LIST_SESSIONS, new ListSessions(null)))
        .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
        .map(_ -> Answer.ok(new JsonObject().put("status", "up")))
        .recover(
            failure -> Future.failedFuture(new NotReady(String.valueOf(failure.getMessage()))));
  }

  /// Scraped off the event loop: it walks through every meter.
  Future<Answer> metrics() {
    var scrape = metrics;
    return scrape == null
        ? Future.failedFuture(Refusal.unknown("Nothing is measured: metrics are off."))
        : vertx
            .executeBlocking(scrape::get)
            .map(text ->
                Answer.text("text/plain; version=0.0.4; charset=utf-8", Buffer.buffer(text)));
  }
}

package sandpiper.app;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.AwaitCollection;
import sandpiper.bus.Messages.FindCollections;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Refusal;
import sandpiper.feeds.FeedsVerticle;
import sandpiper.gateway.rest.CollectionViews;
import sandpiper.sessions.SessionsConfig;
import sandpiper.sessions.SessionsVerticle;

/// What it takes to collect data from the command line, beside a platform that runs or without one.
/// An interrupt ends what is being recorded in an orderly way.
final class CollectionTool implements AutoCloseable {
  private final Vertx vertx = Vertx.vertx();
  private final Thread atInterrupt = new Thread(this::letGo);
  private final Bus bus;
  private boolean closed;

  /// @param configFile laid over `conf/application.yaml`
  CollectionTool(@Nullable Path configFile) {
    Bus.install(vertx);
    bus = new Bus(vertx);
    try {
      var config = Blocking.await(AppConfig.read(vertx, configFile, System.getenv()));
      Blocking.await(vertx.deployVerticle(config.persistenceBeside()));
      Blocking.await(
          vertx.deployVerticle(
              new FeedsVerticle(
                  config.data(),
                  config.broker().exchange(),
                  CollectionTool::now,
                  new SecureRandom())));
      Blocking.await(
          vertx.deployVerticle(
              new SessionsVerticle(
                  Instruments.read(config.instruments()),
                  SessionsConfig.STANDARD,
                  (_, _, _, _) -> {
                    throw new IllegalStateException("nothing is traded here");
                  },
                  CollectionTool::now,
                  new SecureRandom())));
      Runtime.getRuntime().addShutdownHook(atInterrupt);
    } catch (RuntimeException e) {
      letGo();
      throw e;
    }
  }

  /// UTC microseconds.
  private static long now() {
    return ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
  }

  Bus bus() {
    return bus;
  }

  /// Waits until a collection has ended.
  ///
  /// @return as REST has it
  /// @throws Refusal when it failed
  JsonObject whenOver(String sessionId) {
    var ended = Blocking.await(bus.ask(Channels.AWAIT_COLLECTION, new AwaitCollection(sessionId)));
    if (ended.status() == SessionStatus.FAILED) {
      throw new Refusal(Refusal.Kind.FAILED, sessionId + " broke off: " + ended.error());
    }
    var kept =
        Blocking.await(bus.ask(Channels.FIND_COLLECTIONS, new FindCollections(sessionId, 1, null)));
    return CollectionViews.collection(new JsonObject(kept.rows().getFirst()), ended);
  }

  static void print(PrintWriter out, JsonObject collection, boolean json) {
    if (json) {
      out.println(collection.encode());
      return;
    }
    out.printf("recording:%s%n", collection.getString("session_id"));
    collection
        .getJsonArray("contents")
        .forEach(each -> {
          var part = (JsonObject) each;
          var interval = part.getString("interval");
          out.printf(
              "%s %s%s: %,d, %s to %s%n",
              part.getString("symbol"),
              part.getString("stream"),
              interval == null ? "" : " of " + interval,
              part.getLong("rows"),
              BacktestReport.iso(part.getLong("from")),
              BacktestReport.iso(part.getLong("to")));
        });
  }

  private synchronized void letGo() {
    if (!closed) {
      closed = true;
      Blocking.await(vertx.close());
    }
  }

  @Override
  public void close() {
    letGo();
    try {
      Runtime.getRuntime().removeShutdownHook(atInterrupt);
    } catch (IllegalStateException _) {
      // It is what brought this about.
    }
  }
}

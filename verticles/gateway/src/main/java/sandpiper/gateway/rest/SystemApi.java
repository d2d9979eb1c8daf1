package sandpiper.gateway.rest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import java.util.Map;
import org.slf4j.event.Level;
import sandpiper.bus.Json;
import sandpiper.bus.Refusal;
import sandpiper.gateway.http.Problem;
import sandpiper.gateway.system.LogRing;
import sandpiper.gateway.system.SystemHealth;
import sandpiper.gateway.system.SystemSources;

/// What those ask who keep the platform running: is it well, and how is it doing.
final class SystemApi {
  private static final int PAGE = 100;

  private final Vertx vertx;
  private final SystemHealth health;
  private final SystemSources sources;

  SystemApi(Vertx vertx, SystemHealth health, SystemSources sources) {
    this.vertx = vertx;
    this.health = health;
    this.sources = sources;
  }

  /// Whoever answers is alive.
  Future<Answer> live() {
    return Future.succeededFuture(Answer.ok(new JsonObject().put("status", "up")));
  }

  /// 503 with every reason while the platform is not ready.
  ///
  /// @param status the word for that it is
  Future<Answer> ready(String status) {
    return health
        .reasons()
        .map(reasons ->
            reasons.isEmpty()
                ? Answer.ok(new JsonObject().put("status", status))
                : Answer.problem(
                    Problem.notReady(String.join(" ", reasons))
                        .with(Map.of("reasons", new JsonArray(reasons)))));
  }

  Future<Answer> figures() {
    return health.figures().map(figures -> Answer.ok(Json.object(figures)));
  }

  Future<Answer> info() {
    return health.info().map(Answer::ok);
  }

  Future<Answer> log(Call call) {
    var level = Requests.text(call.request(), "level");
    var cursor = Requests.text(call.request(), "cursor");
    var page =
        sources
            .log()
            .page(
                level == null ? Level.INFO : Level.valueOf(level.toUpperCase(Locale.ROOT)),
                cursor == null ? null : Long.valueOf(cursor),
                Requests.number(call.request(), "limit", PAGE));
    var items = new JsonArray();
    page.lines().forEach(line -> items.add(item(line)));
    return Future.succeededFuture(
        Answer.ok(
            new JsonObject()
                .put("items", items)
                .put("next_cursor", page.next() == null ? null : page.next().toString())));
  }

  private static JsonObject item(LogRing.Line line) {
    return new JsonObject()
        .put("number", line.number())
        .put("time", line.time())
        .put("level", line.level().name().toLowerCase(Locale.ROOT))
        .put("logger", line.logger())
        .put("message", line.message())
        .put("session_id", line.sessionId())
        .put("signal_id", line.signalId())
        .put("error", line.error());
  }

  /// Scraped off the event loop: it walks through every meter.
  Future<Answer> metrics() {
    var scrape = sources.metrics();
    return scrape == null
        ? Future.failedFuture(Refusal.unknown("Nothing is measured: metrics are off."))
        : vertx
            .executeBlocking(scrape::get)
            .map(text ->
                Answer.text("text/plain; version=0.0.4; charset=utf-8", Buffer.buffer(text)));
  }
}

package sandpiper.gateway.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import java.util.LinkedHashMap;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.EngineStatus;
import sandpiper.bus.Messages.HistoryPage;
import sandpiper.bus.Messages.SessionList;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.StrategyDetail;
import sandpiper.bus.Messages.StrategyVersion;
import sandpiper.bus.Messages.VersionList;
import sandpiper.domain.session.StrategyPlan;

/// Records of the bus as the console and the REST clients see them.
public final class Views {
  private static final JsonObject NO_VERSION =
      new JsonObject()
          .putNull("version")
          .putNull("hash")
          .putNull("author")
          .putNull("created_at")
          .putNull("restored_from");

  private Views() {}

  static JsonObject parameters(StrategyPlan plan) {
    return new JsonObject()
        .put("instance", plan.instance())
        .put("parameters", new JsonObject(new LinkedHashMap<>(plan.parameters())));
  }

  static JsonObject executionStatus(EngineStatus engine, SessionList list) {
    var sessions = new JsonArray();
    list.sessions().stream()
        .sorted(Comparator.comparingLong(SessionState::startedAt).reversed())
        .forEach(state -> sessions.add(Json.object(state)));
    return new JsonObject().put("engine", Json.object(engine)).put("sessions", sessions);
  }

  /// A file that never made a version has null in place of what a version has.
  static JsonObject strategy(StrategyDetail detail) {
    var json = Json.object(detail);
    var version = detail.version();
    json.remove("version");
    return new JsonObject()
        .put("name", detail.name())
        .mergeIn(version == null ? NO_VERSION : version(version))
        .mergeIn(json);
  }

  static JsonObject versions(VersionList list) {
    var versions = new JsonArray();
    list.versions().forEach(version -> versions.add(version(version)));
    return new JsonObject().put("name", list.name()).put("versions", versions);
  }

  private static JsonObject version(StrategyVersion version) {
    return new JsonObject()
        .put("version", version.number())
        .put("hash", version.hash())
        .put("author", version.author())
        .put("created_at", version.createdAt())
        .put("restored_from", version.restoredFrom());
  }

  static JsonObject page(HistoryPage page) {
    var json = Json.object(page);
    return new JsonObject()
        .put("items", json.getJsonArray("rows"))
        .put("next_cursor", json.getString("next_cursor"));
  }
}

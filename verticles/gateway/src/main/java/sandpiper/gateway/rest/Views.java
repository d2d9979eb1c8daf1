package sandpiper.gateway.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Comparator;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.EngineStatus;
import sandpiper.bus.Messages.HistoryPage;
import sandpiper.bus.Messages.SessionList;
import sandpiper.bus.Messages.SessionState;

/// Records of the bus as the console and the REST clients see them.
public final class Views {
  private Views() {}

  /// Acceleration without a bound reads `max`.
  public static JsonObject session(SessionState state) {
    var json = Json.object(state);
    if (state.acceleration() == null) {
      json.put("acceleration", Requests.MAX_ACCELERATION);
    }
    return json;
  }

  static JsonObject executionStatus(EngineStatus engine, SessionList list) {
    var sessions = new JsonArray();
    list.sessions().stream()
        .sorted(Comparator.comparingLong(SessionState::startedAt).reversed())
        .forEach(state -> sessions.add(session(state)));
    return new JsonObject().put("engine", Json.object(engine)).put("sessions", sessions);
  }

  static JsonObject page(HistoryPage page) {
    var json = Json.object(page);
    return new JsonObject()
        .put("items", json.getJsonArray("rows"))
        .put("next_cursor", json.getString("next_cursor"));
  }
}

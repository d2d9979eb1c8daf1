package sandpiper.gateway.rest;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.BacktestProgress;
import sandpiper.bus.Messages.SessionState;
import sandpiper.domain.session.SessionMode;

/// Sessions as the console and the REST clients see them.
public final class SessionViews {
  /// Their latest may not be written down yet.
  private static final List<String> FROM_SESSION =
      List.of("status", "clock", "ended_at", "error", "summary");

  private SessionViews() {}

  /// @param kept by the database
  /// @param state as the process that runs it says; null when none does
  /// @param now how far it has come there, when it is a backtest
  static JsonObject session(
      JsonObject kept, @Nullable SessionState state, @Nullable BacktestProgress now) {
    var json = kept.copy();
    json.remove("start_time");
    json.remove("end_time");
    var acceleration = state == null ? kept.getDouble("acceleration") : state.acceleration();
    if (state != null) {
      var session = Json.object(state);
      FROM_SESSION.forEach(name -> json.put(name, session.getValue(name)));
    }
    json.put("acceleration", acceleration(acceleration));
    if (now != null) {
      return json.put("cancelled", now.cancelled()).put("progress", Json.object(now));
    }
    return json.put(
        "progress",
        kept.getString("mode").equals(SessionMode.BACKTEST.text()) ? keptProgress(kept) : null);
  }

  private static JsonObject keptProgress(JsonObject kept) {
    var whole = kept.getString("status").equals("stopped") && !kept.getBoolean("cancelled");
    return Json.object(
        new BacktestProgress(
            kept.getString("session_id"),
            kept.getLong("clock"),
            kept.getLong("start_time"),
            kept.getLong("end_time"),
            whole ? Double.valueOf(1) : null,
            null,
            null,
            kept.getDouble("acceleration"),
            kept.getBoolean("cancelled")));
  }

  private static Object acceleration(@Nullable Double acceleration) {
    return acceleration == null ? Requests.MAX_ACCELERATION : acceleration;
  }
}

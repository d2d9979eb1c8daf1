package sandpiper.gateway.rest;

import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.BacktestNow;
import sandpiper.bus.Messages.BacktestProgress;

/// Backtests as the console and the REST clients see them.
public final class BacktestViews {
  private static final List<String> FROM_SESSION =
      List.of("status", "ended_at", "error", "summary");

  private BacktestViews() {}

  /// Acceleration without a bound reads `max`.
  public static JsonObject progress(BacktestProgress progress) {
    var json = Json.object(progress);
    json.remove("session_id");
    return json.put("acceleration", acceleration(progress.acceleration()));
  }

  /// @param kept by the database
  /// @param now what the process that runs it says; null when none does
  static JsonObject backtest(JsonObject kept, @Nullable BacktestNow now) {
    var json = kept.copy();
    json.remove("clock");
    json.remove("start_time");
    json.remove("end_time");
    if (now == null) {
      return json.put("acceleration", acceleration(kept.getDouble("acceleration")))
          .put("progress", keptProgress(kept));
    }
    var session = Json.object(now.session());
    FROM_SESSION.forEach(name -> json.put(name, session.getValue(name)));
    return json.put("acceleration", acceleration(now.progress().acceleration()))
        .put("cancelled", now.progress().cancelled())
        .put("progress", progress(now.progress()));
  }

  private static JsonObject keptProgress(JsonObject kept) {
    var whole = kept.getString("status").equals("stopped") && !kept.getBoolean("cancelled");
    return progress(
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

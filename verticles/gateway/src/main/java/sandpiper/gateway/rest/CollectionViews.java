package sandpiper.gateway.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.CollectionState;

/// Data collections as the console and the REST clients see them.
public final class CollectionViews {
  private CollectionViews() {}

  /// @param kept by the database
  /// @param now as the process that runs it says; null when none does
  public static JsonObject collection(JsonObject kept, @Nullable CollectionState now) {
    var contents = kept.getJsonObject("contents");
    var streams = contents.getJsonArray("streams");
    long counted = streams.stream().mapToLong(each -> ((JsonObject) each).getLong("rows")).sum();
    var state = now == null ? kept : Json.object(now);
    return new JsonObject()
        .put("session_id", kept.getString("session_id"))
        .put("status", state.getString("status"))
        .put("symbols", kept.getJsonArray("symbols"))
        .put("streams", kept.getJsonArray("streams"))
        .put("data", kept.getString("data"))
        .put("acceleration", acceleration(kept.getDouble("acceleration")))
        .put("clock", state.getLong("clock"))
        .put("started_at", kept.getLong("started_at"))
        .put("ended_at", state.getLong("ended_at"))
        .put("error", state.getString("error"))
        .put("rows", counted)
        .put("bytes", contents.getLong("bytes"))
        .put("from", bound(streams, "from", true))
        .put("to", bound(streams, "to", false))
        .put("contents", streams);
  }

  private static @Nullable Long bound(JsonArray streams, String name, boolean least) {
    var times = streams.stream().map(each -> ((JsonObject) each).getLong(name)).sorted().toList();
    return times.isEmpty() ? null : least ? times.getFirst() : times.getLast();
  }

  private static Object acceleration(@Nullable Double acceleration) {
    return acceleration == null ? Requests.MAX_ACCELERATION : acceleration;
  }
}

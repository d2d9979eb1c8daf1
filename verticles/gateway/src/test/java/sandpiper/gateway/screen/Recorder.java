package sandpiper.gateway.screen;

import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.List;
import sandpiper.bus.Json;

/// A screen under test with a clock that stands still unless told.
final class Recorder {
  static final long START = 1_800_000_000_000_000L;

  final List<JsonObject> messages = new ArrayList<>();
  long now = START;

  void add(Envelope message) {
    messages.add(Json.object(message));
  }

  void passMillis(long millis) {
    now += millis * 1_000;
  }

  List<JsonObject> ofType(String type) {
    return messages.stream().filter(message -> type.equals(message.getString("type"))).toList();
  }

  /// The data of all messages of a type.
  List<JsonObject> data(String type) {
    return ofType(type).stream().map(message -> message.getJsonObject("data")).toList();
  }

  List<String> types() {
    return messages.stream().map(message -> message.getString("type")).toList();
  }

  List<Long> seqs() {
    return messages.stream().map(message -> message.getLong("seq")).toList();
  }
}

package sandpiper.gateway.bridge;

import io.vertx.core.json.JsonObject;
import org.jspecify.annotations.Nullable;
import sandpiper.gateway.bridge.Desk.Denial;

/// Frames as the Vert.x event-bus clients know them.
final class Frames {
  private Frames() {}

  static JsonObject message(String address, JsonObject body) {
    return new JsonObject().put("type", "rec").put("address", address).put("body", body);
  }

  /// @param address that the client gave for the answer or wants to hear; null when it gave none
  static JsonObject error(@Nullable Object address, Denial denial) {
    var frame =
        new JsonObject()
            .put("type", "err")
            .put("failureCode", denial.code())
            .put("failureType", "RECIPIENT_FAILURE")
            .put("message", denial.message());
    return address instanceof String text ? frame.put("address", text) : frame;
  }
}

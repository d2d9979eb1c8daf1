package sandpiper.mexc.client;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sandpiper.mexc.wire.PushDataV3ApiWrapper;

/// The spot market's WebSocket: JSON for what is asked, protobuf for news.
class SpotProtocol implements Protocol<PushDataV3ApiWrapper> {
  private static final String REFUSED = "Not Subscribed";

  @Override
  public List<String> requests(List<String> channels) {
    return List.of(
        new JsonObject()
            .put("method", "SUBSCRIPTION")
            .put("params", new JsonArray(channels))
            .encode());
  }

  @Override
  public String ping() {
    return "{\"method\":\"PING\"}";
  }

  @Override
  public @Nullable PushDataV3ApiWrapper read(String text, Set<String> awaited) {
    if (text.startsWith("Invalid listen key")) {
      throw new MexcException(MexcError.LISTEN_KEY, "the listen key is not valid");
    }
    String message;
    try {
      message = String.valueOf(new JsonObject(text).getValue("msg"));
    } catch (DecodeException _) {
      throw Protocol.unreadable("a text cannot be read: " + text);
    }
    if (message.startsWith(REFUSED)) {
      throw new MexcException(MexcError.SYMBOL, message);
    }
    List.of(message.split(",")).forEach(awaited::remove);
    return null;
  }

  @Override
  public PushDataV3ApiWrapper read(Buffer bytes) {
    try {
      return PushDataV3ApiWrapper.parseFrom(bytes.getBytes());
    } catch (InvalidProtocolBufferException e) {
      throw Protocol.unreadable(
          "a frame of " + bytes.length() + " bytes cannot be read: " + e.getMessage());
    }
  }
}

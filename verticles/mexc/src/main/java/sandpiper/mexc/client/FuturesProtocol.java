package sandpiper.mexc.client;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The futures' WebSocket: JSON both ways. A channel is the request that asks for it.
///
/// What is agreed to names the kind of channel alone, so agreements are counted.
class FuturesProtocol implements Protocol<Row> {
  private static final String AGREED = "rs.";
  private static final String NEWS = "push.";

  /// @param method such as `sub.deal`
  static String request(String method, JsonObject parameters) {
    return new JsonObject()
        .put("method", method)
        .put("param", parameters)
        // Texts as they are, not packed.
        .put("gzip", false)
        .encode();
  }

  @Override
  public List<String> requests(List<String> channels) {
    return channels;
  }

  @Override
  public String ping() {
    return "{\"method\":\"ping\"}";
  }

  @Override
  public @Nullable Row read(String text, Set<String> awaited) {
    if (!(ExactJson.read(text) instanceof JsonObject object)) {
      throw Protocol.unreadable("a text cannot be read: " + text);
    }
    var message = new Row(object);
    var channel = message.text("channel");
    if (channel.equals("rs.error")) {
      throw new MexcException(MexcError.SYMBOL, "MEXC refused: " + message.textOrNull("data"));
    }
    if (channel.startsWith(AGREED)) {
      agree(channel.substring(AGREED.length()), message, awaited);
    }
    return channel.startsWith(NEWS) ? message : null;
  }

  private static void agree(String method, Row message, Set<String> awaited) {
    if (!"success".equals(message.textOrNull("data"))) {
      throw new MexcException(
          MexcError.ACCESS, "MEXC refused " + method + ": " + message.textOrNull("data"));
    }
    var start = "{\"method\":\"" + method + "\"";
    awaited.stream().filter(each -> each.startsWith(start)).findFirst().ifPresent(awaited::remove);
  }

  @Override
  public @Nullable Row read(Buffer bytes) {
    throw Protocol.unreadable("a frame of " + bytes.length() + " bytes is no text");
  }
}

package sandpiper.gateway.http;

import io.vertx.core.json.Json;
import org.jspecify.annotations.Nullable;

/// Values as they stand in sentences.
public final class Words {
  private static final int MAX = 80;

  private Words() {}

  /// What somebody else sent, between quotation marks, at most 80 characters of it.
  public static String quoted(@Nullable Object value) {
    if (value == null) {
      return "null";
    }
    var text = value instanceof CharSequence chars ? chars.toString() : Json.encode(value);
    if (text.length() > MAX) {
      text = text.substring(0, MAX) + "…";
    }
    return value instanceof CharSequence ? "'" + text + "'" : text;
  }
}

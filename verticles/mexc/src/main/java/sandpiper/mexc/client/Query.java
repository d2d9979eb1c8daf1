package sandpiper.mexc.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import org.jspecify.annotations.Nullable;

/// The parameters of a request in the order in which they are sent and signed, percent-encoded with
/// capitals.
final class Query {
  private final StringBuilder text = new StringBuilder();

  /// @param value null for a parameter that is not sent
  Query add(String name, @Nullable Object value) {
    if (value != null) {
      text.append(text.isEmpty() ? "" : "&").append(name).append('=').append(encode(value));
    }
    return this;
  }

  private static String encode(Object value) {
    return URLEncoder.encode(value.toString(), UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return text.toString();
  }
}

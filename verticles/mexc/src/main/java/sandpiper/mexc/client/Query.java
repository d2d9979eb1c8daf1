package sandpiper.mexc.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.net.URLEncoder;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The parameters of a request in the order in which they are sent and signed, percent-encoded with
/// capitals.
final class Query {
  private final Map<String, String> parameters;

  Query() {
    this(new LinkedHashMap<>());
  }

  private Query(Map<String, String> parameters) {
    this.parameters = parameters;
  }

  /// @param value null for a parameter that is not sent
  Query add(String name, @Nullable Object value) {
    if (value != null) {
      parameters.put(name, value.toString());
    }
    return this;
  }

  /// The same by name.
  Query sorted() {
    return new Query(new TreeMap<>(parameters));
  }

  static String encode(String value) {
    return URLEncoder.encode(value, UTF_8).replace("+", "%20");
  }

  @Override
  public String toString() {
    return parameters.entrySet().stream()
        .map(each -> each.getKey() + "=" + encode(each.getValue()))
        .collect(Collectors.joining("&"));
  }
}

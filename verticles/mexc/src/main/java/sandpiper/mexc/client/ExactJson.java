package sandpiper.mexc.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Reads JSON whose numbers are money: decimals keep all their digits. Safe for use from several
/// threads.
final class ExactJson {
  private static final ObjectMapper MAPPER =
      new ObjectMapper().enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private ExactJson() {}

  /// @return an object, a list or a single value; null when it is no JSON
  static @Nullable Object read(String text) {
    try {
      return wrap(MAPPER.readValue(text, Object.class));
    } catch (JsonProcessingException _) {
      return null;
    }
  }

  @SuppressWarnings("unchecked") // names are texts in JSON
  private static @Nullable Object wrap(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Map<?, ?> map -> new JsonObject((Map<String, Object>) map);
      case List<?> list -> new JsonArray(list);
      default -> value;
    };
  }
}

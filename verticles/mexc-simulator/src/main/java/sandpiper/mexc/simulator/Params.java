package sandpiper.mexc.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.math.BigDecimal;
import java.net.URLDecoder;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// The parameters of a request, from its query and its body; the query wins.
final class Params {
  private static final int MAX_DIGITS = 40;

  private final Map<String, String> values = new HashMap<>();

  /// @throws Refused when one is not percent-encoded as it must be
  Params(String query, String body) {
    read(query);
    read(body);
  }

  /// Those of an order in a batch.
  Params(Map<String, ?> given) {
    given.forEach((name, value) -> {
      if (value != null) {
        values.put(name, value.toString());
      }
    });
  }

  private void read(String text) {
    if (text.isEmpty()) {
      return;
    }
    for (var pair : text.split("&")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        values.putIfAbsent(decode(pair.substring(0, equals)), decode(pair.substring(equals + 1)));
      }
    }
  }

  private static String decode(String text) {
    try {
      return URLDecoder.decode(text, UTF_8);
    } catch (IllegalArgumentException e) {
      throw Refused.of(33333, "Parameter error: " + e.getMessage());
    }
  }

  /// Null when it is missing or empty.
  @Nullable String text(String name) {
    var value = values.get(name);
    return value == null || value.isEmpty() ? null : value;
  }

  String required(String name) {
    var value = text(name);
    if (value == null) {
      throw Refused.of(44444, "Mandatory parameter '" + name + "' was not sent");
    }
    return value;
  }

  @Nullable BigDecimal decimal(String name) {
    var value = text(name);
    if (value == null) {
      return null;
    }
    if (value.length() <= MAX_DIGITS && value.matches("-?[0-9]+(\\.[0-9]+)?")) {
      return new BigDecimal(value);
    }
    throw Refused.of(33333, "Parameter error: " + name + " must be a decimal number");
  }

  @Nullable Long whole(String name) {
    var value = text(name);
    return value == null ? null : whole(name, value);
  }

  static long whole(String name, String value) {
    try {
      return Long.parseLong(value);
    } catch (NumberFormatException e) {
      throw Refused.of(33333, "Parameter error: " + name + " must be a whole number");
    }
  }

  /// @param most what a larger one comes to
  int limit(int without, int most) {
    var value = whole("limit");
    if (value == null) {
      return without;
    }
    if (value < 1) {
      throw Refused.of(33333, "Parameter error: limit must be above zero");
    }
    return (int) Math.min(value, most);
  }
}

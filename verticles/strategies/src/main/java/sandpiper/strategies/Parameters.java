package sandpiper.strategies;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/// The parameters that a script declares, and the check of what a user gives for them.
///
/// Types `int`, `float`, `bool`, `choice` (with `options`), `string`; `default` is needed, `min`,
/// `max` (inclusive) and `step` (counted from `min`, else from zero) are optional; one with `live:
/// true` may change while the strategy runs.
final class Parameters {
  private final JsonObject declared;

  /// @throws IllegalArgumentException when a declaration makes no sense
  Parameters(JsonObject declared) {
    this.declared = declared;
    resolve(Map.of());
  }

  /// As declared, by name.
  Map<String, Map<String, Object>> schema() {
    var schema = new LinkedHashMap<String, Map<String, Object>>();
    for (var name : declared.fieldNames()) {
      schema.put(name, declared.getJsonObject(name).getMap());
    }
    return schema;
  }

  /// All parameters: the given values, checked, and the defaults of the others.
  ///
  /// @param given numbers, booleans, or text as typed by a user
  /// @throws IllegalArgumentException naming the parameter, its value and what is allowed
  Map<String, Object> resolve(Map<String, Object> given) {
    var values = new TreeMap<String, Object>();
    for (var name : given.keySet()) {
      if (!declared.containsKey(name)) {
        throw new IllegalArgumentException(
            "unknown parameter '"
                + name
                + "'; "
                + (declared.isEmpty()
                    ? "there are none"
                    : "there are " + String.join(", ", declared.fieldNames())));
      }
    }
    for (var name : declared.fieldNames()) {
      if (!(declared.getValue(name) instanceof JsonObject declaration)) {
        throw new IllegalArgumentException(
            "parameter "
                + name
                + " must be declared as an object such as { type: 'int', default: 10 }");
      }
      var value = given.getOrDefault(name, declaration.getValue("default"));
      values.put(name, checked(name, declaration, value));
    }
    return values;
  }

  /// The parameters of a running instance after a change.
  ///
  /// @param present complete
  /// @throws IllegalArgumentException naming the parameter that is not declared `live`, or is wrong
  Map<String, Object> change(Map<String, Object> present, Map<String, Object> given) {
    for (var name : given.keySet()) {
      if (declared.getValue(name) instanceof JsonObject declaration
          && !Boolean.TRUE.equals(declaration.getValue("live"))) {
        throw new IllegalArgumentException(
            "parameter "
                + name
                + " cannot change while the strategy runs: it is not declared with live: true");
      }
    }
    var all = new TreeMap<>(present);
    all.putAll(given);
    return resolve(all);
  }

  /// Of `present`, what these declarations know; the rest is dropped.
  Map<String, Object> known(Map<String, Object> present) {
    var known = new TreeMap<>(present);
    known.keySet().retainAll(declared.fieldNames());
    return known;
  }

  private static Object checked(String name, JsonObject declaration, @Nullable Object value) {
    var type = declaration.getString("type", "");
    return switch (type) {
      case "int" -> number(name, declaration, value, true);
      case "float" -> number(name, declaration, value, false);
      case "bool" -> bool(name, value);
      case "choice" -> choice(name, declaration.getValue("options"), value);
      case "string" -> {
        if (value instanceof String text) {
          yield text;
        }
        throw wrong(name, "text", value);
      }
      default ->
          throw new IllegalArgumentException(
              "type of parameter "
                  + name
                  + " must be int, float, bool, choice or string, was '"
                  + type
                  + "'");
    };
  }

  private static Object number(
      String name, JsonObject declaration, @Nullable Object value, boolean whole) {
    double number =
        switch (value) {
          case Number n -> n.doubleValue();
          case String text -> parse(text);
          case null, default -> Double.NaN;
        };
    double min = bound(name, declaration, "min", Double.NEGATIVE_INFINITY);
    double max = bound(name, declaration, "max", Double.POSITIVE_INFINITY);
    double step = bound(name, declaration, "step", 0);
    boolean fits = number >= min && number <= max && !Double.isInfinite(number);
    if (!fits || (whole && number != Math.rint(number)) || !onGrid(number, min, step)) {
      var range =
          (Double.isInfinite(min) ? "" : " from " + text(min))
              + (Double.isInfinite(max) ? "" : " up to " + text(max))
              + (step > 0 ? " in steps of " + text(step) : "");
      throw wrong(name, (whole ? "a whole number" : "a number") + range, value);
    }
    if (whole) {
      return (long) number;
    }
    return number;
  }

  private static boolean onGrid(double number, double min, double step) {
    if (step <= 0) {
      return true;
    }
    double steps = (number - (Double.isInfinite(min) ? 0 : min)) / step;
    return Math.abs(steps - Math.rint(steps)) < 1e-9 * Math.max(1, Math.abs(steps));
  }

  private static double bound(String name, JsonObject declaration, String key, double standard) {
    return switch (declaration.getValue(key)) {
      case null -> standard;
      case Number number -> number.doubleValue();
      case Object other ->
          throw new IllegalArgumentException(
              key + " of parameter " + name + " must be a number, was " + other);
    };
  }

  private static Object bool(String name, @Nullable Object value) {
    return switch (value) {
      case Boolean b -> b;
      case String text when text.equals("true") || text.equals("false") ->
          Boolean.parseBoolean(text);
      case null, default -> throw wrong(name, "true or false", value);
    };
  }

  private static Object choice(String name, @Nullable Object declared, @Nullable Object value) {
    if (!(declared instanceof JsonArray options)) {
      throw new IllegalArgumentException(
          "options of parameter " + name + " must be an array, was " + declared);
    }
    for (var option : options) {
      if (value != null && option.toString().equals(value.toString())) {
        return option;
      }
    }
    throw wrong(name, "one of " + options.getList(), value);
  }

  private static IllegalArgumentException wrong(
      String name, String allowed, @Nullable Object value) {
    return new IllegalArgumentException(
        "parameter " + name + " must be " + allowed + ", was " + value);
  }

  /// Decimal digits only: `Double.parseDouble` would take `1d` for a number.
  private static double parse(String text) {
    try {
      return new BigDecimal(text).doubleValue();
    } catch (NumberFormatException e) {
      return Double.NaN;
    }
  }

  private static String text(double value) {
    return value == Math.rint(value) ? Long.toString((long) value) : Double.toString(value);
  }
}

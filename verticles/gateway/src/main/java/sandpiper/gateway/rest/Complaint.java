package sandpiper.gateway.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.OutputUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sandpiper.gateway.http.Words;

/// Says in one sentence what is wrong with a body: field, what it may be, what it was.
///
/// The validator knows where it stumbled; what is allowed there says the contract, as `x-allowed`.
public final class Complaint {
  private static final String ALLOWED = "x-allowed";

  private Complaint() {}

  /// @param found by the validator
  /// @param body as it was sent
  /// @param schema of the body, references resolved
  public static String about(OutputUnit found, Object body, JsonObject schema) {
    Object value = body;
    var place = schema;
    var name = new StringBuilder();
    for (var step : deepest(found)) {
      if (value instanceof JsonArray array) {
        value = Objects.requireNonNull(array.getValue(Integer.parseInt(step)));
        place = place.getJsonObject("items", new JsonObject());
        name.append('[').append(step).append(']');
      } else if (value instanceof JsonObject object) {
        var inner = property(place, step);
        if (inner == null) {
          break;
        }
        value = object.getValue(step);
        place = inner;
        name.append(name.isEmpty() ? "" : ".").append(step);
      }
    }
    return about(name.toString(), value, place);
  }

  /// The same for a parameter of the query.
  static String aboutParameter(String name, @Nullable String value, JsonObject schema) {
    return value == null ? missing(name, schema) : mustBe(name, value, schema);
  }

  private static String about(String name, @Nullable Object value, JsonObject schema) {
    if (value instanceof JsonObject object && schema.getJsonObject("properties") != null) {
      var prefix = name.isEmpty() ? "" : name + ".";
      var properties = schema.getJsonObject("properties");
      for (var required : schema.getJsonArray("required", new JsonArray())) {
        if (!object.containsKey(required.toString())) {
          return missing(prefix + required, properties.getJsonObject(required.toString()));
        }
      }
      for (var given : object.fieldNames()) {
        if (!properties.containsKey(given)) {
          return "There is no field "
              + Words.quoted(prefix + given)
              + "; allowed are "
              + String.join(", ", names(properties))
              + ".";
        }
      }
    }
    return mustBe(name.isEmpty() ? "The body" : name, value, schema);
  }

  private static String missing(String name, JsonObject schema) {
    return name + " is missing; it must be " + allowed(schema) + ".";
  }

  private static String mustBe(String name, @Nullable Object value, JsonObject schema) {
    var was = Contract.isSecret(schema) ? "" : ", was " + Words.quoted(value);
    return name + " must be " + allowed(schema) + was + ".";
  }

  private static String allowed(JsonObject schema) {
    return schema.getString(ALLOWED, "as the contract says");
  }

  private static @Nullable JsonObject property(JsonObject schema, String name) {
    var properties = schema.getJsonObject("properties", new JsonObject());
    return properties.containsKey(name)
        ? properties.getJsonObject(name)
        : schema.getValue("additionalProperties") instanceof JsonObject any ? any : null;
  }

  /// Without the notes that the validator leaves in schemas.
  private static List<String> names(JsonObject properties) {
    return properties.fieldNames().stream().filter(name -> !name.startsWith("__")).toList();
  }

  /// Steps from the body to the innermost thing that is wrong.
  private static List<String> deepest(OutputUnit unit) {
    var errors = unit.getErrors() == null ? List.of(unit) : unit.getErrors();
    return errors.stream()
        .map(OutputUnit::getInstanceLocation)
        .filter(Objects::nonNull)
        .map(Complaint::steps)
        .max(Comparator.comparingInt(List::size))
        .orElse(List.of());
  }

  /// Of a JSON pointer such as `#/strategies/0/name`.
  private static List<String> steps(String pointer) {
    var steps = new ArrayList<String>();
    for (var step : pointer.split("/", -1)) {
      if (!step.isEmpty() && !step.equals("#")) {
        steps.add(step.replace("~1", "/").replace("~0", "~"));
      }
    }
    return steps;
  }
}

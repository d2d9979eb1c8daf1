package sandpiper.gateway.bridge;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.json.schema.Draft;
import io.vertx.json.schema.JsonSchema;
import io.vertx.json.schema.JsonSchemaOptions;
import io.vertx.json.schema.OutputFormat;
import io.vertx.json.schema.OutputUnit;
import io.vertx.json.schema.Validator;
import io.vertx.openapi.impl.Utils;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Access.Permission;
import sandpiper.gateway.rest.Complaint;

/// Every address that clients may use, as the AsyncAPI document has them: what may be said there or
/// heard, by whom, and what a message looks like. What does not stand there is denied.
public final class BridgeContract {
  /// Says who a client is; the only address that is open to nobody in particular.
  public static final String LOGIN = "login";

  /// What clients may say.
  ///
  /// @param permission null for [#LOGIN] alone
  /// @param schema of the body, references resolved
  /// @param answer its schema
  public record Inbound(
      String address,
      @Nullable Permission permission,
      JsonObject schema,
      Validator validator,
      JsonObject answer) {
    /// @return one sentence; null when the body is as it should be
    @Nullable String complaint(@Nullable Object body) {
      if (!(body instanceof JsonObject object)) {
        return "The body must be a JSON object.";
      }
      OutputUnit found = validator.validate(object);
      return Boolean.TRUE.equals(found.getValid()) ? null : Complaint.about(found, object, schema);
    }
  }

  /// What clients may hear.
  ///
  /// @param address as in the document, with parameters in braces
  /// @param messages the schemas of what is said there, by the name of the message
  public record Outbound(
      String address, Pattern pattern, Permission permission, Map<String, JsonObject> messages) {}

  private final Map<String, Inbound> inbound = new LinkedHashMap<>();
  private final List<Outbound> outbound = new ArrayList<>();

  private BridgeContract(JsonObject document) {
    var operations = document.getJsonObject("operations");
    for (var name : operations.fieldNames()) {
      var operation = resolve(document, operations.getJsonObject(name));
      var channel = operation.getJsonObject("channel");
      var address = channel.getString("address");
      var permission = permission(name, address, operation.getString("x-permission"));
      switch (operation.getString("action")) {
        case "receive" -> {
          var answer = operation.getJsonObject("reply").getJsonObject("channel");
          inbound.put(address, inbound(address, permission, schema(channel), schema(answer)));
        }
        case "send" ->
            outbound.add(
                new Outbound(
                    address, pattern(address), requireNonNull(permission), messages(channel)));
        default -> throw new IllegalArgumentException(name + ": action must be send or receive");
      }
    }
  }

  /// Fails with one sentence when the document is broken.
  public static Future<BridgeContract> load(Vertx vertx, Path path) {
    var file = path.toAbsolutePath().toString();
    return vertx
        .fileSystem()
        .readFile(file)
        .compose(text -> Utils.yamlStringToJson(text.toString()))
        .map(BridgeContract::new)
        .recover(failure ->
            Future.failedFuture(
                new IllegalStateException(
                    "gateway.bridge must be an AsyncAPI 3 document, "
                        + file
                        + " is not: "
                        + failure.getMessage(),
                    failure)));
  }

  /// Null when nothing may be said there.
  public @Nullable Inbound inbound(@Nullable Object address) {
    return address instanceof String text ? inbound.get(text) : null;
  }

  /// Null when nothing can be heard there.
  public @Nullable Outbound outbound(@Nullable Object address) {
    return address instanceof String text
        ? outbound.stream()
            .filter(each -> each.pattern().matcher(text).matches())
            .findFirst()
            .orElse(null)
        : null;
  }

  public Set<String> inboundAddresses() {
    return inbound.keySet();
  }

  public List<Outbound> outbound() {
    return List.copyOf(outbound);
  }

  private static @Nullable Permission permission(
      String operation, String address, @Nullable String name) {
    if (name == null && !address.equals(LOGIN)) {
      throw new IllegalArgumentException(
          "operation '" + operation + "' must say its x-permission, does not");
    }
    return name == null ? null : Permission.valueOf(name.toUpperCase(Locale.ROOT));
  }

  private static Inbound inbound(
      String address, @Nullable Permission permission, JsonObject schema, JsonObject answer) {
    return new Inbound(address, permission, schema, validator(schema), answer);
  }

  /// @param schema without references, as the messages here have theirs
  public static Validator validator(JsonObject schema) {
    var options =
        new JsonSchemaOptions()
            .setBaseUri("https://sandpiper.invalid/")
            .setDraft(Draft.DRAFT202012)
            .setOutputFormat(OutputFormat.Basic);
    return Validator.create(JsonSchema.of(schema.copy()), options);
  }

  /// Of the only message.
  private static JsonObject schema(JsonObject channel) {
    return messages(channel).values().iterator().next();
  }

  private static Map<String, JsonObject> messages(JsonObject channel) {
    var schemas = new LinkedHashMap<String, JsonObject>();
    var messages = channel.getJsonObject("messages");
    for (var key : messages.fieldNames()) {
      var message = messages.getJsonObject(key);
      schemas.put(message.getString("name", key), message.getJsonObject("payload"));
    }
    return schemas;
  }

  private static Pattern pattern(String address) {
    return Pattern.compile(address.replace(".", "\\.").replaceAll("\\{[a-z_]+}", "[A-Za-z0-9_-]+"));
  }

  /// A copy with every reference replaced by what it points at; the document has no circles.
  private static JsonObject resolve(JsonObject document, JsonObject object) {
    if (object.getValue("$ref") instanceof String reference) {
      return resolve(document, at(document, reference));
    }
    var copy = new JsonObject();
    for (var name : object.fieldNames()) {
      copy.put(name, resolved(document, object.getValue(name)));
    }
    return copy;
  }

  private static @Nullable Object resolved(JsonObject document, @Nullable Object value) {
    return switch (value) {
      case null -> null;
      case JsonObject inner -> resolve(document, inner);
      case JsonArray array -> {
        var copy = new JsonArray();
        array.forEach(item -> copy.add(resolved(document, item)));
        yield copy;
      }
      default -> value;
    };
  }

  private static JsonObject at(JsonObject document, String reference) {
    var place = document;
    for (var step : reference.substring(2).split("/", -1)) {
      var inner = place.getJsonObject(step);
      if (inner == null) {
        throw new IllegalArgumentException("there is nothing at " + reference);
      }
      place = inner;
    }
    return place;
  }
}

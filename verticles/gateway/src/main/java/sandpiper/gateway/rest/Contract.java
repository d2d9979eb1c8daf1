package sandpiper.gateway.rest;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.OpenAPIContract;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.impl.Utils;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// The OpenAPI document: as written for people, and as the validator reads it.
///
/// The validator (5.0.10) refuses documents that name certain media types. It gets a copy in which
/// those are called by the names of [#READ_AS]; the document itself stays true.
///
/// @param text the document, byte for byte
/// @param openApi for routing and validation
public record Contract(Buffer text, OpenAPIContract openApi) {
  /// What `security` is called in the copy.
  static final String SECURITY = "x-security";

  /// Media types that the validator refuses, and the like ones that it knows; and what would make
  /// the router ask handlers of its own, after the body is read.
  static final Map<String, String> READ_AS =
      Map.of(
          "application/problem+json",
          "application/json",
          "application/yaml",
          "text/plain",
          "text/csv",
          "text/plain",
          ParquetExports.MEDIA_TYPE,
          "application/octet-stream",
          "security",
          SECURITY);

  /// Fails with one sentence when the document is broken.
  public static Future<Contract> load(Vertx vertx, Path path) {
    var file = path.toAbsolutePath().toString();
    return vertx
        .fileSystem()
        .readFile(file)
        .compose(text ->
            Utils.yamlStringToJson(text.toString())
                .compose(json -> OpenAPIContract.from(vertx, renamed(json)))
                .map(openApi -> new Contract(text, openApi)))
        .recover(failure ->
            Future.failedFuture(
                new IllegalStateException(
                    "gateway.contract must be an OpenAPI 3.1 document, "
                        + file
                        + " is not: "
                        + failure.getMessage(),
                    failure)));
  }

  /// What `path` takes; empty when the document has no such path.
  public List<String> methods(String path) {
    var found = openApi.findPath(path);
    return found == null
        ? List.of()
        : found.getOperations().stream()
            .map(operation -> operation.getHttpMethod().name())
            .toList();
  }

  /// Fields of the operation's body that are secrets: those that the document says are only
  /// written.
  Set<String> secrets(Operation operation) {
    var body = operation.getRequestBody();
    var content = body == null ? null : body.getContent().get(MediaType.APPLICATION_JSON);
    if (content == null) {
      return Set.of();
    }
    return content
        .getOpenAPIModel()
        .getJsonObject("schema", new JsonObject())
        .getJsonObject("properties", new JsonObject())
        .stream()
        .filter(field -> isSecret(field.getValue()))
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
  }

  static boolean isSecret(@Nullable Object schema) {
    return schema instanceof JsonObject object && object.getBoolean("writeOnly", false);
  }

  /// A copy that shares nothing, not even what was an alias in the YAML.
  private static JsonObject renamed(JsonObject object) {
    var copy = new JsonObject();
    for (var name : object.fieldNames()) {
      if (name.equals("requestBody") && isUpload(object.getJsonObject(name))) {
        copy.put(Upload.MARK, true);
        continue;
      }
      copy.put(READ_AS.getOrDefault(name, name), renamed(object.getValue(name)));
    }
    return copy;
  }

  /// What is received into a file is not for the validator.
  private static boolean isUpload(JsonObject body) {
    return Upload.isTaken(body.getJsonObject("content", new JsonObject()).fieldNames());
  }

  private static @Nullable Object renamed(@Nullable Object value) {
    return switch (value) {
      case null -> null;
      case JsonObject object -> renamed(object);
      case JsonArray array -> {
        var copy = new JsonArray();
        array.forEach(item -> copy.add(renamed(item)));
        yield copy;
      }
      default -> value;
    };
  }
}

package sandpiper.gateway.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Refusal;

/// What went wrong, as RFC 9457 has it; the only way in which an error leaves the gateway.
///
/// @param slug last part of `type`; programs may rely on it, so it never changes its meaning
/// @param title the same for every problem of the type
/// @param detail one sentence for people about this one
/// @param instance names the entry in the log that says more; null when there is none
/// @param members what `detail` says, for programs, by name; their names are in the contract
public record Problem(
    String slug,
    String title,
    int status,
    String detail,
    @Nullable String instance,
    Map<String, @Nullable Object> members) {
  public static final String MEDIA_TYPE = "application/problem+json";

  /// Under which the context of a request keeps the detail of the problem that was sent.
  public static final String SENT = "problem";

  public static Problem validation(String detail) {
    return new Problem("validation", "The request asks for what is not allowed", 400, detail);
  }

  public static Problem badJson(String detail) {
    return new Problem("bad-json", "The body is not JSON", 400, detail);
  }

  public static Problem badRequest(int status, String detail) {
    return new Problem("bad-request", "The request cannot be read", status, detail);
  }

  public static Problem notFound(String detail) {
    return new Problem("not-found", "There is no such thing", 404, detail);
  }

  public static Problem methodNotAllowed(String detail) {
    return new Problem("method-not-allowed", "The path takes other methods", 405, detail);
  }

  public static Problem tooLarge(String detail) {
    return new Problem("too-large", "The body is too large", 413, detail);
  }

  public static Problem unsupportedMediaType(String detail) {
    return new Problem("unsupported-media-type", "The body must be JSON", 415, detail);
  }

  public static Problem foreignHost(String detail) {
    return new Problem("foreign-host", "The request is addressed to another host", 403, detail);
  }

  public static Problem foreignOrigin(String detail) {
    return new Problem("foreign-origin", "Another site sent the request", 403, detail);
  }

  public static Problem unauthenticated(String detail) {
    return new Problem("unauthenticated", "Nobody is known to ask", 401, detail);
  }

  public static Problem forbidden(String detail) {
    return new Problem("forbidden", "This is for others to do", 403, detail);
  }

  public static Problem passwordMustChange(String detail) {
    return new Problem("password-must-change", "The password must be changed first", 403, detail);
  }

  public static Problem tooManyAttempts(String detail) {
    return new Problem("too-many-attempts", "Too many attempts failed", 429, detail);
  }

  public static Problem notReady(String detail) {
    return new Problem("not-ready", "The platform does not answer", 503, detail);
  }

  /// An accident: what happened stands in the log under `instance`, not here.
  public static Problem internal(String instance) {
    return new Problem(
        "internal",
        "Something went wrong here",
        500,
        "Something went wrong here; the server's log says what, under " + instance + ".",
        instance,
        Map.of());
  }

  public static Problem of(Refusal refusal) {
    var detail = String.valueOf(refusal.getMessage());
    var problem =
        switch (refusal.kind()) {
          case INVALID -> validation(detail);
          case UNKNOWN -> notFound(detail);
          case CONFLICT -> conflict(detail);
          case FAILED -> new Problem("failed", "The platform could not do it", 500, detail);
        };
    return problem.with(refusal.members());
  }

  private static Problem conflict(String detail) {
    return new Problem("conflict", "Its state does not allow that", 409, detail);
  }

  private Problem(String slug, String title, int status, String detail) {
    this(slug, title, status, detail, null, Map.of());
  }

  /// The same with members for programs.
  public Problem with(Map<String, @Nullable Object> members) {
    return new Problem(slug, title, status, detail, instance, members);
  }

  public JsonObject toJson() {
    var json =
        new JsonObject()
            .put("type", "/problems/" + slug)
            .put("title", title)
            .put("status", status)
            .put("detail", detail);
    if (instance != null) {
      json.put("instance", instance);
    }
    members.forEach(json::put);
    return json;
  }

  public void send(RoutingContext context) {
    context.put(SENT, detail);
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, MEDIA_TYPE)
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store")
        .end(toJson().toBuffer());
  }
}

package sandpiper.gateway.http;

import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Serves the console: the files under `webroot/` of the class path, and nothing else.
///
/// Not Vert.x's own static handler, which looks into the working directory first: started from a
/// checkout it would serve the console's sources. A name is served only when it is plain (no dot in
/// front, nothing encoded) and of a known type. Files stay in memory once read.
public final class ConsoleFiles implements Handler<RoutingContext> {
  private static final Pattern PLAIN =
      Pattern.compile("(?:/[A-Za-z0-9_-][A-Za-z0-9._-]*)+\\.([a-z0-9]+)");
  private static final Map<String, String> TYPES =
      Map.ofEntries(
          Map.entry("html", "text/html; charset=utf-8"),
          Map.entry("js", "text/javascript; charset=utf-8"),
          Map.entry("css", "text/css; charset=utf-8"),
          Map.entry("json", "application/json"),
          Map.entry("map", "application/json"),
          Map.entry("webmanifest", "application/manifest+json"),
          Map.entry("txt", "text/plain; charset=utf-8"),
          Map.entry("svg", "image/svg+xml"),
          Map.entry("png", "image/png"),
          Map.entry("ico", "image/x-icon"),
          Map.entry("webp", "image/webp"),
          Map.entry("woff2", "font/woff2"),
          Map.entry("wasm", "application/wasm"));

  private static final Map<String, String> PAGES =
      Map.of("/", "/index.html", "/docs", "/docs.html");

  private final Vertx vertx;
  private final Map<String, Buffer> files = new HashMap<>();

  public ConsoleFiles(Vertx vertx) {
    this.vertx = vertx;
  }

  @Override
  public void handle(RoutingContext context) {
    var method = context.request().method();
    var asked = context.normalizedPath();
    var path = PAGES.getOrDefault(asked, asked);
    var plain = PLAIN.matcher(path);
    var type = plain.matches() ? TYPES.get(plain.group(1)) : null;
    if (type == null || !(method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD))) {
      context.next();
      return;
    }
    var known = files.get(path);
    if (known != null) {
      send(context, path, type, known);
      return;
    }
    vertx
        .executeBlocking(() -> read(path))
        .onComplete(
            file -> {
              if (file == null) {
                context.next();
              } else {
                files.put(path, file);
                send(context, path, type, file);
              }
            },
            context::fail);
  }

  private static @Nullable Buffer read(String path) {
    try (var in = ConsoleFiles.class.getClassLoader().getResourceAsStream("webroot" + path)) {
      return in == null ? null : Buffer.buffer(in.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read webroot" + path, e);
    }
  }

  /// The build puts a hash of their content into the names of assets: those never change.
  private static void send(RoutingContext context, String path, String type, Buffer file) {
    context
        .response()
        .putHeader(HttpHeaders.CONTENT_TYPE, type)
        .putHeader(
            HttpHeaders.CACHE_CONTROL,
            path.startsWith("/assets/") ? "public, max-age=31536000, immutable" : "no-cache")
        .end(file);
  }
}

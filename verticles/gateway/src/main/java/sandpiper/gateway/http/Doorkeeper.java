package sandpiper.gateway.http;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.net.HostAndPort;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.SecurityPolicyHandler;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Every request passes here first, the upgrade to a socket included.
///
/// Who may do what is decided behind it. What is kept out here are the other web sites open in
/// somebody's browser, which reach the port too, and with the cookie of whoever has logged in:
/// - one that lets its own name point to this machine (DNS rebinding) shows in `Host`;
/// - one that sends requests or opens sockets across shows in `Origin`;
/// - a form that it submits without `Origin` cannot have the content type of JSON.
///
/// Each answer carries the headers that keep the console's pages from being framed, sniffed or made
/// to load anything from elsewhere.
public final class Doorkeeper implements SecurityPolicyHandler {
  private static final Set<HttpMethod> READING =
      Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);
  private static final Pattern LOOPBACK =
      Pattern.compile("localhost|127(\\.[0-9]{1,3}){3}|\\[?::1]?");
  private static final Pattern HOST = Pattern.compile("[A-Za-z0-9._-]+|\\[?[0-9A-Fa-f:.]+]?");

  /// The one command whose body is not JSON; a form cannot have these types either.
  private static final String IMPORT = "/api/data-collection/import";

  private static final List<String> IMPORTED =
      List.of("text/csv", "application/vnd.apache.parquet");

  private final String configuredHost;

  /// @param configuredHost the one the gateway listens on, allowed in `Host` as well
  public Doorkeeper(String configuredHost) {
    this.configuredHost = configuredHost;
  }

  /// Whether `host` keeps other machines out.
  public static boolean isLoopback(String host) {
    return LOOPBACK.matcher(host.toLowerCase(Locale.ROOT)).matches();
  }

  @Override
  public void handle(RoutingContext context) {
    var request = context.request();
    var authority = request.authority();
    putHeaders(context.response(), authority, request.isSSL());
    var problem = problem(context, authority);
    if (problem == null) {
      context.next();
    } else {
      problem.send(context);
    }
  }

  private @Nullable Problem problem(RoutingContext context, @Nullable HostAndPort authority) {
    var request = context.request();
    if (authority == null || !isAllowed(authority.host())) {
      return Problem.foreignHost(
          "Host must be a name of this machine, such as localhost, was "
              + Words.quoted(request.getHeader(HttpHeaders.HOST))
              + ".");
    }
    var origin = request.getHeader(HttpHeaders.ORIGIN);
    var own = request.scheme() + "://" + authority;
    if (origin != null && !origin.equalsIgnoreCase(own)) {
      return Problem.foreignOrigin(
          "Origin must be " + own + " or absent, was " + Words.quoted(origin) + ".");
    }
    var type = request.getHeader(HttpHeaders.CONTENT_TYPE);
    boolean isImport = IMPORT.equals(request.path());
    if (!READING.contains(request.method())
        && !is("application/json", type)
        && !(isImport && IMPORTED.stream().anyMatch(each -> is(each, type)))) {
      return Problem.unsupportedMediaType(
          "Content-Type must be "
              + (isImport ? String.join(" or ", IMPORTED) : "application/json")
              + ", was "
              + (type == null ? "absent" : Words.quoted(type))
              + ".");
    }
    return null;
  }

  private boolean isAllowed(String host) {
    return isLoopback(host) || host.equalsIgnoreCase(configuredHost);
  }

  private static boolean is(String wanted, @Nullable String type) {
    return type != null && type.split(";", 2)[0].strip().equalsIgnoreCase(wanted);
  }

  private static void putHeaders(
      HttpServerResponse response, @Nullable HostAndPort authority, boolean secure) {
    boolean named = authority != null && HOST.matcher(authority.host()).matches();
    response
        .putHeader(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; "
                + "img-src 'self' data:; font-src 'self'; connect-src 'self'"
                + (named ? (secure ? " wss://" : " ws://") + authority : "")
                + "; manifest-src 'self'; base-uri 'none'; form-action 'none'; "
                + "frame-ancestors 'none'")
        .putHeader("X-Content-Type-Options", "nosniff")
        .putHeader("Referrer-Policy", "no-referrer")
        .putHeader("Cross-Origin-Opener-Policy", "same-origin")
        .putHeader("Cross-Origin-Resource-Policy", "same-origin")
        .putHeader(HttpHeaders.CACHE_CONTROL, "no-store");
  }
}

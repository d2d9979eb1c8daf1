package sandpiper.gateway.auth;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.auth.User;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.AuthenticationHandler;
import io.vertx.ext.web.handler.HttpException;
import io.vertx.ext.web.handler.SimpleAuthenticationHandler;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Access.AccessToken;
import sandpiper.bus.Access.FindToken;
import sandpiper.bus.Access.FoundToken;
import sandpiper.bus.Access.TokenKind;
import sandpiper.bus.Access.TouchToken;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;

/// Finds out who sends a request: the login that a browser keeps in a cookie, or the token that a
/// client sends as `Authorization: Bearer`.
///
/// What was found is remembered for a few seconds; [#forget] ends that. Whoever asks for nothing
/// but to [lessen risk][LessensRisk] while the database does not answer is let in as [KnownLately].
/// A command by cookie must name its origin, which every browser does and the page of another site
/// cannot fake. Runs on the event loop of the server.
public final class Authentication {
  static final long LOGIN_LASTS = TimeUnit.DAYS.toMicros(7);

  private static final Logger LOG = LoggerFactory.getLogger(Authentication.class);
  private static final String COOKIE = "sandpiper_login";
  private static final String BEARER = "Bearer ";
  private static final long REMEMBERED_MILLIS = 5_000;
  private static final long PATIENCE_SECONDS = 2;
  private static final int MAX_REMEMBERED = 1_000;
  private static final long USE_IS_NOTED_EVERY = TimeUnit.MINUTES.toMicros(1);

  private final Bus bus;
  private final LongSupplier wallClock;
  private final boolean secure;
  private final KnownLately lately;
  private final Map<String, Identity> remembered =
      new LinkedHashMap<>() {
        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Identity> eldest) {
          return size() > MAX_REMEMBERED;
        }
      };

  /// @param wallClock UTC microseconds
  /// @param secure whether cookies travel by TLS only
  public Authentication(Vertx vertx, Bus bus, LongSupplier wallClock, boolean secure) {
    this.bus = bus;
    this.wallClock = wallClock;
    this.secure = secure;
    lately = new KnownLately(wallClock, System::nanoTime);
    vertx.setPeriodic(REMEMBERED_MILLIS, _ -> remembered.clear());
  }

  /// Lets nobody pass who is not known.
  public AuthenticationHandler handler() {
    return handler("");
  }

  /// The same for an operation of the contract.
  ///
  /// @param operation that is asked for
  public AuthenticationHandler handler(String operation) {
    boolean stops = LessensRisk.is(operation);
    return SimpleAuthenticationHandler.create()
        .authenticate(context -> authenticate(context, stops));
  }

  /// Whoever was known has to be looked up again.
  public void forget() {
    remembered.clear();
    lately.clear();
  }

  /// Who has this token; null when it is not good any more. For clients that do not come by HTTP.
  public Future<@Nullable Identity> client(String secret) {
    return find(Secrets.hash(secret))
        .map(identity -> identity == null || identity.kind() != TokenKind.CLIENT ? null : identity);
  }

  /// Whether somebody who came in once would be let in now, as the same. Who cannot be looked up
  /// stays.
  public Future<Boolean> isStill(Identity identity) {
    return find(identity.secretHash())
        .map(now -> now != null && now.permissions().equals(identity.permissions()))
        .otherwise(true);
  }

  void keep(RoutingContext context, String secret) {
    context
        .response()
        .addCookie(cookie(secret).setMaxAge(TimeUnit.MICROSECONDS.toSeconds(LOGIN_LASTS)));
  }

  void drop(RoutingContext context) {
    context.response().addCookie(cookie("").setMaxAge(0));
  }

  private Cookie cookie(String value) {
    return Cookie.cookie(COOKIE, value)
        .setPath("/")
        .setHttpOnly(true)
        .setSecure(secure)
        .setSameSite(CookieSameSite.STRICT);
  }

  private Future<User> authenticate(RoutingContext context, boolean stops) {
    var request = context.request();
    var header = request.getHeader(HttpHeaders.AUTHORIZATION);
    if (header != null) {
      return header.startsWith(BEARER)
          ? identify(header.substring(BEARER.length()), TokenKind.CLIENT, stops)
          : unknown("Authorization must be 'Bearer' and a token.");
    }
    var cookie = request.getCookie(COOKIE);
    if (cookie == null) {
      return unknown("Log in, or send a token as 'Authorization: Bearer …'.");
    }
    return mustNameItsOrigin(request) && request.getHeader(HttpHeaders.ORIGIN) == null
        ? Future.failedFuture(
            new HttpException(403, "A command of somebody who has logged in must name its Origin."))
        : identify(cookie.getValue(), TokenKind.LOGIN, stops);
  }

  private static boolean mustNameItsOrigin(HttpServerRequest request) {
    var method = request.method();
    boolean reads = method.equals(HttpMethod.GET) || method.equals(HttpMethod.HEAD);
    return !reads || request.headers().contains(HttpHeaders.UPGRADE);
  }

  private Future<User> identify(String secret, TokenKind kind, boolean stops) {
    var hash = Secrets.hash(secret);
    return (stops ? findOrKnownLately(hash) : find(hash))
        .compose(identity ->
            identity == null || identity.kind() != kind
                ? unknown(
                    kind == TokenKind.LOGIN
                        ? "The login is over; log in again."
                        : "The token is not known, has expired or was revoked.")
                : Future.succeededFuture(identity.toUser()))
        .recover(failure ->
            Future.failedFuture(
                failure instanceof HttpException
                    ? failure
                    : new HttpException(503, "Nobody can be let in now", failure)));
  }

  private Future<@Nullable Identity> find(String hash) {
    var known = remembered.get(hash);
    return known != null
        ? Future.succeededFuture(known)
        : bus.ask(Channels.FIND_TOKEN, new FindToken(hash)).map(found -> remember(hash, found));
  }

  /// For whoever wants to lessen risk and cannot wait for long.
  private Future<@Nullable Identity> findOrKnownLately(String hash) {
    var known = lately.find(hash);
    return known == null
        ? find(hash)
        : find(hash)
            .timeout(PATIENCE_SECONDS, TimeUnit.SECONDS)
            .recover(failure -> {
              LOG.warn(
                  "{} is let in to lessen risk, as known before: {}", known, failure.getMessage());
              return Future.succeededFuture(known);
            });
  }

  private @Nullable Identity remember(String hash, FoundToken found) {
    var token = found.token();
    var user = found.user();
    long now = wallClock.getAsLong();
    if (token == null
        || user == null
        || user.disabled()
        || (token.expiresAt() != null && token.expiresAt() <= now)) {
      lately.remove(hash);
      return null;
    }
    note(token, now);
    var identity = Identity.of(user, token);
    remembered.put(hash, identity);
    lately.add(hash, identity, token.expiresAt());
    return identity;
  }

  /// A login that is used goes on.
  private void note(AccessToken token, long now) {
    if (token.lastUsedAt() == null || now - token.lastUsedAt() >= USE_IS_NOTED_EVERY) {
      var until = token.kind() == TokenKind.LOGIN ? now + LOGIN_LASTS : null;
      bus.ask(Channels.TOUCH_TOKEN, new TouchToken(token.tokenId(), now, until))
          .onFailure(failure -> LOG.warn("the use of {} was not noted", token, failure));
    }
  }

  private static <T> Future<T> unknown(String detail) {
    return Future.failedFuture(new HttpException(401, detail));
  }
}

package sandpiper.gateway.auth;

import io.vertx.core.Future;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.Collection;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Access.AccessToken;
import sandpiper.bus.Access.ChangeUser;
import sandpiper.bus.Access.DeleteToken;
import sandpiper.bus.Access.EndLogins;
import sandpiper.bus.Access.FindUser;
import sandpiper.bus.Access.Permission;
import sandpiper.bus.Access.TokenKind;
import sandpiper.bus.Access.UserAccount;
import sandpiper.bus.Access.WriteToken;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Refusal;

/// Lets people in by password and programs by token, and out again. Runs on the event loop of the
/// server.
public final class Logins {
  /// That may fail before somebody has to wait: one user from one address, and one address.
  private static final int FREE_BY_USER = 5;

  private static final int FREE_BY_ADDRESS = 50;
  private static final int MAX_LABEL = 100;

  private final Bus bus;
  private final Passwords passwords;
  private final Authentication authentication;
  private final AuditTrail audit;
  private final LongSupplier wallClock;
  private final Throttle throttle;
  private final Predicates gone;

  /// Told whose sockets have to close.
  @FunctionalInterface
  public interface Predicates {
    void accept(Predicate<Identity> whose);
  }

  /// @param secret shown this once
  public record MadeToken(AccessToken token, String secret) {
    @Override
    public String toString() {
      return token.toString();
    }
  }

  /// @param wallClock UTC microseconds
  public Logins(
      Bus bus,
      Passwords passwords,
      Authentication authentication,
      AuditTrail audit,
      LongSupplier wallClock,
      Predicates gone) {
    this.bus = bus;
    this.passwords = passwords;
    this.authentication = authentication;
    this.audit = audit;
    this.wallClock = wallClock;
    this.gone = gone;
    throttle = new Throttle(wallClock);
  }

  /// Sets the cookie. Fails with 401 when user or password is wrong, with 429 after too many
  /// attempts; those are not written down, so that they cannot fill the audit log.
  public Future<Identity> logIn(RoutingContext context, String user, String password) {
    var address = context.request().remoteAddress().hostAddress();
    var byUser = user + " from " + address;
    var byAddress = "anybody from " + address;
    long wait = Math.max(throttle.wait(byUser), throttle.wait(byAddress));
    if (wait > 0) {
      context.response().putHeader("Retry-After", String.valueOf(wait));
      return Future.failedFuture(
          new HttpException(
              429, "Too many attempts to log in failed; try again in " + wait + " s."));
    }
    throttle.attempt(byUser, FREE_BY_USER);
    throttle.attempt(byAddress, FREE_BY_ADDRESS);
    return audit
        .begin(context, "login", user, null, Set.of())
        .compose(_ -> verified(user, password))
        .compose(account -> {
          throttle.succeeded(byUser);
          throttle.succeeded(byAddress);
          return begin(context, account);
        });
  }

  /// Ends the login, and the sockets that were opened with it.
  public Future<Void> logOut(RoutingContext context) {
    var identity = Identity.of(context.user());
    authentication.drop(context);
    return bus.ask(Channels.DELETE_TOKEN, new DeleteToken(identity.tokenId(), identity.user()))
        .map(_ -> {
          onTokenGone(identity.tokenId());
          return null;
        });
  }

  /// Ends all other logins of the user. Fails with 403 when the current password is wrong.
  public Future<Void> changePassword(RoutingContext context, String current, String password) {
    var identity = Identity.of(context.user());
    Passwords.check(password, identity.user());
    return verified(identity.user(), current)
        .recover(failure ->
            Future.failedFuture(
                failure instanceof HttpException http && http.getStatusCode() == 401
                    ? new HttpException(403, "The current password is wrong.")
                    : failure))
        .compose(_ -> {
          if (password.equals(current)) {
            throw Refusal.invalid("password must be another one than the current");
          }
          return passwords.hashed(password);
        })
        .compose(hash ->
            bus.ask(Channels.CHANGE_USER, new ChangeUser(identity.user(), null, hash, false, null)))
        .compose(_ -> endAll(identity.user(), identity.tokenId()));
  }

  /// Makes a token for a program.
  ///
  /// @param days after which it expires; null for never
  public Future<MadeToken> createToken(
      String user, String label, Collection<Permission> permissions, @Nullable Integer days) {
    long now = wallClock.getAsLong();
    var expires = days == null ? null : now + TimeUnit.DAYS.toMicros(days);
    return make(user, TokenKind.CLIENT, label, Set.copyOf(permissions), expires);
  }

  /// Ends the logins of a user, and their sockets.
  ///
  /// @param except a token to spare; null for none
  public Future<Void> endAll(String user, @Nullable String except) {
    return bus.ask(Channels.END_LOGINS, new EndLogins(user, except))
        .map(_ -> {
          authentication.forget();
          gone.accept(identity ->
              identity.user().equals(user)
                  && identity.kind() == TokenKind.LOGIN
                  && !identity.tokenId().equals(except));
          return null;
        });
  }

  /// What the user may do is not what it was.
  public void onUserChanged(String user) {
    authentication.forget();
    gone.accept(identity -> identity.user().equals(user));
  }

  public void onTokenGone(String tokenId) {
    authentication.forget();
    gone.accept(identity -> identity.tokenId().equals(tokenId));
  }

  private Future<UserAccount> verified(String name, String password) {
    return bus.ask(Channels.FIND_USER, new FindUser(name))
        .compose(found -> {
          var user = found.user();
          return passwords
              .verify(user == null ? null : user.passwordHash(), password)
              .compose(right ->
                  user != null && right && !user.disabled()
                      ? Future.succeededFuture(user)
                      : Future.failedFuture(new HttpException(401, "User or password is wrong.")));
        });
  }

  private Future<Identity> begin(RoutingContext context, UserAccount account) {
    var browser = context.request().getHeader("User-Agent");
    var label = browser == null ? "a browser" : browser;
    return make(
            account.name(),
            TokenKind.LOGIN,
            label.length() > MAX_LABEL ? label.substring(0, MAX_LABEL) : label,
            EnumSet.allOf(Permission.class),
            wallClock.getAsLong() + Authentication.LOGIN_LASTS)
        .map(made -> {
          authentication.keep(context, made.secret());
          return Identity.of(account, made.token());
        });
  }

  private Future<MadeToken> make(
      String user,
      TokenKind kind,
      String label,
      Set<Permission> permissions,
      @Nullable Long expires) {
    var secret = Secrets.token();
    var token =
        new AccessToken(
            Secrets.tokenId(),
            user,
            kind,
            label,
            Secrets.hash(secret),
            permissions,
            wallClock.getAsLong(),
            expires,
            null);
    return bus.ask(Channels.WRITE_TOKEN, new WriteToken(token))
        .map(_ -> new MadeToken(token, secret));
  }
}

package sandpiper.app;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Access.CreateUser;
import sandpiper.bus.Access.ListUsers;
import sandpiper.bus.Access.Role;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.gateway.auth.Passwords;
import sandpiper.gateway.auth.Secrets;

/// Makes the user `admin` when there is nobody yet.
final class FirstAdmin {
  static final String NAME = "admin";

  private final Bus bus;
  private final Passwords passwords;

  FirstAdmin(Vertx vertx) {
    bus = new Bus(vertx);
    passwords = new Passwords(vertx);
  }

  /// @param given the password to be; null to make one up that has to be changed at the first login
  /// @return what was made up; null when there are users already, or a password was given
  Future<@Nullable String> create(@Nullable String given) {
    return bus.ask(Channels.LIST_USERS, new ListUsers())
        .compose(list -> list.users().isEmpty() ? make(given) : Future.succeededFuture());
  }

  private Future<@Nullable String> make(@Nullable String given) {
    var password = given == null ? Secrets.oneTimePassword() : given;
    return passwords
        .hashed(password)
        .compose(hash ->
            bus.ask(
                Channels.CREATE_USER, new CreateUser(NAME, Role.ADMIN, hash, given == null, true)))
        .map(_ -> given == null ? password : null);
  }
}

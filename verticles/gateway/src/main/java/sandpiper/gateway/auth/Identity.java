package sandpiper.gateway.auth;

import io.vertx.core.json.JsonObject;
import io.vertx.ext.auth.User;
import io.vertx.ext.auth.authorization.Authorization;
import io.vertx.ext.auth.authorization.PermissionBasedAuthorization;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Access.AccessToken;
import sandpiper.bus.Access.Permission;
import sandpiper.bus.Access.Role;
import sandpiper.bus.Access.TokenKind;
import sandpiper.bus.Access.UserAccount;

/// Who is asking. Travels with a request as the [User] that Vert.x knows.
///
/// @param permissions those of the role that the token has as well; none while the password must be
///   changed
/// @param secretHash by which it is looked up again
public record Identity(
    String user,
    Role role,
    boolean mustChange,
    String tokenId,
    TokenKind kind,
    Set<Permission> permissions,
    String secretHash) {
  private static final String KEY = "identity";

  static Identity of(UserAccount user, AccessToken token) {
    var permissions = EnumSet.noneOf(Permission.class);
    if (!user.mustChange()) {
      permissions.addAll(user.role().permissions());
      permissions.retainAll(token.permissions());
    }
    return new Identity(
        user.name(),
        user.role(),
        user.mustChange(),
        token.tokenId(),
        token.kind(),
        permissions,
        token.secretHash());
  }

  /// Of somebody who has been let in.
  public static Identity of(@Nullable User user) {
    if (user != null && user.attributes().getValue(KEY) instanceof Identity identity) {
      return identity;
    }
    throw new IllegalStateException("nobody was let in");
  }

  @Override
  public String toString() {
    return "Identity[" + user + " by " + tokenId + "]";
  }

  User toUser() {
    var authorizations = new HashSet<Authorization>();
    permissions.forEach(each -> authorizations.add(authorization(each)));
    var attributes = new JsonObject();
    attributes.getMap().put(KEY, this);
    var known = User.create(new JsonObject().put("username", user), attributes);
    known.authorizations().put("role", authorizations);
    return known;
  }

  public static Authorization authorization(Permission permission) {
    return PermissionBasedAuthorization.create(permission.name().toLowerCase(Locale.ROOT));
  }
}

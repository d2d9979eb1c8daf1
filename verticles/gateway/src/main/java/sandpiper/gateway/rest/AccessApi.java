package sandpiper.gateway.rest;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Access.AccessToken;
import sandpiper.bus.Access.AuditRow;
import sandpiper.bus.Access.ChangeUser;
import sandpiper.bus.Access.CreateUser;
import sandpiper.bus.Access.DeleteToken;
import sandpiper.bus.Access.DeleteUser;
import sandpiper.bus.Access.ListAudit;
import sandpiper.bus.Access.ListTokens;
import sandpiper.bus.Access.ListUsers;
import sandpiper.bus.Access.Permission;
import sandpiper.bus.Access.Role;
import sandpiper.bus.Access.UserAccount;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Refusal;
import sandpiper.gateway.auth.Identity;
import sandpiper.gateway.auth.Logins;
import sandpiper.gateway.auth.Passwords;
import sandpiper.gateway.auth.Secrets;

/// The operations about users, logins, tokens and the audit log.
final class AccessApi {
  private static final int DEFAULT_LIMIT = 100;

  private final Bus bus;
  private final Logins logins;
  private final Passwords passwords;

  AccessApi(Bus bus, Logins logins, Passwords passwords) {
    this.bus = bus;
    this.logins = logins;
    this.passwords = passwords;
  }

  Future<Answer> login(Call call) {
    var body = Requests.body(call.request());
    return logins
        .logIn(call.context(), body.getString("user"), body.getString("password"))
        .map(identity -> Answer.ok(view(identity)));
  }

  Future<Answer> logout(Call call) {
    return logins.logOut(call.context()).map(_ -> Answer.ok(new JsonObject()));
  }

  Future<Answer> whoAmI(Call call) {
    return Future.succeededFuture(Answer.ok(view(call.identity())));
  }

  Future<Answer> changePassword(Call call) {
    var body = Requests.body(call.request());
    return logins
        .changePassword(call.context(), body.getString("current"), body.getString("password"))
        .map(_ -> Answer.ok(new JsonObject()));
  }

  Future<Answer> listUsers(Call call) {
    return bus.ask(Channels.LIST_USERS, new ListUsers())
        .map(list -> {
          var users = new JsonArray();
          list.users().forEach(user -> users.add(view(user)));
          return Answer.ok(new JsonObject().put("users", users));
        });
  }

  /// Answers with a password that is good for choosing another one.
  Future<Answer> createUser(Call call) {
    var body = Requests.body(call.request());
    var password = Secrets.oneTimePassword();
    return passwords
        .hashed(password)
        .compose(hash ->
            bus.ask(
                Channels.CREATE_USER,
                new CreateUser(body.getString("user"), role(body), hash, true, false)))
        .map(user -> Answer.json(201, view(user).put("one_time_password", password)).secret());
  }

  Future<Answer> changeUser(Call call) {
    var body = Requests.body(call.request());
    var change =
        new ChangeUser(
            user(call),
            body.getString("role") == null ? null : role(body),
            null,
            null,
            body.getBoolean("disabled"));
    return bus.ask(Channels.CHANGE_USER, change)
        .map(changed -> {
          logins.onUserChanged(changed.name());
          return Answer.ok(view(changed));
        });
  }

  Future<Answer> resetPassword(Call call) {
    var password = Secrets.oneTimePassword();
    return passwords
        .hashed(password)
        .compose(hash ->
            bus.ask(Channels.CHANGE_USER, new ChangeUser(user(call), null, hash, true, null)))
        .compose(changed -> logins.endAll(changed.name(), null).map(changed))
        .map(changed -> Answer.ok(view(changed).put("one_time_password", password)).secret());
  }

  Future<Answer> deleteUser(Call call) {
    var name = user(call);
    return bus.ask(Channels.DELETE_USER, new DeleteUser(name))
        .map(_ -> {
          logins.onUserChanged(name);
          return Answer.ok(new JsonObject().put("user", name));
        });
  }

  /// An admin sees those of all users.
  Future<Answer> listTokens(Call call) {
    return bus.ask(Channels.LIST_TOKENS, new ListTokens(whose(call)))
        .map(list -> {
          var tokens = new JsonArray();
          list.tokens().forEach(token -> tokens.add(view(token)));
          return Answer.ok(new JsonObject().put("tokens", tokens));
        });
  }

  Future<Answer> createToken(Call call) {
    var body = Requests.body(call.request());
    var permissions =
        body.getJsonArray("permissions").stream()
            .map(text -> Permission.valueOf(text.toString().toUpperCase(Locale.ROOT)))
            .toList();
    for (var permission : permissions) {
      if (!call.identity().permissions().contains(permission)) {
        throw Refusal.invalid(
            "permissions must be among those of the user, "
                + call.identity().permissions().stream().map(Permission::text).toList()
                + ", was "
                + permission.text());
      }
    }
    return logins
        .createToken(
            call.user(), body.getString("label"), permissions, body.getInteger("expires_in_days"))
        .map(made -> Answer.json(201, view(made.token()).put("secret", made.secret())).secret());
  }

  Future<Answer> deleteToken(Call call) {
    var id = Requests.inPath(call.request(), "token_id");
    return bus.ask(Channels.DELETE_TOKEN, new DeleteToken(id, whose(call)))
        .map(_ -> {
          logins.onTokenGone(id);
          return Answer.ok(new JsonObject().put("token_id", id));
        });
  }

  Future<Answer> listAudit(Call call) {
    int limit = Requests.number(call.request(), "limit", DEFAULT_LIMIT);
    var cursor = Requests.text(call.request(), "cursor");
    return bus.ask(
            Channels.LIST_AUDIT,
            new ListAudit(
                limit,
                cursor == null ? null : Long.valueOf(cursor),
                Requests.text(call.request(), "user")))
        .map(page -> {
          var items = new JsonArray();
          page.rows().forEach(row -> items.add(view(row)));
          var next =
              page.rows().size() < limit ? null : String.valueOf(page.rows().getLast().number());
          return Answer.ok(new JsonObject().put("items", items).put("next_cursor", next));
        });
  }

  private static @Nullable String whose(Call call) {
    return call.identity().permissions().contains(Permission.ADMIN) ? null : call.user();
  }

  private static String user(Call call) {
    return Requests.inPath(call.request(), "user");
  }

  private static Role role(JsonObject body) {
    return Role.valueOf(body.getString("role").toUpperCase(Locale.ROOT));
  }

  private static JsonObject view(Identity identity) {
    return new JsonObject()
        .put("user", identity.user())
        .put("role", identity.role().text())
        .put("permissions", texts(identity.permissions()))
        .put("must_change", identity.mustChange());
  }

  private static JsonObject view(UserAccount user) {
    return new JsonObject()
        .put("user", user.name())
        .put("role", user.role().text())
        .put("must_change", user.mustChange())
        .put("disabled", user.disabled())
        .put("created_at", user.createdAt());
  }

  private static JsonObject view(AccessToken token) {
    return new JsonObject()
        .put("token_id", token.tokenId())
        .put("user", token.userName())
        .put("kind", token.kind().text())
        .put("label", token.label())
        .put("permissions", texts(token.permissions()))
        .put("created_at", token.createdAt())
        .put("expires_at", token.expiresAt())
        .put("last_used_at", token.lastUsedAt());
  }

  private static JsonObject view(AuditRow row) {
    var entry = row.entry();
    return new JsonObject()
        .put("entry", row.number())
        .put("at", entry.at())
        .put("user", entry.user())
        .put("token_id", entry.tokenId())
        .put("remote", entry.remote())
        .put("operation", entry.operation())
        .put("target", entry.target())
        .put("detail", entry.detail())
        .put("status", entry.status())
        .put("problem", entry.problem());
  }

  private static JsonArray texts(Iterable<Permission> permissions) {
    var texts = new JsonArray();
    permissions.forEach(permission -> texts.add(permission.text()));
    return texts;
  }
}

package sandpiper.gateway.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.contract.Operation;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Access.Permission;
import sandpiper.bus.Access.TokenKind;
import sandpiper.gateway.auth.Identity;
import sandpiper.gateway.http.Problem;

/// Who may call an operation, as its `security` in the contract says. An operation without one is
/// open to nobody: the gateway does not start.
///
/// @param kinds of what may let somebody in; empty when the operation is open to everybody
/// @param permission that is needed; null when being known is enough
record Demand(Set<TokenKind> kinds, @Nullable Permission permission) {
  static Demand of(Operation operation) {
    var security = operation.getOpenAPIModel().getJsonArray(Contract.SECURITY);
    if (security == null) {
      throw new IllegalStateException(
          "gateway.contract must say in 'security' who may call '"
              + operation.getOperationId()
              + "', does not");
    }
    var kinds = EnumSet.noneOf(TokenKind.class);
    Permission permission = null;
    for (var requirement : security) {
      for (var scheme : ((JsonObject) requirement)) {
        if (!scheme.getKey().startsWith("__")) {
          kinds.add(kind(scheme.getKey()));
          permission = permission(operation, (JsonArray) scheme.getValue());
        }
      }
    }
    return new Demand(kinds, permission);
  }

  boolean isOpen() {
    return kinds.isEmpty();
  }

  /// Lets somebody pass who is known and may do it.
  void handle(RoutingContext context) {
    var problem = problem(Identity.of(context.user()), context);
    if (problem == null) {
      context.next();
    } else {
      problem.send(context);
    }
  }

  private @Nullable Problem problem(Identity identity, RoutingContext context) {
    if (!kinds.contains(identity.kind())) {
      return Problem.forbidden("This needs somebody who has logged in; a token is not enough.");
    }
    if (permission == null) {
      return null;
    }
    if (identity.mustChange()) {
      return Problem.passwordMustChange(
          "Choose a password of your own first: POST /api/me/password.");
    }
    return Identity.authorization(permission).match(context.user())
        ? null
        : Problem.forbidden(
            "This needs the permission %s; user '%s', %s, has %s here."
                .formatted(
                    permission.text(),
                    identity.user(),
                    identity.role().text(),
                    identity.permissions().isEmpty()
                        ? "none"
                        : identity.permissions().stream()
                            .map(Permission::text)
                            .collect(Collectors.joining(", "))));
  }

  private static TokenKind kind(String scheme) {
    return switch (scheme) {
      case "session" -> TokenKind.LOGIN;
      case "token" -> TokenKind.CLIENT;
      default ->
          throw new IllegalStateException(
              "gateway.contract must name session or token in 'security', has " + scheme);
    };
  }

  private static @Nullable Permission permission(Operation operation, JsonArray scopes) {
    return switch (scopes.size()) {
      case 0 -> null;
      case 1 -> Permission.valueOf(scopes.getString(0).toUpperCase(Locale.ROOT));
      default ->
          throw new IllegalStateException(
              "gateway.contract must ask for one permission at most, '"
                  + operation.getOperationId()
                  + "' has "
                  + scopes);
    };
  }
}

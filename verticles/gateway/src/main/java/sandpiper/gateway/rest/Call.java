package sandpiper.gateway.rest;

import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.validation.ValidatedRequest;
import sandpiper.gateway.auth.Identity;

/// One request that the contract has let pass.
record Call(RoutingContext context, ValidatedRequest request) {
  /// Who sent it; only of operations that are not open to everybody.
  Identity identity() {
    return Identity.of(context.user());
  }

  String user() {
    return identity().user();
  }
}

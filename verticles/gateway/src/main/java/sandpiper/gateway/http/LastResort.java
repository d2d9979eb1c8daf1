package sandpiper.gateway.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import java.util.List;
import java.util.function.Function;

/// Answers what nobody else did: the path is unknown, or takes other methods.
public final class LastResort implements Handler<RoutingContext> {
  private final Function<String, List<String>> methods;

  /// @param methods that a path takes; empty when there is no such path
  public LastResort(Function<String, List<String>> methods) {
    this.methods = methods;
  }

  @Override
  public void handle(RoutingContext context) {
    var path = context.normalizedPath();
    var allowed = methods.apply(path);
    if (allowed.isEmpty()) {
      Problem.notFound("There is nothing at " + Words.quoted(path) + ".").send(context);
      return;
    }
    var list = String.join(", ", allowed);
    context.response().putHeader(HttpHeaders.ALLOW, list);
    Problem.methodNotAllowed(
            "The method of "
                + path
                + " must be "
                + list
                + ", was "
                + context.request().method()
                + ".")
        .send(context);
  }
}

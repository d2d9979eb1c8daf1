package sandpiper.gateway.http;

import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;
import sandpiper.gateway.system.Readiness;

/// Turns requests away while the platform starts or stops, but for those that ask whether it does.
public final class OpeningHours implements Handler<RoutingContext> {
  private static final String HEALTH = "/health/";
  private static final String RETRY_SECONDS = "1";

  private final Readiness readiness;

  public OpeningHours(Readiness readiness) {
    this.readiness = readiness;
  }

  @Override
  public void handle(RoutingContext context) {
    if (readiness.phase() == Readiness.Phase.UP || context.normalizedPath().startsWith(HEALTH)) {
      context.next();
      return;
    }
    context.response().putHeader(HttpHeaders.RETRY_AFTER, RETRY_SECONDS);
    Problem.notReady(String.join(" ", readiness.reasons())).send(context);
  }
}

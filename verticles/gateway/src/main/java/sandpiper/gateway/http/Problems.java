package sandpiper.gateway.http;

import io.netty.handler.codec.http.TooLongHttpHeaderException;
import io.netty.handler.codec.http.TooLongHttpLineException;
import io.vertx.core.Handler;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.HttpException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Refusal;

/// Turns every failure of every route into a [Problem]; accidents go to the log, and only there.
public final class Problems implements Handler<RoutingContext> {
  private static final Logger LOG = LoggerFactory.getLogger(Problems.class);

  @Override
  public void handle(RoutingContext context) {
    if (context.response().ended() || context.response().headWritten()) {
      context.response().reset();
      return;
    }
    problem(context).send(context);
  }

  /// Answers what is not even HTTP, or too long for it; no route ever sees that.
  public static void onUnreadable(HttpServerRequest request) {
    int status =
        switch (request.decoderResult().cause()) {
          case TooLongHttpLineException _ -> 414;
          case TooLongHttpHeaderException _ -> 431;
          default -> 400;
        };
    request
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, Problem.MEDIA_TYPE)
        .putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE)
        .end(unreadable(status).toJson().toBuffer())
        .onComplete(_ -> request.connection().close());
  }

  private static Problem unreadable(int status) {
    return Problem.badRequest(
        status, "The request cannot be read: check its address, headers and body.");
  }

  private static Problem problem(RoutingContext context) {
    var failure = context.failure();
    if (failure instanceof Refusal refusal) {
      return Problem.of(refusal);
    }
    int status =
        failure instanceof HttpException http ? http.getStatusCode() : context.statusCode();
    if (status == 413) {
      return Problem.tooLarge("The body must be at most 1 MB.");
    }
    if (failure instanceof HttpException refused && refused.getPayload() != null) {
      switch (status) {
        case 401 -> {
          return Problem.unauthenticated(refused.getPayload());
        }
        case 403 -> {
          return Problem.forbidden(refused.getPayload());
        }
        case 429 -> {
          return Problem.tooManyAttempts(refused.getPayload());
        }
        case 503 -> {
          LOG.error("{}", refused.getPayload(), refused);
          return Problem.notReady(refused.getPayload() + ".");
        }
        default -> {}
      }
    }
    if (status >= 400 && status < 500) {
      return unreadable(status);
    }
    var instance = "urn:uuid:" + UUID.randomUUID();
    LOG.error(
        "{} {} failed, {}",
        context.request().method(),
        context.request().path(),
        instance,
        failure);
    return Problem.internal(instance);
  }
}

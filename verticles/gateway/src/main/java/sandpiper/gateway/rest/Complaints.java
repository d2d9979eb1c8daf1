package sandpiper.gateway.rest;

import static java.util.Objects.requireNonNull;

import io.vertx.core.Handler;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import io.vertx.openapi.contract.Location;
import io.vertx.openapi.contract.MediaType;
import io.vertx.openapi.contract.Operation;
import io.vertx.openapi.contract.Parameter;
import io.vertx.openapi.validation.SchemaValidationException;
import io.vertx.openapi.validation.ValidatorException;
import org.jspecify.annotations.Nullable;
import sandpiper.gateway.http.Problem;

/// Answers requests to one operation that the contract does not let pass; other failures go on to
/// the next handler.
final class Complaints implements Handler<RoutingContext> {
  private final Operation operation;

  Complaints(Operation operation) {
    this.operation = operation;
  }

  @Override
  public void handle(RoutingContext context) {
    var failure = context.failure();
    if (failure != null && failure.getCause() instanceof ValidatorException refused) {
      problem(context, refused).send(context);
    } else {
      context.next();
    }
  }

  private Problem problem(RoutingContext context, ValidatorException refused) {
    var parameter = parameter(refused);
    if (parameter != null) {
      return Problem.validation(
          Complaint.aboutParameter(
              parameter.getName(),
              value(context, parameter),
              parameter.getOpenAPIModel().getJsonObject("schema")));
    }
    var body = context.body().buffer();
    if (body == null || body.length() == 0) {
      return Problem.badJson("The body must be a JSON object, was empty.");
    }
    try {
      var value = Json.decodeValue(body);
      return refused instanceof SchemaValidationException mismatch
          ? Problem.validation(Complaint.about(mismatch.getOutputUnit(), value, schema()))
          : Problem.validation(String.valueOf(refused.getMessage()));
    } catch (DecodeException e) {
      return Problem.badJson("The body must be a JSON object: " + firstLine(e) + ".");
    }
  }

  private static @Nullable String value(RoutingContext context, Parameter parameter) {
    if (parameter.getIn() == Location.PATH) {
      return context.pathParam(parameter.getName());
    }
    if (parameter.getIn() == Location.HEADER) {
      return context.request().getHeader(parameter.getName());
    }
    var values = context.queryParam(parameter.getName());
    return values.isEmpty() ? null : values.getFirst();
  }

  /// The validator names the parameter in its message only.
  private @Nullable Parameter parameter(ValidatorException refused) {
    var message = String.valueOf(refused.getMessage()) + " ";
    return operation.getParameters().stream()
        .filter(parameter -> message.contains(" parameter " + parameter.getName() + " "))
        .findFirst()
        .orElse(null);
  }

  private JsonObject schema() {
    var content = operation.getRequestBody().getContent();
    return requireNonNull(content.get(MediaType.APPLICATION_JSON))
        .getOpenAPIModel()
        .getJsonObject("schema");
  }

  private static String firstLine(DecodeException failure) {
    return String.valueOf(failure.getMessage()).lines().findFirst().orElse("");
  }
}

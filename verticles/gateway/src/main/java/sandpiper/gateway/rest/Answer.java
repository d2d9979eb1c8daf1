package sandpiper.gateway.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;
import sandpiper.gateway.http.Problem;

/// What an operation answers.
///
/// @param isSecret whether it is shown this once and kept nowhere
record Answer(int status, String mediaType, Buffer body, boolean isSecret) {
  static Answer json(int status, JsonObject body) {
    return new Answer(status, "application/json", body.toBuffer(), false);
  }

  static Answer ok(JsonObject body) {
    return json(200, body);
  }

  static Answer text(String mediaType, Buffer body) {
    return new Answer(200, mediaType, body, false);
  }

  static Answer problem(Problem problem) {
    return new Answer(problem.status(), Problem.MEDIA_TYPE, problem.toJson().toBuffer(), false);
  }

  Answer secret() {
    return new Answer(status, mediaType, body, true);
  }

  void send(RoutingContext context) {
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
        .end(body);
  }
}

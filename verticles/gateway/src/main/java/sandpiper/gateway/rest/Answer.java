package sandpiper.gateway.rest;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/// What an operation answers when it worked.
record Answer(int status, String mediaType, Buffer body) {
  static Answer json(int status, JsonObject body) {
    return new Answer(status, "application/json", body.toBuffer());
  }

  static Answer ok(JsonObject body) {
    return json(200, body);
  }

  static Answer text(String mediaType, Buffer body) {
    return new Answer(200, mediaType, body);
  }

  void send(RoutingContext context) {
    context
        .response()
        .setStatusCode(status)
        .putHeader(HttpHeaders.CONTENT_TYPE, mediaType)
        .end(body);
  }
}

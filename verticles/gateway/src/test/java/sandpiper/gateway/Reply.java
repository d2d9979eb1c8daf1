package sandpiper.gateway;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;

/// An answer over HTTP.
public record Reply(HttpResponse<Buffer> response) {
  public int status() {
    return response.statusCode();
  }

  /// Empty when there is none.
  public String header(String name) {
    var value = response.getHeader(name);
    return value == null ? "" : value;
  }

  public Buffer body() {
    var body = response.body();
    return body == null ? Buffer.buffer() : body;
  }

  public JsonObject json() {
    return body().toJsonObject();
  }

  /// Of a problem.
  public String type() {
    return json().getString("type");
  }

  /// Of a problem.
  public String detail() {
    return json().getString("detail");
  }
}

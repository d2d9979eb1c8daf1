package sandpiper.gateway.rest;

import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.core.streams.WriteStream;
import io.vertx.ext.web.RoutingContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.gateway.http.Problem;

/// What an operation answers.
///
/// @param isSecret whether it is shown this once and kept nowhere
/// @param download what follows the body, piece by piece, as a file; null for what is whole
record Answer(
    int status, String mediaType, Buffer body, boolean isSecret, @Nullable Download download) {
  private static final Logger LOG = LoggerFactory.getLogger(Answer.class);

  /// A file that is made while it is sent.
  interface Download {
    /// In the characters of file names that every system takes.
    String fileName();

    /// Completes when all is written; waits while the reader is slow.
    Future<Void> writeTo(WriteStream<Buffer> out);
  }

  Answer(int status, String mediaType, Buffer body, boolean isSecret) {
    this(status, mediaType, body, isSecret, null);
  }

  static Answer json(int status, JsonObject body) {
    return new Answer(status, "application/json", body.toBuffer(), false);
  }

  static Answer ok(JsonObject body) {
    return json(200, body);
  }

  static Answer text(String mediaType, Buffer body) {
    return new Answer(200, mediaType, body, false);
  }

  static Answer file(String mediaType, Download download) {
    return new Answer(200, mediaType, Buffer.buffer(), false, download);
  }

  static Answer problem(Problem problem) {
    return new Answer(problem.status(), Problem.MEDIA_TYPE, problem.toJson().toBuffer(), false);
  }

  Answer secret() {
    return new Answer(status, mediaType, body, true);
  }

  void send(RoutingContext context) {
    var response =
        context.response().setStatusCode(status).putHeader(HttpHeaders.CONTENT_TYPE, mediaType);
    if (download == null) {
      response.end(body);
      return;
    }
    // Whoever reads must not take a part for the whole: the connection breaks.
    response
        .putHeader(
            HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + download.fileName() + "\"")
        .setChunked(true);
    download
        .writeTo(response)
        .compose(_ -> response.end())
        .onFailure(failure -> {
          LOG.warn("{} was not sent whole: {}", download.fileName(), failure.getMessage());
          response.reset();
        });
  }
}

package sandpiper.mexc.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// Requests on their way to the exchange and answers on their way back: what is an answer, what is
/// an error, and which kind of error. For one event loop.
final class RestCalls {
  private static final int OK = 200;
  private static final int REDIRECT = 300;
  private static final int TOO_MANY = 429;
  private static final int BANNED = 418;
  private static final int SERVER_ERROR = 500;
  private static final int ATTEMPTS = 3;
  private static final long PAUSE = 250;
  private static final long WITHOUT_RETRY_AFTER = 5;
  private static final long LONGEST_RETRY_AFTER = 600;

  private final Vertx vertx;
  private final WebClient http;
  private final URI address;
  private final Duration timeout;
  private final Reader reader;
  private final Throttle all;

  /// Reads the body of an answer.
  interface Reader {
    /// @return null when it is no JSON
    @Nullable Object read(@Nullable Buffer body);
  }

  /// One request, ready to go.
  ///
  /// @param uri path and query exactly as they are sent: what was signed must not be encoded anew
  /// @param body null for none
  /// @param name for people
  record Call(
      HttpMethod method,
      String uri,
      Map<String, String> headers,
      @Nullable String body,
      String name) {
    boolean isQuestion() {
      return method.equals(HttpMethod.GET);
    }
  }

  /// @param all what is blocked when the exchange wants to be left alone
  RestCalls(Vertx vertx, URI address, Duration timeout, Reader reader, Throttle all) {
    this.vertx = vertx;
    this.address = address;
    this.timeout = timeout;
    this.reader = reader;
    this.all = all;
    var options =
        new WebClientOptions()
            .setUserAgent("sandpiper")
            .setFollowRedirects(false)
            .setConnectTimeout((int) timeout.toMillis());
    http = WebClient.create(vertx, options);
  }

  void close() {
    http.close();
  }

  /// Does it again, up to three times in all, while the exchange is busy or does not answer.
  Future<Object> persist(Supplier<Future<Object>> question) {
    return attempt(question, 1);
  }

  private Future<Object> attempt(Supplier<Future<Object>> work, int number) {
    return work.get()
        .recover(failure -> {
          boolean again =
              number < ATTEMPTS
                  && failure instanceof MexcException refused
                  && isPassing(refused.error());
          return again
              ? vertx
                  .timer(PAUSE << number, TimeUnit.MILLISECONDS)
                  .compose(_ -> attempt(work, number + 1))
              : Future.failedFuture(failure);
        });
  }

  private static boolean isPassing(MexcError error) {
    return error == MexcError.BUSY || error == MexcError.SERVER || error == MexcError.UNCERTAIN;
  }

  /// Once, and now.
  Future<Object> send(Call call) {
    var options =
        new RequestOptions()
            .setHost(address.getHost())
            .setPort(MexcConfig.port(address))
            .setSsl(MexcConfig.isSecure(address))
            .setURI(call.uri());
    var request =
        http.request(call.method(), options)
            .timeout(timeout.toMillis())
            .putHeader("Content-Type", "application/json");
    call.headers().forEach(request::putHeader);
    var body = call.body();
    return (body == null ? request.send() : request.sendBuffer(Buffer.buffer(body)))
        .recover(failure -> Future.failedFuture(unanswered(call, failure)))
        .map(response -> read(call, response));
  }

  private static MexcException unanswered(Call call, Throwable failure) {
    return new MexcException(
        MexcError.UNCERTAIN,
        "MEXC did not answer " + call.name() + ": " + failure.getClass().getSimpleName());
  }

  /// @throws MexcException when it is not what was asked for
  private Object read(Call call, HttpResponse<Buffer> response) {
    int status = response.statusCode();
    var body = reader.read(response.bodyAsBuffer());
    if (status == TOO_MANY || status == BANNED) {
      throw tooMuch(call, response);
    }
    if (status >= SERVER_ERROR) {
      throw new MexcException(
          call.isQuestion() ? MexcError.SERVER : MexcError.UNCERTAIN,
          "MEXC failed at " + call.name() + " with HTTP status " + status);
    }
    if (body instanceof JsonObject object && isError(object)) {
      throw refused(call, response, new Row(object));
    }
    if (status < OK || status >= REDIRECT) {
      throw new MexcException(
          MexcError.OTHER, "MEXC refused " + call.name() + " with HTTP status " + status);
    }
    if (body == null) {
      throw new MexcException(
          call.isQuestion() ? MexcError.SERVER : MexcError.UNCERTAIN,
          "MEXC's answer to " + call.name() + " is no JSON");
    }
    return body;
  }

  private MexcException refused(Call call, HttpResponse<Buffer> response, Row row) {
    int code = (int) row.whole("code");
    var error = MexcError.of(code);
    if (error == MexcError.BUSY) {
      return tooMuch(call, response);
    }
    var said = row.textOrNull("msg");
    return new MexcException(
        error,
        code,
        0,
        "MEXC refused %s with %d: %s"
            .formatted(call.name(), code, said == null ? row.textOrNull("message") : said));
  }

  /// Some answers bear a code although all is well.
  private static boolean isError(JsonObject object) {
    var code = object.getValue("code");
    return code != null && !code.toString().equals("0") && !code.toString().equals("200");
  }

  private MexcException tooMuch(Call call, HttpResponse<Buffer> response) {
    long seconds = WITHOUT_RETRY_AFTER;
    try {
      var header = response.getHeader("Retry-After");
      seconds = header == null ? seconds : Long.parseLong(header.strip());
    } catch (NumberFormatException _) {
      // A date, or nonsense: the usual pause is as good.
    }
    long millis = TimeUnit.SECONDS.toMillis(Math.clamp(seconds, 1, LONGEST_RETRY_AFTER));
    all.blockFor(millis);
    return new MexcException(
        MexcError.BUSY,
        TOO_MANY,
        millis,
        "MEXC has too many requests, %s was turned away; it may be asked again in %d ms"
            .formatted(call.name(), millis));
  }
}

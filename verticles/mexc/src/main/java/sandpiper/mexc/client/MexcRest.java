package sandpiper.mexc.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpResponse;
import io.vertx.ext.web.client.WebClient;
import io.vertx.ext.web.client.WebClientOptions;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sandpiper.mexc.Signing;

/// Sends requests to MEXC's spot REST: not more than may be, signed exactly as they are sent, with
/// the exchange's clock.
///
/// Questions are asked up to three times when the exchange is busy or does not answer. What changes
/// something is sent once: what became of it when no answer came, [MexcError#UNCERTAIN], only the
/// one who sent it can look up. It is sent again in one case: when its time was refused, for then
/// nothing was done. For one event loop.
public final class MexcRest {
  private static final int OK = 200;
  private static final int REDIRECT = 300;
  private static final int TOO_MANY = 429;
  private static final int BANNED = 418;
  private static final int SERVER_ERROR = 500;
  private static final int ATTEMPTS = 3;
  private static final long PAUSE = 250;
  private static final long WITHOUT_RETRY_AFTER = 5;
  private static final long LONGEST_RETRY_AFTER = 600;
  private static final long CLOCK_HOLDS = 600_000;
  private static final long RECEIVE_WINDOW = 5_000;

  private final Vertx vertx;
  private final MexcConfig config;
  private final WebClient http;
  private final ServerClock clock;
  private final Throttle all;
  private final Throttle orders;
  private final Throttle account;
  private final Throttle batches;
  private @Nullable Future<?> setting;

  /// Which other limit counts a request.
  enum Limit {
    NONE,
    ORDER,
    ACCOUNT,
    BATCH
  }

  /// @param path below `/api/v3/`
  /// @param query of a signed request without time and signature
  record Request(HttpMethod method, String path, Query query, Limit limit) {
    /// That changes nothing, of the market.
    static Request of(String path, Query query) {
      return new Request(HttpMethod.GET, path, query, Limit.NONE);
    }

    boolean isQuestion() {
      return method.equals(HttpMethod.GET);
    }

    @Override
    public String toString() {
      return method + " " + path;
    }
  }

  /// On the event loop that uses it.
  public MexcRest(Vertx vertx, MexcConfig config) {
    this(vertx, config, System::nanoTime);
  }

  /// @param nanos a clock that never goes back
  MexcRest(Vertx vertx, MexcConfig config, LongSupplier nanos) {
    this.vertx = vertx;
    this.config = config;
    var options =
        new WebClientOptions()
            .setUserAgent("sandpiper")
            .setFollowRedirects(false)
            .setConnectTimeout((int) config.timeout().toMillis());
    http = WebClient.create(vertx, options);
    clock = new ServerClock(nanos);
    var limits = config.limits();
    all = new Throttle(vertx, limits.requests(), nanos);
    orders = new Throttle(vertx, limits.orders(), nanos);
    account = new Throttle(vertx, limits.account(), nanos);
    batches = new Throttle(vertx, limits.batches(), nanos);
  }

  /// Nothing can be asked any more.
  public void close() {
    http.close();
  }

  Vertx vertx() {
    return vertx;
  }

  MexcConfig config() {
    return config;
  }

  /// Asks the exchange for its time and sets the clock of what is signed by it.
  Future<Long> setClock() {
    return send(Request.of("time", new Query()))
        .map(answer -> {
          long millis = Row.of(answer, "time").whole("serverTime");
          clock.set(millis);
          return millis;
        });
  }

  /// An answer to everybody.
  Future<Object> send(Request request) {
    return attempt(request, () -> exchange(request, request.query().toString(), null), 1);
  }

  /// An answer to the holder of a key.
  Future<Object> send(Request request, Credentials credentials, Signing signing) {
    return attempt(request, () -> signed(request, credentials, signing), 1)
        .recover(failure -> {
          if (failure instanceof MexcException refused && refused.error() == MexcError.CLOCK) {
            return setClock()
                .transform(set ->
                    set.failed()
                        ? Future.failedFuture(refused)
                        : signed(request, credentials, signing));
          }
          return Future.failedFuture(failure);
        });
  }

  private Future<Object> attempt(Request request, Supplier<Future<Object>> work, int number) {
    return work.get()
        .recover(failure -> {
          boolean again =
              request.isQuestion()
                  && number < ATTEMPTS
                  && failure instanceof MexcException refused
                  && isPassing(refused.error());
          return again
              ? vertx
                  .timer(PAUSE << number, TimeUnit.MILLISECONDS)
                  .compose(_ -> attempt(request, work, number + 1))
              : Future.failedFuture(failure);
        });
  }

  private static boolean isPassing(MexcError error) {
    return error == MexcError.BUSY || error == MexcError.SERVER || error == MexcError.UNCERTAIN;
  }

  /// Signed when its turn has come, for a signature grows old.
  private Future<Object> signed(Request request, Credentials credentials, Signing signing) {
    return withClock()
        .compose(_ -> turn(request))
        .compose(_ -> {
          var query =
              new Query()
                  .add("recvWindow", RECEIVE_WINDOW)
                  .add("timestamp", clock.millis())
                  .toString();
          var given = request.query().toString();
          var whole = given.isEmpty() ? query : given + "&" + query;
          return sendNow(
              request, whole + "&signature=" + signing.sign(whole, ""), credentials.key());
        });
  }

  /// All who need the clock at once wait for one answer; when it is only old, nobody does.
  private Future<?> withClock() {
    var asked = setting;
    if (asked == null && clock.isOlderThan(CLOCK_HOLDS)) {
      asked = setClock().recover(failure -> Future.failedFuture(withoutClock(failure)));
      setting = asked;
      var _ = asked.onComplete(_ -> setting = null);
    }
    return asked == null || clock.isKnown() ? Future.succeededFuture() : asked;
  }

  /// What needs the clock was not sent at all.
  private static MexcException withoutClock(Throwable failure) {
    return new MexcException(MexcError.CLOCK, "MEXC's time is not known: " + failure.getMessage());
  }

  private Future<Void> turn(Request request) {
    var other =
        switch (request.limit()) {
          case NONE -> Future.<Void>succeededFuture();
          case ORDER -> orders.take();
          case ACCOUNT -> account.take();
          case BATCH -> batches.take();
        };
    return other.compose(_ -> all.take());
  }

  private Future<Object> exchange(Request request, String query, @Nullable String key) {
    return turn(request).compose(_ -> sendNow(request, query, key));
  }

  /// The client gets the request line as it is: what was signed must not be encoded anew.
  private Future<Object> sendNow(Request request, String query, @Nullable String key) {
    var uri = "/api/v3/" + request.path() + (query.isEmpty() ? "" : "?" + query);
    var options =
        new RequestOptions()
            .setHost(config.rest().getHost())
            .setPort(MexcConfig.port(config.rest()))
            .setSsl(MexcConfig.isSecure(config.rest()))
            .setURI(uri);
    var call =
        http.request(request.method(), options)
            .timeout(config.timeout().toMillis())
            .putHeader("Content-Type", "application/json");
    if (key != null) {
      call.putHeader("X-MEXC-APIKEY", key);
    }
    return call.send()
        .recover(failure -> Future.failedFuture(unanswered(request, failure)))
        .map(response -> read(request, response));
  }

  private static MexcException unanswered(Request request, Throwable failure) {
    return new MexcException(
        MexcError.UNCERTAIN,
        "MEXC did not answer " + request + ": " + failure.getClass().getSimpleName());
  }

  /// @throws MexcException when it is not what was asked for
  private Object read(Request request, HttpResponse<Buffer> response) {
    int status = response.statusCode();
    var body = decode(response);
    if (status == TOO_MANY || status == BANNED) {
      throw tooMuch(request, response);
    }
    if (status >= SERVER_ERROR) {
      throw new MexcException(
          request.isQuestion() ? MexcError.SERVER : MexcError.UNCERTAIN,
          "MEXC failed at " + request + " with HTTP status " + status);
    }
    if (body instanceof JsonObject object && isError(object)) {
      var row = new Row(object);
      int code = (int) row.whole("code");
      if (code == TOO_MANY) {
        throw tooMuch(request, response);
      }
      throw new MexcException(
          MexcError.of(code),
          code,
          0,
          "MEXC refused %s with %d: %s".formatted(request, code, row.textOrNull("msg")));
    }
    if (status < OK || status >= REDIRECT) {
      throw new MexcException(
          MexcError.OTHER, "MEXC refused " + request + " with HTTP status " + status);
    }
    if (body == null) {
      throw new MexcException(
          request.isQuestion() ? MexcError.SERVER : MexcError.UNCERTAIN,
          "MEXC's answer to " + request + " is no JSON");
    }
    return body;
  }

  private static @Nullable Object decode(HttpResponse<Buffer> response) {
    var body = response.bodyAsBuffer();
    try {
      return body == null ? null : Json.decodeValue(body);
    } catch (DecodeException _) {
      return null;
    }
  }

  /// Some answers bear a code although all is well.
  private static boolean isError(JsonObject object) {
    var code = object.getValue("code");
    return code != null && !code.toString().equals("0") && !code.toString().equals("200");
  }

  private MexcException tooMuch(Request request, HttpResponse<Buffer> response) {
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
            .formatted(request, millis));
  }
}

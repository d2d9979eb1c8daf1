package sandpiper.mexc.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.JsonObject;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sandpiper.mexc.Signing;

/// Sends requests to MEXC's futures, as [MexcRest] does to the spot market: not more than may be,
/// questions up to three times, what changes something once. Signatures stand in headers here, and
/// what is asked for in an envelope. For one event loop.
public final class FuturesRest {
  private final Vertx vertx;
  private final FuturesConfig config;
  private final RestCalls calls;
  private final SigningClock clock;
  private final Throttle all;
  private final Throttle orders;
  private final Throttle details;

  /// Which other limit counts a request.
  enum Limit {
    NONE,
    ORDER,
    DETAIL
  }

  /// @param path below `/api/v1/`
  /// @param parameters of the query: sorted by name when it is signed
  /// @param body JSON exactly as it is sent; null for none
  record Request(
      HttpMethod method, String path, Query parameters, @Nullable String body, Limit limit) {
    static Request get(String path, Query parameters) {
      return new Request(HttpMethod.GET, path, parameters, null, Limit.NONE);
    }

    static Request post(String path, String body, Limit limit) {
      return new Request(HttpMethod.POST, path, new Query(), body, limit);
    }

    private boolean isQuestion() {
      return method.equals(HttpMethod.GET);
    }
  }

  /// On the event loop that uses it.
  public FuturesRest(Vertx vertx, FuturesConfig config) {
    this(vertx, config, System::nanoTime);
  }

  /// @param nanos a clock that never goes back
  FuturesRest(Vertx vertx, FuturesConfig config, LongSupplier nanos) {
    this.vertx = vertx;
    this.config = config;
    var limits = config.limits();
    all = new Throttle(vertx, limits.requests(), nanos);
    orders = new Throttle(vertx, limits.orders(), nanos);
    details = new Throttle(vertx, limits.details(), nanos);
    calls = new RestCalls(vertx, config.rest(), config.timeout(), FuturesRest::decode, all);
    clock = new SigningClock(nanos, this::askTime);
  }

  /// Nothing can be asked any more.
  public void close() {
    calls.close();
  }

  Vertx vertx() {
    return vertx;
  }

  FuturesConfig config() {
    return config;
  }

  SigningClock clock() {
    return clock;
  }

  private Future<Long> askTime() {
    return send(Request.get("contract/ping", new Query())).map(data -> Row.whole(data, "time"));
  }

  /// An answer to everybody, out of its envelope.
  Future<Object> send(Request request) {
    return attempt(
        request,
        () -> turn(request).compose(_ -> sendNow(request, request.parameters(), Map.of())));
  }

  /// An answer to the holder of a key, out of its envelope.
  Future<Object> send(Request request, Credentials credentials, Signing signing) {
    return clock.withClock(
        attempt(request, () -> signed(request, credentials, signing)),
        () -> signed(request, credentials, signing));
  }

  private Future<Object> attempt(Request request, Supplier<Future<Object>> work) {
    return request.isQuestion() ? calls.persist(work) : work.get();
  }

  /// Signed when its turn has come, for a signature grows old.
  private Future<Object> signed(Request request, Credentials credentials, Signing signing) {
    return clock
        .ready()
        .compose(_ -> turn(request))
        .compose(_ -> {
          var time = Long.toString(clock.millis());
          var body = request.body();
          var signature =
              signing.sign(
                  credentials.key() + time,
                  body == null ? request.parameters().sorted().toString() : body);
          return sendNow(
              request,
              request.parameters().sorted(),
              Map.of("ApiKey", credentials.key(), "Request-Time", time, "Signature", signature));
        });
  }

  private Future<Void> turn(Request request) {
    var other =
        switch (request.limit()) {
          case NONE -> Future.<Void>succeededFuture();
          case ORDER -> orders.take();
          case DETAIL -> details.take();
        };
    return other.compose(_ -> all.take());
  }

  private Future<Object> sendNow(Request request, Query query, Map<String, String> headers) {
    var text = query.toString();
    return calls
        .send(
            new RestCalls.Call(
                request.method(),
                "/api/v1/" + request.path() + (text.isEmpty() ? "" : "?" + text),
                headers,
                request.body(),
                request.method() + " " + request.path()))
        .map(FuturesRest::open);
  }

  /// One answer has been seen without an envelope.
  private static Object open(Object answer) {
    if (answer instanceof JsonObject envelope && envelope.containsKey("success")) {
      if (!new Row(envelope).is("success")) {
        throw new MexcException(MexcError.OTHER, "MEXC refused: " + envelope.getValue("message"));
      }
      var data = envelope.getValue("data");
      return data == null ? new JsonObject() : data;
    }
    return answer;
  }

  private static @Nullable Object decode(@Nullable Buffer body) {
    return body == null ? null : ExactJson.read(body.toString());
  }
}

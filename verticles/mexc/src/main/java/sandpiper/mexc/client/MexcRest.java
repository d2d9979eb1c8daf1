package sandpiper.mexc.client;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.Json;
import java.util.Map;
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
  private static final long RECEIVE_WINDOW = 5_000;

  private final Vertx vertx;
  private final MexcConfig config;
  private final RestCalls calls;
  private final SigningClock clock;
  private final Throttle all;
  private final Throttle orders;
  private final Throttle account;
  private final Throttle batches;

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
    var limits = config.limits();
    all = new Throttle(vertx, limits.requests(), nanos);
    orders = new Throttle(vertx, limits.orders(), nanos);
    account = new Throttle(vertx, limits.account(), nanos);
    batches = new Throttle(vertx, limits.batches(), nanos);
    calls = new RestCalls(vertx, config.rest(), config.timeout(), MexcRest::decode, all);
    clock = new SigningClock(nanos, this::askTime);
  }

  /// Nothing can be asked any more.
  public void close() {
    calls.close();
  }

  Vertx vertx() {
    return vertx;
  }

  MexcConfig config() {
    return config;
  }

  /// Asks the exchange for its time and sets the clock of what is signed by it.
  Future<Long> setClock() {
    return clock.set();
  }

  private Future<Long> askTime() {
    return send(Request.of("time", new Query()))
        .map(answer -> Row.of(answer, "time").whole("serverTime"));
  }

  /// An answer to everybody.
  Future<Object> send(Request request) {
    return attempt(
        request,
        () -> turn(request).compose(_ -> sendNow(request, request.query().toString(), null)));
  }

  /// An answer to the holder of a key.
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

  private Future<Object> sendNow(Request request, String query, @Nullable String key) {
    return calls.send(
        new RestCalls.Call(
            request.method(),
            "/api/v3/" + request.path() + (query.isEmpty() ? "" : "?" + query),
            key == null ? Map.of() : Map.of("X-MEXC-APIKEY", key),
            null,
            request.toString()));
  }

  private static @Nullable Object decode(@Nullable Buffer body) {
    try {
      return body == null ? null : Json.decodeValue(body);
    } catch (DecodeException _) {
      return null;
    }
  }
}

package sandpiper.mexc.simulator;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.concurrent.TimeUnit.MILLISECONDS;
import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.InvalidProtocolBufferException;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.json.Json;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URLEncoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sandpiper.mexc.Signing;
import sandpiper.mexc.wire.PushDataV3ApiWrapper;

/// A client of one account over real sockets.
final class TestClient {
  private static final String HOST = "127.0.0.1";

  private final Vertx vertx;
  private final HttpClient http;
  private final int port;
  private final AccountConfig account;
  long clockAhead;

  /// An answer, with its body as JSON.
  record Answer(int status, Object body, @Nullable String retryAfter) {
    JsonObject object() {
      return (JsonObject) body;
    }

    JsonArray array() {
      return (JsonArray) body;
    }

    /// Of an error.
    int code() {
      return object().getInteger("code");
    }
  }

  TestClient(Vertx vertx, int port, AccountConfig account) {
    this.vertx = vertx;
    this.port = port;
    this.account = account;
    http = vertx.createHttpClient();
  }

  /// Parameters as `name=value&…`, encoded.
  static String query(Map<String, ?> parameters) {
    return parameters.entrySet().stream()
        .map(each ->
            each.getKey()
                + "="
                + URLEncoder.encode(each.getValue().toString(), UTF_8).replace("+", "%20"))
        .collect(Collectors.joining("&"));
  }

  Future<Answer> send(
      HttpMethod method, String uri, @Nullable String key, String contentType, String body) {
    var options = new RequestOptions().setHost(HOST).setPort(port).setMethod(method).setURI(uri);
    options.putHeader("Content-Type", contentType);
    if (key != null) {
      options.putHeader("X-MEXC-APIKEY", key);
    }
    // One step within the other: a response that nobody listens to yet loses its body.
    return http.request(options).compose(request -> request.send(body).compose(TestClient::read));
  }

  private static Future<Answer> read(HttpClientResponse response) {
    return response
        .body()
        .map(body ->
            new Answer(
                response.statusCode(),
                decode(response.statusCode(), body),
                response.getHeader("Retry-After")));
  }

  private static Object decode(int status, Buffer body) {
    if (body.length() == 0) {
      throw new AssertionError("an answer without a body, status " + status);
    }
    return Json.decodeValue(body);
  }

  private static <T> T await(Future<T> future) {
    try {
      return future.await(10, SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("no answer in time", e);
    }
  }

  /// Without a signature.
  Answer get(String path, Map<String, ?> parameters) {
    return await(
        send(
            HttpMethod.GET,
            "/api/v3/" + path + "?" + query(parameters),
            null,
            "application/json",
            ""));
  }

  Future<Answer> beginSigned(HttpMethod method, String path, Map<String, ?> parameters) {
    var query = query(parameters);
    var unsigned =
        (query.isEmpty() ? "" : query + "&")
            + "timestamp="
            + (System.currentTimeMillis() + clockAhead);
    var signature = new Signing(account.secret()).sign(unsigned, "");
    return send(
        method,
        "/api/v3/" + path + "?" + unsigned + "&signature=" + signature,
        account.key(),
        "application/json",
        "");
  }

  Answer signed(HttpMethod method, String path, Map<String, ?> parameters) {
    return await(beginSigned(method, path, parameters));
  }

  /// As it is: query, body and headers are the caller's.
  Answer raw(HttpMethod method, String uri, @Nullable String key, String contentType, String body) {
    return await(send(method, uri, key, contentType, body));
  }

  /// Places an order.
  ///
  /// @return its id
  String place(String symbol, String side, String quantity, String price) {
    var answer =
        signed(
            HttpMethod.POST,
            "order",
            Map.of(
                "symbol", symbol,
                "side", side,
                "type", "LIMIT",
                "quantity", quantity,
                "price", price));
    assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
    return answer.object().getString("orderId");
  }

  JsonObject order(String symbol, String id) {
    return signed(HttpMethod.GET, "order", Map.of("symbol", symbol, "orderId", id)).object();
  }

  Answer fault(Object... namesAndValues) {
    var fault = new JsonObject();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fault.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    return raw(HttpMethod.POST, "/simulator/faults", null, "application/json", fault.toString());
  }

  Answer clearFaults() {
    return raw(HttpMethod.DELETE, "/simulator/faults", null, "application/json", "");
  }

  String listenKey() {
    return signed(HttpMethod.POST, "userDataStream", Map.of()).object().getString("listenKey");
  }

  Socket connect(@Nullable String listenKey) {
    return connectTo("/ws" + (listenKey == null ? "" : "?listenKey=" + listenKey));
  }

  Socket connectTo(String uri) {
    var client = vertx.createWebSocketClient(new WebSocketClientOptions());
    var socket = new Socket();
    // Handlers are there before the first frame can be.
    await(client.connect(port, HOST, uri).onSuccess(socket::begin));
    return socket;
  }

  /// A WebSocket, with what has come over it.
  static final class Socket {
    private final BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
    private @Nullable WebSocket socket;
    private volatile boolean closed;

    private void begin(WebSocket connected) {
      socket = connected;
      connected.textMessageHandler(heard::add);
      connected.binaryMessageHandler(heard::add);
      connected.closeHandler(_ -> closed = true);
      connected.exceptionHandler(heard::add);
    }

    private WebSocket socket() {
      if (socket == null) {
        throw new IllegalStateException("not connected");
      }
      return socket;
    }

    void send(String text) {
      await(socket().writeTextMessage(text));
    }

    void close() {
      await(socket().close());
    }

    /// Asks for channels, and waits for the acknowledgement.
    Socket subscribe(String... channels) {
      send(
          new JsonObject()
              .put("method", "SUBSCRIPTION")
              .put("params", JsonArray.of((Object[]) channels))
              .toString());
      assertThat(text())
          .isEqualTo("{\"id\":0,\"code\":0,\"msg\":\"" + String.join(",", channels) + "\"}");
      return this;
    }

    /// What comes next, whatever it is.
    @Nullable Object next(long millis) {
      try {
        return heard.poll(millis, MILLISECONDS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError(e);
      }
    }

    /// What comes next must be text.
    String text() {
      return (String) Objects.requireNonNull(next(10_000), "no text came");
    }

    /// The next frame, with text passed over.
    PushDataV3ApiWrapper frame() {
      for (var each = next(10_000); each != null; each = next(10_000)) {
        if (each instanceof Buffer bytes) {
          return decode(bytes);
        }
      }
      throw new AssertionError("no frame came");
    }

    PushDataV3ApiWrapper frame(Predicate<PushDataV3ApiWrapper> wanted) {
      for (int i = 0; i < 1_000; i++) {
        var frame = frame();
        if (wanted.test(frame)) {
          return frame;
        }
      }
      throw new AssertionError("the frame did not come");
    }

    /// All frames until nothing comes for a while.
    List<PushDataV3ApiWrapper> frames(long quietMillis) {
      var frames = new ArrayList<PushDataV3ApiWrapper>();
      for (var each = next(quietMillis); each != null; each = next(quietMillis)) {
        if (each instanceof Buffer bytes) {
          frames.add(decode(bytes));
        }
      }
      return frames;
    }

    private static PushDataV3ApiWrapper decode(Buffer bytes) {
      try {
        return PushDataV3ApiWrapper.parseFrom(bytes.getBytes());
      } catch (InvalidProtocolBufferException e) {
        throw new AssertionError(e);
      }
    }

    boolean closesWithin(long millis) {
      long end = System.nanoTime() + millis * 1_000_000;
      while (!closed && System.nanoTime() < end) {
        try {
          Thread.sleep(10);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          throw new AssertionError(e);
        }
      }
      return closed;
    }

    /// Null when it was closed without one.
    @Nullable Short closeStatus() {
      return socket().closeStatusCode();
    }
  }
}

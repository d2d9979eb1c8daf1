package sandpiper.gateway;

import static java.util.concurrent.TimeUnit.SECONDS;

import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;
import io.vertx.core.http.WebSocketConnectOptions;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.client.HttpRequest;
import io.vertx.ext.web.client.WebClient;
import java.nio.file.Path;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;
import sandpiper.gateway.rest.ContractCheck;
import sandpiper.gateway.system.SystemSources;

/// A gateway on a free port before a fake platform; every answer of the REST side is held against
/// the contract.
public final class RunningGateway implements AutoCloseable {
  public static final Path CONTRACT =
      Path.of(System.getProperty("sandpiper.home", "../..")).resolve("conf/openapi.yaml");

  public static final Path BRIDGE = CONTRACT.resolveSibling("asyncapi.yaml");

  public final Vertx vertx = Vertx.vertx();
  public final FakePlatform platform = new FakePlatform();
  public final FakeUsers users = new FakeUsers();
  public final Bus bus;
  private final GatewayVerticle gateway;
  private final String deployment;
  private final WebClient client;
  private final WebSocketClient sockets;
  private final ContractCheck check;

  public static RunningGateway start() {
    return new RunningGateway(() -> "ticks_total 3\n", true);
  }

  public static RunningGateway withMetrics(Supplier<String> metrics) {
    return new RunningGateway(metrics, true);
  }

  public static RunningGateway withoutMetrics() {
    return new RunningGateway(null, true);
  }

  public static RunningGateway withoutPlatform() {
    return new RunningGateway(null, false);
  }

  private RunningGateway(@Nullable Supplier<String> metrics, boolean withPlatform) {
    Bus.install(vertx);
    bus = new Bus(vertx);
    gateway =
        new GatewayVerticle(
            new GatewayConfig("127.0.0.1", 0, CONTRACT, BRIDGE, 0, null),
            SystemSources.alone(metrics),
            () -> Samples.NOON);
    if (withPlatform) {
      await(vertx.deployVerticle(platform));
    }
    await(vertx.deployVerticle(users));
    deployment = await(vertx.deployVerticle(gateway));
    client = WebClient.create(vertx);
    sockets = vertx.createWebSocketClient(new WebSocketClientOptions().setMaxMessageSize(64 << 20));
    check = ContractCheck.load(vertx, CONTRACT);
  }

  public int port() {
    return gateway.port();
  }

  /// Of the bridge by TCP.
  public int tcpPort() {
    return gateway.tcpPort();
  }

  public Reply get(String path) {
    return send(request(HttpMethod.GET, path), HttpMethod.GET, path, null);
  }

  public Reply post(String path, JsonObject body) {
    return post(path, body.toBuffer(), "application/json");
  }

  public Reply post(String path, Buffer body, String type) {
    var request = request(HttpMethod.POST, path).putHeader("content-type", type);
    return send(request, HttpMethod.POST, path, body);
  }

  public Reply put(String path, JsonObject body) {
    return send(HttpMethod.PUT, path, body);
  }

  public Reply patch(String path, JsonObject body) {
    return send(HttpMethod.PATCH, path, body);
  }

  public Reply delete(String path) {
    var request = request(HttpMethod.DELETE, path).putHeader("content-type", "application/json");
    return send(request, HttpMethod.DELETE, path, null);
  }

  private Reply send(HttpMethod method, String path, JsonObject body) {
    var request = request(method, path).putHeader("content-type", "application/json");
    return send(request, method, path, body.toBuffer());
  }

  /// Of somebody who may do everything.
  public HttpRequest<Buffer> request(HttpMethod method, String path) {
    return strange(method, path).bearerTokenAuthentication(FakeUsers.ADMIN);
  }

  /// Of somebody who is not known.
  public HttpRequest<Buffer> strange(HttpMethod method, String path) {
    return client.request(method, port(), "127.0.0.1", path);
  }

  public Reply send(
      HttpRequest<Buffer> request, HttpMethod method, String path, @Nullable Buffer body) {
    var reply = new Reply(await(body == null ? request.send() : request.sendBuffer(body)));
    check.reply(method, path, reply);
    return reply;
  }

  /// The console's socket.
  public WebSocket socket() {
    return await(sockets.connect(socketOptions()));
  }

  public WebSocketConnectOptions socketOptions() {
    return new WebSocketConnectOptions()
        .setHost("127.0.0.1")
        .setPort(port())
        .setURI("/eventbus/websocket")
        .addHeader("Authorization", "Bearer " + FakeUsers.ADMIN);
  }

  public WebSocketClient sockets() {
    return sockets;
  }

  /// Waits long enough for a busy machine: a guard against hanging, not a measure.
  public static <T> T await(io.vertx.core.Future<T> future) {
    try {
      return future.await(60, SECONDS);
    } catch (java.util.concurrent.TimeoutException e) {
      throw new AssertionError("no answer within 60 s", e);
    }
  }

  /// The server first: closed together with its clients, each waits for the other.
  @Override
  public void close() {
    await(vertx.undeploy(deployment));
    await(vertx.close());
  }
}

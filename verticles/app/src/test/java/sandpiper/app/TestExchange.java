package sandpiper.app;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import sandpiper.mexc.client.Credentials;
import sandpiper.mexc.client.MexcConfig;
import sandpiper.mexc.client.MexcRest;
import sandpiper.mexc.client.MexcTrading;
import sandpiper.mexc.simulator.AccountConfig;
import sandpiper.mexc.simulator.Limits;
import sandpiper.mexc.simulator.SimulatedExchange;
import sandpiper.mexc.simulator.SimulatorConfig;
import sandpiper.mexc.simulator.SymbolRules;

/// A simulated exchange on loopback with the market ETHUSDT, which trades itself around 3,000.
final class TestExchange implements AutoCloseable {
  static final String ETH = "ETHUSDT";

  private final Vertx vertx = Vertx.vertx();
  private final HttpClient http = HttpClient.newHttpClient();
  private final SimulatedExchange exchange;

  /// @param accounts their secrets are `secret`
  TestExchange(AccountConfig... accounts) throws TimeoutException {
    exchange =
        new SimulatedExchange(
            new SimulatorConfig(
                0,
                1,
                Map.of(
                    SymbolRules.of("ETH", "USDT", 2, 4).withFees("0.0002", "0.0007"),
                    new BigDecimal(3_000)),
                Map.of(),
                List.of(accounts),
                Limits.USUAL,
                100,
                0,
                InstantSource.system()));
    vertx.deployVerticle(exchange).await(30, SECONDS);
  }

  static AccountConfig account(String key, Map<String, BigDecimal> balances) {
    return AccountConfig.of(key, "secret", balances);
  }

  int port() {
    return exchange.port();
  }

  /// What the holder of a key may do, beside the platform.
  MexcTrading trading(String key) {
    var host = "127.0.0.1:" + port();
    return new MexcTrading(
        new MexcRest(vertx, MexcConfig.of("http://" + host, "ws://" + host + "/ws")),
        new Credentials(key, "secret"));
  }

  /// Lets something go wrong.
  void fault(Object... namesAndValues) throws IOException, InterruptedException {
    var fault = new JsonObject();
    for (int i = 0; i < namesAndValues.length; i += 2) {
      fault.put((String) namesAndValues[i], namesAndValues[i + 1]);
    }
    var answer =
        http.send(
            faults().POST(BodyPublishers.ofString(fault.encode())).build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  /// Whether everything has gone wrong that was to.
  boolean isFaultless() {
    try {
      var answer = http.send(faults().build(), BodyHandlers.ofString());
      return new JsonObject(answer.body()).getJsonArray("faults").isEmpty();
    } catch (IOException | InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private HttpRequest.Builder faults() {
    return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port() + "/simulator/faults"));
  }

  @Override
  public void close() throws TimeoutException {
    http.close();
    for (var id : List.copyOf(vertx.deploymentIDs())) {
      vertx.undeploy(id).await(30, SECONDS);
    }
    vertx.close().await(30, SECONDS);
  }
}

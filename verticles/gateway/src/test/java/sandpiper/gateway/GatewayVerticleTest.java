package sandpiper.gateway;

import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sandpiper.gateway.RunningGateway.CONTRACT;
import static sandpiper.gateway.RunningGateway.await;

import io.vertx.core.Vertx;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.bus.Bus;
import sandpiper.gateway.system.SystemSources;

class GatewayVerticleTest {
  private final Vertx vertx = Vertx.vertx();

  @BeforeEach
  void install() {
    Bus.install(vertx);
  }

  @AfterEach
  void close() {
    await(vertx.close());
  }

  @Test
  void aPortInUseFailsTheStartInOneSentence() throws IOException {
    try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var config =
          new GatewayConfig(
              "127.0.0.1", taken.getLocalPort(), CONTRACT, RunningGateway.BRIDGE, null, null);

      assertThatThrownBy(() ->
              await(
                  vertx.deployVerticle(
                      new GatewayVerticle(config, SystemSources.alone(null), () -> Samples.NOON))))
          .hasMessage(
              "The gateway cannot listen on 127.0.0.1:"
                  + taken.getLocalPort()
                  + ": the port is in use or the address is not of this machine; set gateway.port"
                  + " or gateway.host to a free one.");
    }
  }

  @Test
  void aBrokenContractFailsTheStart(@TempDir Path folder) throws IOException {
    var file = Files.writeString(folder.resolve("openapi.yaml"), "openapi: 3.1.0\npaths: []\n");
    var config = new GatewayConfig("127.0.0.1", 0, file, RunningGateway.BRIDGE, null, null);

    assertThatThrownBy(() ->
            await(
                vertx.deployVerticle(
                    new GatewayVerticle(config, SystemSources.alone(null), () -> Samples.NOON))))
        .hasMessageStartingWith("gateway.contract must be an OpenAPI 3.1 document, " + file);
  }

  @Test
  void aContractWithoutAnOperationFailsTheStart(@TempDir Path folder) throws IOException {
    var text = Files.readString(CONTRACT).replace("operationId: health", "operationId: wellness");
    var file = Files.writeString(folder.resolve("openapi.yaml"), text);
    var config = new GatewayConfig("127.0.0.1", 0, file, RunningGateway.BRIDGE, null, null);

    assertThatThrownBy(() ->
            await(
                vertx.deployVerticle(
                    new GatewayVerticle(config, SystemSources.alone(null), () -> Samples.NOON))))
        .hasMessage("gateway.contract must have the operation 'health', has not");
  }

  @Test
  void anOperationThatDoesNotSayWhoMayCallItFailsTheStart(@TempDir Path folder) throws IOException {
    var demand = "security: [{ session: [read] }, { token: [read] }]";
    var all = Files.readString(CONTRACT);
    int at = all.indexOf(demand, all.indexOf("operationId: listOrders"));
    var text = all.substring(0, at) + all.substring(at + demand.length());
    var file = Files.writeString(folder.resolve("openapi.yaml"), text);
    var config = new GatewayConfig("127.0.0.1", 0, file, RunningGateway.BRIDGE, null, null);
    var gateway = new GatewayVerticle(config, SystemSources.alone(null), () -> Samples.NOON);

    assertThatThrownBy(() -> await(vertx.deployVerticle(gateway)))
        .hasMessage("gateway.contract must say in 'security' who may call 'listOrders', does not");
  }
}

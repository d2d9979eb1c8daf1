package sandpiper.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class GatewayConfigTest {
  @Test
  void onlyThisMachineReachesTheDefault() {
    assertThat(GatewayConfig.DEFAULT_HOST).isEqualTo("127.0.0.1");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void aPortOutOfRangeIsRefused(int port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new GatewayConfig(
                "localhost", port, RunningGateway.CONTRACT, RunningGateway.BRIDGE, null, null))
        .withMessage("gateway.port must be 0 (any free port) to 65535, was " + port);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a b", "http://localhost"})
  void aHostThatIsNoneIsRefused(String host) {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new GatewayConfig(host, 0, RunningGateway.CONTRACT, RunningGateway.BRIDGE, null, null))
        .withMessage("gateway.host must be a host name or an address, was '" + host + "'");
  }

  @Test
  void aContractThatIsNotThereIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() ->
            new GatewayConfig(
                "localhost", 0, Path.of("gone.yaml"), RunningGateway.BRIDGE, null, null))
        .withMessage("gateway.contract must be a file that can be read, was 'gone.yaml'");
  }
}

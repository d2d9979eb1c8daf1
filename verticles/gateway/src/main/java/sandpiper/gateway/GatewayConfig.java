package sandpiper.gateway;

import java.nio.file.Files;
import java.nio.file.Path;

/// Where the gateway listens and by which contract it answers.
///
/// @param host name or address to listen on, and the one that requests may be addressed to beside
///   those of this machine; only the loopback ones keep other machines out
/// @param port 0 to 65535; 0 takes any free one
/// @param contract the OpenAPI 3.1 document, `conf/openapi.yaml`
public record GatewayConfig(String host, int port, Path contract) {
  /// Nobody but this machine.
  public static final String DEFAULT_HOST = "127.0.0.1";

  public static final int DEFAULT_PORT = 8080;

  public GatewayConfig {
    if (!host.matches("[A-Za-z0-9.:_-]{1,253}")) {
      throw new IllegalArgumentException(
          "gateway.host must be a host name or an address, was '" + host + "'");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "gateway.port must be 0 (any free port) to 65535, was " + port);
    }
    if (!Files.isReadable(contract) || Files.isDirectory(contract)) {
      throw new IllegalArgumentException(
          "gateway.contract must be a file that can be read, was '" + contract + "'");
    }
  }
}

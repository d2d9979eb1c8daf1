package sandpiper.gateway;

import io.vertx.core.net.PemKeyCertOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/// Where the gateway listens and by which contract it answers.
///
/// @param host name or address to listen on, and the one that requests may be addressed to beside
///   those of this machine; only the loopback ones keep other machines out
/// @param port 0 to 65535; 0 takes any free one
/// @param contract the OpenAPI 3.1 document, `conf/openapi.yaml`
/// @param bridge the AsyncAPI 3 document, `conf/asyncapi.yaml`
/// @param tcpPort of the bridge by TCP: 0 to 65535, 0 takes any free one; null for none
/// @param tls null for plain HTTP and TCP
public record GatewayConfig(
    String host,
    int port,
    Path contract,
    Path bridge,
    @Nullable Integer tcpPort,
    @Nullable Tls tls) {
  /// Nobody but this machine.
  public static final String DEFAULT_HOST = "127.0.0.1";

  public static final int DEFAULT_PORT = 8080;

  /// What HTTPS needs.
  ///
  /// @param certificate with its chain, PEM
  /// @param key private, PEM; nobody but its owner may read it
  public record Tls(Path certificate, Path key) {
    public Tls {
      requireFile("gateway.tls-certificate", certificate);
      requireFile("gateway.tls-key", key);
      requireTight(key);
    }

    /// As the server takes them.
    public PemKeyCertOptions options() {
      return new PemKeyCertOptions().setCertPath(certificate.toString()).setKeyPath(key.toString());
    }

    private static void requireTight(Path key) {
      try {
        var others = EnumSet.allOf(PosixFilePermission.class);
        others.removeIf(permission -> permission.name().startsWith("OWNER_"));
        others.retainAll(Files.getPosixFilePermissions(key));
        if (!others.isEmpty()) {
          throw new IllegalArgumentException(
              "gateway.tls-key must be a file that nobody but its owner can read (chmod 600), '"
                  + key
                  + "' is not");
        }
      } catch (IOException e) {
        throw new IllegalArgumentException("gateway.tls-key cannot be looked at: " + e, e);
      }
    }
  }

  public GatewayConfig {
    if (!host.matches("[A-Za-z0-9.:_-]{1,253}")) {
      throw new IllegalArgumentException(
          "gateway.host must be a host name or an address, was '" + host + "'");
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "gateway.port must be 0 (any free port) to 65535, was " + port);
    }
    if (tcpPort != null && (tcpPort < 0 || tcpPort > 65_535)) {
      throw new IllegalArgumentException(
          "gateway.tcp-port must be 0 (any free port) to 65535, was " + tcpPort);
    }
    requireFile("gateway.contract", contract);
    requireFile("gateway.bridge", bridge);
  }

  /// Of the console, while it listens on `actualPort`.
  public String address(int actualPort) {
    return (tls == null ? "http://" : "https://") + host + ":" + actualPort + "/";
  }

  private static void requireFile(String name, Path file) {
    if (!Files.isReadable(file) || Files.isDirectory(file)) {
      throw new IllegalArgumentException(
          name + " must be a file that can be read, was '" + file + "'");
    }
  }
}

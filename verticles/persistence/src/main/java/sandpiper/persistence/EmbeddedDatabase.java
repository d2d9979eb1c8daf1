package sandpiper.persistence;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Refusal;

/// A PostgreSQL server of the platform's own, on loopback, its data kept in a directory.
///
/// What is committed survives the death of this process, of the server and of the machine. A server
/// left over from a killed platform is stopped first; that of a live one is not touched. All
/// methods block.
///
/// ```
/// directory/sandpiper.lock   held by the platform that uses the directory
/// directory/postgres         the data
/// directory/program          PostgreSQL itself, unpacked at the first start
/// directory/postgres.log     what the server says
/// ```
final class EmbeddedDatabase implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(EmbeddedDatabase.class);
  private static final Duration STARTUP = Duration.ofSeconds(60);

  private final DirectoryLock lock;
  private final Postmaster postmaster;
  private final EmbeddedPostgres postgres;

  private EmbeddedDatabase(DirectoryLock lock, Postmaster postmaster, EmbeddedPostgres postgres) {
    this.lock = lock;
    this.postmaster = postmaster;
    this.postgres = postgres;
  }

  /// @param directory made when it is not there
  /// @param port 0 for any that is free
  /// @throws Refusal when another platform has the directory or another program the port
  static EmbeddedDatabase start(Path directory, int port) throws IOException {
    var lock = DirectoryLock.take(directory);
    var postmaster = new Postmaster(directory.resolve("postgres"));
    try {
      postmaster.stop();
      var postgres = launch(directory, freePort(port));
      LOG.info("embedded database in {}, port {}", directory, postgres.getPort());
      return new EmbeddedDatabase(lock, postmaster, postgres);
    } catch (IOException | RuntimeException e) {
      try (lock) {
        postmaster.stop();
      } catch (IOException | RuntimeException e2) {
        e.addSuppressed(e2);
      }
      throw e;
    }
  }

  /// The server of a platform that is alive; null when none has the directory.
  static @Nullable Server running(Path directory) throws IOException {
    var port = new Postmaster(directory.resolve("postgres")).port();
    return port.isPresent() && DirectoryLock.isHeld(directory) ? server(port.get()) : null;
  }

  Server server() {
    return server(postgres.getPort());
  }

  private static Server server(int port) {
    return new Server("127.0.0.1", port, "postgres", "postgres", "");
  }

  /// Process id of the server.
  long pid() throws IOException {
    return postmaster.pid().orElseThrow(() -> new IOException("the database server is gone"));
  }

  /// Stops the server in order and waits until it is gone.
  @Override
  public void close() throws IOException {
    try (lock) {
      postgres.close();
      postmaster.stop();
    }
  }

  private static EmbeddedPostgres launch(Path directory, int port) throws IOException {
    var log = directory.resolve("postgres.log").toFile();
    try {
      return EmbeddedPostgres.builder()
          .setDataDirectory(directory.resolve("postgres"))
          .setCleanDataDirectory(false)
          .setOverrideWorkingDirectory(directory.resolve("program").toFile())
          .setRegisterShutdownHook(false)
          .setPort(port)
          .setPGStartupWait(STARTUP)
          .setOutputRedirector(Redirect.appendTo(log))
          .setErrorRedirector(Redirect.appendTo(log))
          .setServerConfig("fsync", "on")
          .setServerConfig("synchronous_commit", "on")
          .setServerConfig("full_page_writes", "on")
          .setServerConfig("listen_addresses", "127.0.0.1")
          .setServerConfig("max_connections", "120")
          .start();
    } catch (IOException | RuntimeException e) {
      throw new IOException("the embedded database did not start; its reason stands in " + log, e);
    }
  }

  private static int freePort(int port) throws IOException {
    try (var socket = new ServerSocket()) {
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.getByAddress(new byte[] {127, 0, 0, 1}), port));
      return socket.getLocalPort();
    } catch (BindException _) {
      throw new Refusal(
          Refusal.Kind.FAILED,
          "database.port must be free, but another program listens on 127.0.0.1:"
              + port
              + ": stop it or name another port");
    }
  }
}

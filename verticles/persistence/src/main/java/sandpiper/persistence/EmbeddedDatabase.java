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
/// left over from a killed platform is stopped first; that of a live one is not touched. One that
/// dies is started again by [#revive]. All methods block, but for [#isAlive].
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

  private final Path directory;
  private final DirectoryLock lock;
  private final Postmaster postmaster;
  private final int port;

  /// Null while one that died could not be started again.
  private @Nullable EmbeddedPostgres postgres;

  private volatile long pid;
  private boolean closed;

  private EmbeddedDatabase(
      Path directory, DirectoryLock lock, Postmaster postmaster, EmbeddedPostgres postgres)
      throws IOException {
    this.directory = directory;
    this.lock = lock;
    this.postmaster = postmaster;
    this.postgres = postgres;
    port = postgres.getPort();
    pid = pid();
  }

  /// @param directory made when it is not there
  /// @param port 0 for any that is free
  /// @throws Refusal when another platform has the directory or another program the port
  static EmbeddedDatabase start(Path directory, int port) throws IOException {
    var lock = DirectoryLock.take("database.directory", directory);
    var postmaster = new Postmaster(directory.resolve("postgres"));
    try {
      postmaster.stop();
      var postgres = launch(directory, freePort(port));
      LOG.info("embedded database in {}, port {}", directory, postgres.getPort());
      return new EmbeddedDatabase(directory, lock, postmaster, postgres);
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
    return server(port);
  }

  private static Server server(int port) {
    return new Server("127.0.0.1", port, "postgres", "postgres", "");
  }

  /// Process id of the server.
  long pid() throws IOException {
    return postmaster.pid().orElseThrow(() -> new IOException("the database server is gone"));
  }

  /// Whether the server runs that was started last.
  boolean isAlive() {
    return postmaster.isServer(pid);
  }

  /// Starts the server again, at the same port, if it has died. What was committed is there when it
  /// returns; connections have to be made anew.
  synchronized void revive() throws IOException {
    if (closed || isAlive()) {
      return;
    }
    LOG.warn("the embedded database, process {}, has ended: starting it again", pid);
    letGo();
    postmaster.stop();
    postgres = launch(directory, port);
    pid = pid();
    LOG.info("the embedded database runs again, process {}", pid);
  }

  /// Stops the server in order and waits until it is gone.
  @Override
  public synchronized void close() throws IOException {
    closed = true;
    try (lock) {
      letGo();
      postmaster.stop();
    }
  }

  private void letGo() throws IOException {
    if (postgres != null) {
      postgres.close();
      postgres = null;
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

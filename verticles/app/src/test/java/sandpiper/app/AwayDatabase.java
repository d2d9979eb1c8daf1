package sandpiper.app;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// A real database that the platform does not look after: it stays away for as long as a test
/// wants, and comes back at the same port with what it had.
final class AwayDatabase implements AutoCloseable {
  private final Path directory;
  private int port;
  private @Nullable EmbeddedPostgres server;

  AwayDatabase(Path directory) throws IOException {
    this.directory = directory;
    start();
  }

  String url() {
    return "postgresql://127.0.0.1:" + port + "/postgres";
  }

  void start() throws IOException {
    var started =
        EmbeddedPostgres.builder()
            .setDataDirectory(directory.resolve("postgres"))
            .setCleanDataDirectory(false)
            .setOverrideWorkingDirectory(directory.resolve("program").toFile())
            .setPort(port)
            .setServerConfig("max_connections", "50")
            .start();
    server = started;
    port = started.getPort();
  }

  void stop() throws IOException {
    if (server != null) {
      server.close();
      server = null;
    }
  }

  /// The one row of numbers that a query has, read past the platform.
  ///
  /// @param sql with `%s` where the value goes
  List<Long> row(String sql, String value) throws SQLException {
    try (var connection = DriverManager.getConnection("jdbc:" + url(), "postgres", "");
        var statement = connection.createStatement();
        var rows = statement.executeQuery(sql.formatted(value))) {
      rows.next();
      var numbers = new ArrayList<Long>();
      for (int i = 1; i <= rows.getMetaData().getColumnCount(); i++) {
        numbers.add(rows.getLong(i));
      }
      return numbers;
    }
  }

  @Override
  public void close() throws IOException {
    stop();
  }
}

package sandpiper.persistence;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/// Where the database is: the section `database` of the configuration.
///
/// @param url `postgresql://host:port/database` of a server; null for the embedded one
/// @param user at that server
/// @param password at that server; empty for none
/// @param directory of the embedded database: its data, its program files, its log
/// @param port of the embedded database on loopback; 0 for any that is free
/// @param poolSize connections at most, 1 to 100
public record DatabaseConfig(
    @Nullable String url, String user, String password, Path directory, int port, int poolSize) {
  public static final int DEFAULT_PORT = 54329;
  public static final int DEFAULT_POOL_SIZE = 8;

  public DatabaseConfig {
    if (url != null) {
      Server.parse(url, user, password);
      if (user.isBlank()) {
        throw new IllegalArgumentException(
            "database.user must name a user when database.url is given, was empty");
      }
    }
    if (port < 0 || port > 65_535) {
      throw new IllegalArgumentException(
          "database.port must be from 1 to 65535, or 0 for any that is free, was " + port);
    }
    if (poolSize < 1 || poolSize > 100) {
      throw new IllegalArgumentException(
          "database.pool-size must be from 1 to 100, was " + poolSize);
    }
    directory = directory.toAbsolutePath().normalize();
  }

  /// The embedded database with everything else at its default.
  public static DatabaseConfig embedded(Path directory) {
    return new DatabaseConfig(null, "", "", directory, DEFAULT_PORT, DEFAULT_POOL_SIZE);
  }

  /// Without the password.
  @Override
  public String toString() {
    return url == null
        ? "embedded database in " + directory + ", port " + port
        : url + " as " + user;
  }
}

package sandpiper.persistence;

import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// Where the database is: the section `database` of the configuration.
///
/// @param url `postgresql://host:port/database` of a server; null for the embedded one
/// @param user at that server
/// @param password at that server; empty for none
/// @param directory of the embedded database: its data, its program files, its log
/// @param port of the embedded database on loopback; 0 for any that is free
/// @param poolSize connections at most, 1 to 100
/// @param journal folder of what waits while the database is away; null for `journal` in the
///   directory of the embedded database
/// @param journalBytes that may wait there at most, 1 MB to 1 TB
public record DatabaseConfig(
    @Nullable String url,
    String user,
    String password,
    Path directory,
    int port,
    int poolSize,
    @Nullable Path journal,
    long journalBytes) {
  public static final int DEFAULT_PORT = 54329;
  public static final int DEFAULT_POOL_SIZE = 8;
  public static final int DEFAULT_JOURNAL_MEGABYTES = 256;
  private static final int MAX_JOURNAL_MEGABYTES = 1 << 20;

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
    long megabytes = journalBytes >> 20;
    if (megabytes < 1 || megabytes > MAX_JOURNAL_MEGABYTES) {
      throw new IllegalArgumentException(
          "database.journal-megabytes must be from 1 to "
              + MAX_JOURNAL_MEGABYTES
              + ", was "
              + megabytes);
    }
    directory = directory.toAbsolutePath().normalize();
    journal = journal == null ? directory.resolve("journal") : journal.toAbsolutePath().normalize();
  }

  /// With the journal in the database's directory, as large as it is by default.
  public DatabaseConfig(
      @Nullable String url, String user, String password, Path directory, int port, int poolSize) {
    this(
        url,
        user,
        password,
        directory,
        port,
        poolSize,
        null,
        (long) DEFAULT_JOURNAL_MEGABYTES << 20);
  }

  /// The same with another journal.
  DatabaseConfig with(Path folder, long bytes) {
    return new DatabaseConfig(url, user, password, directory, port, poolSize, folder, bytes);
  }

  Path journalFolder() {
    return Objects.requireNonNull(journal);
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

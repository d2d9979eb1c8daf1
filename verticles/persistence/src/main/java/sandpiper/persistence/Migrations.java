package sandpiper.persistence;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Arrays;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
import org.flywaydb.core.api.MigrationInfo;
import org.flywaydb.core.api.MigrationInfoService;
import org.flywaydb.core.api.MigrationState;
import org.flywaydb.core.api.MigrationVersion;
import org.flywaydb.core.api.exception.FlywayValidateException;
import sandpiper.bus.Refusal;

/// Brings the tables of a database to the state that this version of the platform needs. Blocks.
final class Migrations {
  private Migrations() {}

  /// @param folder with the scripts `V001__….sql` and on
  /// @throws Refusal when the server is not there, turns us away, or a script fails
  static void run(Server server, Path folder) {
    run(server, folder, MigrationVersion.LATEST);
  }

  /// As far as to one version and no further.
  ///
  /// @param version such as `019`
  /// @throws Refusal as [#run], and when there is no such script
  static void runTo(Server server, Path folder, String version) {
    try (var scripts = Files.newDirectoryStream(folder, "V" + version + "__*.sql")) {
      if (!scripts.iterator().hasNext()) {
        throw Refusal.invalid(
            "the migrations in %s do not lead to schema %s: it is that of a newer version of Sandpiper"
                .formatted(folder, version));
      }
    } catch (IOException e) {
      throw new UncheckedIOException("the migrations in " + folder + " cannot be read", e);
    }
    run(server, folder, MigrationVersion.fromVersion(version));
  }

  private static void run(Server server, Path folder, MigrationVersion target) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("migrations must be a folder, was " + folder);
    }
    reach(server);
    try {
      var flyway =
          Flyway.configure()
              .dataSource(server.jdbcUrl(), server.user(), server.password())
              .locations("filesystem:" + folder)
              .failOnMissingLocations(true)
              .validateMigrationNaming(true)
              .target(target)
              .load();
      flyway.migrate();
      requireNotNewer(server, flyway.info());
    } catch (FlywayValidateException e) {
      throw new Refusal(
          Refusal.Kind.FAILED,
          server
              + " was set up by other migrations than those in "
              + folder
              + ": put those back, or begin with an empty database");
    } catch (FlywayException e) {
      throw new Refusal(
          Refusal.Kind.FAILED,
          "the migrations in " + folder + " failed at " + server + ": " + e.getMessage());
    }
  }

  /// Flyway itself would only warn, and the platform would write rows as it knows them into tables
  /// that it does not know.
  private static void requireNotNewer(Server server, MigrationInfoService info) {
    var current = info.current();
    if (current != null && current.getState() == MigrationState.FUTURE_SUCCESS) {
      var latest =
          Arrays.stream(info.all())
              .filter(each -> each.getState() != MigrationState.FUTURE_SUCCESS)
              .map(MigrationInfo::getVersion)
              .reduce((_, last) -> last)
              .orElseThrow();
      throw new Refusal(
          Refusal.Kind.FAILED,
          server
              + " was set up by a newer version of Sandpiper: its schema is "
              + current.getVersion()
              + ", this one knows those up to "
              + latest
              + ": run that version");
    }
  }

  /// @throws Refusal when the server is not there or turns us away
  static void reach(Server server) {
    try {
      DriverManager.getConnection(server.jdbcUrl(), server.jdbcProperties()).close();
    } catch (SQLException e) {
      throw new Refusal(Refusal.Kind.FAILED, explain(server, e));
    }
  }

  private static String explain(Server server, SQLException e) {
    var state = e.getSQLState() == null ? "" : e.getSQLState();
    if (state.startsWith("28")) {
      return server + " does not let user '" + server.user() + "' in: " + e.getMessage();
    }
    if (state.startsWith("08")) {
      return "no PostgreSQL server answers at " + server + ": " + e.getMessage();
    }
    return server + " cannot be used: " + e.getMessage();
  }
}

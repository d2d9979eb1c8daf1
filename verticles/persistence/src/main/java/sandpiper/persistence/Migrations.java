package sandpiper.persistence;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.sql.SQLException;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.FlywayException;
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
    run(server, folder, MigrationVersion.fromVersion(version));
  }

  private static void run(Server server, Path folder, MigrationVersion target) {
    if (!Files.isDirectory(folder)) {
      throw new IllegalArgumentException("migrations must be a folder, was " + folder);
    }
    reach(server);
    try {
      Flyway.configure()
          .dataSource(server.jdbcUrl(), server.user(), server.password())
          .locations("filesystem:" + folder)
          .failOnMissingLocations(true)
          .validateMigrationNaming(true)
          .target(target)
          .load()
          .migrate();
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

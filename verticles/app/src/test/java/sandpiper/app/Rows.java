package sandpiper.app;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// All rows of the embedded database of a platform that runs, by table, read past the platform.
final class Rows {
  private static final String COLUMNS =
      """
      select relname, attname from pg_class join pg_attribute on attrelid = pg_class.oid
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition
        and attnum > 0 and not attisdropped
      order by relname, attnum\
      """;

  private Rows() {}

  /// @param directory of the embedded database
  /// @return rows as PostgreSQL writes them, sorted
  static Map<String, List<String>> of(Path directory) throws IOException, SQLException {
    try (var connection = connect(directory)) {
      return of(connection, columns(connection));
    }
  }

  /// @param columns that are wanted, by table
  static Map<String, List<String>> of(Path directory, Map<String, String> columns)
      throws IOException, SQLException {
    try (var connection = connect(directory)) {
      return of(connection, columns);
    }
  }

  static Map<String, List<String>> of(Connection connection, Map<String, String> columns)
      throws SQLException {
    var rows = new TreeMap<String, List<String>>();
    for (var table : columns.entrySet()) {
      var query =
          "select row(%s)::text collate \"C\" from %s order by 1"
              .formatted(table.getValue(), table.getKey());
      rows.put(table.getKey(), strings(connection, query));
    }
    return rows;
  }

  /// All of all tables, the partitioned as one.
  static Map<String, String> columns(Connection connection) throws SQLException {
    var columns = new TreeMap<String, String>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(COLUMNS)) {
      while (rows.next()) {
        columns.merge(
            rows.getString(1), '"' + rows.getString(2) + '"', (one, next) -> one + ", " + next);
      }
    }
    return columns;
  }

  static Connection connect(Path directory) throws IOException, SQLException {
    var port = Files.readAllLines(directory.resolve("postgres/postmaster.pid")).get(3);
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "");
  }

  private static List<String> strings(Connection connection, String query) throws SQLException {
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(query)) {
      var strings = new ArrayList<String>();
      while (rows.next()) {
        strings.add(rows.getString(1));
      }
      return strings;
    }
  }
}

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
  private static final String TABLES =
      """
      select relname from pg_class
      where relnamespace = 'public'::regnamespace and relkind in ('r', 'p') and not relispartition\
      """;

  private Rows() {}

  /// @param directory of the embedded database
  /// @return rows as PostgreSQL writes them, sorted
  static Map<String, List<String>> of(Path directory) throws IOException, SQLException {
    try (var connection = connect(directory)) {
      var rows = new TreeMap<String, List<String>>();
      for (var table : strings(connection, TABLES)) {
        rows.put(
            table,
            strings(
                connection, "select each::text collate \"C\" from " + table + " each order by 1"));
      }
      return rows;
    }
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

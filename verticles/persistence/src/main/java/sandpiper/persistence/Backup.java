package sandpiper.persistence;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;
import java.util.zip.ZipOutputStream;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import sandpiper.bus.Refusal;

/// All rows of the database and the folder of strategies in one file, and back. All methods block.
///
/// ```
/// backup.json            the schema's version; tables with columns and rows, in the order of restoring
/// tables/NAME            rows as PostgreSQL's COPY writes them, as text
/// strategies/NAME.js     the working copies
/// ```
///
/// Rows are read in one transaction, so the file shows one moment, also beside a platform that
/// runs. As text they depend neither on the version of the server nor on its machine. A restore
/// makes the tables as they were by the migrations up to that version, takes the rows, and migrates
/// on.
public final class Backup {
  private static final int FORMAT = 1;
  private static final String ABOUT = "backup.json";
  private static final String TABLES = "tables/";
  private static final String STRATEGIES = "strategies/";
  private static final String HISTORY = "flyway_schema_history";
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*");
  private static final Pattern SCRIPT = Pattern.compile("[^./\\\\][^/\\\\]*\\.js");

  /// Tables, the partitioned as one, with their columns.
  private static final String COLUMNS =
      """
      select c.relname, a.attname, a.attidentity <> ''
      from pg_class c join pg_attribute a on a.attrelid = c.oid
      where c.relnamespace = current_schema::regnamespace and c.relkind in ('r', 'p')
        and not c.relispartition and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
        and c.relname <> 'flyway_schema_history'
      order by 1, a.attnum\
      """;

  private static final String REFERENCES =
      """
      select c.relname, f.relname from pg_constraint k
      join pg_class c on c.oid = k.conrelid join pg_class f on f.oid = k.confrelid
      where k.contype = 'f' and c.relnamespace = current_schema::regnamespace and c.oid <> f.oid
        and not c.relispartition\
      """;

  private static final String DAYS =
      """
      select distinct to_date(right(inhrelid::regclass::text, 8), 'YYYYMMDD')::text from pg_inherits
      where inhparent in (
        select oid from pg_class where relkind = 'p' and relnamespace = current_schema::regnamespace)
      order by 1\
      """;

  private static final String VERSION =
      "select version from " + HISTORY + " where success order by installed_rank desc limit 1";

  private Backup() {}

  /// What went into a file or came out of it.
  ///
  /// @param schema version of the tables, such as `019`
  /// @param rows by table
  /// @param strategies files, by name
  public record Contents(String schema, Map<String, Long> rows, List<String> strategies) {}

  /// @param counted columns that number rows by themselves
  private record Table(String name, List<String> columns, List<String> counted) {
    String columnList() {
      return String.join(", ", columns);
    }
  }

  /// Writes a file, that nobody but its owner may read. Beside a platform that runs, or without
  /// one.
  ///
  /// @param migrations folder of the scripts, which are run first
  /// @param strategies folder of the working copies
  /// @param file must not be there yet
  /// @throws Refusal when it is there, or the database cannot be used
  public static Contents write(DatabaseConfig config, Path migrations, Path strategies, Path file)
      throws IOException {
    var target = file.toAbsolutePath();
    if (Files.exists(target)) {
      throw Refusal.invalid(target + " is there already: name another file");
    }
    var part = create(target.resolveSibling(target.getFileName() + ".part"));
    try {
      try (var started = Database.start(config, migrations, true);
          var out = new ZipOutputStream(Files.newOutputStream(part));
          var connection = connect(started.server())) {
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setReadOnly(true);
        connection.setAutoCommit(false);
        var contents = write(connection, strategies, out);
        out.finish();
        Files.move(part, target);
        return contents;
      }
    } catch (SQLException e) {
      throw new IOException("the database could not be read: " + e.getMessage(), e);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private static Path create(Path part) throws IOException {
    try {
      Files.deleteIfExists(part);
      return part.getFileSystem().supportedFileAttributeViews().contains("posix")
          ? Files.createFile(
              part,
              PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))
          : Files.createFile(part);
    } catch (NoSuchFileException | FileAlreadyExistsException e) {
      throw Refusal.invalid(part + " cannot be made: " + e.getClass().getSimpleName());
    }
  }

  private static Contents write(Connection connection, Path strategies, ZipOutputStream out)
      throws SQLException, IOException {
    var copy = connection.unwrap(PGConnection.class).getCopyAPI();
    var rows = new TreeMap<String, Long>();
    var about = new JsonArray();
    for (var table : tables(connection)) {
      out.putNextEntry(new ZipEntry(TABLES + table.name));
      var query = "copy (select %s from %s) to stdout".formatted(table.columnList(), table.name);
      long count = copy.copyOut(query, unclosed(out));
      out.closeEntry();
      rows.put(table.name, count);
      about.add(
          new JsonObject()
              .put("name", table.name)
              .put("columns", new JsonArray(table.columns))
              .put("rows", count));
    }
    var schema = strings(connection, VERSION).getFirst();
    var scripts = new ArrayList<String>();
    for (var script : scripts(strategies)) {
      var name = script.getFileName().toString();
      out.putNextEntry(new ZipEntry(STRATEGIES + name));
      Files.copy(script, out);
      out.closeEntry();
      scripts.add(name);
    }
    out.putNextEntry(new ZipEntry(ABOUT));
    out.write(
        new JsonObject()
            .put("format", FORMAT)
            .put("schema", schema)
            .put("days", new JsonArray(strings(connection, DAYS)))
            .put("tables", about)
            .encodePrettily()
            .getBytes(StandardCharsets.UTF_8));
    out.closeEntry();
    return new Contents(schema, rows, scripts);
  }

  private static List<Path> scripts(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .filter(file -> SCRIPT.matcher(file.getFileName().toString()).matches())
          .filter(Files::isRegularFile)
          .sorted()
          .toList();
    }
  }

  /// Takes a backup into a database that is empty. Files of strategies that are there are replaced,
  /// others stay.
  ///
  /// @param migrations folder of the scripts
  /// @param strategies folder of the working copies
  /// @throws Refusal when the file is no backup or one of a newer platform, the database holds
  ///   anything, or a platform runs on it; then nothing has been changed but tables that are empty
  public static Contents restore(DatabaseConfig config, Path migrations, Path strategies, Path file)
      throws IOException {
    try (var zip = new ZipFile(file.toFile())) {
      var about = about(zip, file);
      try (var started = Database.reach(config);
          var connection = reach(started.server())) {
        connection.setAutoCommit(false);
        requireEmpty(connection, started.server());
        connection.commit();
        Migrations.runTo(started.server(), migrations, about.getString("schema"));
        var rows = take(connection, zip, about);
        connection.commit();
        Migrations.run(started.server(), migrations);
        return new Contents(about.getString("schema"), rows, unpack(zip, strategies));
      }
    } catch (SQLException e) {
      throw new IOException(
          "the rows of " + file + " could not be written, none of them is: " + e.getMessage(), e);
    } catch (ZipException e) {
      throw Refusal.invalid(file + " is no backup: " + e.getMessage());
    } catch (NoSuchFileException _) {
      throw Refusal.invalid("there is no file " + file);
    }
  }

  private static JsonObject about(ZipFile zip, Path file) throws IOException {
    var entry = zip.getEntry(ABOUT);
    if (entry == null) {
      throw Refusal.invalid(file + " is no backup: it has no " + ABOUT);
    }
    try (var in = zip.getInputStream(entry)) {
      var about = new JsonObject(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      var format = about.getInteger("format");
      if (!Objects.equals(format, FORMAT)) {
        throw Refusal.invalid(
            "%s must be of format %d, was %d: a newer version of Sandpiper made it"
                .formatted(file, FORMAT, format));
      }
      return about;
    }
  }

  private static void requireEmpty(Connection connection, Server server) throws SQLException {
    for (var table : tables(connection)) {
      if (!strings(connection, "select '' from " + table.name + " limit 1").isEmpty()) {
        throw Refusal.invalid(
            "a backup is restored into an empty database, but the table %s at %s has rows"
                .formatted(table.name, server));
      }
    }
  }

  private static Map<String, Long> take(Connection connection, ZipFile zip, JsonObject about)
      throws SQLException, IOException {
    for (var day : about.getJsonArray("days")) {
      try (var statement = connection.prepareStatement("select keep_day(?::date)")) {
        statement.setString(1, (String) day);
        statement.execute();
      }
    }
    var copy = connection.unwrap(PGConnection.class).getCopyAPI();
    var rows = new TreeMap<String, Long>();
    for (int i = 0; i < about.getJsonArray("tables").size(); i++) {
      var table = about.getJsonArray("tables").getJsonObject(i);
      rows.put(table.getString("name"), take(copy, zip, table));
    }
    for (var table : tables(connection)) {
      for (var column : table.counted) {
        try (var statement = connection.createStatement()) {
          statement.execute(
              "select setval(pg_get_serial_sequence('%1$s', '%2$s'), max(%2$s)) from %1$s"
                  .formatted(table.name, column));
        }
      }
    }
    return rows;
  }

  private static long take(CopyManager copy, ZipFile zip, JsonObject table)
      throws SQLException, IOException {
    var name = table.getString("name");
    var columns = new ArrayList<String>();
    table.getJsonArray("columns").forEach(column -> columns.add(name((String) column)));
    var entry = zip.getEntry(TABLES + name(name));
    if (entry == null) {
      throw new ZipException("the rows of " + name + " are missing");
    }
    try (var in = zip.getInputStream(entry)) {
      var query = "copy %s (%s) from stdin".formatted(name, String.join(", ", columns));
      long count = copy.copyIn(query, in);
      if (count != table.getLong("rows")) {
        throw new ZipException(
            "%d rows of %s were saved, and %d are there"
                .formatted(table.getLong("rows"), name, count));
      }
      return count;
    }
  }

  private static List<String> unpack(ZipFile zip, Path strategies) throws IOException {
    Files.createDirectories(strategies);
    var names = new ArrayList<String>();
    for (var entry : zip.stream().filter(each -> each.getName().startsWith(STRATEGIES)).toList()) {
      var name = entry.getName().substring(STRATEGIES.length());
      if (!SCRIPT.matcher(name).matches()) {
        throw new ZipException("'" + name + "' is no name of a strategy's file");
      }
      try (var in = zip.getInputStream(entry)) {
        Files.write(strategies.resolve(name), in.readAllBytes());
      }
      names.add(name);
    }
    return names;
  }

  /// Those that are referred to before those that refer to them.
  private static List<Table> tables(Connection connection) throws SQLException {
    var waiting = new TreeMap<String, Table>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(COLUMNS)) {
      while (rows.next()) {
        var table =
            waiting.computeIfAbsent(
                name(rows.getString(1)),
                name -> new Table(name, new ArrayList<>(), new ArrayList<>()));
        table.columns.add(name(rows.getString(2)));
        if (rows.getBoolean(3)) {
          table.counted.add(rows.getString(2));
        }
      }
    }
    var references = new ArrayList<Map.Entry<String, String>>();
    try (var statement = connection.createStatement();
        var rows = statement.executeQuery(REFERENCES)) {
      while (rows.next()) {
        references.add(Map.entry(rows.getString(1), rows.getString(2)));
      }
    }
    var ordered = new ArrayList<Table>();
    while (!waiting.isEmpty()) {
      var free =
          waiting.values().stream()
              .filter(table ->
                  references.stream()
                      .noneMatch(each ->
                          each.getKey().equals(table.name) && waiting.containsKey(each.getValue())))
              .toList();
      if (free.isEmpty()) {
        throw new IllegalStateException("these refer to each other: " + waiting.keySet());
      }
      ordered.addAll(free);
      free.forEach(table -> waiting.remove(table.name));
    }
    return ordered;
  }

  /// Names go into statements as they are.
  private static String name(String name) {
    if (!NAME.matcher(name).matches()) {
      throw new IllegalStateException("'" + name + "' is no name of a table or column");
    }
    return name;
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

  private static Connection reach(Server server) throws SQLException {
    Migrations.reach(server);
    return connect(server);
  }

  private static Connection connect(Server server) throws SQLException {
    return DriverManager.getConnection(server.jdbcUrl(), server.jdbcProperties());
  }

  private static OutputStream unclosed(OutputStream out) {
    return new FilterOutputStream(out) {
      @Override
      public void write(byte[] bytes, int offset, int length) throws IOException {
        out.write(bytes, offset, length);
      }

      @Override
      public void close() {
        // Its entry ends, the file goes on.
      }
    };
  }
}

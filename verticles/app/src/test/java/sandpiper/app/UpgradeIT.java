package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.feeds.DataSets;

/// Databases of older versions, with rows in every table they had, under the platform of today.
///
/// The rows are of a real paper session on margin over 1,500 messages of an exchange, a backtest,
/// users and what else there was; `upgrade/rows.sql.gz` has them as statements, those of tables
/// that came later behind the version that brought them.
class UpgradeIT {
  private static final String VERSION = "-- from ";

  /// What a session of schema 012 could leave behind.
  private static final List<HistoryKind> KINDS =
      List.of(
          HistoryKind.SIGNALS,
          HistoryKind.ORDERS,
          HistoryKind.ORDER_EVENTS,
          HistoryKind.FILLS,
          HistoryKind.POSITIONS,
          HistoryKind.EQUITY,
          HistoryKind.LOG,
          HistoryKind.ALERTS,
          HistoryKind.METRICS,
          HistoryKind.PLOT_POINTS,
          HistoryKind.STRATEGY_EVENTS,
          HistoryKind.RISK_ALERTS,
          HistoryKind.FUNDING,
          HistoryKind.READINGS);

  /// Rows that are put in with their numbers do not count as drawn.
  private static final String NUMBERS_GO_ON =
      """
      do $$
      declare
        each record;
      begin
        for each in
          select table_name, column_name from information_schema.columns
          where table_schema = 'public' and is_identity = 'YES'
        loop
          execute format(
            'select setval(pg_get_serial_sequence(%L, %L), greatest(max(%I), 1)) from %I',
            each.table_name, each.column_name, each.column_name, each.table_name);
        end loop;
      end
      $$
      """;

  private static HttpClient http;

  @BeforeAll
  static void open() {
    http = HttpClient.newHttpClient();
  }

  @AfterAll
  static void close() {
    http.close();
  }

  /// What a database held.
  ///
  /// @param columns by table
  /// @param rows by table, of those columns
  private record Content(Map<String, String> columns, Map<String, List<String>> rows) {}

  @ParameterizedTest
  @ValueSource(strings = {"012", "017", "018"})
  void whatAnOlderVersionKeptIsThere(String version, @TempDir Path strategies) throws Exception {
    var directory = TestPlatform.freshDirectory();
    var before = make(directory, version);
    assertThat(before.rows()).allSatisfy((table, rows) -> assertThat(rows).as(table).isNotEmpty());

    try (var platform = TestPlatform.start(directory, strategies)) {
      var after = Rows.of(directory, before.columns());
      before
          .rows()
          .forEach((table, rows) -> assertThat(after.get(table)).as(table).isEqualTo(rows));

      var session =
          get(platform, "/api/sessions?mode=paper").getJsonArray("items").getJsonObject(0);
      var id = session.getString("session_id");
      assertThat(session.getString("status")).isEqualTo("stopped");
      for (var kind : KINDS) {
        assertThat(platform.rows(kind, id)).as(kind.name()).isNotEmpty();
      }
      var signal = new JsonObject(platform.rows(HistoryKind.SIGNALS, id).getFirst());
      var ledger =
          get(
              platform,
              "/api/ledger?session_id=" + id + "&signal_id=" + signal.getString("signal_id"));
      assertThat(ledger.encode()).contains(signal.getString("signal_id"), "fil_");
      assertThat(get(platform, "/api/sessions/" + id + "/performance").isEmpty()).isFalse();
      assertThat(events(platform, id))
          .isEqualTo(
              Stream.of("trades", "quotes", "books")
                  .flatMap(table -> Objects.requireNonNull(before.rows().get(table)).stream())
                  .filter(row -> row.startsWith("(" + id + ","))
                  .count());
      if (version.equals("018")) {
        var proof = get(platform, "/api/sessions/" + id + "/parity");
        assertThat(proof.getLong("inputs")).isGreaterThan(1_500);
        assertThat(proof.getLong("matched")).isPositive();
      }
    }
  }

  private static JsonObject get(TestPlatform platform, String path) throws Exception {
    var answer = http.send(platform.request(path).build(), BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body());
  }

  /// How many there are of its recording.
  private static long events(TestPlatform platform, String id) throws IOException {
    var sets = new DataSets(TestPlatform.freshDirectory(), platform.bus);
    try (var data = sets.open(List.of("BTCUSDT"), "recording:" + id, null, TimeRange.ALL)) {
      long count = 0;
      while (data.hasNext()) {
        data.next();
        count++;
      }
      return count;
    }
  }

  /// Where the platform looks for its own.
  private static Content make(Path directory, String version) throws Exception {
    try (var postgres =
            EmbeddedPostgres.builder()
                .setDataDirectory(directory.resolve("postgres"))
                .setCleanDataDirectory(false)
                .setOverrideWorkingDirectory(directory.resolve("program").toFile())
                .start();
        var connection = postgres.getPostgresDatabase().getConnection();
        var statement = connection.createStatement()) {
      Flyway.configure()
          .dataSource(postgres.getPostgresDatabase())
          .locations("filesystem:" + Home.resolve("migrations"))
          .target(version)
          .load()
          .migrate();
      statement.execute(rows(version));
      statement.execute(NUMBERS_GO_ON);
      var columns = Rows.columns(connection);
      columns.remove("flyway_schema_history");
      return new Content(columns, Rows.of(connection, columns));
    }
  }

  private static String rows(String version) throws IOException {
    try (var file =
        new GZIPInputStream(
            Objects.requireNonNull(UpgradeIT.class.getResourceAsStream("/upgrade/rows.sql.gz")))) {
      var sql = new StringBuilder();
      for (var line : new String(file.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
        if (line.startsWith(VERSION) && line.substring(VERSION.length()).compareTo(version) > 0) {
          break;
        }
        sql.append(line).append('\n');
      }
      return sql.toString();
    }
  }
}

package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.app.TestPlatform.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.SaveStrategy;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.bus.Messages.WriteSetting;
import sandpiper.domain.session.SessionMode;
import sandpiper.testkit.SharedData;

/// A platform with a bit of everything is saved while it runs, and is there again in other folders.
class BackupIT {
  private static Path folder;
  private static Path database;
  private static Path strategies;
  private static Path config;
  private static TestPlatform platform;
  private static HttpClient http;
  private static String session;
  private static String traderPassword;

  @BeforeAll
  static void fill(@TempDir Path temporary) throws Exception {
    folder = temporary;
    http = HttpClient.newHttpClient();
    database = TestPlatform.freshDirectory();
    strategies = Files.createDirectory(folder.resolve("strategies"));
    for (var name : List.of("ema-cross.js", "grid.js", "sma-cross.js")) {
      var bundled = SharedData.home().resolve("strategies-js").resolve(name);
      Files.copy(bundled, strategies.resolve(name));
    }
    config = config("config", database, strategies);
    platform = TestPlatform.start(database, strategies);

    var edited = Files.readString(strategies.resolve("ema-cross.js")) + "// edited, „quoted“\n";
    await(
        platform.bus.ask(
            Channels.SAVE_STRATEGY, new SaveStrategy("ema-cross", edited, 1, "alice")));
    var data = DemoTrades.first(20_000, folder).toString();
    session = run(SessionMode.PAPER, data, "ema-cross", "grid");
    run(SessionMode.BACKTEST, data, "sma-cross");
    var added = Cli.run("user", "add", "bob", "--role", "trader", "--config", config.toString());
    assertThat(added.code()).as(added.err()).isZero();
    traderPassword = added.out().replaceAll("(?s).*the password (\\S+), and.*", "$1");
    var imported = Cli.run("import", data, "--symbol", "BTCUSD", "--config", config.toString());
    assertThat(imported.code()).as(imported.err()).isZero();
    var settings =
        """
        {"theme": "light", "palette": "blue-orange", "time_zone": "UTC", "confirm_cancel": true}\
        """;
    await(
        platform.bus.ask(
            Channels.WRITE_SETTING, new WriteSetting("admin", "console", settings, "admin")));
    assertThat(parity(platform).getString("percent")).isEqualTo("100");
  }

  @AfterAll
  static void stop() {
    http.close();
    platform.close();
  }

  private static Path config(String name, Path database, Path strategies) throws IOException {
    return Files.writeString(
        folder.resolve(name + ".yaml"),
        "database: {port: 0, directory: %s}\nstrategies: {folder: %s}\n"
            .formatted(database, strategies));
  }

  private static String run(SessionMode mode, String data, String... names)
      throws InterruptedException {
    var wanted = List.of(names).stream().map(name -> new StrategyRequest(name, Map.of())).toList();
    var budget = new BigDecimal("25000");
    var request = new StartSession(mode, List.of("BTCUSD"), wanted, budget, data, null, null);
    var id = await(platform.bus.ask(Channels.START_SESSION, request)).sessionId();
    assertThat(platform.untilEnded(id).error()).isNull();
    return id;
  }

  private static HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return http.send(
        request.header("Content-Type", "application/json").build(), BodyHandlers.ofString());
  }

  private static JsonObject parity(TestPlatform where) throws Exception {
    return new JsonObject(send(where.request("/api/sessions/" + session + "/parity")).body());
  }

  private static int login(TestPlatform where, String user, String password) throws Exception {
    var body = new JsonObject().put("user", user).put("password", password).encode();
    return send(HttpRequest.newBuilder(URI.create(where.url() + "/api/login"))
            .header("Origin", where.url())
            .POST(BodyPublishers.ofString(body)))
        .statusCode();
  }

  @Test
  void whatWasSavedIsThereAgain() throws Exception {
    var before = Rows.of(database);
    var file = folder.resolve("backup.zip");
    var saved = Cli.run("backup", file.toString(), "--json", "--config", config.toString());
    assertThat(saved.code()).as(saved.err()).isZero();
    assertThat(Rows.of(database)).as("nothing was written meanwhile").isEqualTo(before);
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    var rows = new JsonObject(saved.out()).getJsonObject("rows");
    assertThat(rows.getLong("trades")).isEqualTo(40_000);
    assertThat(rows.getLong("fills")).isGreaterThan(20);

    var elsewhere = TestPlatform.freshDirectory();
    var scripts = folder.resolve("strategies-again");
    var again = config("again", elsewhere, scripts);
    var restored = Cli.run("restore", file.toString(), "--json", "--config", again.toString());
    assertThat(restored.code()).as(restored.err()).isZero();
    assertThat(new JsonObject(restored.out())).isEqualTo(new JsonObject(saved.out()));
    for (var name : List.of("ema-cross.js", "grid.js", "sma-cross.js")) {
      assertThat(scripts.resolve(name)).hasSameBinaryContentAs(strategies.resolve(name));
    }

    try (var second = TestPlatform.start(elsewhere, scripts)) {
      var after = Rows.of(elsewhere);
      after.remove("flyway_schema_history"); // tells when the tables were made
      before.remove("flyway_schema_history");
      assertThat(after.keySet()).isEqualTo(before.keySet());
      before.forEach(
          (table, expected) -> assertThat(after.get(table)).as(table).isEqualTo(expected));
      assertThat(login(second, "admin", TestPlatform.PASSWORD)).isEqualTo(200);
      assertThat(login(second, "bob", traderPassword)).isEqualTo(200);
      assertThat(login(second, "bob", "not " + traderPassword)).isEqualTo(401);
      assertThat(second.rows(HistoryKind.FILLS, session))
          .isEqualTo(platform.rows(HistoryKind.FILLS, session))
          .isNotEmpty();
      // It is proved anew: what was found before is deleted first.
      try (var connection = Rows.connect(elsewhere);
          var statement = connection.createStatement()) {
        assertThat(statement.executeUpdate("delete from parity_proofs")).isEqualTo(1);
      }
      var proof = parity(second);
      assertThat(proof.getString("percent")).isEqualTo("100");
      assertThat(proof.getLong("decisions")).isGreaterThan(50);
      // Numbers that the database gives go on behind those that were restored.
      assertThat(Rows.of(elsewhere).get("audit_log"))
          .hasSizeGreaterThan(Objects.requireNonNull(before.get("audit_log")).size());
    }
  }

  /// Every input up to one, and every row that another refers to: the database takes no others.
  @Test
  void whatIsSavedWhileASessionRunsIsOfOneMoment() throws Exception {
    var file = folder.resolve("running.zip");
    var source = TestPlatform.freshDirectory();
    String id;
    try (var first = TestPlatform.start(source, strategies)) {
      var request =
          new StartSession(
              SessionMode.PAPER,
              List.of("BTCUSD"),
              List.of(new StrategyRequest("grid", Map.of())),
              new BigDecimal("25000"),
              "demo",
              null,
              1_000.0);
      id = await(first.bus.ask(Channels.START_SESSION, request)).sessionId();
      TestPlatform.until(() -> first.rows(HistoryKind.FILLS, id).size() > 5, "fills");
      var saved =
          Cli.run(
              "backup",
              file.toString(),
              "--config",
              config("running", source, strategies).toString());
      assertThat(saved.code()).as(saved.err()).isZero();
      assertThat(first.session(id).status()).isEqualTo(SessionStatus.RUNNING);
    }
    var elsewhere = TestPlatform.freshDirectory();
    var scripts = folder.resolve("strategies-of-running");
    var restored =
        Cli.run(
            "restore",
            file.toString(),
            "--config",
            config("restored", elsewhere, scripts).toString());
    assertThat(restored.code()).as(restored.err()).isZero();
    try (var second = TestPlatform.start(elsewhere, scripts);
        var connection = Rows.connect(elsewhere);
        var statement = connection.createStatement();
        var row =
            statement.executeQuery(
                """
                select status, (select max(last_seq) from recorded),
                  (select count(*) from trades) + (select count(*) from bars)
                from sessions\
                """)) {
      assertThat(row.next()).isTrue();
      assertThat(row.getString(1)).isEqualTo("failed"); // as after a kill
      assertThat(row.getLong(2)).isEqualTo(row.getLong(3)).isGreaterThan(100);
      assertThat(second.rows(HistoryKind.FILLS, id)).hasSizeGreaterThan(5);
    }
  }

  @Test
  void aCopyOfTheFoldersIsThePlatform() throws Exception {
    var source = TestPlatform.freshDirectory();
    var copy = source.resolveSibling(source.getFileName() + "-copy");
    Map<String, List<String>> before;
    try (var first = TestPlatform.start(source, strategies)) {
      assertThat(login(first, "admin", TestPlatform.PASSWORD)).isEqualTo(200);
      before = Rows.of(source);
    }
    assertThat(
            new ProcessBuilder("cp", "-a", source.toString(), copy.toString())
                .inheritIO()
                .start()
                .waitFor())
        .isZero();
    try (var second = TestPlatform.start(copy, strategies)) {
      assertThat(Rows.of(copy)).isEqualTo(before);
      assertThat(login(second, "admin", TestPlatform.PASSWORD)).isEqualTo(200);
    }
  }

  @Test
  void nothingIsOverwritten() throws Exception {
    var file = folder.resolve("twice.zip");
    assertThat(Cli.run("backup", file.toString(), "--config", config.toString()).code()).isZero();
    var twice = Cli.run("backup", file.toString(), "--config", config.toString());
    assertThat(twice.code()).isEqualTo(2);
    assertThat(twice.err()).contains(file + " is there already: name another file");

    var running = Cli.run("restore", file.toString(), "--config", config.toString());
    assertThat(running.code()).isEqualTo(1);
    assertThat(running.err()).contains("database.directory must belong to one running platform");

    var full = TestPlatform.freshDirectory();
    TestPlatform.start(full, strategies).close();
    var scripts = folder.resolve("untouched");
    var again =
        Cli.run("restore", file.toString(), "--config", config("full", full, scripts).toString());
    assertThat(again.code()).isEqualTo(2);
    assertThat(again.err())
        .contains("a backup is restored into an empty database, but the table ")
        .contains(" has rows");
    assertThat(scripts).doesNotExist();
  }

  @Test
  void whatIsNoBackupIsNamed() throws Exception {
    var empty = config("empty", TestPlatform.freshDirectory(), folder.resolve("none")).toString();
    var nowhere = folder.resolve("nowhere.zip");
    assertThat(Cli.run("restore", nowhere.toString(), "--config", empty).err())
        .contains("there is no file " + nowhere);
    var text = Files.writeString(folder.resolve("text.zip"), "no zip");
    assertThat(Cli.run("restore", text.toString(), "--config", empty).err())
        .contains(text + " is no backup: ");
    var other = folder.resolve("other.zip");
    try (var zip = new ZipOutputStream(Files.newOutputStream(other))) {
      zip.putNextEntry(new ZipEntry("something"));
    }
    assertThat(Cli.run("restore", other.toString(), "--config", empty).err())
        .contains(other + " is no backup: it has no backup.json");
    var newer = folder.resolve("newer.zip");
    try (var zip = new ZipOutputStream(Files.newOutputStream(newer))) {
      zip.putNextEntry(new ZipEntry("backup.json"));
      zip.write("{\"format\": 2}".getBytes(StandardCharsets.UTF_8));
    }
    assertThat(Cli.run("restore", newer.toString(), "--config", empty).err())
        .contains(newer + " must be of format 1, was 2: a newer version of Sandpiper made it");
    var later = folder.resolve("later.zip");
    try (var zip = new ZipOutputStream(Files.newOutputStream(later))) {
      zip.putNextEntry(new ZipEntry("backup.json"));
      var about = "{\"format\": 1, \"schema\": \"999\", \"days\": [], \"tables\": []}";
      zip.write(about.getBytes(StandardCharsets.UTF_8));
    }
    assertThat(Cli.run("restore", later.toString(), "--config", empty).err())
        .contains(" do not lead to schema 999: it is that of a newer version of Sandpiper");
  }
}

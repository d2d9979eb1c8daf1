package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `record`, `export` and `import`, with a database of their own.
class DataCommandsIT {
  @TempDir private Path folder;

  @SuppressWarnings("NullAway.Init") // before each test
  private String config;

  @BeforeEach
  void configure() throws IOException {
    var database = TestPlatform.freshDirectory();
    config =
        Files.writeString(
                folder.resolve("config.yaml"), "database: {port: 0, directory: " + database + "}\n")
            .toString();
  }

  private Cli run(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of("--config", config));
    return Cli.run(all);
  }

  private JsonObject json(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.add("--json");
    var run = run(all.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return new JsonObject(run.out());
  }

  @Test
  void whatIsRecordedGoesOutToAFileAndComesBack() throws IOException {
    var recorded = json("record", "--data", "demo", "--symbol", "BTCUSD", "--streams", "trades");
    assertThat(recorded.getString("status")).isEqualTo("stopped");
    assertThat(recorded.getLong("rows")).isEqualTo(100_000);
    var id = recorded.getString("session_id");

    var file = folder.resolve("out.csv").toString();
    var written = json("export", "recording:" + id, "--kind", "trades", "--out", file);
    assertThat(written.getLong("rows")).isEqualTo(100_000);
    assertThat(written.getString("symbol")).isEqualTo("BTCUSD");

    var imported = json("import", file, "--symbol", "BTCUSD", "--kind", "trades");
    assertThat(imported.getLong("rows")).isEqualTo(100_000);
    assertThat(imported.getString("data")).isEqualTo("import:out.csv");
    var again = folder.resolve("again.csv");
    run("export", imported.getString("session_id"), "--kind", "trades", "--out", again.toString());
    assertThat(Files.mismatch(Path.of(file), again)).isEqualTo(-1);

    var parquet = folder.resolve("out.parquet").toString();
    assertThat(json("export", id, "--kind", "trades", "--out", parquet).getLong("rows"))
        .isEqualTo(100_000);
    var back = json("import", parquet, "--symbol", "BTCUSD").getString("session_id");
    run("export", back, "--kind", "trades", "--out", again.toString());
    assertThat(Files.mismatch(Path.of(file), again)).isEqualTo(-1);
  }

  @Test
  void peopleReadWhatThereIs() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("bars.csv"),
            """
            timestamp_ms,open,high,low,close,volume
            1700000040000,1,2,1,2,5
            1700000100000,2,3,2,3,5
            """);
    var run = run("import", file.toString(), "--symbol", "BTCUSD");
    assertThat(run.code()).as(run.err()).isZero();
    assertThat(run.out().lines().toList().getFirst()).startsWith("recording:dc_");
    assertThat(run.out())
        .contains("BTCUSD bars of 1m: 2, 2023-11-14T22:14:00Z to 2023-11-14T22:15:00Z");
  }

  @Test
  void badInputIsExitCodeTwoAndOneSentence() throws IOException {
    var file =
        Files.writeString(
            folder.resolve("bad.csv"), "time,price,amount\n1700000000,1,1\n1700000001,-1,1\n");
    expect(
        "bad.csv, line 3: price must be a number above zero, was \"-1\"",
        run("import", file.toString(), "--symbol", "BTCUSD"));
    var broken = Files.writeString(folder.resolve("broken.parquet"), "PAR1 and nothing of it");
    var run = run("import", broken.toString(), "--symbol", "BTCUSD");
    assertThat(run.err())
        .startsWith("sandpiper: broken.parquet: cannot be read, is no Parquet that can be read");
    assertThat(run.code()).isEqualTo(2);
    expect(
        "unknown symbol 'DOGEUSD'; there are BTCUSD, BTCUSDT, SPY",
        run("import", file.toString(), "--symbol", "DOGEUSD"));
    expect(
        "streams must be of trades, quotes, books and bars, was 'ticks'",
        run("import", file.toString(), "--symbol", "BTCUSD", "--kind", "ticks"));
    expect(
        "unknown session 'dc_nobody'",
        run("export", "dc_nobody", "--kind", "trades", "--out", folder.resolve("x").toString()));
    expect(
        "--acceleration must be from 1 to 1000, or max, was '0'",
        run("record", "--data", "demo", "--symbol", "BTCUSD", "--acceleration", "0"));
    assertThat(run("record", "--symbol", "BTCUSD").code()).isEqualTo(2);
  }

  /// It is kept as failed, with the reason.
  @Test
  void whatBreaksOffIsExitCodeOne() {
    var run = run("record", "--data", "demo", "--symbol", "BTCUSD", "--streams", "books");
    assertThat(run.code()).isEqualTo(1);
    assertThat(run.err()).contains("broke off: demo: trades: nothing of what was to be recorded");
  }

  private static void expect(String sentence, Cli run) {
    assertThat(run.err()).isEqualTo("sandpiper: " + sentence + System.lineSeparator());
    assertThat(run.code()).isEqualTo(2);
  }
}

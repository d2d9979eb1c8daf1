package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.testkit.SharedData;

/// Bars of BTCUSD and trades of SPY in one session of the command line.
class SeveralSymbolsTest {
  private static final String PAIRS =
      SharedData.home().resolve("strategies-js/pairs.js").toString();
  private static final List<String> OPTIONS =
      List.of(
          "--from",
          "2013-10-08T14:10:00Z",
          "--to",
          "2013-10-08T15:00:00Z",
          "--param",
          "window=10",
          "--param",
          "enter=1",
          "--cash",
          "100000");

  @TempDir private Path folder;

  @Test
  void aBacktestTradesBothWhicheverWayTheyAreNamed() throws IOException {
    var data = TwoSymbols.write(folder);
    var parts = data.split(",");
    var csv = folder.resolve("trades.csv");
    var once =
        backtest(
            "backtest", PAIRS, "--symbol=BTCUSD,SPY", "--data", data, "--trades", csv.toString());
    var again =
        backtest(
            "backtest",
            PAIRS,
            "--symbol=BTCUSD",
            "--symbol=SPY",
            "--data",
            parts[0],
            "--data",
            parts[1]);
    assertThat(again).isEqualTo(once);
    assertThat(once.getJsonObject("data").getJsonArray("symbols")).containsExactly("BTCUSD", "SPY");
    assertThat(once.getJsonObject("data").getString("source"))
        .isEqualTo("btcusd.csv: bars of 1m; spy.csv: trades");
    assertThat(once.getJsonObject("data").getInteger("rows"))
        .isEqualTo(rowsInRange("btcusd.csv") + rowsInRange("spy.csv"));
    // As conf/instruments.yaml has them.
    assertThat(once.getJsonObject("fee"))
        .isEqualTo(new JsonObject().put("BTCUSD", "0.001").put("SPY", "0.0001"));
    var trades = once.getJsonArray("trades");
    assertThat(trades)
        .extracting(each -> ((JsonObject) each).getString("symbol"))
        .contains("BTCUSD", "SPY");
    assertThat(Files.readAllLines(csv))
        .hasSize(trades.size() + 1)
        .anyMatch(line -> line.contains(",SPY,"));
  }

  @Test
  void aCheckRunsOnBothAndFindsNoLookAhead() throws IOException {
    var run =
        Cli.run(
            "check",
            PAIRS,
            "--symbol=BTCUSD,SPY",
            "--data",
            TwoSymbols.write(folder),
            "--param",
            "window=10",
            "--json");
    assertThat(run.code()).as(run.out() + run.err()).isZero();
    assertThat(new JsonObject(run.out()).getJsonObject("decisions").getJsonArray("look_ahead"))
        .isEmpty();
  }

  private int rowsInRange(String name) throws IOException {
    long from = 1_381_241_400_000L;
    return (int)
        Files.readAllLines(folder.resolve(name)).stream()
            .skip(1)
            .mapToLong(line -> Long.parseLong(line.substring(0, line.indexOf(','))))
            .filter(time -> time >= from && time < from + 50 * 60_000)
            .count();
  }

  private static JsonObject backtest(String... arguments) {
    var all = new ArrayList<>(List.of(arguments));
    all.addAll(OPTIONS);
    all.add("--json");
    var run = Cli.run(all);
    assertThat(run.code()).as(run.err()).isZero();
    var json = new JsonObject(run.out());
    assertThat(json.remove("timing")).isNotNull();
    return json;
  }
}

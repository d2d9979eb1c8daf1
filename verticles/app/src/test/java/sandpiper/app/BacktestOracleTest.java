package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketSequencer;
import sandpiper.feeds.DataRequest;
import sandpiper.feeds.MarketDataReader;
import sandpiper.testkit.SharedData;

/// The standard tasks of `oracle/backtests`, whose figures several independent engines agreed on,
/// run by the command line with the bundled JavaScript strategies.
class BacktestOracleTest {
  private static final long MINUTE = 60_000_000L;

  @Test
  void smaCrossOverBitcoin2019() {
    var result =
        backtest(
            "strategies-js/sma-cross.js",
            "--data",
            SharedData.path("data/btcusd_1m_2013_2019.csv.xz").toString(),
            "--interval",
            "1m",
            "--from",
            "2019-01-01",
            "--to",
            "2020-01-01",
            "--param",
            "fast=10",
            "--param",
            "slow=30",
            "--fee",
            "0.001");
    var oracle = oracle("sma_longflat_btc2019_10_30_fee0.001.json");
    assertThat(result.getJsonObject("data").getInteger("rows"))
        .isEqualTo(oracle.getInteger("bars"))
        .isEqualTo(512_727);
    agree(result, oracle);
    sameTrades(
        result.getJsonArray("trades"),
        "oracle/backtests/sma_longflat_btc2019_10_30_fee0.001_trades.csv.gz");
  }

  @Test
  void smaCrossOverTheDemoTradesAsTheyPass() {
    var result =
        backtest(
            "strategies-js/sma-cross.js",
            "--data",
            "demo",
            "--interval",
            "1m",
            "--param",
            "fast=10",
            "--param",
            "slow=30",
            "--fee",
            "0.001");
    agree(result, oracle("sma_longflat_ta4jtrades1m_10_30_fee0.001.json"));
    sameTrades(
        result.getJsonArray("trades"),
        "oracle/backtests/sma_longflat_ta4jtrades1m_10_30_fee0.001_trades.csv");
  }

  @Test
  void smaCrossOverTheDemoTradesBuiltIntoBarsFirst(@TempDir Path folder) throws IOException {
    var bars = new ArrayList<Bar>();
    var sequencer =
        new MarketSequencer(
            Map.of("BTCUSD", Set.of(Interval.parse("1m"))),
            Map.of(),
            (_, _, event) -> {
              if (event instanceof BarClosed closed) {
                bars.add(closed.bar());
              }
            });
    try (var reader =
        MarketDataReader.open(new DataRequest("demo", "BTCUSD", null, null, null, false))) {
      reader.forEachRemaining(sequencer::accept);
    }
    sequencer.finish();
    assertThat(bars).hasSize(9_399);
    var file = folder.resolve("demo-1m.csv");
    var csv = new StringBuilder("timestamp_ms,open,high,low,close,volume\n");
    for (var bar : bars) {
      csv.append(bar.openTime() / 1_000)
          .append(',')
          .append(bar.open())
          .append(',')
          .append(bar.high())
          .append(',')
          .append(bar.low())
          .append(',')
          .append(bar.close())
          .append(',')
          .append(bar.volume())
          .append('\n');
    }
    Files.writeString(file, csv);
    var result =
        backtest(
            "strategies-js/sma-cross.js",
            "--data",
            file.toString(),
            "--interval",
            "1m",
            "--param",
            "fast=10",
            "--param",
            "slow=30",
            "--fee",
            "0.001");
    agree(result, oracle("sma_longflat_ta4jtrades1m_10_30_fee0.001.json"));
    sameTrades(
        result.getJsonArray("trades"),
        "oracle/backtests/sma_longflat_ta4jtrades1m_10_30_fee0.001_trades.csv");
  }

  @Test
  void tickEmaOverFiveDaysOfSpyTrades(@TempDir Path folder) throws IOException {
    var ticks = folder.resolve("spy.csv");
    assertThat(LeanTicks.write(ticks)).isEqualTo(1_887_450);
    var result =
        backtest(
            "strategies-js/tick-ema.js",
            "--data",
            ticks.toString(),
            "--symbol",
            "SPY",
            "--fee",
            "0.0001");
    var oracle = oracle("tick_ema_spy.json");
    assertThat(result.getJsonObject("data").getInteger("rows"))
        .isEqualTo(oracle.getInteger("ticks"));
    assertThat(result.getInteger("closed_trades")).isEqualTo(oracle.getInteger("round_trips"));
    assertThat(result.getBoolean("open_at_end")).isEqualTo(oracle.getBoolean("open_at_end"));
    assertThat(result.getString("fees")).isEqualTo(oracle.getString("fees"));
    assertThat(result.getString("net")).isEqualTo(oracle.getString("net_marked"));
    var expected = SharedData.lines("oracle/backtests/tick_ema_spy_trades.csv.gz");
    var trades = result.getJsonArray("trades");
    assertThat(trades).hasSize(expected.size() - 1);
    for (int i = 0; i < trades.size(); i++) {
      var columns = expected.get(i + 1).split(",");
      var trade = trades.getJsonObject(i);
      assertThat(new BigDecimal(trade.getString("entry_price")))
          .as("trade %d", i)
          .isEqualByComparingTo(columns[2]);
      assertThat(new BigDecimal(trade.getString("exit_price")))
          .as("trade %d", i)
          .isEqualByComparingTo(columns[3]);
    }
  }

  private static JsonObject backtest(String... arguments) {
    var all =
        new ArrayList<>(List.of("backtest", SharedData.home().resolve(arguments[0]).toString()));
    all.addAll(List.of(arguments).subList(1, arguments.length));
    all.add("--json");
    var run = Cli.run(all);
    assertThat(run.code()).as(run.err()).isZero();
    return new JsonObject(run.out());
  }

  private static JsonObject oracle(String name) {
    return new JsonObject(String.join("\n", SharedData.lines("oracle/backtests/" + name)));
  }

  private static void agree(JsonObject result, JsonObject oracle) {
    assertThat(result.getInteger("closed_trades")).isEqualTo(oracle.getInteger("closed_trades"));
    assertThat(result.getBoolean("open_at_end")).isEqualTo(oracle.getBoolean("open_at_end"));
    assertThat(result.getInteger("wins")).isEqualTo(oracle.getInteger("wins"));
    assertThat(new BigDecimal(result.getString("fees")))
        .isEqualByComparingTo(oracle.getString("fees"));
    assertThat(new BigDecimal(result.getString("net")))
        .isEqualByComparingTo(oracle.getString("net_pnl_marked_to_last_close"));
    var performance = result.getJsonObject("performance");
    var all = performance.getJsonObject("all_trades");
    assertThat(all.getInteger("count")).isEqualTo(oracle.getInteger("closed_trades"));
    assertThat(all.getInteger("wins")).isEqualTo(oracle.getInteger("wins"));
    assertThat(new BigDecimal(all.getString("net")))
        .isEqualByComparingTo(oracle.getString("sum_closed_net"));
    assertThat(all).isEqualTo(performance.getJsonObject("long_trades"));
    assertThat(
            new BigDecimal(performance.getString("final_equity"))
                .subtract(new BigDecimal(performance.getString("start_equity"))))
        .isEqualByComparingTo(oracle.getString("net_pnl_marked_to_last_close"));
  }

  /// Times of the oracle are open times of bars; a fill on a trade lies within that bar.
  private static void sameTrades(JsonArray trades, String file) {
    var expected = SharedData.lines(file);
    assertThat(trades).hasSize(expected.size() - 1);
    for (int i = 0; i < trades.size(); i++) {
      var columns = expected.get(i + 1).split(",");
      var trade = trades.getJsonObject(i);
      assertThat(Math.floorDiv(trade.getLong("entry_time"), MINUTE) * 60_000)
          .as("entry of trade %d", i)
          .isEqualTo(Long.parseLong(columns[2]));
      assertThat(Math.floorDiv(trade.getLong("exit_time"), MINUTE) * 60_000)
          .as("exit of trade %d", i)
          .isEqualTo(Long.parseLong(columns[3]));
      assertThat(new BigDecimal(trade.getString("entry_price")))
          .as("entry of trade %d", i)
          .isEqualByComparingTo(columns[4]);
      assertThat(new BigDecimal(trade.getString("exit_price")))
          .as("exit of trade %d", i)
          .isEqualByComparingTo(columns[5]);
      assertThat(new BigDecimal(trade.getString("net")))
          .as("net of trade %d", i)
          .isEqualByComparingTo(columns[6]);
    }
  }
}

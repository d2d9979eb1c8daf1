package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import sandpiper.testkit.SharedData;

/// Fill rules of the command line: named in the result, and felt in it.
class FillRulesTest {
  private static JsonObject run(String... rules) {
    var script = SharedData.home().resolve("strategies-js/sma-cross.js").toString();
    var arguments = new ArrayList<>(List.of("backtest", script, "--data", "demo", "--json"));
    arguments.addAll(List.of(rules));
    var run = Cli.run(arguments.toArray(String[]::new));
    assertThat(run.code()).as(run.err()).isZero();
    return new JsonObject(run.out());
  }

  /// Each end of the band is the run that somebody would start with those rules.
  @Test
  void theBandIsThreeRuns() {
    var banded = run("--slippage", "percent:0.02", "--latency", "1s", "--band");
    var band = banded.getJsonArray("band");
    assertThat(band).hasSize(3);
    var optimistic = band.getJsonObject(0);
    var base = band.getJsonObject(1);
    var pessimistic = band.getJsonObject(2);
    assertOutcome(optimistic, "optimistic", run());
    assertOutcome(base, "base", run("--slippage", "percent:0.02", "--latency", "1s"));
    assertOutcome(
        pessimistic,
        "pessimistic",
        run("--slippage", "percent:0.05", "--latency", "2s", "--limit-fill", "through"));
    assertThat(banded.getString("net")).isEqualTo(base.getString("net"));
    assertThat(new BigDecimal(pessimistic.getString("net")))
        .isLessThan(new BigDecimal(optimistic.getString("net")));
  }

  private static void assertOutcome(JsonObject outcome, String name, JsonObject alone) {
    assertThat(outcome.getString("name")).isEqualTo(name);
    for (var figure : List.of("fill_rules", "closed_trades", "fills", "net", "max_drawdown")) {
      assertThat(outcome.getValue(figure))
          .as(name + " " + figure)
          .isEqualTo(alone.getValue(figure));
    }
    assertThat(alone.getJsonArray("band")).isEmpty();
  }

  @Test
  void theResultNamesTheRulesAndSlippageCostsWhatItSays() {
    var plain = run("--fee", "0");
    assertThat(plain.getJsonObject("fill_rules"))
        .isEqualTo(
            new JsonObject(
                """
                {"model":"any","slippage":"none","latency":"none","limits":"touch"}\
                """));
    var slipped = run("--fee", "0", "--fill-model", "trade", "--slippage", "fixed:0.5");
    assertThat(slipped.getJsonObject("fill_rules"))
        .isEqualTo(
            new JsonObject(
                """
                {"model":"trade","slippage":"fixed:0.5","latency":"none","limits":"touch"}\
                """));
    int fills = plain.getInteger("fills");
    assertThat(slipped.getInteger("fills")).isEqualTo(fills).isGreaterThan(100);
    // Every fill is of one unit, 0.50 worse.
    assertThat(
            new BigDecimal(plain.getString("net"))
                .subtract(new BigDecimal(slipped.getString("net"))))
        .isEqualByComparingTo(new BigDecimal("0.5").multiply(BigDecimal.valueOf(fills)));
  }
}

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

  @Test
  void theResultNamesTheRulesAndSlippageCostsWhatItSays() {
    var plain = run("--fee", "0");
    assertThat(plain.getJsonObject("fill_rules"))
        .isEqualTo(
            new JsonObject("{\"model\":\"any\",\"slippage\":\"none\",\"latency\":\"none\"}"));
    var slipped = run("--fee", "0", "--fill-model", "trade", "--slippage", "fixed:0.5");
    assertThat(slipped.getJsonObject("fill_rules"))
        .isEqualTo(
            new JsonObject(
                "{\"model\":\"trade\",\"slippage\":\"fixed:0.5\",\"latency\":\"none\"}"));
    int fills = plain.getInteger("fills");
    assertThat(slipped.getInteger("fills")).isEqualTo(fills).isGreaterThan(100);
    // Every fill is of one unit, 0.50 worse.
    assertThat(
            new BigDecimal(plain.getString("net"))
                .subtract(new BigDecimal(slipped.getString("net"))))
        .isEqualByComparingTo(new BigDecimal("0.5").multiply(BigDecimal.valueOf(fills)));
  }
}

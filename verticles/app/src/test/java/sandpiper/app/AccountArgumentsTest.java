package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sandpiper.domain.market.Trade;
import sandpiper.feeds.DataRequest;
import sandpiper.feeds.MarketDataReader;
import sandpiper.testkit.SharedData;

/// The account of the command line: named in the result, and felt in it.
class AccountArgumentsTest {
  private static Cli run(String... arguments) {
    var script = SharedData.home().resolve("strategies-js/sma-cross.js").toString();
    var all = new ArrayList<>(List.of("backtest", script, "--data", "demo", "--json"));
    all.addAll(List.of(arguments));
    return Cli.run(all.toArray(String[]::new));
  }

  private static JsonObject result(String... arguments) {
    var run = run(arguments);
    assertThat(run.code()).as(run.err()).isZero();
    return new JsonObject(run.out());
  }

  @Test
  void leverageBuysWhatTheCashAloneDoesNot() {
    var backed = result("--cash", "100");
    assertThat(backed.getInteger("fills")).as("a coin costs more than 100").isZero();
    assertThat(backed.getJsonObject("account"))
        .isEqualTo(
            new JsonObject("{\"cost_basis\":\"average\",\"margin\":null,\"currency\":\"USD\"}"));
    var margin =
        result(
            "--cash",
            "100",
            "--leverage",
            "20",
            "--maintenance",
            "0.01",
            "--maintenance-basis",
            "entry",
            "--funding",
            "0.0001:1h",
            "--cost-basis",
            "fifo");
    assertThat(margin.getInteger("fills")).isPositive();
    assertThat(new BigDecimal(margin.getString("funding"))).isNegative();
    assertThat(margin.getJsonObject("account"))
        .isEqualTo(
            new JsonObject(
                """
                {"cost_basis": "fifo", "margin": {"leverage": "20",
                 "maintenance": {"rate": "0.01", "deduction": "0", "basis": "entry"},
                 "liquidation_fee": "0", "funding": {"rate": "0.0001", "every": "1h"}},
                 "currency": "USD"}\
                """));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          --leverage 0.5                 | leverage must be 1 to 500, was 0.5
          --leverage 5 --maintenance 0.3 | leverage times maintenance rate must be below 1
          --funding 0.0001:8h            | --funding is for an account on margin: give --leverage as well
          --maintenance 0.01             | --maintenance is for an account on margin: give --leverage as well
          --leverage 5 --funding 8h      | funding must be a rate and an interval such as 0.0001:8h, was '8h'
          --cost-basis lifo              | cost basis must be one of average, fifo, was 'lifo'
          --leverage x                   | --leverage
          --limit-fill never             | limit fill must be one of touch, through, was 'never'
          """)
  void whatMakesNoSenseIsSaid(String arguments, String message) {
    var run = run(arguments.split(" ", -1));
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err()).contains(message).doesNotContain("\tat ");
  }

  /// The same trades, so what they earned in dollars is worth what a bitcoin costs at the end.
  @Test
  void resultsInAnotherCurrency() {
    var dollars = result("--cash", "1000000");
    var bitcoins = result("--cash", "1000", "--currency", "BTC");
    assertThat(bitcoins.getJsonObject("account").getString("currency")).isEqualTo("BTC");
    assertThat(bitcoins.getInteger("fills")).isEqualTo(dollars.getInteger("fills")).isPositive();
    double last = Double.NaN;
    try (var data =
        MarketDataReader.open(new DataRequest("demo", "BTCUSD", null, null, null, false))) {
      while (data.hasNext()) {
        last = ((Trade) data.next()).price();
      }
    }
    assertThat(Double.parseDouble(bitcoins.getString("net")) * last)
        .isCloseTo(Double.parseDouble(dollars.getString("net")), withinPercentage(1e-9));
  }

  @Test
  void aCurrencyThatNothingPricesIsRefused() {
    var run = run("--currency", "EUR");
    assertThat(run.code()).isEqualTo(2);
    assertThat(run.err())
        .isEqualToIgnoringNewLines(
            "sandpiper: BTCUSD is quoted in USD, and the account is kept in EUR: the session needs"
                + " a symbol that prices one in the other, such as USDEUR");
  }
}

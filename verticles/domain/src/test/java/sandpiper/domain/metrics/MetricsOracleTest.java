package sandpiper.domain.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import sandpiper.testkit.SharedData;

/// All cases of `oracle/metrics`, taken from the tests of empyrical-reloaded and freqtrade.
///
/// Where their conventions are not ours, the same functions are asked with their parameters:
/// - empyrical annualises by 252, 52 or 12, and takes the length of the series, days without a
///   value included, for the time of its growth rate, ours is the number of returns;
/// - a risk-free rate, a required return or a factor is taken off each return before;
/// - its information ratio (`excess_sharpe`) is of a day, ours of a year: asked with 1 period;
/// - freqtrade gives growth rates with four decimals: ours are rounded to as many;
/// - its drawdowns are of the equity after each trade, not after each day: its points are trades.
class MetricsOracleTest {
  private static final Pattern NUMBER = Pattern.compile("-?[0-9]+(\\.[0-9]+)?");

  private final JsonNode oracle = read();

  @TestFactory
  List<DynamicTest> everyCase() {
    var tests = new ArrayList<DynamicTest>();
    for (var each : oracle.get("cases")) {
      tests.add(
          DynamicTest.dynamicTest(
              each.get("id").asText() + " " + each.get("metric").asText(), () -> check(each)));
    }
    assertThat(tests).hasSize(41);
    return tests;
  }

  private void check(JsonNode each) {
    var figure = figure(each);
    assertThat(figure.reason()).isNull();
    assertThat(figure.value())
        .isCloseTo(each.get("expected").asDouble(), offset(each.get("tol").asDouble()));
  }

  private Figure figure(JsonNode each) {
    var params = each.get("params");
    double periods = params.path("periods").asDouble();
    return switch (each.get("metric").asText()) {
      case "sharpe" -> ReturnMetrics.sharpe(above(each, "rf"), periods);
      case "sortino" -> ReturnMetrics.sortino(above(each, "mar"), periods);
      case "downside_risk" -> ReturnMetrics.downsideDeviation(above(each, "mar"), periods);
      case "annual_volatility" -> ReturnMetrics.volatility(returns(each), periods);
      case "annual_return" -> annualReturn(each);
      case "calmar" -> ReturnMetrics.calmar(annualReturn(each), drawdown(each).max());
      case "max_drawdown" -> Figure.of(drawdown(each).max());
      case "omega" -> {
        double required = Math.pow(1 + params.get("required_annual").asDouble(), 1 / 252.0) - 1;
        yield ReturnMetrics.omega(less(above(each, "rf"), required));
      }
      case "excess_sharpe(IR)" -> {
        var factor = new double[returns(each).length];
        Arrays.fill(factor, params.get("factor").asDouble());
        yield BenchmarkComparison.informationRatio(returns(each), factor, 1);
      }
      case "stability" -> ReturnMetrics.stability(returns(each));
      case "tail_ratio" -> ReturnMetrics.tailRatio(returns(each));
      case "value_at_risk" ->
          ReturnMetrics.valueAtRisk(numbersIn(each), params.get("cutoff").asDouble());
      case "cagr" -> {
        var numbers = numbersIn(each);
        double rate = number(ReturnMetrics.cagr(numbers[1] / numbers[0], numbers[2], 365));
        yield Figure.of(Math.round(rate * 1e4) / 1e4);
      }
      case "expectancy" -> trades(each).expectancy();
      case "expectancy_ratio" -> trades(before(each)).expectancyRatio();
      case "max_drawdown_abs" -> Figure.of(account(each, 0.2).maxAmount().doubleValue());
      case "max_drawdown_account_relative" -> Figure.of(-account(before(each), 0.2).max());
      case "max_drawdown by absolute amount" ->
          Figure.of(account(each, 1000).maxAmount().doubleValue());
      case "max_drawdown by relative" -> Figure.of(-account(before(each), 1000).max());
      default -> throw new AssertionError("no such metric: " + each);
    };
  }

  private Figure annualReturn(JsonNode each) {
    double growth = 1;
    for (double change : returns(each)) {
      growth *= 1 + change;
    }
    return ReturnMetrics.cagr(
        growth, series(each).size(), each.get("params").get("periods").asDouble());
  }

  private DrawdownMetrics drawdown(JsonNode each) {
    var points = new ArrayList<EquityPoint>();
    double equity = 1;
    points.add(point(0, BigDecimal.ONE));
    for (double change : returns(each)) {
      equity *= 1 + change;
      points.add(point(points.size(), BigDecimal.valueOf(equity)));
    }
    return DrawdownMetrics.of(points);
  }

  private static DrawdownMetrics account(JsonNode each, double start) {
    var points = new ArrayList<EquityPoint>();
    var equity = BigDecimal.valueOf(start);
    points.add(point(0, equity));
    for (var profit : profits(each)) {
      equity = equity.add(profit);
      points.add(point(points.size(), equity));
    }
    return DrawdownMetrics.of(points);
  }

  private static EquityPoint point(int day, BigDecimal equity) {
    return new EquityPoint(day * 86_400_000_000L, equity, null);
  }

  private static TradeMetrics trades(JsonNode each) {
    return Samples.metrics(profits(each));
  }

  private static List<BigDecimal> profits(JsonNode each) {
    var listed = each.get("params").path("profits");
    if (listed.isArray()) {
      return StreamSupport.stream(listed.spliterator(), false).map(JsonNode::decimalValue).toList();
    }
    var text = each.get("series").asText();
    return NUMBER
        .matcher(text.substring(text.indexOf('['), text.indexOf(']')))
        .results()
        .map(match -> new BigDecimal(match.group()))
        .toList();
  }

  /// The case whose series the next one calls `same`.
  private JsonNode before(JsonNode each) {
    JsonNode before = each;
    for (var other : oracle.get("cases")) {
      if (other.equals(each)) {
        return before;
      }
      before = other;
    }
    throw new AssertionError("not a case: " + each);
  }

  private double[] above(JsonNode each, String parameter) {
    var required = each.get("params").get(parameter);
    if (required.isNumber()) {
      return less(returns(each), required.asDouble());
    }
    var all = series(each);
    var benchmark = oracle.get("series").get(required.asText());
    var above = new ArrayList<Double>();
    for (int i = 0; i < all.size(); i++) {
      if (!all.get(i).isNull()) {
        above.add(all.get(i).asDouble() - benchmark.get(i).asDouble());
      }
    }
    return array(above);
  }

  private static double[] less(double[] returns, double required) {
    return Arrays.stream(returns).map(each -> each - required).toArray();
  }

  /// Those that have a value.
  private double[] returns(JsonNode each) {
    var returns = new ArrayList<Double>();
    for (var value : series(each)) {
      if (!value.isNull()) {
        returns.add(value.asDouble());
      }
    }
    return array(returns);
  }

  private JsonNode series(JsonNode each) {
    var name = each.get("series").asText();
    var series =
        oracle
            .get("series")
            .get(
                name.equals("weekly") || name.equals("monthly")
                    ? "weekly_or_monthly_returns"
                    : name);
    assertThat(series).as(name).isNotNull();
    return series;
  }

  private static double[] numbersIn(JsonNode each) {
    return NUMBER
        .matcher(each.get("series").asText())
        .results()
        .mapToDouble(match -> Double.parseDouble(match.group()))
        .toArray();
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  private static double number(Figure figure) {
    var value = figure.value();
    if (value == null) {
      throw new AssertionError(figure.reason());
    }
    return value;
  }

  private static JsonNode read() {
    try {
      return new ObjectMapper()
          .readTree(String.join("\n", SharedData.lines("oracle/metrics/metrics_cases.json")));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

package sandpiper.domain.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.Interval;
import sandpiper.testkit.SharedData;

/// Real S&P 500 days against what TA-Lib 0.4.0 made of them (`oracle/indicators` of the shared
/// data).
class TaLibAgreementTest {
  private static final Interval DAY = Interval.parse("1d");
  private static final double TOLERANCE = 1e-9;

  /// @param output index of the indicator's output that the column holds
  private record Case(
      String column, String use, String field, Map<String, Double> parameters, int output) {}

  private static final List<Case> CASES =
      List.of(
          new Case("SMA_20", "sma", "close", Map.of("period", 20.0), 0),
          new Case("EMA_20", "ema", "close", Map.of("period", 20.0), 0),
          new Case("RSI_14", "rsi", "close", Map.of("period", 14.0), 0),
          new Case("ATR_14", "atr", "", Map.of("period", 14.0), 0),
          new Case("MACD_12_26_9", "macd", "close", Map.of(), 0),
          new Case("MACDS_12_26_9", "macd", "close", Map.of(), 1),
          new Case("MACDH_12_26_9", "macd", "close", Map.of(), 2),
          new Case("BBU_20_2", "bollinger", "close", Map.of(), 0),
          new Case("BBM_20_2", "bollinger", "close", Map.of(), 1),
          new Case("BBL_20_2", "bollinger", "close", Map.of(), 2));

  @TestFactory
  List<DynamicTest> everyColumnAgreesFromItsFirstValue() {
    var rows =
        SharedData.lines("oracle/indicators/sp500_2000_talib.csv.gz").stream()
            .map(line -> line.split(",", -1))
            .toList();
    var header = Arrays.asList(rows.getFirst());
    var days = rows.subList(1, rows.size());
    assertThat(days).hasSize(5_105);
    var tests = new ArrayList<DynamicTest>();
    for (var each : CASES) {
      tests.add(
          DynamicTest.dynamicTest(
              each.column, () -> compare(each, header.indexOf(each.column), days)));
    }
    return tests;
  }

  private static void compare(Case expected, int column, List<String[]> days) {
    var spec = new IndicatorSpec(expected.use, "SPX", DAY, expected.field, expected.parameters);
    var set = new IndicatorSet(new IndicatorLayout(List.of(spec)));
    int compared = 0;
    for (int day = 0; day < days.size(); day++) {
      var row = days.get(day);
      set.update(new BarClosed(bar(day, row)));
      double actual = set.values()[expected.output];
      if (row[column].isEmpty()) {
        assertThat(actual).as("%s of day %d is not defined yet", expected.column, day).isNaN();
      } else {
        double value = Double.parseDouble(row[column]);
        assertThat(Math.abs(actual - value))
            .as("%s of day %d: %s, TA-Lib has %s", expected.column, day, actual, value)
            .isLessThanOrEqualTo(TOLERANCE * Math.abs(value));
        compared++;
      }
    }
    assertThat(compared).isGreaterThan(5_000);
  }

  private static Bar bar(int day, String[] row) {
    return new Bar(
        "SPX",
        DAY,
        day * DAY.micros(),
        number(row[2]),
        number(row[3]),
        number(row[4]),
        number(row[5]),
        number(row[6]));
  }

  private static double number(String text) {
    return Double.parseDouble(text);
  }
}

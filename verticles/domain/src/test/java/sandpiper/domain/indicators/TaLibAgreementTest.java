package sandpiper.domain.indicators;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
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
  private static final double RESIDUE = 1e-12;

  /// @param output index of the indicator's output that the column holds
  private record Case(String column, String use, Map<String, Double> parameters, int output) {}

  private static final List<Case> CASES =
      List.of(
          column("SMA_20", "sma", 0, "period", 20.0),
          column("EMA_20", "ema", 0, "period", 20.0),
          column("WMA_20", "wma", 0, "period", 20.0),
          column("DEMA_20", "dema", 0, "period", 20.0),
          column("TEMA_20", "tema", 0, "period", 20.0),
          column("KAMA_10", "kama", 0, "period", 10.0),
          column("RSI_14", "rsi", 0, "period", 14.0),
          column("MACD_12_26_9", "macd", 0),
          column("MACDS_12_26_9", "macd", 1),
          column("MACDH_12_26_9", "macd", 2),
          column("TR", "tr", 0),
          column("ATR_14", "atr", 0, "period", 14.0),
          column("NATR_14", "natr", 0, "period", 14.0),
          column("BBU_20_2", "bollinger", 0),
          column("BBM_20_2", "bollinger", 1),
          column("BBL_20_2", "bollinger", 2),
          column("STDDEV_20", "stddev", 0, "period", 20.0),
          column("PLUS_DI_14", "dmi", 0, "period", 14.0),
          column("MINUS_DI_14", "dmi", 1, "period", 14.0),
          column("ADX_14", "adx", 0, "period", 14.0),
          column("ADXR_14", "adxr", 0, "period", 14.0),
          column("STOCHK_14_3_3", "stoch", 0),
          column("STOCHD_14_3_3", "stoch", 1),
          column("STOCHRSIK_14_14_3", "stochrsi", 0),
          column("STOCHRSID_14_14_3", "stochrsi", 1),
          column("WILLR_14", "willr", 0),
          column("CCI_20", "cci", 0),
          column("MFI_14", "mfi", 0),
          column("OBV", "obv", 0),
          column("AD", "ad", 0),
          column("ADOSC_3_10", "adosc", 0),
          column("SAR_002_02", "sar", 0),
          column("AROONDN_14", "aroon", 1),
          column("AROONUP_14", "aroon", 0),
          column("MOM_10", "mom", 0),
          column("ROC_10", "roc", 0),
          column("TRIX_15", "trix", 0),
          column("ULTOSC_7_14_28", "ultosc", 0),
          column("CMO_14", "cmo", 0),
          column("PPO_12_26_EMA", "ppo", 0),
          column("LINREG_14", "linreg", 0, "period", 14.0),
          column("LINREG_SLOPE_14", "linreg-slope", 0, "period", 14.0),
          column("MAX_20", "max", 0, "period", 20.0),
          column("MIN_20", "min", 0, "period", 20.0),
          column("CDLENGULFING", "engulfing", 0),
          column("CDLDOJI", "doji", 0),
          column("CDLHAMMER", "hammer", 0));

  @TestFactory
  List<DynamicTest> everyColumnAgreesFromItsFirstValue() {
    var rows =
        SharedData.lines("oracle/indicators/sp500_2000_talib.csv.gz").stream()
            .map(line -> line.split(",", -1))
            .toList();
    var header = Arrays.asList(rows.getFirst());
    var days = rows.subList(1, rows.size());
    assertThat(days).hasSize(5_105);
    assertThat(CASES.stream().map(Case::column))
        .containsExactlyElementsOf(header.subList(7, header.size()));
    var tests = new ArrayList<DynamicTest>();
    for (var each : CASES) {
      tests.add(
          DynamicTest.dynamicTest(
              each.column, () -> compare(each, header.indexOf(each.column), days)));
    }
    return tests;
  }

  private static Case column(String column, String use, int output, Object... parameters) {
    var map = new HashMap<String, Double>();
    for (int i = 0; i < parameters.length; i += 2) {
      map.put((String) parameters[i], (Double) parameters[i + 1]);
    }
    return new Case(column, use, map, output);
  }

  private static void compare(Case expected, int column, List<String[]> days) {
    boolean whole =
        IndicatorRegistry.definition(expected.use).input() == IndicatorDefinition.Input.BARS;
    var spec =
        new IndicatorSpec(expected.use, "SPX", DAY, whole ? "" : "close", expected.parameters);
    var set = new IndicatorSet(new IndicatorLayout(List.of(spec)));
    // A slope near zero is what is left of two sums of thousands.
    double tolerance = expected.use.equals("linreg-slope") ? 1e-6 : TOLERANCE;
    int compared = 0;
    for (int day = 0; day < days.size(); day++) {
      var row = days.get(day);
      set.update(new BarClosed(bar(day, row)));
      double actual = set.values()[expected.output];
      if (row[column].isEmpty()) {
        assertThat(actual).as("%s of day %d is not defined yet", expected.column, day).isNaN();
      } else {
        double value = Double.parseDouble(row[column]);
        // Where nothing but zeros is averaged, TA-Lib's running sums leave remains of 1e-14.
        double distance =
            Math.abs(actual) < RESIDUE && Math.abs(value) < RESIDUE ? 0 : Math.abs(actual - value);
        assertThat(distance)
            .as("%s of day %d: %s, TA-Lib has %s", expected.column, day, actual, value)
            .isLessThanOrEqualTo(tolerance * Math.abs(value));
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

package sandpiper.domain.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import com.tictactec.ta.lib.Core;
import com.tictactec.ta.lib.MAType;
import com.tictactec.ta.lib.MInteger;
import com.tictactec.ta.lib.RetCode;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/// Seeded random bars, with equal prices and bars of nothing among them, against TA-Lib 0.4.0 with
/// other parameters than its standard ones.
class TaLibRandomTest {
  private static final long SEED = 20_260_101;
  private static final Sample SHORT = Sample.walk(SEED, 1_500);

  /// Long enough for the rarest of patterns.
  private static final Sample LONG = Sample.walk(SEED, 150_000);

  /// What TA-Lib is called with besides the parameters.
  private static final class Columns {
    private final double[] o;
    private final double[] h;
    private final double[] l;
    private final double[] c;
    private final double[] v;
    private final MInteger begin = new MInteger();
    private final MInteger count = new MInteger();

    Columns(Sample sample) {
      o = sample.column(Field.OPEN);
      h = sample.column(Field.HIGH);
      l = sample.column(Field.LOW);
      c = sample.column(Field.CLOSE);
      v = sample.column(Field.VOLUME);
    }

    int end() {
      return c.length - 1;
    }
  }

  @FunctionalInterface
  private interface Call {
    RetCode of(Core core, Columns x, double[][] out);
  }

  /// Of whole numbers, as TA-Lib gives out candle patterns.
  @FunctionalInterface
  private interface Pattern {
    RetCode of(Core core, Columns x, int[] out);
  }

  /// @param within share of the value by which it may differ
  private record Case(String use, Map<String, Double> parameters, double within, Call call) {}

  private static final List<Case> CASES = new ArrayList<>();

  static {
    for (int n : new int[] {2, 7, 31}) {
      series("sma", n, (t, x, o) -> t.sma(0, x.end(), x.c, n, x.begin, x.count, o[0]));
      series("ema", n, (t, x, o) -> t.ema(0, x.end(), x.c, n, x.begin, x.count, o[0]));
      series("wma", n, (t, x, o) -> t.wma(0, x.end(), x.c, n, x.begin, x.count, o[0]));
      series("dema", n, (t, x, o) -> t.dema(0, x.end(), x.c, n, x.begin, x.count, o[0]));
      series("tema", n, (t, x, o) -> t.tema(0, x.end(), x.c, n, x.begin, x.count, o[0]));
      series("trima", n, (t, x, o) -> t.trima(0, x.end(), x.c, n, x.begin, x.count, o[0]));
      series("kama", n, (t, x, o) -> t.kama(0, x.end(), x.c, n, x.begin, x.count, o[0]));
      series("midpoint", n, (t, x, o) -> t.midPoint(0, x.end(), x.c, n, x.begin, x.count, o[0]));
      series("rsi", n, (t, x, o) -> t.rsi(0, x.end(), x.c, n, x.begin, x.count, o[0]));
      series("cmo", n, (t, x, o) -> t.cmo(0, x.end(), x.c, n, x.begin, x.count, o[0]));
      series("mom", n, (t, x, o) -> t.mom(0, x.end(), x.c, n, x.begin, x.count, o[0]));
      series("roc", n, (t, x, o) -> t.roc(0, x.end(), x.c, n, x.begin, x.count, o[0]));
      series("trix", n, (t, x, o) -> t.trix(0, x.end(), x.c, n, x.begin, x.count, o[0]));
      series("max", n, (t, x, o) -> t.max(0, x.end(), x.c, n, x.begin, x.count, o[0]));
      series("min", n, (t, x, o) -> t.min(0, x.end(), x.c, n, x.begin, x.count, o[0]));
      series("sum", n, (t, x, o) -> t.sum(0, x.end(), x.c, n, x.begin, x.count, o[0]));
      series("linreg", n, (t, x, o) -> t.linearReg(0, x.end(), x.c, n, x.begin, x.count, o[0]));
      series(
          "linreg-slope",
          n,
          (t, x, o) -> t.linearRegSlope(0, x.end(), x.c, n, x.begin, x.count, o[0]));
      series(
          "linreg-angle",
          n,
          (t, x, o) -> t.linearRegAngle(0, x.end(), x.c, n, x.begin, x.count, o[0]));
      series(
          "linreg-intercept",
          n,
          (t, x, o) -> t.linearRegIntercept(0, x.end(), x.c, n, x.begin, x.count, o[0]));
      series("tsf", n, (t, x, o) -> t.tsf(0, x.end(), x.c, n, x.begin, x.count, o[0]));
      series("variance", n, (t, x, o) -> t.variance(0, x.end(), x.c, n, 1, x.begin, x.count, o[0]));
      series(
          "midprice", n, (t, x, o) -> t.midPrice(0, x.end(), x.h, x.l, n, x.begin, x.count, o[0]));
      series("atr", n, (t, x, o) -> t.atr(0, x.end(), x.h, x.l, x.c, n, x.begin, x.count, o[0]));
      series("natr", n, (t, x, o) -> t.natr(0, x.end(), x.h, x.l, x.c, n, x.begin, x.count, o[0]));
      series(
          "willr", n, (t, x, o) -> t.willR(0, x.end(), x.h, x.l, x.c, n, x.begin, x.count, o[0]));
      series("cci", n, (t, x, o) -> t.cci(0, x.end(), x.h, x.l, x.c, n, x.begin, x.count, o[0]));
      series("adx", n, (t, x, o) -> t.adx(0, x.end(), x.h, x.l, x.c, n, x.begin, x.count, o[0]));
      series("adxr", n, (t, x, o) -> t.adxr(0, x.end(), x.h, x.l, x.c, n, x.begin, x.count, o[0]));
      series(
          "dmi",
          n,
          (t, x, o) -> {
            t.plusDI(0, x.end(), x.h, x.l, x.c, n, x.begin, x.count, o[0]);
            t.minusDI(0, x.end(), x.h, x.l, x.c, n, x.begin, x.count, o[1]);
            return t.dx(0, x.end(), x.h, x.l, x.c, n, x.begin, x.count, o[2]);
          });
      series(
          "aroon", n, (t, x, o) -> t.aroon(0, x.end(), x.h, x.l, n, x.begin, x.count, o[1], o[0]));
      series(
          "aroon-osc", n, (t, x, o) -> t.aroonOsc(0, x.end(), x.h, x.l, n, x.begin, x.count, o[0]));
      series(
          "mfi", n, (t, x, o) -> t.mfi(0, x.end(), x.h, x.l, x.c, x.v, n, x.begin, x.count, o[0]));
      series("t3", n, (t, x, o) -> t.t3(0, x.end(), x.c, n, 0.7, x.begin, x.count, o[0]));
      with(
          "correl",
          Map.of(
              "period",
              (double) n,
              "x",
              (double) Field.OF_BARS.indexOf(Field.CLOSE),
              "y",
              (double) Field.OF_BARS.indexOf(Field.VOLUME)),
          (t, x, o) -> t.correl(0, x.end(), x.c, x.v, n, x.begin, x.count, o[0]));
      // TA-Lib takes a variance below 1e-8 for none, which two changes often have.
      int changes = n + 3;
      series(
          "beta",
          changes,
          (t, x, o) -> t.beta(0, x.end(), x.h, x.l, changes, x.begin, x.count, o[0]));
    }
    with(
        "t3",
        Map.of("period", 9.0, "volumeFactor", 0.4),
        (t, x, o) -> t.t3(0, x.end(), x.c, 9, 0.4, x.begin, x.count, o[0]));
    with(
        "mama",
        Map.of("fast", 0.6, "slow", 0.03),
        (t, x, o) -> t.mama(0, x.end(), x.c, 0.6, 0.03, x.begin, x.count, o[0], o[1]));
    with(
        "ht-trendline",
        Map.of(),
        (t, x, o) -> t.htTrendline(0, x.end(), x.c, x.begin, x.count, o[0]));
    with(
        "ht-dcperiod",
        Map.of(),
        (t, x, o) -> t.htDcPeriod(0, x.end(), x.c, x.begin, x.count, o[0]));
    with("ht-dcphase", Map.of(), (t, x, o) -> t.htDcPhase(0, x.end(), x.c, x.begin, x.count, o[0]));
    with(
        "ht-phasor",
        Map.of(),
        (t, x, o) -> t.htPhasor(0, x.end(), x.c, x.begin, x.count, o[0], o[1]));
    with("ht-sine", Map.of(), (t, x, o) -> t.htSine(0, x.end(), x.c, x.begin, x.count, o[0], o[1]));
    whole("ht-trendmode", (t, x, o) -> t.htTrendMode(0, x.end(), x.c, x.begin, x.count, o));
    with(
        "bollinger",
        Map.of("period", 9.0, "deviations", 1.5),
        (t, x, o) ->
            t.bbands(0, x.end(), x.c, 9, 1.5, 1.5, MAType.Sma, x.begin, x.count, o[0], o[1], o[2]));
    with(
        "stddev",
        Map.of("period", 9.0, "deviations", 1.5),
        (t, x, o) -> t.stdDev(0, x.end(), x.c, 9, 1.5, x.begin, x.count, o[0]));
    with(
        "sar",
        Map.of("step", 0.05, "max", 0.3),
        (t, x, o) -> t.sar(0, x.end(), x.h, x.l, 0.05, 0.3, x.begin, x.count, o[0]));
    with(
        "macd",
        Map.of("fast", 5.0, "slow", 17.0, "signal", 4.0),
        (t, x, o) -> t.macd(0, x.end(), x.c, 5, 17, 4, x.begin, x.count, o[0], o[1], o[2]));
    with(
        "apo",
        Map.of("fast", 5.0, "slow", 17.0),
        (t, x, o) -> t.apo(0, x.end(), x.c, 5, 17, MAType.Ema, x.begin, x.count, o[0]));
    with(
        "ppo",
        Map.of("fast", 5.0, "slow", 17.0),
        (t, x, o) -> t.ppo(0, x.end(), x.c, 5, 17, MAType.Ema, x.begin, x.count, o[0]));
    with(
        "stoch",
        Map.of("period", 9.0, "smooth", 4.0, "signal", 2.0),
        (t, x, o) ->
            t.stoch(
                0,
                x.end(),
                x.h,
                x.l,
                x.c,
                9,
                4,
                MAType.Sma,
                2,
                MAType.Sma,
                x.begin,
                x.count,
                o[0],
                o[1]));
    with(
        "stoch",
        Map.of("period", 9.0, "smooth", 1.0, "signal", 4.0),
        (t, x, o) ->
            t.stochF(0, x.end(), x.h, x.l, x.c, 9, 4, MAType.Sma, x.begin, x.count, o[0], o[1]));
    with(
        "stochrsi",
        Map.of("period", 9.0, "stoch", 5.0, "signal", 4.0),
        (t, x, o) ->
            t.stochRsi(0, x.end(), x.c, 9, 5, 4, MAType.Sma, x.begin, x.count, o[0], o[1]));
    with(
        "ultosc",
        Map.of("short", 3.0, "middle", 5.0, "long", 11.0),
        (t, x, o) -> t.ultOsc(0, x.end(), x.h, x.l, x.c, 3, 5, 11, x.begin, x.count, o[0]));
    with(
        "bop",
        Map.of(),
        (t, x, o) -> t.bop(0, x.end(), x.o, x.h, x.l, x.c, x.begin, x.count, o[0]));
    with("obv", Map.of(), (t, x, o) -> t.obv(0, x.end(), x.c, x.v, x.begin, x.count, o[0]));
    with("ad", Map.of(), (t, x, o) -> t.ad(0, x.end(), x.h, x.l, x.c, x.v, x.begin, x.count, o[0]));
    with(
        "adosc",
        Map.of("fast", 4.0, "slow", 13.0),
        (t, x, o) -> t.adOsc(0, x.end(), x.h, x.l, x.c, x.v, 4, 13, x.begin, x.count, o[0]));
    with(
        "tr",
        Map.of(),
        (t, x, o) -> t.trueRange(0, x.end(), x.h, x.l, x.c, x.begin, x.count, o[0]));
    with(
        "avgprice",
        Map.of(),
        (t, x, o) -> t.avgPrice(0, x.end(), x.o, x.h, x.l, x.c, x.begin, x.count, o[0]));
    with(
        "medprice",
        Map.of(),
        (t, x, o) -> t.medPrice(0, x.end(), x.h, x.l, x.begin, x.count, o[0]));
    with(
        "typprice",
        Map.of(),
        (t, x, o) -> t.typPrice(0, x.end(), x.h, x.l, x.c, x.begin, x.count, o[0]));
    with(
        "wclprice",
        Map.of(),
        (t, x, o) -> t.wclPrice(0, x.end(), x.h, x.l, x.c, x.begin, x.count, o[0]));
    patterns();
  }

  private static void patterns() {
    whole(
        "engulfing",
        (t, x, o) -> t.cdlEngulfing(0, x.end(), x.o, x.h, x.l, x.c, x.begin, x.count, o));
    whole("doji", (t, x, o) -> t.cdlDoji(0, x.end(), x.o, x.h, x.l, x.c, x.begin, x.count, o));
    whole(
        "dragonfly-doji",
        (t, x, o) -> t.cdlDragonflyDoji(0, x.end(), x.o, x.h, x.l, x.c, x.begin, x.count, o));
    whole(
        "gravestone-doji",
        (t, x, o) -> t.cdlGravestoneDoji(0, x.end(), x.o, x.h, x.l, x.c, x.begin, x.count, o));
    whole(
        "marubozu",
        (t, x, o) -> t.cdlMarubozu(0, x.end(), x.o, x.h, x.l, x.c, x.begin, x.count, o));
    whole(
        "spinning-top",
        (t, x, o) -> t.cdlSpinningTop(0, x.end(), x.o, x.h, x.l, x.c, x.begin, x.count, o));
    whole("hammer", (t, x, o) -> t.cdlHammer(0, x.end(), x.o, x.h, x.l, x.c, x.begin, x.count, o));
    whole(
        "hanging-man",
        (t, x, o) -> t.cdlHangingMan(0, x.end(), x.o, x.h, x.l, x.c, x.begin, x.count, o));
    whole(
        "inverted-hammer",
        (t, x, o) -> t.cdlInvertedHammer(0, x.end(), x.o, x.h, x.l, x.c, x.begin, x.count, o));
    whole(
        "shooting-star",
        (t, x, o) -> t.cdlShootingStar(0, x.end(), x.o, x.h, x.l, x.c, x.begin, x.count, o));
    whole("harami", (t, x, o) -> t.cdlHarami(0, x.end(), x.o, x.h, x.l, x.c, x.begin, x.count, o));
    whole(
        "piercing",
        (t, x, o) -> t.cdlPiercing(0, x.end(), x.o, x.h, x.l, x.c, x.begin, x.count, o));
    whole(
        "dark-cloud-cover",
        (t, x, o) -> t.cdlDarkCloudCover(0, x.end(), x.o, x.h, x.l, x.c, 0.5, x.begin, x.count, o));
    whole(
        "morning-star",
        (t, x, o) -> t.cdlMorningStar(0, x.end(), x.o, x.h, x.l, x.c, 0.3, x.begin, x.count, o));
    whole(
        "evening-star",
        (t, x, o) -> t.cdlEveningStar(0, x.end(), x.o, x.h, x.l, x.c, 0.3, x.begin, x.count, o));
    whole(
        "three-white-soldiers",
        (t, x, o) -> t.cdl3WhiteSoldiers(0, x.end(), x.o, x.h, x.l, x.c, x.begin, x.count, o));
    whole(
        "three-black-crows",
        (t, x, o) -> t.cdl3BlackCrows(0, x.end(), x.o, x.h, x.l, x.c, x.begin, x.count, o));
    whole(
        "three-inside",
        (t, x, o) -> t.cdl3Inside(0, x.end(), x.o, x.h, x.l, x.c, x.begin, x.count, o));
    whole(
        "three-outside",
        (t, x, o) -> t.cdl3Outside(0, x.end(), x.o, x.h, x.l, x.c, x.begin, x.count, o));
  }

  private static void series(String use, int period, Call call) {
    with(use, Map.of("period", (double) period), call);
  }

  private static void with(String use, Map<String, Double> parameters, Call call) {
    CASES.add(new Case(use, parameters, 1e-9, call));
  }

  private static void whole(String use, Pattern pattern) {
    Call call =
        (core, x, out) -> {
          var numbers = new int[x.c.length];
          var code = pattern.of(core, x, numbers);
          for (int i = 0; i < numbers.length; i++) {
            out[0][i] = numbers[i];
          }
          return code;
        };
    CASES.add(new Case(use, Map.of(), 0, call));
  }

  /// The indicators that this test covers.
  static Set<String> covered() {
    return CASES.stream().map(Case::use).collect(Collectors.toSet());
  }

  @TestFactory
  List<DynamicTest> valuesAgreeOnRandomBarsOfSeed20260101() {
    return CASES.stream()
        .map(each -> DynamicTest.dynamicTest(each.use + " " + each.parameters, () -> compare(each)))
        .toList();
  }

  private static void compare(Case expected) {
    var sample = expected.within == 0 ? LONG : SHORT;
    var columns = new Columns(sample);
    var actual = sample.values(expected.use, expected.parameters);
    var out = new double[actual.length][sample.size()];
    assertThat(expected.call.of(new Core(), columns, out)).isEqualTo(RetCode.Success);
    int begin = columns.begin.value;
    assertThat(columns.count.value).isEqualTo(sample.size() - begin);
    for (int output = 0; output < actual.length; output++) {
      double scale = Arrays.stream(out[output]).map(Math::abs).max().orElseThrow();
      assertThat(scale).as("something happens").isPositive();
      for (int i = 0; i < sample.size(); i++) {
        double value = actual[output][i];
        if (i < begin) {
          assertThat(value).as("output %d of bar %d", output, i).isNaN();
        } else {
          double wanted = out[output][i - begin];
          // What is left of sums that cancel out is as exact as the sums were.
          double bound = expected.within * Math.max(Math.abs(wanted), 1e-3 * scale);
          if (!(Math.abs(value - wanted) <= bound)) {
            fail("output %d of bar %d: %s, TA-Lib has %s", output, i, value, wanted);
          }
        }
      }
    }
  }
}

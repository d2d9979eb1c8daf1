package sandpiper.bench;

import com.tictactec.ta.lib.Core;
import com.tictactec.ta.lib.MAType;
import com.tictactec.ta.lib.MInteger;
import com.tictactec.ta.lib.RetCode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.ta4j.core.BarSeries;
import org.ta4j.core.BaseBarSeriesBuilder;
import org.ta4j.core.indicators.ATRIndicator;
import org.ta4j.core.indicators.CCIIndicator;
import org.ta4j.core.indicators.CMOIndicator;
import org.ta4j.core.indicators.MACDIndicator;
import org.ta4j.core.indicators.ParabolicSarIndicator;
import org.ta4j.core.indicators.ROCIndicator;
import org.ta4j.core.indicators.RSIIndicator;
import org.ta4j.core.indicators.StochasticOscillatorKIndicator;
import org.ta4j.core.indicators.WilliamsRIndicator;
import org.ta4j.core.indicators.adx.ADXIndicator;
import org.ta4j.core.indicators.aroon.AroonUpIndicator;
import org.ta4j.core.indicators.averages.DoubleEMAIndicator;
import org.ta4j.core.indicators.averages.EMAIndicator;
import org.ta4j.core.indicators.averages.KAMAIndicator;
import org.ta4j.core.indicators.averages.SMAIndicator;
import org.ta4j.core.indicators.averages.WMAIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsMiddleIndicator;
import org.ta4j.core.indicators.bollinger.BollingerBandsUpperIndicator;
import org.ta4j.core.indicators.helpers.ClosePriceIndicator;
import org.ta4j.core.indicators.statistics.SimpleLinearRegressionIndicator;
import org.ta4j.core.indicators.statistics.StandardDeviationIndicator;
import org.ta4j.core.indicators.volume.MoneyFlowIndexIndicator;
import org.ta4j.core.indicators.volume.OnBalanceVolumeIndicator;
import org.ta4j.core.num.DoubleNumFactory;
import org.ta4j.core.num.Num;
import sandpiper.domain.indicators.Indicator;
import sandpiper.domain.indicators.IndicatorRegistry;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.Interval;

/// One indicator over 10,000 bars in memory, from a fresh start: bar by bar as a session does it
/// with every output read, TA-Lib 0.4.0 over whole arrays, and ta4j 0.18 on doubles asked for each
/// bar in order. ta4j is asked for one output alone where there are several. One operation is one
/// bar.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
@Fork(1)
public class IndicatorBenchmark {
  private static final int BARS = 10_000;
  private static final Interval MINUTE = Interval.parse("1m");

  /// Name in the registry.
  @Param({
    "sma",
    "ema",
    "wma",
    "dema",
    "kama",
    "bollinger",
    "sar",
    "rsi",
    "macd",
    "stoch",
    "willr",
    "cci",
    "cmo",
    "roc",
    "adx",
    "aroon",
    "mfi",
    "obv",
    "atr",
    "stddev",
    "linreg"
  })
  private String name;

  private final List<Bar> bars = new ArrayList<>(BARS);
  private final double[] highs = new double[BARS];
  private final double[] lows = new double[BARS];
  private final double[] closes = new double[BARS];
  private final double[] volumes = new double[BARS];
  private final double[][] out = new double[3][BARS];
  private final MInteger begin = new MInteger();
  private final MInteger count = new MInteger();
  private final Core talib = new Core();
  private BarSeries series;

  /// Makes the bars.
  @Setup
  public void make() {
    var random = new Random(1);
    series = new BaseBarSeriesBuilder().withNumFactory(DoubleNumFactory.getInstance()).build();
    double close = 100;
    for (int i = 0; i < BARS; i++) {
      double open = close;
      close *= Math.exp(0.001 * random.nextGaussian());
      closes[i] = close;
      highs[i] = Math.max(open, close) * (1 + 0.001 * random.nextDouble());
      lows[i] = Math.min(open, close) * (1 - 0.001 * random.nextDouble());
      volumes[i] = 1_000 * random.nextDouble();
      bars.add(
          new Bar("A", MINUTE, i * MINUTE.micros(), open, highs[i], lows[i], close, volumes[i]));
      series
          .barBuilder()
          .timePeriod(Duration.ofMinutes(1))
          .endTime(Instant.ofEpochSecond(60L * (i + 1)))
          .openPrice(open)
          .highPrice(highs[i])
          .lowPrice(lows[i])
          .closePrice(close)
          .volume(volumes[i])
          .add();
    }
  }

  @Benchmark
  @OperationsPerInvocation(BARS)
  public double sandpiper() {
    var definition = IndicatorRegistry.definition(name);
    int outputs = definition.outputs().size();
    double sum = 0;
    switch (definition.factory().create(definition.standard())) {
      case Indicator.OfSeries indicator -> {
        for (var bar : bars) {
          indicator.update(bar.close());
          for (int output = 0; output < outputs; output++) {
            sum += indicator.value(output);
          }
        }
      }
      case Indicator.OfBooks _ -> throw new IllegalStateException(name + " is not of bars");
      case Indicator.OfBars indicator -> {
        for (var bar : bars) {
          indicator.update(bar);
          for (int output = 0; output < outputs; output++) {
            sum += indicator.value(output);
          }
        }
      }
    }
    return sum;
  }

  @Benchmark
  @OperationsPerInvocation(BARS)
  public RetCode talib() {
    int end = BARS - 1;
    return switch (name) {
      case "sma" -> talib.sma(0, end, closes, 20, begin, count, out[0]);
      case "ema" -> talib.ema(0, end, closes, 20, begin, count, out[0]);
      case "wma" -> talib.wma(0, end, closes, 20, begin, count, out[0]);
      case "dema" -> talib.dema(0, end, closes, 20, begin, count, out[0]);
      case "kama" -> talib.kama(0, end, closes, 10, begin, count, out[0]);
      case "bollinger" ->
          talib.bbands(0, end, closes, 20, 2, 2, MAType.Sma, begin, count, out[0], out[1], out[2]);
      case "sar" -> talib.sar(0, end, highs, lows, 0.02, 0.2, begin, count, out[0]);
      case "rsi" -> talib.rsi(0, end, closes, 14, begin, count, out[0]);
      case "macd" -> talib.macd(0, end, closes, 12, 26, 9, begin, count, out[0], out[1], out[2]);
      case "stoch" ->
          talib.stoch(
              0,
              end,
              highs,
              lows,
              closes,
              14,
              3,
              MAType.Sma,
              3,
              MAType.Sma,
              begin,
              count,
              out[0],
              out[1]);
      case "willr" -> talib.willR(0, end, highs, lows, closes, 14, begin, count, out[0]);
      case "cci" -> talib.cci(0, end, highs, lows, closes, 20, begin, count, out[0]);
      case "cmo" -> talib.cmo(0, end, closes, 14, begin, count, out[0]);
      case "roc" -> talib.roc(0, end, closes, 10, begin, count, out[0]);
      case "adx" -> talib.adx(0, end, highs, lows, closes, 14, begin, count, out[0]);
      case "aroon" -> talib.aroon(0, end, highs, lows, 14, begin, count, out[0], out[1]);
      case "mfi" -> talib.mfi(0, end, highs, lows, closes, volumes, 14, begin, count, out[0]);
      case "obv" -> talib.obv(0, end, closes, volumes, begin, count, out[0]);
      case "atr" -> talib.atr(0, end, highs, lows, closes, 14, begin, count, out[0]);
      case "stddev" -> talib.stdDev(0, end, closes, 20, 1, begin, count, out[0]);
      case "linreg" -> talib.linearReg(0, end, closes, 14, begin, count, out[0]);
      default -> throw new IllegalArgumentException("TA-Lib is not asked for " + name);
    };
  }

  @Benchmark
  @OperationsPerInvocation(BARS)
  public double ta4j() {
    var indicator = ofTa4j();
    double sum = 0;
    for (int i = 0; i < BARS; i++) {
      sum += indicator.getValue(i).doubleValue();
    }
    return sum;
  }

  private org.ta4j.core.Indicator<Num> ofTa4j() {
    var close = new ClosePriceIndicator(series);
    return switch (name) {
      case "sma" -> new SMAIndicator(close, 20);
      case "ema" -> new EMAIndicator(close, 20);
      case "wma" -> new WMAIndicator(close, 20);
      case "dema" -> new DoubleEMAIndicator(close, 20);
      case "kama" -> new KAMAIndicator(close, 10, 2, 30);
      case "bollinger" ->
          new BollingerBandsUpperIndicator(
              new BollingerBandsMiddleIndicator(new SMAIndicator(close, 20)),
              new StandardDeviationIndicator(close, 20));
      case "sar" -> new ParabolicSarIndicator(series);
      case "rsi" -> new RSIIndicator(close, 14);
      case "macd" -> new EMAIndicator(new MACDIndicator(close, 12, 26), 9);
      case "stoch" -> new SMAIndicator(new StochasticOscillatorKIndicator(series, 14), 3);
      case "willr" -> new WilliamsRIndicator(series, 14);
      case "cci" -> new CCIIndicator(series, 20);
      case "cmo" -> new CMOIndicator(close, 14);
      case "roc" -> new ROCIndicator(close, 10);
      case "adx" -> new ADXIndicator(series, 14);
      case "aroon" -> new AroonUpIndicator(series, 14);
      case "mfi" -> new MoneyFlowIndexIndicator(series, 14);
      case "obv" -> new OnBalanceVolumeIndicator(series);
      case "atr" -> new ATRIndicator(series, 14);
      case "stddev" -> new StandardDeviationIndicator(close, 20);
      case "linreg" -> new SimpleLinearRegressionIndicator(close, 14);
      default -> throw new IllegalArgumentException("ta4j is not asked for " + name);
    };
  }
}

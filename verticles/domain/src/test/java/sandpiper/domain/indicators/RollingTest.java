package sandpiper.domain.indicators;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Windows against exact decimals, with numbers among them that are 10^15 times as large.
class RollingTest {
  private static final MathContext DIGITS = new MathContext(60);
  private static final double EXACT = 1e-13;

  private static double[] numbers() {
    var random = new Random(3);
    var numbers = new double[600];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = 1 + random.nextInt(50) / 8.0;
      if (i % 97 == 50) {
        numbers[i] *= 1e15;
      }
    }
    return numbers;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 20, 64})
  void sumsAndMomentsForgetAHugeNumberAsSoonAsItHasLeft(int period) {
    var numbers = numbers();
    var sum = new RollingSum(period);
    var weighted = new RollingWeightedSum(period);
    var moments = new RollingMoments(period);
    for (int i = 0; i < numbers.length; i++) {
      sum.add(numbers[i]);
      weighted.add(numbers[i]);
      moments.add(numbers[i]);
      assertThat(sum.full()).isEqualTo(i >= period - 1);
      if (!sum.full()) {
        continue;
      }
      var window = Arrays.copyOfRange(numbers, i - period + 1, i + 1);
      var total = BigDecimal.ZERO;
      var byPlace = BigDecimal.ZERO;
      for (int j = 0; j < period; j++) {
        total = total.add(new BigDecimal(window[j]));
        byPlace = byPlace.add(new BigDecimal(window[j]).multiply(BigDecimal.valueOf(j + 1L)));
      }
      var mean = total.divide(BigDecimal.valueOf(period), DIGITS);
      var squares = BigDecimal.ZERO;
      for (double x : window) {
        var distance = new BigDecimal(x).subtract(mean);
        squares = squares.add(distance.multiply(distance));
      }
      var variance = squares.divide(BigDecimal.valueOf(period), DIGITS);
      close(sum.sum(), total);
      close(weighted.sum(), total);
      close(weighted.weightedSum(), byPlace);
      close(moments.mean(), mean);
      close(moments.variance(), variance);
    }
  }

  private static void close(double actual, BigDecimal exact) {
    double wanted = exact.doubleValue();
    assertThat(actual).isCloseTo(wanted, within(EXACT * Math.abs(wanted)));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 20, 64})
  void extremesKnowHowLongAgoTheLatestOfEqualsWas(int period) {
    var numbers = numbers();
    var highest = Extreme.highest(period);
    var lowest = Extreme.lowest(period);
    for (int i = 0; i < numbers.length; i++) {
      highest.add(numbers[i]);
      lowest.add(numbers[i]);
      if (i < period - 1) {
        assertThat(highest.value()).isNaN();
        continue;
      }
      int high = i;
      int low = i;
      for (int j = i; j > i - period; j--) {
        high = numbers[j] > numbers[high] ? j : high;
        low = numbers[j] < numbers[low] ? j : low;
      }
      assertThat(highest.value()).isEqualTo(numbers[high]);
      assertThat(highest.age()).isEqualTo(i - high);
      assertThat(lowest.value()).isEqualTo(numbers[low]);
      assertThat(lowest.age()).isEqualTo(i - low);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 20})
  void constantNumbersHaveNoVarianceAtAll(int period) {
    var moments = new RollingMoments(period);
    var covariance = new RollingCovariance(period);
    for (int i = 0; i < 5 * period; i++) {
      moments.add(0.1);
      covariance.add(0.1, i);
      assertThat(moments.deviation()).isZero();
      assertThat(covariance.product()).isZero();
    }
  }
}

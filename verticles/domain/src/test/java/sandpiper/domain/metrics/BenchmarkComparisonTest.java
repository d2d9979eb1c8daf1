package sandpiper.domain.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class BenchmarkComparisonTest {
  private static final double[] MARKET = {.02, -.01, .03, -.02, .01};

  private static List<EquityPoint> points(double[] equity, double @Nullable [] benchmark) {
    var points = new ArrayList<EquityPoint>();
    for (int i = 0; i < equity.length; i++) {
      points.add(
          new EquityPoint(
              i * Samples.DAY,
              BigDecimal.valueOf(equity[i]),
              benchmark == null ? null : Double.valueOf(benchmark[i])));
    }
    return points;
  }

  @Test
  void whoHoldsTheBenchmarkHasBetaOneAndNoAlpha() {
    var held = Samples.equity(MARKET);
    var comparison = BenchmarkComparison.of("X", points(held, held), 365);
    assertThat(comparison.beta().value()).isCloseTo(1, offset(1e-9));
    assertThat(comparison.alpha().value()).isCloseTo(0, offset(1e-9));
    assertThat(comparison.correlation().value()).isCloseTo(1, offset(1e-9));
    assertThat(comparison.excessReturn().value()).isZero();
    assertThat(comparison.informationRatio().reason()).isEqualTo("returns never vary");
    assertThat(comparison.total().value()).isCloseTo(held[5] - 1, offset(1e-12));
    assertThat(comparison.maxDrawdown().value()).isCloseTo(-0.02, offset(1e-9));
  }

  @Test
  void twiceTheMarketAndAThousandthADayIsBetaTwoAndThatAlpha() {
    var levered = new double[MARKET.length];
    for (int i = 0; i < levered.length; i++) {
      levered[i] = 2 * MARKET[i] + .001;
    }
    var comparison =
        BenchmarkComparison.of("X", points(Samples.equity(levered), Samples.equity(MARKET)), 365);
    assertThat(comparison.beta().value()).isCloseTo(2, offset(1e-9));
    assertThat(comparison.alpha().value()).isCloseTo(0.365, offset(1e-9));
    assertThat(comparison.correlation().value()).isCloseTo(1, offset(1e-9));
  }

  @Test
  void aBenchmarkThatNeverMovesHasNoBeta() {
    var comparison =
        BenchmarkComparison.of(
            "X", points(Samples.equity(MARKET), new double[] {1, 1, 1, 1, 1, 1}), 365);
    assertThat(comparison.beta().reason()).isEqualTo("the benchmark never varies");
    assertThat(comparison.alpha().reason()).isEqualTo("the benchmark never varies");
    assertThat(comparison.correlation().reason()).isEqualTo("the benchmark never varies");
  }

  @Test
  void anIdleSessionHasNoCorrelation() {
    var comparison =
        BenchmarkComparison.of(
            "X", points(new double[] {1, 1, 1, 1, 1, 1}, Samples.equity(MARKET)), 365);
    assertThat(comparison.correlation().reason()).isEqualTo("returns never vary");
    assertThat(comparison.beta().value()).isZero();
  }

  @Test
  void withoutAPriceThereIsNothingToCompareWith() {
    var comparison = BenchmarkComparison.of("X", points(Samples.equity(MARKET), null), 365);
    assertThat(comparison.total().reason()).isEqualTo("X had no price");
    assertThat(comparison.beta().reason()).isEqualTo("X had no price");
  }
}

package sandpiper.domain.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import org.junit.jupiter.api.Test;

class DrawdownMetricsTest {
  @Test
  void depthLengthAndRecoveryOfEachFall() {
    var metrics = DrawdownMetrics.of(Samples.points(100, 90, 95, 100, 120, 60, 90, 120, 119));
    assertThat(metrics.max()).isCloseTo(-0.5, offset(1e-12));
    assertThat(metrics.maxAmount()).isEqualByComparingTo("60");
    assertThat(metrics.longestDays()).isEqualTo(3);
    assertThat(metrics.recoveryDays().value()).isEqualTo(2);
    assertThat(metrics.deepest()).extracting(DrawdownPeriod::days).containsExactly(3.0, 3.0, 1.0);
    var deepest = metrics.deepest().getFirst();
    assertThat(deepest.peakTime()).isEqualTo(4 * Samples.DAY);
    assertThat(deepest.troughTime()).isEqualTo(5 * Samples.DAY);
    assertThat(deepest.recoveredTime()).isEqualTo(7 * Samples.DAY);
  }

  @Test
  void aFallThatDoesNotRecoverLastsToTheEnd() {
    var metrics = DrawdownMetrics.of(Samples.points(100, 110, 99, 105, 100));
    assertThat(metrics.max()).isCloseTo(-0.1, offset(1e-12));
    assertThat(metrics.longestDays()).isEqualTo(3);
    assertThat(metrics.recoveryDays().reason()).isEqualTo("not recovered by the end");
    assertThat(metrics.deepest().getFirst().recoveredTime()).isNull();
  }

  @Test
  void theStartingPointCounts() {
    assertThat(DrawdownMetrics.of(Samples.points(100, 80)).max()).isCloseTo(-0.2, offset(1e-12));
  }

  @Test
  void equityThatOnlyRisesHasNoDrawdown() {
    var metrics = DrawdownMetrics.of(Samples.points(100, 100, 101));
    assertThat(metrics.max()).isZero();
    assertThat(metrics.deepest()).isEmpty();
    assertThat(metrics.recoveryDays().reason()).isEqualTo("no drawdown");
  }

  @Test
  void onlyTheTenDeepestAreListed() {
    var equity = new double[41];
    for (int i = 0; i <= 40; i++) {
      equity[i] = i % 2 == 0 ? 100 : 99 - i;
    }
    var deepest = DrawdownMetrics.of(Samples.points(equity)).deepest();
    assertThat(deepest).hasSize(10);
    assertThat(deepest.getFirst().depth()).isCloseTo(-0.4, offset(1e-12));
    assertThat(deepest.getLast().depth()).isCloseTo(-0.22, offset(1e-12));
  }
}

package sandpiper.domain.metrics;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// The published check of the metric conventions, and what has no value.
class ReturnMetricsTest {
  private static final double[] RETURNS = {
    .01, -.005, 0, .02, -.015, .004, 0, -.008, .012, .003, -.002, .006
  };

  private static ReturnMetrics metrics(double periods, double... equity) {
    return ReturnMetrics.of(equity, periods, DrawdownMetrics.of(Samples.points(equity)).max());
  }

  @Test
  void theCheckSeriesWith365PeriodsAYear() {
    var metrics = metrics(365, Samples.equity(RETURNS));
    assertThat(metrics.sharpe().value()).isCloseTo(4.236533, offset(5e-7));
    assertThat(metrics.sortino().value()).isCloseTo(7.731829, offset(5e-7));
    assertThat(metrics.cagr().value()).isCloseTo(1.106289, offset(5e-7));
    assertThat(metrics.calmar().value()).isCloseTo(58.313164, offset(5e-7));
    assertThat(DrawdownMetrics.of(Samples.points(Samples.equity(RETURNS))).max())
        .isCloseTo(-0.018972, offset(5e-7));
  }

  @Test
  void theCheckSeriesWith252PeriodsAYear() {
    var metrics = metrics(252, Samples.equity(RETURNS));
    assertThat(metrics.sharpe().value()).isCloseTo(3.520176, offset(5e-7));
    assertThat(metrics.sortino().value()).isCloseTo(6.424452, offset(5e-7));
    assertThat(metrics.cagr().value()).isCloseTo(0.672478, offset(5e-7));
  }

  @Test
  void oneDayHasAReturnAndNoDeviation() {
    var metrics = metrics(365, 100, 110);
    assertThat(metrics.total().value()).isCloseTo(0.1, offset(1e-12));
    assertThat(metrics.sharpe().reason()).isEqualTo("fewer than two days");
    assertThat(metrics.volatility().reason()).isEqualTo("fewer than two days");
    assertThat(metrics.calmar().reason()).isEqualTo("no drawdown");
  }

  @Test
  void noDayHasNothing() {
    assertThat(metrics(365, 100).total().reason()).isEqualTo("no day has passed");
  }

  @Test
  void returnsThatNeverVaryHaveNoSharpeHoweverTheyAreRounded() {
    var steady = metrics(365, Samples.equity(.01, .01, .01, .01, .01, .01, .01, .01, .01));
    assertThat(steady.sharpe().reason()).isEqualTo("returns never vary");
    assertThat(steady.sortino().reason()).isEqualTo("no losing day");
    assertThat(steady.omega().reason()).isEqualTo("no losing day");
    assertThat(metrics(365, 100, 100, 100, 100).stability().reason())
        .isEqualTo("equity never changed");
  }

  @Test
  void equityThatIsGoneHasNoReturns() {
    assertThat(metrics(365, 100, -1, 50).sharpe().reason())
        .isEqualTo("equity fell to zero or below");
  }

  @Test
  void growthTooLargeForANumberIsSaidAndNotInfinite() {
    assertThat(ReturnMetrics.cagr(10, 1, 365).reason()).isEqualTo("too large to be told");
  }

  @Test
  void aFigureIsFiniteOrHasAReason() {
    assertThatThrownBy(() -> Figure.of(Double.POSITIVE_INFINITY))
        .hasMessage("a figure must be a finite number, was Infinity");
    assertThatThrownBy(() -> new Figure(1.0, "both"))
        .hasMessage("a figure must have a value or a reason, had 1.0 and both");
  }

  @Test
  void doublingEveryReturnDoublesVolatilityAndLeavesSharpeSeed7() {
    var random = new Random(7);
    for (int round = 0; round < 100; round++) {
      var returns = random.doubles(2 + random.nextInt(50), -0.04, 0.05).toArray();
      var doubled = new double[returns.length];
      for (int i = 0; i < returns.length; i++) {
        doubled[i] = 2 * returns[i];
      }
      assertThat(ReturnMetrics.sharpe(doubled, 365).value())
          .isCloseTo(ReturnMetrics.sharpe(returns, 365).value(), within(1e-9));
      assertThat(ReturnMetrics.volatility(doubled, 365).value())
          .isCloseTo(
              2 * requireNonNull(ReturnMetrics.volatility(returns, 365).value()), within(1e-9));
    }
  }
}

package sandpiper.domain.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.offset;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

/// The published check of the metric conventions, streaks, and what has no value.
class TradeMetricsTest {
  @Test
  void theCheckTrades() {
    var metrics = Samples.metrics(120, -45, 80, -150, 60, 30);
    assertThat(metrics.profitFactor().value()).isCloseTo(1.487179, offset(5e-7));
    assertThat(metrics.expectancy().value()).isCloseTo(15.8333, offset(5e-5));
    assertThat(metrics.expectancyRatio().value()).isCloseTo(0.162393, offset(5e-7));
    assertThat(metrics.sqn().value()).isCloseTo(0.394517, offset(5e-7));
    assertThat(metrics.fewTrades()).isTrue();
    assertThat(metrics.count()).isEqualTo(6);
    assertThat(metrics.wins()).isEqualTo(4);
    assertThat(metrics.losses()).isEqualTo(2);
    assertThat(metrics.net()).isEqualByComparingTo("95");
    assertThat(metrics.grossProfit()).isEqualByComparingTo("290");
    assertThat(metrics.grossLoss()).isEqualByComparingTo("-195");
    assertThat(metrics.fees()).isEqualByComparingTo("6");
    assertThat(metrics.best().value()).isEqualTo(120);
    assertThat(metrics.worst().value()).isEqualTo(-150);
    assertThat(metrics.averageSeconds().value()).isEqualTo(86_400);
    assertThat(metrics.averageMae().value()).isEqualTo(-2);
    assertThat(metrics.averageMfe().value()).isEqualTo(3);
  }

  @Test
  void streaksAreEndedByATradeThatBringsNothing() {
    var metrics = Samples.metrics(1, 1, 0, 1, -1, -1, -1, 1, 1, 1);
    assertThat(metrics.longestWinStreak()).isEqualTo(3);
    assertThat(metrics.longestLossStreak()).isEqualTo(3);
    assertThat(metrics.wins() + metrics.losses()).isEqualTo(9);
    assertThat(Samples.metrics(1, 0, 1, 0, 1).longestWinStreak()).isEqualTo(1);
  }

  @Test
  void withoutATradeThereIsAReasonForEverything() {
    var metrics = Samples.metrics();
    assertThat(metrics.winRate().reason()).isEqualTo("no closed trade");
    assertThat(metrics.profitFactor().reason()).isEqualTo("no closed trade");
    assertThat(metrics.expectancyRatio().reason()).isEqualTo("no closed trade");
    assertThat(metrics.sqn().reason()).isEqualTo("fewer than two closed trades");
    assertThat(metrics.best().reason()).isEqualTo("no closed trade");
    assertThat(metrics.net()).isEqualByComparingTo(BigDecimal.ZERO);
    assertThat(metrics.exposure().value()).isZero();
  }

  @Test
  void withoutALossThereIsNoProfitFactorAndNoPayoff() {
    var metrics = Samples.metrics(5, 7);
    assertThat(metrics.profitFactor().reason()).isEqualTo("no losing trade");
    assertThat(metrics.payoff().reason()).isEqualTo("no losing trade");
    assertThat(metrics.expectancyRatio().reason()).isEqualTo("no losing trade");
    assertThat(metrics.expectancy().value()).isEqualTo(6);
    assertThat(metrics.winRate().value()).isEqualTo(1);
  }

  @Test
  void withoutAWinTheProfitFactorIsZeroAndALossCostsALoss() {
    var metrics = Samples.metrics(-5, -7);
    assertThat(metrics.profitFactor().value()).isZero();
    assertThat(metrics.payoff().reason()).isEqualTo("no winning trade");
    assertThat(metrics.expectancyRatio().value()).isEqualTo(-1);
  }

  @Test
  void equalProfitsHaveNoQualityNumber() {
    assertThat(Samples.metrics(5, 5, 5).sqn().reason()).isEqualTo("profits never vary");
  }
}

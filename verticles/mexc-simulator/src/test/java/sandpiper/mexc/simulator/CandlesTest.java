package sandpiper.mexc.simulator;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class CandlesTest {
  private static final long NOON = millis("2026-11-23T12:00:00Z");

  private static long millis(String time) {
    return Instant.parse(time).toEpochMilli();
  }

  @Test
  void aCandleHoldsWhatWasTradedInIt() {
    var candles = new Candles(KlineInterval.MIN1);
    candles.add(NOON + 100, 50, 2);
    candles.add(NOON + 200, 70, 1);
    candles.add(NOON + 59_999, 60, 3);
    assertThat(candles.until(NOON + 59_999))
        .containsExactly(new Candle(NOON, 50, 70, 50, 60, 6, 100 + 70 + 180));
  }

  @Test
  void whereNothingWasTradedItIsFlatAtTheCloseBefore() {
    var candles = new Candles(KlineInterval.MIN1);
    candles.add(NOON, 50, 2);
    candles.add(NOON + 180_000, 40, 1);
    assertThat(candles.until(NOON + 240_000))
        .containsExactly(
            new Candle(NOON, 50, 50, 50, 50, 2, 100),
            Candle.flat(NOON + 60_000, 50),
            Candle.flat(NOON + 120_000, 50),
            new Candle(NOON + 180_000, 40, 40, 40, 40, 1, 40),
            Candle.flat(NOON + 240_000, 40));
  }

  @Test
  void thereIsNoneBeforeTheFirstTrade() {
    assertThat(new Candles(KlineInterval.MIN1).until(NOON)).isEmpty();
  }

  @Test
  void weeksBeginOnMondayAndMonthsOnTheFirst() {
    // 2026-11-23 is a Monday.
    assertThat(KlineInterval.WEEK1.open(NOON)).isEqualTo(millis("2026-11-23T00:00:00Z"));
    assertThat(KlineInterval.WEEK1.open(millis("2026-11-22T23:59:59Z")))
        .isEqualTo(millis("2026-11-16T00:00:00Z"));
    assertThat(KlineInterval.WEEK1.end(millis("2026-11-23T00:00:00Z")))
        .isEqualTo(millis("2026-11-30T00:00:00Z"));
    assertThat(KlineInterval.MONTH1.open(NOON)).isEqualTo(millis("2026-11-01T00:00:00Z"));
    assertThat(KlineInterval.MONTH1.end(millis("2026-02-01T00:00:00Z")))
        .isEqualTo(millis("2026-03-01T00:00:00Z"));
    assertThat(KlineInterval.HOUR4.open(NOON + 1)).isEqualTo(NOON);
  }
}

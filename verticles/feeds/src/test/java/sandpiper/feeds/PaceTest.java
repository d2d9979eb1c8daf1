package sandpiper.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PaceTest {
  private static final long T0 = 1_385_337_600_000_000L;
  private static final long SECOND = 1_000_000L;

  private final AtomicLong nanos = new AtomicLong(-5_000_000_000L);

  @Test
  void anInputIsDueAfterItsShareOfSessionTime() {
    var pace = new Pace(nanos::get, 10.0);
    pace.start(T0);
    assertThat(pace.millisUntil(T0)).isZero();
    assertThat(pace.millisUntil(T0 + 60 * SECOND)).isEqualTo(6_000);
    nanos.addAndGet(5_998_500_000L);
    assertThat(pace.millisUntil(T0 + 60 * SECOND)).isEqualTo(1);
    nanos.addAndGet(600_000);
    assertThat(pace.millisUntil(T0 + 60 * SECOND)).isZero();
  }

  @Test
  void delaysDoNotAddUp() {
    var pace = new Pace(nanos::get, 1.0);
    pace.start(T0);
    for (int i = 1; i <= 100; i++) {
      nanos.addAndGet(1_000_000 * pace.millisUntil(T0 + i * SECOND) + 700_000_000L);
    }
    assertThat(nanos.get() + 5_000_000_000L).isEqualTo(100_700_000_000L);
  }

  /// Timers that are up to 3 ms late and readers that take up to 0.2 ms an input: from half a
  /// second on, no input of an hour is further than one percent from its place.
  @ParameterizedTest
  @ValueSource(doubles = {1, 2.5, 10, 60, 100, 500, 1_000})
  void aReplayStaysWithinOnePercentOfItsPace(double acceleration) {
    var random = new Random(7);
    var pace = new Pace(nanos::get, acceleration);
    pace.start(T0);
    long start = nanos.get();
    long time = T0;
    while (time < T0 + 3_600 * SECOND) {
      time += random.nextLong(20 * SECOND);
      long millis = pace.millisUntil(time);
      if (millis > 0) {
        nanos.addAndGet(1_000_000 * millis + random.nextLong(3_000_000));
      }
      double asked = (time - T0) / acceleration;
      double taken = (nanos.get() - start) / 1_000.0;
      if (asked > SECOND / 2) {
        assertThat(taken / asked).isBetween(0.99, 1.01);
      }
      nanos.addAndGet(random.nextLong(200_000));
    }
  }

  @Test
  void withoutAccelerationEverythingIsDue() {
    var pace = new Pace(nanos::get, null);
    pace.start(T0);
    assertThat(pace.millisUntil(Long.MAX_VALUE)).isZero();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, -1, 1_000.1, Double.NaN, Double.POSITIVE_INFINITY})
  void otherPacesAreRefused(double acceleration) {
    assertThatThrownBy(() -> new Pace(nanos::get, acceleration))
        .hasMessage("acceleration must be 1 to 1000 times real time, was " + acceleration);
  }
}

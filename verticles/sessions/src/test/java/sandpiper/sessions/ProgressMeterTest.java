package sandpiper.sessions;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class ProgressMeterTest {
  private static final long HOUR = 3_600_000_000L;

  private final AtomicLong nanos = new AtomicLong(7);

  private void pass(long millis) {
    nanos.addAndGet(TimeUnit.MILLISECONDS.toNanos(millis));
  }

  @Test
  void whereTheEndIsKnownTimeTellsHowMuchIsDone() {
    var meter = new ProgressMeter(HOUR, 11 * HOUR, nanos::get);
    assertThat(meter.speed()).isNull();
    assertThat(meter.remainingMillis()).isNull();
    pass(2_000);
    meter.read(3 * HOUR, 0.9);
    // Two hours in two seconds; eight are left.
    assertThat(meter.fraction()).isEqualTo(0.2);
    assertThat(meter.speed()).isEqualTo(3_600.0);
    assertThat(meter.remainingMillis()).isEqualTo(8_000);
  }

  @Test
  void whereItIsNotWhatWasReadDoes() {
    var meter = new ProgressMeter(0, null, nanos::get);
    pass(1_000);
    meter.read(HOUR, 0.25);
    assertThat(meter.fraction()).isEqualTo(0.25);
    assertThat(meter.remainingMillis()).isEqualTo(3_000);
  }

  @Test
  void speedIsThatOfTheLastSeconds() {
    var meter = new ProgressMeter(0, 100 * HOUR, nanos::get);
    for (int i = 1; i <= 10; i++) {
      pass(1_000);
      meter.read(i * HOUR, 0);
    }
    for (int i = 1; i <= 6; i++) {
      pass(1_000);
      meter.read(10 * HOUR + i * HOUR / 60, 0);
    }
    assertThat(meter.speed()).isEqualTo(60.0);
  }

  @Test
  void anotherPaceBeginsAnew() {
    var meter = new ProgressMeter(0, 100 * HOUR, nanos::get);
    pass(1_000);
    meter.read(50 * HOUR, 0);
    meter.restart();
    assertThat(meter.fraction()).isEqualTo(0.5);
    assertThat(meter.speed()).isNull();
    pass(1_000);
    meter.read(50 * HOUR + HOUR / 60, 0);
    assertThat(meter.speed()).isEqualTo(60.0);
  }
}

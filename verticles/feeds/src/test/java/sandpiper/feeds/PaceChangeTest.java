package sandpiper.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PaceChangeTest {
  private static final long HOUR = 3_600_000_000L;

  private final AtomicLong nanos = new AtomicLong(3);
  private final Pace pace = new Pace(nanos::get, 1.0);

  private void pass(long minutes) {
    nanos.addAndGet(TimeUnit.MINUTES.toNanos(minutes));
  }

  @Test
  void whatWasWaitedAlreadyCounts() {
    pace.start(0);
    pass(50);
    // Ten minutes are left of the hour, at twice the speed they take five.
    pace.change(2.0, 0, HOUR);
    assertThat(pace.millisUntil(HOUR)).isEqualTo(TimeUnit.MINUTES.toMillis(5));
    pass(5);
    assertThat(pace.millisUntil(HOUR)).isZero();
  }

  @Test
  void fromFullSpeedItGoesOnWhereTheSessionIs() {
    pace.start(0);
    pace.change(null, 0, HOUR);
    assertThat(pace.millisUntil(100 * HOUR)).isZero();
    pass(1);
    pace.change(60.0, 100 * HOUR, 100 * HOUR);
    assertThat(pace.millisUntil(101 * HOUR)).isEqualTo(TimeUnit.MINUTES.toMillis(1));
  }

  /// A session that could not keep up has nothing to make up for at its new pace.
  @Test
  void whatIsOverdueIsNotMadeUpFor() {
    pace.start(0);
    pass(10 * 60);
    pace.change(60.0, HOUR, 2 * HOUR);
    assertThat(pace.millisUntil(3 * HOUR)).isEqualTo(TimeUnit.MINUTES.toMillis(1));
  }

  @Test
  void timeThatRestsDoesNotPass() {
    pace.start(0);
    pass(20);
    pace.change(pace.acceleration(), 0, HOUR);
    pass(1_000);
    pace.goOn();
    assertThat(pace.millisUntil(HOUR)).isEqualTo(TimeUnit.MINUTES.toMillis(40));
  }

  @Test
  void aPaceThatIsNoneIsRefusedAndTheOldOneStays() {
    pace.start(0);
    assertThatThrownBy(() -> pace.change(0.5, 0, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("acceleration must be 1 to 1000 times real time, was 0.5");
    assertThat(pace.millisUntil(60_000_000)).isEqualTo(60_000);
  }
}

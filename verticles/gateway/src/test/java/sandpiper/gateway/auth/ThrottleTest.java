package sandpiper.gateway.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThrottleTest {
  private long now = 1_000_000_000;
  private final Throttle throttle = new Throttle(() -> now);

  @Test
  void eachFurtherAttemptWaitsTwiceAsLong() {
    attempts("ann", 4);
    assertThat(throttle.wait("ann")).isZero();
    for (long seconds : new long[] {1, 2, 4, 8, 16, 32, 64, 128, 256, 300, 300}) {
      throttle.attempt("ann", 5);
      assertThat(throttle.wait("ann")).isEqualTo(seconds);
      now += TimeUnit.SECONDS.toMicros(seconds);
      assertThat(throttle.wait("ann")).isZero();
    }
    assertThat(throttle.wait("bob")).isZero();
  }

  @Test
  void aClockThatIsSetBackKeepsNobodyOutForLonger() {
    attempts("ann", 7);
    assertThat(throttle.wait("ann")).isEqualTo(4);
    now -= TimeUnit.HOURS.toMicros(1);
    assertThat(throttle.wait("ann")).isEqualTo(4);
    now += TimeUnit.SECONDS.toMicros(4);
    assertThat(throttle.wait("ann")).isZero();
  }

  @Test
  void whoGetsInBeginsAnew() {
    attempts("ann", 7);
    throttle.succeeded("ann");
    attempts("ann", 4);

    assertThat(throttle.wait("ann")).isZero();
  }

  @Test
  void itKeepsABoundedNumber() {
    attempts("first", 20);
    for (int i = 0; i < 10_000; i++) {
      throttle.attempt("other " + i, 5);
    }

    assertThat(throttle.wait("first")).as("the one not heard of for longest").isZero();
  }

  private void attempts(String key, int count) {
    for (int i = 0; i < count; i++) {
      throttle.attempt(key, 5);
    }
  }
}

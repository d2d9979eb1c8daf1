package sandpiper.mexc.client;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.junit5.VertxExtension;
import java.util.ArrayList;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(VertxExtension.class)
class ThrottleTest {
  @Test
  void aFewAtOnceTheOthersOneByOneInTheirOrder(Vertx vertx) throws TimeoutException {
    long start = System.nanoTime();
    var throttle = new Throttle(vertx, 20, System::nanoTime);
    var order = new ArrayList<Integer>();
    var all = new ArrayList<Future<Void>>();
    for (int i = 0; i < 14; i++) {
      int number = i;
      all.add(throttle.take().onSuccess(_ -> order.add(number)));
      assertThat(all.get(i).isComplete()).as("number %d", i).isEqualTo(i < 4);
    }
    Future.all(all).await(20, SECONDS);
    assertThat(order).isSorted().hasSize(14);
    // Four at once, ten more at twenty a second.
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(500_000_000L);
  }

  @Test
  void whoIsToldToWaitWaitsEvenWithItsTurnNear(Vertx vertx) throws TimeoutException {
    var throttle = new Throttle(vertx, 10, System::nanoTime);
    throttle.take();
    throttle.take();
    long start = System.nanoTime();
    var next = throttle.take();
    throttle.blockFor(400);
    next.await(20, SECONDS);
    assertThat(System.nanoTime() - start).isGreaterThanOrEqualTo(400_000_000L);
  }

  @Test
  void whatWouldWaitTooLongIsTurnedAway(Vertx vertx) {
    var now = new AtomicLong(5);
    var throttle = new Throttle(vertx, 1, now::get);
    throttle.blockFor(30_000);
    assertThat(throttle.take().isComplete()).isFalse();
    var late = throttle.take();
    assertThat(late.failed()).isTrue();
    assertThat(late.cause()).hasMessageContaining("at most 30 s may be waited");
    now.addAndGet(60_000_000_000L);
    assertThat(throttle.take().succeeded()).isTrue();
  }
}

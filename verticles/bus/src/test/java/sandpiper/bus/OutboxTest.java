package sandpiper.bus;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class OutboxTest {
  private final List<List<Integer>> batches = new ArrayList<>();
  private final Queue<Promise<Void>> underWay = new ArrayDeque<>();
  private final Outbox<Integer> outbox = new Outbox<>(5, this::send);

  private Future<?> send(List<Integer> batch) {
    batches.add(batch);
    var promise = Promise.<Void>promise();
    underWay.add(promise);
    return promise.future();
  }

  private void add(int from, int to) {
    IntStream.rangeClosed(from, to).forEach(outbox::add);
  }

  private void safe() {
    underWay.remove().complete();
  }

  @Test
  void entriesGoInOrderWithOneBatchUnderWay() {
    add(1, 4);
    assertThat(batches).containsExactly(List.of(1));
    safe();
    assertThat(batches).containsExactly(List.of(1), List.of(2, 3, 4));
    add(5, 6);
    assertThat(batches).hasSize(2);
    safe();
    assertThat(batches).containsExactly(List.of(1), List.of(2, 3, 4), List.of(5, 6));
    safe();
    assertThat(underWay).isEmpty();
    outbox.add(7);
    assertThat(batches.getLast()).containsExactly(7);
  }

  @Test
  void aBatchIsBounded() {
    add(0, 4_500);
    safe();
    safe();
    safe();
    assertThat(batches).extracting(List::size).containsExactly(1, 2_000, 2_000, 500);
    assertThat(batches.stream().flatMap(List::stream))
        .containsExactlyElementsOf(IntStream.rangeClosed(0, 4_500).boxed().toList());
  }

  @Test
  void roomIsThereBelowTheBoundAndWaitsFromItOn() {
    add(1, 4);
    assertThat(outbox.room().succeeded()).isTrue();
    outbox.add(5);
    var first = outbox.room();
    var second = outbox.room();
    assertThat(first.isComplete()).isFalse();
    safe();
    assertThat(first.succeeded()).isTrue();
    assertThat(second.succeeded()).isTrue();
  }

  @Test
  void roomStaysTakenWhileABatchLeavesTooMuchBehind() {
    add(0, 2_010);
    var room = outbox.room();
    safe();
    assertThat(room.isComplete()).isFalse();
    safe();
    assertThat(room.isComplete()).isFalse();
    safe();
    assertThat(room.succeeded()).isTrue();
  }

  @Test
  void aFlushWaitsForEverythingAddedSoFar() {
    assertThat(outbox.flush().succeeded()).isTrue();
    add(1, 3);
    var flush = outbox.flush();
    safe();
    assertThat(flush.isComplete()).isFalse();
    safe();
    assertThat(flush.succeeded()).isTrue();
  }

  @Test
  void aFailureReleasesAllWhoWaitAndNothingIsSentPastIt() {
    add(1, 5);
    var room = outbox.room();
    var flush = outbox.flush();
    var failure = Refusal.invalid("disk is full");
    underWay.remove().fail(failure);
    assertThat(room.cause()).isSameAs(failure);
    assertThat(flush.cause()).isSameAs(failure);
    outbox.add(6);
    assertThat(batches).containsExactly(List.of(1));
    assertThat(outbox.room().cause()).isSameAs(failure);
    assertThat(outbox.flush().cause()).isSameAs(failure);
  }

  @Test
  void aSenderThatThrowsIsAFailure() {
    var broken =
        new Outbox<Integer>(
            5,
            _ -> {
              throw new IllegalStateException("no sender");
            });
    broken.add(1);
    assertThat(broken.flush().cause()).hasMessage("no sender");
    assertThat(broken.room().cause()).hasMessage("no sender");
  }
}

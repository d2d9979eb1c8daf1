package sandpiper.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.bus.Waiting.await;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Channels.Request;
import sandpiper.bus.Messages.Done;

class OfferTest {
  private record Update(int number) {}

  private static final Request<Update, Done> UPDATE = new Request<>("test.update", Done.class);

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new Bus(vertx);
  private final Context loop = vertx.getOrCreateContext();
  private final BlockingQueue<Integer> shown = new LinkedBlockingQueue<>();
  private final BlockingQueue<Promise<Done>> unanswered = new LinkedBlockingQueue<>();
  private final Offer<Update> offer = new Offer<>(bus, UPDATE, 3);

  @BeforeEach
  void install() {
    Bus.install(vertx);
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  private void aScreenThatAnswersWhenItIsTold() throws Exception {
    await(
        bus.answer(
            UPDATE,
            update -> {
              shown.add(update.number());
              var answer = Promise.<Done>promise();
              unanswered.add(answer);
              return answer.future();
            }));
  }

  private void send(int from, int to) throws Exception {
    var sent = Promise.<Void>promise();
    loop.runOnContext(_ -> {
      IntStream.rangeClosed(from, to).forEach(number -> offer.send(new Update(number)));
      sent.complete();
    });
    await(sent.future());
  }

  private Promise<Done> next() throws Exception {
    var answer = unanswered.poll(20, TimeUnit.SECONDS);
    if (answer == null) {
      throw new AssertionError("nothing was offered; shown so far " + shown);
    }
    return answer;
  }

  @Test
  void pastTheBoundUpdatesAreDroppedAndCounted() throws Exception {
    aScreenThatAnswersWhenItIsTold();
    send(1, 10);
    assertThat(offer.dropped()).isEqualTo(7);
    var answers = List.of(next(), next(), next());
    assertThat(shown).containsExactly(1, 2, 3);
    answers.getFirst().complete(new Done());
    int number = 11;
    do { // until the answer has come back, more are dropped
      send(number, number);
      number++;
    } while (shown.size() < 4 && number < 1_000_000);
    assertThat(shown).hasSize(4).startsWith(1, 2, 3).doesNotContain(4, 10);
    assertThat(offer.dropped()).isEqualTo(number - 1 - 4);
  }

  @Test
  void anUpdateThatNobodyTookIsCountedAndMakesRoom() throws Exception {
    send(1, 20);
    for (int turn = 0; offer.dropped() < 20 && turn < 1_000_000; turn++) {
      send(1, 0); // nothing, but the loop turns
    }
    assertThat(offer.dropped()).isEqualTo(20);
    await(
        bus.answer(
            UPDATE,
            update -> {
              shown.add(update.number());
              return Future.succeededFuture(new Done());
            }));
    send(21, 21);
    assertThat(shown.poll(20, TimeUnit.SECONDS)).isEqualTo(21);
  }
}

package sandpiper.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.ReadRecording;
import sandpiper.bus.Messages.Recording;
import sandpiper.bus.Messages.RecordingPage;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.Trade;

/// How windows are asked for; what the database makes of them is tested with a database.
class RecordingDataTest {
  private static final long LAST = 52_345;
  private static final String SESSION = "dc_1";

  private final Vertx vertx = Vertx.vertx();
  private final Queue<Long> asked = new ConcurrentLinkedQueue<>();
  private Function<ReadRecording, Future<RecordingPage>> database =
      read -> Future.succeededFuture(page(read));

  @BeforeEach
  void answer() throws Exception {
    Bus.install(vertx);
    var bus = new Bus(vertx);
    var answers =
        Future.all(
            bus.answer(
                Channels.FIND_RECORDING,
                _ ->
                    Future.succeededFuture(
                        new Recording(
                            SESSION,
                            List.of("BTCUSD"),
                            List.of("trades"),
                            Map.of(),
                            1,
                            LAST,
                            LAST))),
            bus.answer(
                Channels.READ_RECORDING,
                read -> {
                  asked.add(read.after());
                  return database.apply(read);
                }));
    answers.toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  private static RecordingPage page(ReadRecording read) {
    return new RecordingPage(
        LongStream.rangeClosed(read.after() + 1, Math.min(LAST, read.after() + read.limit()))
            .mapToObj(seq -> new Input(SESSION, seq, seq, new Trade("BTCUSD", seq, seq, 1)))
            .toList());
  }

  private RecordingData open() {
    return RecordingData.open(new Bus(vertx), SESSION, Set.of("BTCUSD"), TimeRange.ALL);
  }

  /// A reader that rests holds three windows and the one that it is in, and asks for no more.
  @Test
  void aReaderAsksForThreeWindowsAhead() {
    try (var data = open()) {
      assertThat(data.next().time()).isEqualTo(1);
      for (int i = 2; i <= 5_000; i++) {
        assertThat(data.next().time()).isEqualTo(i);
      }
      // The answer to the latest question is there: whatever was asked before it has been heard.
      assertThat(data.peek().time()).isEqualTo(5_001);
      assertThat(asked).startsWith(0L, 5_000L, 10_000L, 15_000L).hasSizeLessThanOrEqualTo(5);
    }
  }

  /// Two windows are answered before the first of them is.
  @Test
  void answersThatComeInAnotherOrderAreReadInOrder() {
    var first = Promise.<RecordingPage>promise();
    var waiting = new ArrayList<ReadRecording>();
    database =
        read -> {
          if (read.after() == 0) {
            waiting.add(read);
            return first.future();
          }
          if (read.after() == 10_000) {
            first.complete(page(waiting.getFirst()));
          }
          return Future.succeededFuture(page(read));
        };
    try (var data = open()) {
      long seq = 0;
      while (data.hasNext()) {
        assertThat(data.next().time()).isEqualTo(++seq);
      }
      assertThat(seq).isEqualTo(LAST);
      assertThat(data.rows()).isEqualTo(LAST);
      assertThat(data.progress()).isEqualTo(1);
    }
    assertThat(asked)
        .containsExactlyElementsOf(LongStream.range(0, 11).map(i -> i * 5_000).boxed().toList());
  }

  @Test
  void aWindowThatCannotBeReadEndsTheReadingThereAndAtEveryFurtherCall() {
    database =
        read ->
            read.after() == 5_000
                ? Future.failedFuture(new Refusal(Refusal.Kind.FAILED, "no database"))
                : Future.succeededFuture(page(read));
    try (var data = open()) {
      for (int i = 1; i <= 5_000; i++) {
        assertThat(data.next().time()).isEqualTo(i);
      }
      for (int i = 0; i < 2; i++) {
        assertThatThrownBy(data::hasNext)
            .isInstanceOf(DataException.class)
            .hasMessage("recording:dc_1: no database");
      }
    }
  }
}

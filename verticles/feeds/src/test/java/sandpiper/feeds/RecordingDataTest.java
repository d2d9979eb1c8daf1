package sandpiper.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.time.LocalDate;
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
import sandpiper.bus.Messages.RecordedPart;
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
  private volatile long first = 1;
  private final Queue<Long> asked = new ConcurrentLinkedQueue<>();
  private Function<ReadRecording, Future<RecordingPage>> database =
      read -> Future.succeededFuture(page(read));

  @BeforeEach
  void answer() throws Exception {
    Bus.install(vertx);
    var bus = new Bus(vertx);
    var answers =
        Future.all(
            bus.answer(Channels.FIND_RECORDING, _ -> Future.succeededFuture(recording())),
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

  private Recording recording() {
    return new Recording(
        SESSION,
        List.of("BTCUSD"),
        List.of(new RecordedPart("trades", LocalDate.EPOCH, first, LAST)),
        Map.of(),
        first,
        LAST,
        LAST);
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
  void aReaderAsksForThreeWindowsAhead() throws Exception {
    try (var data = open()) {
      for (int i = 1; i <= 5_000; i++) {
        assertThat(data.next().time()).isEqualTo(i);
      }
      assertThat(data.peek().time()).isEqualTo(5_001);
      // Questions of one asker arrive in order: all that were asked before are heard with this one.
      var mark = new ReadRecording(recording(), LAST, 1);
      new Bus(vertx)
          .ask(Channels.READ_RECORDING, mark)
          .toCompletionStage()
          .toCompletableFuture()
          .get(10, TimeUnit.SECONDS);
      assertThat(asked).containsExactly(0L, 5_000L, 10_000L, 15_000L, 20_000L, LAST);
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

  /// Days that are dropped leave empty windows behind.
  @Test
  void aRecordingThatLosesItsFirstDaysMeanwhileDoesNotSimplyEnd() {
    database =
        read ->
            Future.succeededFuture(
                read.after() < 20_000 ? page(read) : new RecordingPage(List.of()));
    try (var data = open()) {
      for (int i = 1; i <= 20_000; i++) {
        assertThat(data.next().time()).isEqualTo(i);
      }
      first = 30_001;
      assertThatThrownBy(data::hasNext)
          .isInstanceOf(DataException.class)
          .hasMessage("recording:dc_1: its first days were dropped while it was read");
    }
  }
}

package sandpiper.bus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static sandpiper.bus.Waiting.await;
import static sandpiper.bus.Waiting.failure;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import sandpiper.bus.Channels.Request;
import sandpiper.bus.Channels.Stream;

class BusTest {
  private record Question(Object thing) {}

  private record Answer(Object thing) {}

  private static final Request<Question, Answer> ASK = new Request<>("test.ask", Answer.class);
  private static final Stream<Answer> ANSWERS = new Stream<>("test.answers");

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new Bus(vertx);

  @BeforeEach
  void install() {
    Bus.install(vertx);
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  @Test
  void aRequestIsAnsweredAndBothRecordsTravelByReference() throws Exception {
    await(bus.answer(ASK, question -> Future.succeededFuture(new Answer(question))));
    var question = new Question(new Object());
    var answer = await(bus.ask(ASK, question));
    assertThat(answer.thing()).isSameAs(question);
  }

  @Test
  void anAnswerMayComeLater() throws Exception {
    var later = Promise.<Answer>promise();
    var asked = new LinkedBlockingQueue<Question>();
    await(
        bus.answer(
            ASK,
            question -> {
              asked.add(question);
              return later.future();
            }));
    var reply = bus.ask(ASK, new Question("late"));
    assertThat(asked.poll(20, TimeUnit.SECONDS)).isEqualTo(new Question("late"));
    assertThat(reply.isComplete()).isFalse();
    later.complete(new Answer(1));
    assertThat(await(reply)).isEqualTo(new Answer(1));
  }

  @ParameterizedTest
  @EnumSource
  void aRefusalArrivesWithItsKindAndSentence(Refusal.Kind kind) throws Exception {
    await(bus.answer(ASK, _ -> Future.failedFuture(new Refusal(kind, "not " + kind))));
    assertThat(failure(bus.ask(ASK, new Question(1))))
        .hasMessage("not " + kind)
        .asInstanceOf(type(Refusal.class))
        .extracting(Refusal::kind)
        .isEqualTo(kind);
  }

  @Test
  void aRefusalArrivesWithItsMembers() throws Exception {
    var members = new HashMap<String, @Nullable Object>();
    members.put("latest", 4);
    members.put("base", null);
    await(
        bus.answer(
            ASK,
            _ -> Future.failedFuture(new Refusal(Refusal.Kind.CONFLICT, "too late", members))));
    assertThat(failure(bus.ask(ASK, new Question(1))))
        .asInstanceOf(type(Refusal.class))
        .satisfies(refusal -> assertThat(refusal.members()).isEqualTo(members));
  }

  @Test
  void aRefusalMayBeThrown() throws Exception {
    await(
        bus.answer(
            ASK,
            _ -> {
              throw Refusal.unknown("there is none");
            }));
    assertThat(failure(bus.ask(ASK, new Question(1))))
        .hasMessage("there is none")
        .asInstanceOf(type(Refusal.class))
        .extracting(Refusal::kind)
        .isEqualTo(Refusal.Kind.UNKNOWN);
  }

  @Test
  void aHandlerThatThrowsOrFailsAnswersAtOnceAndTellsNothingOfTheInside() throws Exception {
    await(
        bus.answer(
            ASK,
            question -> {
              if (question.thing().equals("throw")) {
                throw new IllegalStateException("secret");
              }
              return Future.failedFuture(new IllegalStateException("secret"));
            }));
    for (var way : new String[] {"throw", "fail"}) {
      assertThat(failure(bus.ask(ASK, new Question(way))))
          .hasMessage("internal error in test.ask; its reason stands in the log")
          .asInstanceOf(type(Refusal.class))
          .extracting(Refusal::kind)
          .isEqualTo(Refusal.Kind.FAILED);
    }
  }

  @Test
  void anErrorOfTheMachineIsAnsweredAtOnceToo() throws Exception {
    await(
        bus.answer(
            ASK,
            _ -> {
              throw new StackOverflowError();
            }));
    assertThat(failure(bus.ask(ASK, new Question(1))))
        .hasMessage("internal error in test.ask; its reason stands in the log");
  }

  @Test
  void aQuestionThatNobodyAnswersFailsAtOnce() throws Exception {
    assertThat(failure(bus.ask(ASK, new Question(1))))
        .isInstanceOf(Refusal.class)
        .hasMessage("test.ask did not answer: No handlers for address test.ask");
  }

  @Test
  void anAnswerOfTheWrongKindIsAFailure() throws Exception {
    var wrong = new Request<Question, Question>("test.ask", Question.class);
    await(bus.answer(wrong, question -> Future.succeededFuture(question)));
    assertThat(failure(bus.ask(ASK, new Question(1)))).isInstanceOf(ClassCastException.class);
  }

  @Test
  void everyReaderOfAStreamGetsTheSameRecordInOrder() throws Exception {
    var first = new LinkedBlockingQueue<Answer>();
    var second = new LinkedBlockingQueue<Answer>();
    await(bus.read(ANSWERS, first::add));
    await(bus.read(ANSWERS, second::add));
    var one = new Answer(1);
    var two = new Answer(2);
    bus.publish(ANSWERS, one);
    bus.publish(ANSWERS, two);
    for (var reader : List.of(first, second)) {
      assertThat(reader.poll(20, TimeUnit.SECONDS)).isSameAs(one);
      assertThat(reader.poll(20, TimeUnit.SECONDS)).isSameAs(two);
    }
  }

  @Test
  void recordsNeverLeaveTheProcess() {
    var codec = new RecordCodec();
    assertThatThrownBy(() -> codec.encodeToWire(Buffer.buffer(), new Answer(1)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("records stay within one process, was " + Answer.class);
  }
}

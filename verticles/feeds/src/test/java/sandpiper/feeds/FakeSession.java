package sandpiper.feeds;

import static java.util.concurrent.TimeUnit.SECONDS;
import static sandpiper.bus.Channels.FEED_ENDED;
import static sandpiper.bus.Channels.FEED_PROGRESS;
import static sandpiper.bus.Channels.INPUT;
import static sandpiper.bus.Channels.WRITE_INPUTS;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels.Request;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.FeedEnded;
import sandpiper.bus.Messages.FeedProgress;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.InputBatch;

/// Stands in for the verticles around the feeds: takes inputs, records them, hears of the end.
final class FakeSession {
  static final Future<Done> DONE = Future.succeededFuture(new Done());

  final Bus bus;
  final List<Input> received = new CopyOnWriteArrayList<>();

  /// `System.nanoTime` when the platform had each.
  final List<Long> taken = new CopyOnWriteArrayList<>();

  final List<Input> recorded = new CopyOnWriteArrayList<>();
  final List<FeedProgress> progress = new CopyOnWriteArrayList<>();
  final BlockingQueue<FeedEnded> ended = new LinkedBlockingQueue<>();
  final AtomicInteger mostUnderWay = new AtomicInteger();
  volatile Function<Input, Future<Done>> onInput = _ -> DONE;
  volatile Function<InputBatch, Future<Done>> onRecording = _ -> DONE;
  private final AtomicInteger underWay = new AtomicInteger();

  FakeSession(Vertx vertx) throws Exception {
    Bus.install(vertx);
    bus = new Bus(vertx);
    await(bus.answer(INPUT, this::input));
    await(bus.answer(WRITE_INPUTS, this::record));
    await(
        bus.answer(
            FEED_ENDED,
            message -> {
              ended.add(message);
              return DONE;
            }));
    await(bus.read(FEED_PROGRESS, progress::add));
  }

  private Future<Done> input(Input input) {
    mostUnderWay.accumulateAndGet(underWay.incrementAndGet(), Math::max);
    received.add(untimed(input));
    taken.add(input.takenAt());
    return onInput.apply(input).onComplete(_ -> underWay.decrementAndGet());
  }

  private Future<Done> record(InputBatch batch) {
    return onRecording
        .apply(batch)
        .onSuccess(
            _ -> recorded.addAll(batch.inputs().stream().map(FakeSession::untimed).toList()));
  }

  /// Without when it was taken, which no two runs agree on.
  private static Input untimed(Input input) {
    return new Input(input.sessionId(), input.seq(), input.time(), input.event());
  }

  FeedEnded awaitEnd() throws InterruptedException {
    var end = ended.poll(60, SECONDS);
    if (end == null) {
      throw new AssertionError("the feed did not end after " + received.size() + " inputs");
    }
    return end;
  }

  <Q extends Record, R extends Record> R ask(Request<Q, R> request, Q body) throws Exception {
    return await(bus.ask(request, body));
  }

  /// What the request was refused with.
  <Q extends Record, R extends Record> Throwable refused(Request<Q, R> request, Q body)
      throws Exception {
    var refusal = new CompletableFuture<@Nullable Throwable>();
    bus.ask(request, body).onComplete(_ -> refusal.complete(null), refusal::complete);
    var failure = refusal.get(60, SECONDS);
    if (failure == null) {
      throw new AssertionError(request.address() + " was not refused");
    }
    return failure;
  }

  static <T> T await(Future<T> future)
      throws InterruptedException, ExecutionException, TimeoutException {
    return future.toCompletionStage().toCompletableFuture().get(60, SECONDS);
  }
}

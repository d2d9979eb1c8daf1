package sandpiper.feeds;

import static java.util.Objects.requireNonNullElse;
import static sandpiper.bus.Channels.FEED_ENDED;
import static sandpiper.bus.Channels.FEED_PROGRESS;
import static sandpiper.bus.Channels.FEED_RESUMED;
import static sandpiper.bus.Channels.INPUT;
import static sandpiper.bus.Channels.WRITE_INPUTS;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Timer;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import java.util.ArrayDeque;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Bus;
import sandpiper.bus.LogKeys;
import sandpiper.bus.Messages.CloseSession;
import sandpiper.bus.Messages.FeedEnded;
import sandpiper.bus.Messages.FeedProgress;
import sandpiper.bus.Messages.FeedStopped;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.bus.Messages.OpenFeed;
import sandpiper.bus.Messages.PublishValue;
import sandpiper.bus.Meters;
import sandpiper.bus.Outbox;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketSequencer;
import sandpiper.domain.market.MarketStream;

/// Plays the data of one session into it, in lockstep: the next input goes out when the one before
/// is answered, and, when there is a pace, not before it is due.
///
/// [#run] does whatever can be done and returns when it has to wait; whatever it waits for (an
/// answer, a batch of rows, a timer, room in the recording) calls it again. Every input is recorded
/// as it goes out, unless it comes from where it is kept anyway. For one event loop.
final class ReplayFeed {
  private static final Logger LOG = LoggerFactory.getLogger(ReplayFeed.class);
  private static final int RECORDING_BOUND = 20_000;
  private static final int MAX_NUMBERED = 1_000;
  private static final int STEPS_AT_A_TIME = 256;
  private static final long PROGRESS_NANOS = 1_000_000_000;
  private static final long NO_TIMER = -1;

  private final Context context;
  private final Bus bus;
  private final String sessionId;
  private final LongSupplier nanos;
  private final Pace pace;
  private final boolean recorded;

  /// Number of the last input that the session has on record; 0 when it begins.
  private final long resumedFrom;

  private boolean caughtUp;
  private final @Nullable Set<MarketStream> collected;
  private final Supply data;
  private final MarketSequencer sequencer;
  private final Outbox<Input> recording;
  private final ArrayDeque<Input> numbered = new ArrayDeque<>();
  private final Counter inputs;
  private final Timer inputTime;
  private final Promise<FeedStopped> ended = Promise.promise();

  private boolean started;
  private boolean paused;
  private boolean held;
  private boolean finished;
  private boolean stopping;
  private boolean ending;
  private boolean running;
  private boolean awaitsData;
  private boolean awaitsRoom;
  private boolean underWay;
  private long timer = NO_TIMER;
  private long lastSeq;
  private long clock;
  private long progressAt;
  private long sentAt;

  /// Of the event that is numbered; 0 while it waits to go out.
  private long takenAt;

  /// @param data not yet at their end; the feed closes them
  /// @throws IllegalArgumentException when the data cannot make the bars that are wanted, or the
  ///   acceleration is out of range
  ReplayFeed(Context context, Bus bus, OpenFeed request, Supply data, LongSupplier nanos) {
    var meters = Meters.of(context.owner());
    inputs = meters.inputs(Meters.Wiring.BUS);
    inputTime = meters.stage(Meters.Stage.INPUT);
    this.context = context;
    this.bus = bus;
    this.nanos = nanos;
    sessionId = request.sessionId();
    pace = new Pace(nanos, request.acceleration());
    sequencer =
        new MarketSequencer(
            request.intervals(),
            data.sourceIntervals(),
            (seq, time, event) -> numbered.add(new Input(sessionId, seq, time, event, takenAt)));
    this.data = data;
    recorded = request.recorded();
    resumedFrom = request.resumedFrom();
    caughtUp = resumedFrom == 0;
    collected = request.collected();
    clock = data.startTime();
    recording =
        new Outbox<>(
            RECORDING_BOUND,
            meters.queue("recording"),
            batch -> bus.ask(WRITE_INPUTS, new InputBatch(sessionId, batch)));
  }

  /// UTC microseconds of the first event.
  long startTime() {
    return data.startTime();
  }

  /// UTC microseconds at which the data end; null where only reading them could tell.
  @Nullable Long endTime() {
    return data.endTime();
  }

  /// From the next input on.
  ///
  /// @param acceleration times real time, 1 to 1000; null for as fast as possible
  /// @throws IllegalArgumentException when it is out of range
  /// @throws Refusal when the data do not wait
  void changePace(@Nullable Double acceleration) {
    requireWaiting("it has no pace");
    pace.change(acceleration, clock, next());
    forgetTimer();
    run();
  }

  /// UTC microseconds of the next input, as far as it is known.
  private long next() {
    return numbered.isEmpty() ? clock : numbered.getFirst().time();
  }

  private void requireWaiting(String because) {
    if (!data.waits()) {
      throw Refusal.invalid("session " + sessionId + " takes prices as they come: " + because);
    }
  }

  /// Holds the next input back, or lets it go; harmless when it is so already.
  ///
  /// @throws Refusal when the data do not wait
  void pause(boolean wanted) {
    requireWaiting("it cannot rest");
    if (paused == wanted) {
      return;
    }
    if (wanted) {
      pace.change(pace.acceleration(), clock, next());
    } else {
      pace.goOn();
    }
    paused = wanted;
    forgetTimer();
    run();
  }

  /// Lets no input go until what came of those before can be kept again. Unlike a session that
  /// [rests][#pause], one that is held back makes up for the time.
  void hold(boolean wanted) {
    held = wanted;
    run();
  }

  /// @throws Refusal when no value from outside can become an input now
  void requireRoom() {
    if (lastSeq < resumedFrom) {
      throw new Refusal(
          Refusal.Kind.CONFLICT, "session " + sessionId + " is being resumed: send it again later");
    }
    if (!started || ending || stopping || finished) {
      throw new Refusal(
          Refusal.Kind.CONFLICT, "the feed of session " + sessionId + " does not run");
    }
    if (numbered.size() >= MAX_NUMBERED) {
      throw new Refusal(
          Refusal.Kind.CONFLICT,
          "session %s is behind: %d inputs wait, %d may; send it again later"
              .formatted(sessionId, numbered.size(), MAX_NUMBERED));
    }
  }

  /// A value from outside becomes an input, at the time that the session has reached. Ask for
  /// [#requireRoom] before.
  ///
  /// @throws IllegalArgumentException when it is none
  void insert(PublishValue value) {
    var time = Math.max(sequencer.clock(), data.startTime());
    sequencer.accept(new ExternalValue(value.symbol(), time, value.name(), value.value()));
    run();
  }

  /// Completes when every input that has gone out is safe.
  Future<Void> recorded() {
    return recording.flush();
  }

  /// Harmless when it was started before.
  void start() {
    if (stopping || ending) {
      throw Refusal.invalid("the feed of session " + sessionId + " has ended");
    }
    if (!started) {
      started = true;
      pace.start(data.startTime());
      progressAt = nanos.getAsLong();
      run();
    }
  }

  /// Completes when the feed has come to its end, however it came to it.
  Future<FeedStopped> ended() {
    return ended.future();
  }

  /// Completes when the input under way is answered and everything is recorded; every call gets the
  /// same answer, also after the feed came to its end by itself.
  Future<FeedStopped> stop() {
    stopping = true;
    forgetTimer();
    if (!underWay) {
      end(null);
    }
    return ended.future();
  }

  private void forgetTimer() {
    if (timer != NO_TIMER) {
      context.owner().cancelTimer(timer);
      timer = NO_TIMER;
    }
  }

  private void run() {
    if (running) {
      return; // an answer came at once: the loop below goes on by itself
    }
    running = true;
    try {
      int steps = 0;
      while (canStep() && steps < STEPS_AT_A_TIME) {
        step();
        steps++;
      }
      if (steps == STEPS_AT_A_TIME && canStep()) {
        context.runOnContext(_ -> run());
      }
    } catch (RuntimeException e) {
      LOG.atError()
          .addKeyValue(LogKeys.SESSION, sessionId)
          .setCause(e)
          .log("feed of session {} failed", sessionId);
      end(e);
    } finally {
      running = false;
    }
  }

  private boolean canStep() {
    return started
        && !paused
        && !held
        && !ending
        && !underWay
        && !awaitsRoom
        && timer == NO_TIMER
        && !(awaitsData && numbered.isEmpty());
  }

  private void step() {
    if (numbered.isEmpty()) {
      fetch();
      return;
    }
    long millis = pace.millisUntil(numbered.getFirst().time());
    if (millis > 0) {
      timer =
          context
              .owner()
              .setTimer(
                  millis,
                  _ -> {
                    timer = NO_TIMER;
                    run();
                  });
      return;
    }
    var room = recording.room();
    if (room.succeeded()) {
      var input = numbered.removeFirst();
      send(input.takenAt() == 0 ? input.takenNow() : input);
    } else {
      awaitsRoom = true;
      goOnAfter(room, () -> awaitsRoom = false);
    }
  }

  /// Gets the next event of the data numbered, together with the bars that close before it.
  private void fetch() {
    var ready = data.ready();
    if (!ready.succeeded()) {
      awaitsData = true;
      goOnAfter(ready, () -> awaitsData = false);
    } else if (data.hasNext()) {
      var event = data.next();
      takenAt = data.takenAt();
      if (isWanted(event)) {
        sequencer.accept(event);
      }
    } else if (collected != null && lastSeq == 0) {
      end(new DataException(data.description() + ": nothing of what was to be recorded in it"));
    } else if (!finished) {
      finished = true;
      sequencer.finish();
    } else {
      end(null);
    }
  }

  /// What live data say of gaps belongs to whatever is collected of them.
  private boolean isWanted(MarketEvent event) {
    var stream = MarketStream.of(event);
    return collected == null || (stream == null ? !data.waits() : collected.contains(stream));
  }

  private void send(Input input) {
    underWay = true;
    lastSeq = input.seq();
    clock = input.time();
    if (recorded && input.seq() > resumedFrom) {
      recording.add(input);
      if (!caughtUp) {
        caughtUp = true;
        bus.ask(FEED_RESUMED, new CloseSession(sessionId))
            .onFailure(e ->
                LOG.atWarn()
                    .addKeyValue(LogKeys.SESSION, sessionId)
                    .log("that {} is live again is not heard: {}", sessionId, e.getMessage()));
      }
    }
    publishProgress();
    sentAt = System.nanoTime();
    inputs.increment();
    deliver(input).onComplete(_ -> answered(null), this::answered);
  }

  /// What is only collected has nobody who waits for it.
  private Future<?> deliver(Input input) {
    return collected == null ? bus.ask(INPUT, input) : Future.succeededFuture();
  }

  private void publishProgress() {
    long now = nanos.getAsLong();
    if (now - progressAt >= PROGRESS_NANOS) {
      progressAt = now;
      bus.publish(FEED_PROGRESS, new FeedProgress(sessionId, lastSeq, clock, data.progress()));
    }
  }

  private void answered(@Nullable Throwable failure) {
    underWay = false;
    inputTime.record(System.nanoTime() - sentAt, TimeUnit.NANOSECONDS);
    if (failure != null || stopping) {
      end(failure);
    } else {
      run();
    }
  }

  private void goOnAfter(Future<?> awaited, Runnable arrived) {
    awaited.onComplete(
        _ -> {
          arrived.run();
          run();
        },
        failure -> {
          arrived.run();
          end(failure);
        });
  }

  /// Nothing goes out any more; the file is closed and what went out becomes safe.
  private void end(@Nullable Throwable failure) {
    if (ending) {
      return;
    }
    ending = true;
    numbered.clear();
    data.close()
        .onFailure(e ->
            LOG.atWarn()
                .addKeyValue(LogKeys.SESSION, sessionId)
                .log("feed of session {}: {}", sessionId, e.getMessage()))
        .transform(_ -> recording.flush())
        .onComplete(_ -> report(failure), e -> report(failure == null ? e : failure));
  }

  private void report(@Nullable Throwable failure) {
    if (failure != null || !stopping) {
      var error =
          failure == null ? null : requireNonNullElse(failure.getMessage(), failure.toString());
      bus.ask(FEED_ENDED, new FeedEnded(sessionId, error))
          .onFailure(e ->
              LOG.atWarn()
                  .addKeyValue(LogKeys.SESSION, sessionId)
                  .log("end of feed {} not heard: {}", sessionId, e.getMessage()));
    }
    ended.complete(new FeedStopped(lastSeq, clock));
  }
}

package sandpiper.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.bus.Channels.OPEN_FEED;
import static sandpiper.bus.Channels.START_FEED;
import static sandpiper.bus.Channels.STOP_FEED;
import static sandpiper.bus.Channels.STORAGE_STATE;
import static sandpiper.feeds.FakeSession.DONE;
import static sandpiper.feeds.FakeSession.await;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.bus.Messages.CloseSession;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.FeedEnded;
import sandpiper.bus.Messages.FeedProgress;
import sandpiper.bus.Messages.FeedStopped;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.OpenFeed;
import sandpiper.bus.Messages.StorageLevel;
import sandpiper.bus.Messages.StorageState;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketSequencer;
import sandpiper.mexc.client.MexcConfig;

class FeedsVerticleTest {
  private static final String ID = "bt_1";
  private static final CloseSession SESSION = new CloseSession(ID);
  private static final Map<String, Set<Interval>> MINUTES =
      Map.of("BTCUSD", Set.of(Interval.parse("1m"), Interval.parse("5m")));
  private static final long START = 1_385_337_600_000_000L;

  private final Vertx vertx = Vertx.vertx();
  private final AtomicLong nanos = new AtomicLong();

  @TempDir Path folder;

  @SuppressWarnings("NullAway.Init") // before each test
  private FakeSession session;

  @SuppressWarnings("NullAway.Init") // before each test
  private String deployment;

  @BeforeEach
  void deploy() throws Exception {
    session = new FakeSession(vertx);
    deployment =
        await(
            vertx.deployVerticle(
                new FeedsVerticle(
                    folder, MexcConfig.STANDARD, () -> START, new Random(1), nanos::get)));
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  /// One trade each 20 ms of session time.
  private String trades(int count) throws Exception {
    var lines = new ArrayList<String>();
    lines.add(DataFiles.TRADES);
    for (int i = 0; i < count; i++) {
      lines.add((START + 20_000L * i) + "," + (800 + i % 9) + ",1");
    }
    return DataFiles.write(folder, "trades.csv", lines.toArray(String[]::new));
  }

  private static OpenFeed feed(String data, @Nullable Double acceleration) {
    return new OpenFeed(ID, data, List.of("BTCUSD"), MINUTES, acceleration);
  }

  private void play(OpenFeed request) throws Exception {
    session.ask(OPEN_FEED, request);
    session.ask(START_FEED, SESSION);
  }

  private static List<Input> inThread(String data) {
    var inputs = new ArrayList<Input>();
    var sequencer =
        new MarketSequencer(
            MINUTES, Map.of(), (seq, time, event) -> inputs.add(new Input(ID, seq, time, event)));
    DataFiles.read(DataFiles.all(data)).forEach(sequencer::accept);
    sequencer.finish();
    return inputs;
  }

  @Test
  void theSessionSeesWhatOneThreadWouldSeeOneInputAtATime() throws Exception {
    var data = trades(20_000);
    session.onInput =
        _ -> {
          var answer = Promise.<Done>promise();
          vertx.runOnContext(_ -> answer.complete(new Done()));
          return answer.future();
        };
    assertThat(session.ask(OPEN_FEED, feed(data, null)).startTime()).isEqualTo(START);
    assertThat(session.received).isEmpty();
    session.ask(START_FEED, SESSION);
    assertThat(session.awaitEnd()).isEqualTo(new FeedEnded(ID, null));
    assertThat(session.received).isEqualTo(inThread(data)).isEqualTo(session.recorded);
    assertThat(session.received.stream().map(Input::seq))
        .isEqualTo(LongStream.rangeClosed(1, session.received.size()).boxed().toList());
    assertThat(session.mostUnderWay).hasValue(1);
    var last = session.received.getLast();
    var stopped = new FeedStopped(last.seq(), last.time());
    assertThat(session.ask(STOP_FEED, SESSION)).isEqualTo(stopped);
    assertThat(session.ended).isEmpty();
  }

  @Test
  void aSessionOfTwoSymbolsSeesBothMergedByTheTimeAtWhichTheyAreKnown() throws Exception {
    var bars =
        DataFiles.write(
            folder,
            "bars.csv",
            DataFiles.BARS,
            START / 1_000 + ",1,1,1,1,1",
            (START / 1_000 + 60_000) + ",2,2,2,2,1");
    var trades =
        DataFiles.write(
            folder,
            "trades.csv",
            DataFiles.TRADES,
            (START / 1_000 + 5_000) + ",800,1",
            (START / 1_000 + 60_000) + ",801,1",
            (START / 1_000 + 70_000) + ",802,1");
    var data = "ETHUSD=" + bars + ",BTCUSD=" + trades;
    var minute = Set.of(Interval.parse("1m"));
    var request =
        new OpenFeed(
            ID,
            data,
            List.of("BTCUSD", "ETHUSD"),
            Map.of("BTCUSD", minute, "ETHUSD", minute),
            null);
    assertThat(session.ask(OPEN_FEED, request).startTime()).isEqualTo(START);
    session.ask(START_FEED, SESSION);
    assertThat(session.awaitEnd()).isEqualTo(new FeedEnded(ID, null));
    assertThat(session.received)
        .extracting(input ->
            (input.time() - START) / 1_000_000
                + " "
                + input.event().getClass().getSimpleName()
                + " "
                + input.event().symbol())
        .containsExactly(
            "5 Trade BTCUSD",
            "60 BarClosed BTCUSD",
            "60 Trade BTCUSD",
            "60 Bar ETHUSD",
            "60 BarClosed ETHUSD",
            "70 Trade BTCUSD",
            "120 BarClosed BTCUSD",
            "120 Bar ETHUSD",
            "120 BarClosed ETHUSD");
  }

  @Test
  void aStopWaitsForTheInputUnderWayAndIsAnsweredTheSameAgain() throws Exception {
    var held = Promise.<Done>promise();
    var tenth = new CountDownLatch(1);
    session.onInput =
        input -> {
          if (input.seq() < 10) {
            return DONE;
          }
          tenth.countDown();
          return held.future();
        };
    play(feed(trades(1_000), null));
    assertThat(tenth.await(60, TimeUnit.SECONDS)).isTrue();
    var stopped = session.bus.ask(STOP_FEED, SESSION);
    settle();
    assertThat(stopped.isComplete()).isFalse();
    held.complete(new Done());
    var answer = new FeedStopped(10, START + 9 * 20_000);
    assertThat(await(stopped)).isEqualTo(answer);
    assertThat(session.ask(STOP_FEED, SESSION)).isEqualTo(answer);
    assertThat(session.recorded).isEqualTo(session.received).hasSize(10);
    assertThat(session.ended).isEmpty();
  }

  /// Nothing is skipped, and nothing is lost.
  @Test
  void aSessionStandsStillWhileWhatItWritesFindsNoRoom() throws Exception {
    var data = trades(1_000);
    var tenth = Promise.<Done>promise();
    var reached = new CountDownLatch(10);
    session.onInput =
        input -> {
          reached.countDown();
          return input.seq() == 10 ? tenth.future() : DONE;
        };
    play(feed(data, null));
    assertThat(reached.await(60, TimeUnit.SECONDS)).isTrue();
    for (var level : List.of(StorageLevel.JOURNALLED, StorageLevel.HELD, StorageLevel.FULL)) {
      session.bus.publish(STORAGE_STATE, new StorageState(level, null));
    }
    settle();
    tenth.complete(new Done());
    settle();
    assertThat(session.received).hasSize(10);
    session.bus.publish(STORAGE_STATE, new StorageState(StorageLevel.JOURNALLED, null));
    assertThat(session.awaitEnd()).isEqualTo(new FeedEnded(ID, null));
    assertThat(session.received).isEqualTo(inThread(data)).isEqualTo(session.recorded);
  }

  @Test
  void aSessionThatStartsWhileNothingFindsRoomWaits() throws Exception {
    session.bus.publish(STORAGE_STATE, new StorageState(StorageLevel.HELD, null));
    settle();
    play(feed(trades(100), null));
    settle();
    assertThat(session.received).isEmpty();
    session.bus.publish(STORAGE_STATE, new StorageState(StorageLevel.WRITTEN, null));
    assertThat(session.awaitEnd()).isEqualTo(new FeedEnded(ID, null));
  }

  @Test
  void aLiveSessionGoesOn() throws Exception {
    session.bus.publish(STORAGE_STATE, new StorageState(StorageLevel.FULL, null));
    settle();
    var request = new OpenFeed("lv_1", trades(100), List.of("BTCUSD"), MINUTES, null);
    session.ask(OPEN_FEED, request);
    session.ask(START_FEED, new CloseSession("lv_1"));
    assertThat(session.awaitEnd()).isEqualTo(new FeedEnded("lv_1", null));
  }

  @Test
  void aFeedThatNeverStartedStopsAtItsStartTime() throws Exception {
    session.ask(OPEN_FEED, feed("demo", null));
    assertThat(session.ask(STOP_FEED, SESSION)).isEqualTo(new FeedStopped(0, START));
    assertThat(session.refused(START_FEED, SESSION)).hasMessage("session bt_1 has no feed running");
  }

  @Test
  void aFailedInputEndsTheFeedWithItsReason() throws Exception {
    session.onInput =
        input ->
            input.seq() == 7
                ? Future.failedFuture(Refusal.invalid("order book is upside down"))
                : DONE;
    play(feed("demo", null));
    assertThat(session.awaitEnd()).isEqualTo(new FeedEnded(ID, "order book is upside down"));
    assertThat(session.ask(STOP_FEED, SESSION).lastSeq()).isEqualTo(7);
    assertThat(session.recorded).isEqualTo(session.received).hasSize(7);
  }

  @Test
  void aFailedRecordingEndsTheFeedWithItsReason() throws Exception {
    session.onRecording =
        batch ->
            batch.inputs().getLast().seq() > 1_000
                ? Future.failedFuture(Refusal.invalid("disk is full"))
                : DONE;
    play(feed("demo", null));
    assertThat(session.awaitEnd()).isEqualTo(new FeedEnded(ID, "disk is full"));
    assertThat(session.recorded).hasSizeLessThanOrEqualTo(1_000);
    assertThat(session.ask(STOP_FEED, SESSION).lastSeq()).isEqualTo(session.received.size());
  }

  @Test
  void aBadRowEndsTheFeedAfterTheRowsBeforeIt() throws Exception {
    var data = DataFiles.write(folder, "a.csv", "time,price,amount", "1385337600,800,1", "bad");
    play(feed(data, null));
    assertThat(session.awaitEnd())
        .isEqualTo(new FeedEnded(ID, "a.csv, line 3: must have 3 columns, had 1"));
    assertThat(session.received).hasSize(1);
  }

  @Test
  void aSlowRecordingHoldsTheFeedAtItsBound() throws Exception {
    int bound = 20_000;
    var held = Promise.<Done>promise();
    var full = new CountDownLatch(bound);
    session.onRecording = _ -> held.future();
    session.onInput =
        _ -> {
          full.countDown();
          return DONE;
        };
    play(feed(trades(30_000), null));
    assertThat(full.await(60, TimeUnit.SECONDS)).isTrue();
    settle();
    assertThat(session.received).hasSize(bound);
    held.complete(new Done());
    assertThat(session.awaitEnd().error()).isNull();
    assertThat(session.received).hasSizeGreaterThan(30_000).isEqualTo(session.recorded);
  }

  @Test
  void aPacedFeedGivesOutNothingBeforeItsTime() throws Exception {
    var data = trades(201);
    var seen = session.received;
    var steps = new ArrayList<CountDownLatch>();
    IntStream.range(0, 5).forEach(_ -> steps.add(new CountDownLatch(1)));
    session.onInput =
        input -> {
          int trade = (int) ((input.time() - START) / 20_000);
          if (trade % 50 == 0) {
            steps.get(trade / 50).countDown();
          }
          return DONE;
        };
    play(feed(data, 4.0));
    for (int step = 0; step < steps.size(); step++) {
      assertThat(steps.get(step).await(60, TimeUnit.SECONDS)).isTrue();
      settle();
      assertThat(seen).hasSize(50 * step + 1);
      nanos.addAndGet(250_000_000);
    }
    assertThat(session.ask(STOP_FEED, SESSION).lastSeq()).isEqualTo(201);
  }

  @Test
  void progressIsPublishedAtMostOnceASecond() throws Exception {
    session.onInput =
        _ -> {
          nanos.addAndGet(400_000_000);
          return DONE;
        };
    play(feed(trades(10), null));
    session.awaitEnd();
    settle();
    assertThat(session.progress.stream().map(FeedProgress::seq)).containsExactly(4L, 7L, 10L);
  }

  @Test
  void undeployingStopsEveryFeedOrderly() throws Exception {
    var hundredth = new CountDownLatch(100);
    session.onInput =
        _ -> {
          hundredth.countDown();
          return DONE;
        };
    var idle = new OpenFeed("bt_2", "demo", List.of("BTCUSD"), MINUTES, null);
    session.ask(OPEN_FEED, idle);
    play(feed("demo", null));
    assertThat(hundredth.await(60, TimeUnit.SECONDS)).isTrue();
    await(vertx.undeploy(deployment));
    assertThat(session.recorded).isEqualTo(session.received);
    assertThat(session.ended).isEmpty();
  }

  @Test
  void whatCannotBePlayedIsRefusedInOneSentence() throws Exception {
    refused(feed("no.csv", null), "no.csv: no such file");
    refused(
        feed(DataFiles.write(folder, "a.csv", "a,b"), null),
        "a.csv, line 1: unknown header \"a,b\", known are " + RowFormat.KNOWN);
    refused(feed(DataFiles.write(folder, "b.csv", DataFiles.TRADES), null), "no row in b.csv");
    refused(feed("demo", 5_000.0), "acceleration must be 1 to 1000 times real time, was 5000.0");
    refused(
        new OpenFeed(ID, "demo", List.of("BTCUSD", "ETHUSD"), MINUTES, null),
        "data must name a source for each of BTCUSD, ETHUSD, such as BTCUSD=FILE, was 'demo'");
    var hours =
        DataFiles.write(
            folder, "h.csv", DataFiles.BARS, "1546300800000,1,1,1,1,1", "1546304400000,1,1,1,1,1");
    refused(feed(hours, null), "BTCUSD: interval must be a whole multiple of the data's 1h, was");
    assertThat(session.refused(STOP_FEED, SESSION)).hasMessage("session bt_1 has no feed running");
    session.ask(OPEN_FEED, feed("demo", null));
    refused(feed("demo", null), "session bt_1 has a feed already");
  }

  private void refused(OpenFeed request, String message) throws Exception {
    assertThat(session.refused(OPEN_FEED, request))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID))
        .hasMessageStartingWith(message);
  }

  /// Lets the feed's event loop turn many times: a feed that can go on would.
  private void settle() throws Exception {
    for (int i = 0; i < 200; i++) {
      assertThat(session.refused(STOP_FEED, new CloseSession("none"))).isNotNull();
    }
  }
}

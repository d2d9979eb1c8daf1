package sandpiper.sessions;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.AwaitCollection;
import sandpiper.bus.Messages.CollectionState;
import sandpiper.bus.Messages.DeleteSession;
import sandpiper.bus.Messages.FeedEnded;
import sandpiper.bus.Messages.FeedProgress;
import sandpiper.bus.Messages.ImportFile;
import sandpiper.bus.Messages.KillAll;
import sandpiper.bus.Messages.ListCollections;
import sandpiper.bus.Messages.ListSessions;
import sandpiper.bus.Messages.OpenFeed;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.StartCollection;
import sandpiper.bus.Messages.StopCollection;
import sandpiper.bus.Messages.WriteCollection;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.session.SessionMode;

class DataCollectionsTest {
  private static final StartCollection DEMO =
      new StartCollection(
          List.of("BTCUSD"), Set.of(MarketStream.BARS, MarketStream.TRADES), "demo", 10.0);

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new Bus(vertx);
  private final FakePlatform platform = new FakePlatform();

  @BeforeEach
  void deploy() throws Exception {
    Bus.install(vertx);
    await(vertx.deployVerticle(platform));
    var grain = new BigDecimal("0.01");
    var instrument =
        new Instrument("BTCUSD", grain, grain, BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.ZERO);
    SessionsVerticle.InThread inThread =
        (_, _, _, _) -> {
          throw new AssertionError("nothing is traded in these tests");
        };
    await(
        vertx.deployVerticle(
            new SessionsVerticle(
                Map.of("BTCUSD", instrument),
                SessionsConfig.STANDARD,
                inThread,
                () -> FakePlatform.START_TIME,
                new Random(1))));
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.await(20, SECONDS);
  }

  private String start() throws Exception {
    return await(bus.ask(Channels.START_COLLECTION, DEMO)).sessionId();
  }

  private CollectionState state(String id) throws Exception {
    return await(bus.ask(Channels.LIST_COLLECTIONS, new ListCollections(id)))
        .collections()
        .getFirst();
  }

  private CollectionState published(SessionStatus status) throws InterruptedException {
    while (true) {
      var state =
          Objects.requireNonNull(platform.collections.poll(20, SECONDS), "none was " + status);
      if (state.status() == status) {
        return state;
      }
    }
  }

  @Test
  void aCollectionIsAFeedAndTwoRows() throws Exception {
    var id = start();
    assertThat(id).matches("dc_[0-9a-z]{16}");
    assertThat(platform.asked)
        .containsExactly(
            "feeds.open",
            "persistence.write-session STARTING",
            "persistence.write-collection",
            "feeds.start",
            "persistence.write-session RUNNING");
    var feed = platform.latest(OpenFeed.class);
    assertThat(feed.collected()).isEqualTo(DEMO.streams());
    assertThat(feed.recorded()).isTrue();
    assertThat(feed.intervals()).isEmpty();
    assertThat(platform.latest(WriteCollection.class).streams())
        .containsExactly(MarketStream.TRADES, MarketStream.BARS);
    var written = platform.latest(SessionState.class);
    assertThat(written.mode()).isEqualTo(SessionMode.COLLECTION);
    assertThat(written.strategies()).isEmpty();
    assertThat(state(id).status()).isEqualTo(SessionStatus.RUNNING);
  }

  @Test
  void noSessionKnowsOfItAndNoKillSwitchTouchesIt() throws Exception {
    var id = start();
    assertThat(await(bus.ask(Channels.LIST_SESSIONS, new ListSessions(null))).sessions()).isEmpty();
    assertThat(await(bus.ask(Channels.KILL_ALL, new KillAll(null, "a test", "vera"))).sessionIds())
        .isEmpty();
    assertThat(platform.published).isEmpty();
    assertThat(state(id).status()).isEqualTo(SessionStatus.RUNNING);
  }

  @Test
  void howFarItHasComeIsTold() throws Exception {
    var id = start();
    bus.publish(Channels.FEED_PROGRESS, new FeedProgress(id, 12, 700, 0.25));
    published(SessionStatus.RUNNING);
    var state = published(SessionStatus.RUNNING);
    assertThat(state.rows()).isEqualTo(12);
    assertThat(state.clock()).isEqualTo(700);
    assertThat(state.consumed()).isEqualTo(0.25);
  }

  @Test
  void itEndsWithItsDataOrWhenItIsStoppedAndOnlyOnce() throws Exception {
    var id = start();
    await(bus.ask(Channels.FEED_ENDED, new FeedEnded(id, null)));
    var ended = published(SessionStatus.STOPPED);
    assertThat(ended.rows()).isEqualTo(41);
    assertThat(ended.clock()).isEqualTo(FakePlatform.START_TIME + 9);
    assertThat(ended.endedAt()).isNotNull();
    var stopped = await(bus.ask(Channels.STOP_COLLECTION, new StopCollection(id)));
    assertThat(stopped.collections()).containsExactly(ended);
    assertThat(platform.asked).containsOnlyOnce("feeds.stop");
    assertThat(platform.asked.getLast()).isEqualTo("persistence.write-session STOPPED");
  }

  @Test
  void whoWaitsForItsEndIsToldHowItEnded() throws Exception {
    var id = start();
    var over = bus.ask(Channels.AWAIT_COLLECTION, new AwaitCollection(id));
    state(id); // answered behind the question before
    assertThat(over.isComplete()).isFalse();
    await(bus.ask(Channels.FEED_ENDED, new FeedEnded(id, "line 7: no")));
    assertThat(await(over)).isEqualTo(state(id));
    assertThat(await(over).error()).isEqualTo("line 7: no");
    assertThat(await(bus.ask(Channels.AWAIT_COLLECTION, new AwaitCollection(id))))
        .isEqualTo(state(id));
    assertThatThrownBy(() -> await(bus.ask(Channels.AWAIT_COLLECTION, new AwaitCollection("dc_1"))))
        .hasMessage("unknown data collection 'dc_1'");
  }

  @Test
  void dataThatBreakOffMakeItFail() throws Exception {
    var id = start();
    await(bus.ask(Channels.FEED_ENDED, new FeedEnded(id, "line 7: no")));
    assertThat(published(SessionStatus.FAILED).error()).isEqualTo("line 7: no");
    assertThat(platform.latest(SessionState.class).error()).isEqualTo("line 7: no");
  }

  @Test
  void whatCannotBeOpenedIsRefusedAndLeavesNothing() throws Exception {
    platform.instead.put(
        "feeds.open", Future.failedFuture(Refusal.invalid("nowhere.csv: no such file")));
    assertThatThrownBy(this::start).hasMessage("nowhere.csv: no such file");
    assertThat(platform.asked).containsExactly("feeds.open");
    assertThat(await(bus.ask(Channels.LIST_COLLECTIONS, new ListCollections(null))).collections())
        .isEmpty();
    var strange = new StartCollection(List.of("DOGEUSD"), DEMO.streams(), "demo", null);
    assertThatThrownBy(() -> await(bus.ask(Channels.START_COLLECTION, strange)))
        .hasMessage("unknown symbol 'DOGEUSD'; there are BTCUSD");
  }

  @Test
  void aStartThatFailsLaterIsWrittenDown() throws Exception {
    platform.instead.put("feeds.start", Future.failedFuture(Refusal.invalid("no")));
    assertThatThrownBy(this::start).hasMessage("no");
    assertThat(published(SessionStatus.FAILED).error()).isEqualTo("no");
    assertThat(platform.asked.getLast()).isEqualTo("persistence.write-session FAILED");
  }

  @Test
  void aFileIsReadWholeBeforeItIsRecorded() throws Exception {
    var file = new ImportFile("BTCUSD", "/tmp/x/a.csv", "a.csv", MarketStream.TRADES);
    var id = await(bus.ask(Channels.IMPORT_FILE, file)).sessionId();
    assertThat(platform.asked.subList(0, 2)).containsExactly("feeds.check-file", "feeds.open");
    assertThat(platform.latest(OpenFeed.class).data()).isEqualTo("/tmp/x/a.csv");
    assertThat(state(id).data()).isEqualTo("import:a.csv");
    assertThat(state(id).acceleration()).isNull();
    var bars = new ImportFile("BTCUSD", "/tmp/x/a.csv", "a.csv", MarketStream.BARS);
    assertThatThrownBy(() -> await(bus.ask(Channels.IMPORT_FILE, bars)))
        .hasMessage("kind must be trades, as the file has them, was bars");
  }

  @Test
  void oneThatIsDeletedIsForgotten() throws Exception {
    var id = start();
    await(bus.ask(Channels.STOP_COLLECTION, new StopCollection(id)));
    await(bus.ask(Channels.DELETE_SESSION, new DeleteSession(id)));
    assertThat(await(bus.ask(Channels.LIST_COLLECTIONS, new ListCollections(id))).collections())
        .isEmpty();
  }

  @Test
  void asManyAsMayRun() throws Exception {
    for (int i = 0; i < 16; i++) {
      start();
    }
    assertThatThrownBy(this::start)
        .hasMessage("16 data collections are running, which is as many as may: stop one or wait");
  }
}

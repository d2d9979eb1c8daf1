package sandpiper.sessions;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;
import static sandpiper.bus.Channels.CHANGE_LIMITS;
import static sandpiper.bus.Channels.CHANGE_PACE;
import static sandpiper.bus.Channels.DELETE_SESSION;
import static sandpiper.bus.Channels.FEED_ENDED;
import static sandpiper.bus.Channels.FEED_PROGRESS;
import static sandpiper.bus.Channels.KILL_ALL;
import static sandpiper.bus.Channels.LIST_SESSIONS;
import static sandpiper.bus.Channels.PAUSE_SESSION;
import static sandpiper.bus.Channels.READ_LIMITS;
import static sandpiper.bus.Channels.SESSION_DELETED;
import static sandpiper.bus.Channels.START_BACKTEST;
import static sandpiper.bus.Channels.START_SESSION;
import static sandpiper.bus.Channels.STOP_SESSION;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Bus;
import sandpiper.bus.Messages.ChangeLimits;
import sandpiper.bus.Messages.ChangePace;
import sandpiper.bus.Messages.DeleteSession;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.FeedEnded;
import sandpiper.bus.Messages.FeedProgress;
import sandpiper.bus.Messages.FindInstruments;
import sandpiper.bus.Messages.KillAll;
import sandpiper.bus.Messages.KillSwitch;
import sandpiper.bus.Messages.ListSessions;
import sandpiper.bus.Messages.OpenFeed;
import sandpiper.bus.Messages.OpenSession;
import sandpiper.bus.Messages.PauseSession;
import sandpiper.bus.Messages.ReadLimits;
import sandpiper.bus.Messages.SessionPerformance;
import sandpiper.bus.Messages.SessionStarted;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.SessionStopped;
import sandpiper.bus.Messages.Setting;
import sandpiper.bus.Messages.StandingLimits;
import sandpiper.bus.Messages.StartBacktest;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StopSession;
import sandpiper.bus.Messages.StopStrategies;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.bus.Messages.WriteBacktest;
import sandpiper.bus.Refusal;
import sandpiper.domain.journal.RiskAction;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.Interval;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.trading.RiskLimits;

class SessionsVerticleTest {
  private static final StartSession PAPER = request(SessionMode.PAPER, "BTCUSD", "demo");
  private static final List<String> STARTED =
      List.of(
          "strategies.plan",
          "feeds.open",
          "persistence.write-session STARTING",
          "indicators.open",
          "orders.open",
          "strategies.open",
          "feeds.start",
          "persistence.write-session RUNNING");
  private static final List<String> CLOSED =
      List.of("feeds.stop", "strategies.close", "indicators.close", "orders.close");

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new Bus(vertx);
  private final FakePlatform platform = new FakePlatform();
  private final AtomicLong clock = new AtomicLong(FakePlatform.START_TIME);

  @SuppressWarnings("NullAway.Init") // before each test
  private String deployment;

  @BeforeEach
  void deploy() throws Exception {
    Bus.install(vertx);
    await(vertx.deployVerticle(platform));
    var instruments = new TreeMap<String, Instrument>();
    for (var symbol : List.of("BTCUSD", "ETHUSD")) {
      var grain = new BigDecimal("0.01");
      instruments.put(
          symbol,
          new Instrument(symbol, grain, grain, BigDecimal.ONE, BigDecimal.ZERO, BigDecimal.ZERO));
    }
    SessionsVerticle.InThread inThread =
        (_, _, _, _) -> {
          throw new AssertionError("no session of these tests runs in one thread");
        };
    deployment =
        await(
            vertx.deployVerticle(
                new SessionsVerticle(
                    instruments,
                    SessionsConfig.STANDARD,
                    inThread,
                    () -> clock.addAndGet(1_000),
                    new Random(1))));
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
  }

  private static StartSession request(SessionMode mode, String symbol, String data) {
    return new StartSession(
        mode,
        List.of(symbol),
        List.of(new StrategyRequest("s", Map.of())),
        new BigDecimal("1000"),
        data,
        Interval.parse("5m"),
        60.0);
  }

  private String start(StartSession request) throws Exception {
    var started = await(bus.ask(START_SESSION, request));
    assertThat(started.alreadyRunning()).isFalse();
    return started.sessionId();
  }

  private SessionState state(String sessionId) throws Exception {
    return await(bus.ask(LIST_SESSIONS, new ListSessions(sessionId))).sessions().getFirst();
  }

  /// Waits for the state to be published.
  private SessionState published(SessionStatus status) throws Exception {
    while (true) {
      var state = platform.published.poll(20, SECONDS);
      if (state == null) {
        throw new AssertionError("no session was " + status);
      }
      if (state.status() == status) {
        return state;
      }
    }
  }

  @Test
  void aClockThatIsSetBackLeavesSessionsInTheirOrder() throws Exception {
    var first = start(PAPER);
    clock.addAndGet(-3_600_000_000L);
    var second = start(request(SessionMode.PAPER, "ETHUSD", "demo"));
    assertThat(second).isGreaterThan(first);
    await(bus.ask(STOP_SESSION, new StopSession(first)));
    var ended = state(first);
    assertThat(ended.endedAt()).isGreaterThanOrEqualTo(ended.startedAt());
    assertThat(state(second).startedAt()).isGreaterThanOrEqualTo(ended.startedAt());
    assertThat(await(bus.ask(LIST_SESSIONS, new ListSessions(null))).sessions())
        .extracting(SessionState::sessionId)
        .containsExactly(second, first);
  }

  private void refused(StartSession request, String message) throws Exception {
    assertThat(failure(bus.ask(START_SESSION, request)))
        .hasMessage(message)
        .asInstanceOf(type(Refusal.class))
        .extracting(Refusal::kind)
        .isEqualTo(Refusal.Kind.INVALID);
  }

  @Test
  void whatIsTradedLiveTheExchangeSaysAndOneSessionComesOfTwoRequests() throws Exception {
    var request = request(SessionMode.PAPER, "ETHUSDT", "mexc");
    var first = bus.ask(START_SESSION, request);
    var second = bus.ask(START_SESSION, request);
    var started = List.of(await(first), await(second));
    assertThat(started.get(1).sessionId()).isEqualTo(started.get(0).sessionId());
    assertThat(started).extracting(SessionStarted::alreadyRunning).containsExactly(false, true);
    assertThat(platform.asked.stream().filter("feeds.instruments"::equals)).hasSize(1);
    assertThat(platform.latest(FindInstruments.class))
        .isEqualTo(new FindInstruments("mexc", List.of("ETHUSDT")));
    assertThat(platform.latest(OpenSession.class).spec().instruments())
        .containsExactly(FakePlatform.LISTED);
  }

  @Test
  void whatTheExchangeDoesNotHaveIsRefusedAndCanBeAskedForAgain() throws Exception {
    platform.instead.put(
        "feeds.instruments", Future.failedFuture(Refusal.invalid("no such symbol")));
    var request = request(SessionMode.PAPER, "ETHUSDT", "mexc");
    refused(request, "no such symbol");
    assertThat(platform.asked).containsExactly("feeds.instruments");
    platform.instead.clear();
    start(request);
  }

  @Test
  void aSessionIsPlannedOpenedWrittenAndStartedInOrder() throws Exception {
    var sessionId = start(PAPER);
    assertThat(sessionId).matches("pp_[0-9a-z]{16}");
    assertThat(platform.asked).containsExactlyElementsOf(STARTED);
    assertThat(platform.latest(OpenFeed.class))
        .isEqualTo(
            new OpenFeed(
                sessionId,
                "demo",
                List.of("BTCUSD"),
                Map.of("BTCUSD", Set.of(Interval.parse("5m"))),
                60.0));
    var spec = platform.latest(OpenSession.class).spec();
    assertThat(spec.startTime()).isEqualTo(FakePlatform.START_TIME);
    assertThat(spec.strategies()).containsExactly(FakePlatform.PLAN);
    var state = state(sessionId);
    assertThat(state.status()).isEqualTo(SessionStatus.RUNNING);
    assertThat(state.strategies()).containsExactly(FakePlatform.PLAN);
    assertThat(state.endedAt()).isNull();
    assertThat(platform.latest(SessionState.class)).isEqualTo(state);
    assertThat(published(SessionStatus.STARTING).sessionId()).isEqualTo(sessionId);
    assertThat(published(SessionStatus.RUNNING)).isEqualTo(state);
  }

  @Test
  void aStopEndsAllPartsInOrderAndWritesTheSummary() throws Exception {
    var sessionId = start(PAPER);
    platform.asked.clear();
    assertThat(await(bus.ask(STOP_SESSION, new StopSession(sessionId))))
        .isEqualTo(new SessionStopped(sessionId, SessionStatus.STOPPED, false));
    assertThat(platform.asked.subList(0, 4))
        .containsExactly(
            "feeds.stop", "strategies.stop", "orders.finish", "persistence.write-performance");
    assertThat(platform.latest(SessionPerformance.class))
        .isEqualTo(new SessionPerformance(sessionId, FakePlatform.PERFORMANCE));
    assertThat(platform.asked.subList(4, 8)).containsExactlyInAnyOrderElementsOf(CLOSED);
    assertThat(platform.asked.subList(8, platform.asked.size()))
        .containsExactly("persistence.write-session STOPPED");
    assertThat(platform.latest(StopStrategies.class))
        .isEqualTo(new StopStrategies(sessionId, 42, FakePlatform.START_TIME + 9));
    var state = state(sessionId);
    assertThat(state.summary()).isEqualTo(FakePlatform.SUMMARY);
    assertThat(state.error()).isNull();
    assertThat(state.endedAt()).isGreaterThan(state.startedAt());
  }

  @Test
  void aSecondStopFindsItStoppedAndTwoAtOnceWaitForTheSameEnd() throws Exception {
    var sessionId = start(PAPER);
    var first = bus.ask(STOP_SESSION, new StopSession(sessionId));
    var second = bus.ask(STOP_SESSION, new StopSession(sessionId));
    var stopped = new SessionStopped(sessionId, SessionStatus.STOPPED, false);
    assertThat(await(first)).isEqualTo(stopped);
    assertThat(await(second)).isEqualTo(stopped);
    assertThat(await(bus.ask(STOP_SESSION, new StopSession(sessionId))))
        .isEqualTo(new SessionStopped(sessionId, SessionStatus.STOPPED, true));
    assertThat(platform.asked).filteredOn("orders.finish"::equals).hasSize(1);
  }

  @Test
  void aPlanThatFailsLeavesNothingWritten() throws Exception {
    platform.instead.put(
        "strategies.plan", Future.failedFuture(Refusal.invalid("s.js:3:7: SyntaxError: no")));
    refused(PAPER, "s.js:3:7: SyntaxError: no");
    assertThat(platform.asked).noneMatch(address -> address.startsWith("persistence."));
    assertThat(await(bus.ask(LIST_SESSIONS, new ListSessions(null))).sessions()).isEmpty();
    assertThat(platform.published).isEmpty();
  }

  @Test
  void dataThatCannotBeOpenedLeaveNothingWritten() throws Exception {
    platform.instead.put("feeds.open", Future.failedFuture(Refusal.invalid("no such file")));
    refused(PAPER, "no such file");
    assertThat(platform.asked).noneMatch(address -> address.startsWith("persistence."));
    assertThat(await(bus.ask(LIST_SESSIONS, new ListSessions(null))).sessions()).isEmpty();
  }

  @Test
  void strategiesThatCannotBeOpenedLetGoOfEverythingAndAreWrittenAsFailed() throws Exception {
    platform.instead.put(
        "strategies.open", Future.failedFuture(Refusal.invalid("s.js:3:7: Error: no")));
    refused(PAPER, "s.js:3:7: Error: no");
    var after = platform.asked.subList(6, platform.asked.size());
    assertThat(after.subList(0, 3))
        .containsExactly("feeds.stop", "orders.finish", "persistence.write-performance");
    assertThat(after.subList(3, 7)).containsExactlyInAnyOrderElementsOf(CLOSED);
    assertThat(after.subList(7, after.size())).containsExactly("persistence.write-session FAILED");
    var state = platform.latest(SessionState.class);
    assertThat(state.error()).isEqualTo("s.js:3:7: Error: no");
    assertThat(state(state.sessionId())).isEqualTo(state);
  }

  @Test
  void aPerformanceThatCannotBeWrittenDownDoesNotKeepTheSessionFromEnding() throws Exception {
    var sessionId = start(PAPER);
    platform.instead.put(
        "persistence.write-performance", Future.failedFuture(Refusal.invalid("disk is full")));
    assertThat(await(bus.ask(STOP_SESSION, new StopSession(sessionId))))
        .isEqualTo(new SessionStopped(sessionId, SessionStatus.STOPPED, false));
    assertThat(platform.latest(SessionState.class).summary()).isEqualTo(FakePlatform.SUMMARY);
  }

  @Test
  void aSessionThatCannotBeWrittenDownIsLetGoOf() throws Exception {
    platform.instead.put(
        "persistence.write-session", Future.failedFuture(Refusal.invalid("disk is full")));
    refused(PAPER, "disk is full");
    assertThat(platform.asked).doesNotContain("strategies.open").containsAll(CLOSED);
    var state = await(bus.ask(LIST_SESSIONS, new ListSessions(null))).sessions().getFirst();
    assertThat(state.status()).isEqualTo(SessionStatus.FAILED);
    assertThat(state.error()).isEqualTo("disk is full");
  }

  @Test
  void anIdenticalStartWhileItRunsAnswersWithTheOneThatRuns() throws Exception {
    var sessionId = start(PAPER);
    assertThat(await(bus.ask(START_SESSION, request(SessionMode.PAPER, "BTCUSD", "demo"))))
        .isEqualTo(new SessionStarted(sessionId, true));
    assertThat(platform.asked).hasSize(STARTED.size());
    assertThat(start(request(SessionMode.PAPER, "BTCUSD", "other"))).isNotEqualTo(sessionId);
    await(bus.ask(STOP_SESSION, new StopSession(sessionId)));
    assertThat(start(PAPER)).isNotEqualTo(sessionId);
  }

  @Test
  void aPacedBacktestRunsOnTheBus() throws Exception {
    start(request(SessionMode.BACKTEST, "BTCUSD", "demo"));
    var withRange = new ArrayList<>(STARTED);
    withRange.add(3, "persistence.write-backtest");
    assertThat(platform.asked).containsExactlyElementsOf(withRange);
  }

  private String startBacktest(TimeRange range) throws Exception {
    var request = new StartBacktest(request(SessionMode.BACKTEST, "BTCUSD", "demo"), range);
    return await(bus.ask(START_BACKTEST, request)).sessionId();
  }

  @Test
  void theSameBacktestTwiceIsTwoRunsThatKeepTheirVersionsAndRecordNothing() throws Exception {
    var range = new TimeRange(FakePlatform.START_TIME, FakePlatform.START_TIME + 1_000);
    var first = startBacktest(range);
    assertThat(startBacktest(range)).isNotEqualTo(first);
    assertThat(platform.latest(OpenSession.class).pinned()).isTrue();
    assertThat(platform.latest(OpenFeed.class).range()).isEqualTo(range);
    assertThat(platform.latest(OpenFeed.class).recorded()).isFalse();
    assertThat(platform.latest(WriteBacktest.class).range()).isEqualTo(range);
  }

  @Test
  void aBacktestTakesAnotherPaceWhileItRuns() throws Exception {
    var id = startBacktest(TimeRange.ALL);
    var now = await(bus.ask(CHANGE_PACE, new ChangePace(id, 5.0))).backtests().getFirst();
    assertThat(platform.latest(ChangePace.class)).isEqualTo(new ChangePace(id, 5.0));
    assertThat(now.progress().acceleration()).isEqualTo(5.0);
    assertThat(platform.latest(SessionState.class).acceleration()).isEqualTo(5.0);

    await(bus.ask(STOP_SESSION, new StopSession(id)));
    assertThat(platform.latest(WriteBacktest.class).cancelled()).isTrue();
    assertThat(failure(bus.ask(CHANGE_PACE, new ChangePace(id, null))))
        .hasMessage("session " + id + " is stopped: its pace can be changed while it runs");
    var paper = start(PAPER);
    assertThat(failure(bus.ask(CHANGE_PACE, new ChangePace(paper, null))))
        .hasMessage("only a backtest changes its pace, session " + paper + " is of mode paper");
  }

  @Test
  void aSessionRestsAndGoesOn() throws Exception {
    var id = start(PAPER);
    var resting = await(bus.ask(PAUSE_SESSION, new PauseSession(id, true)));
    assertThat(resting.status()).isEqualTo(SessionStatus.PAUSED);
    assertThat(platform.latest(PauseSession.class)).isEqualTo(new PauseSession(id, true));
    assertThat(platform.latest(SessionState.class).status()).isEqualTo(SessionStatus.PAUSED);
    assertThat(await(bus.ask(PAUSE_SESSION, new PauseSession(id, true))).status())
        .isEqualTo(SessionStatus.PAUSED);
    assertThat(await(bus.ask(PAUSE_SESSION, new PauseSession(id, false))).status())
        .isEqualTo(SessionStatus.RUNNING);
    await(bus.ask(PAUSE_SESSION, new PauseSession(id, true)));
    assertThat(await(bus.ask(STOP_SESSION, new StopSession(id))).status())
        .isEqualTo(SessionStatus.STOPPED);
    assertThat(failure(bus.ask(PAUSE_SESSION, new PauseSession(id, false))))
        .hasMessage("session " + id + " is stopped: only one that rests is resumed");
    assertThat(failure(bus.ask(PAUSE_SESSION, new PauseSession("pp_nobody", true))))
        .hasMessage("unknown session 'pp_nobody'");
  }

  @Test
  void aSessionIsForgottenOnceItHasEnded() throws Exception {
    var deleted = new CompletableFuture<String>();
    bus.read(SESSION_DELETED, gone -> deleted.complete(gone.sessionId()));
    var id = start(PAPER);
    assertThat(failure(bus.ask(DELETE_SESSION, new DeleteSession(id))))
        .hasMessage("session " + id + " runs: stop it before it is deleted");
    await(bus.ask(STOP_SESSION, new StopSession(id)));
    await(bus.ask(DELETE_SESSION, new DeleteSession(id)));
    assertThat(deleted.get(5, TimeUnit.SECONDS)).isEqualTo(id);
    assertThat(platform.latest(DeleteSession.class)).isEqualTo(new DeleteSession(id));
    assertThat(failure(bus.ask(STOP_SESSION, new StopSession(id))))
        .hasMessage("unknown session '" + id + "'");
    // What this process does not know is a matter of the database alone.
    await(bus.ask(DELETE_SESSION, new DeleteSession("pp_old")));
  }

  @Test
  void soManyBacktestsRunAndNoMore() throws Exception {
    for (int i = 0; i < 32; i++) {
      startBacktest(TimeRange.ALL);
    }
    var one = new StartBacktest(request(SessionMode.BACKTEST, "BTCUSD", "demo"), TimeRange.ALL);
    assertThat(failure(bus.ask(START_BACKTEST, one)))
        .hasMessage("32 backtests are running, which is as many as may: cancel one or wait")
        .asInstanceOf(type(Refusal.class))
        .extracting(Refusal::kind)
        .isEqualTo(Refusal.Kind.CONFLICT);
  }

  @Test
  void whatCannotBeStartedIsRefusedBeforeAnybodyIsAsked() throws Exception {
    refused(
        request(SessionMode.PAPER, "XRPUSD", "demo"),
        "unknown symbol 'XRPUSD'; there are BTCUSD, ETHUSD");
    refused(
        request(SessionMode.LIVE, "BTCUSD", "demo"),
        "mode live trades on the market as it is: data must be mexc, was demo");
    var one = List.of(new StrategyRequest("s", Map.of()));
    var cash = new BigDecimal("1000");
    var none = "a session needs at least one symbol and one strategy";
    refused(new StartSession(SessionMode.PAPER, List.of(), one, cash, "demo", null, 1.0), none);
    var symbol = List.of("BTCUSD");
    refused(new StartSession(SessionMode.PAPER, symbol, List.of(), cash, "demo", null, 1.0), none);
    refused(
        new StartSession(SessionMode.PAPER, symbol, one, BigDecimal.ZERO, "demo", null, 1.0),
        "budget must be above zero, was 0");
    assertThat(platform.asked).isEmpty();
    assertThat(await(bus.ask(LIST_SESSIONS, new ListSessions(null))).sessions()).isEmpty();
  }

  @Test
  void anUnknownSessionIsNamed() throws Exception {
    for (var answer :
        List.of(
            bus.ask(STOP_SESSION, new StopSession("pp_none")),
            bus.ask(LIST_SESSIONS, new ListSessions("pp_none")))) {
      assertThat(failure(answer))
          .hasMessage("unknown session 'pp_none'")
          .asInstanceOf(type(Refusal.class))
          .extracting(Refusal::kind)
          .isEqualTo(Refusal.Kind.UNKNOWN);
    }
  }

  @Test
  void theEndOfTheDataStopsTheSession() throws Exception {
    var sessionId = start(PAPER);
    await(bus.ask(FEED_ENDED, new FeedEnded(sessionId, null)));
    var state = published(SessionStatus.STOPPED);
    assertThat(state.sessionId()).isEqualTo(sessionId);
    assertThat(state.summary()).isEqualTo(FakePlatform.SUMMARY);
    assertThat(platform.asked).contains("strategies.stop", "orders.finish");
    await(bus.ask(FEED_ENDED, new FeedEnded("pp_none", null)));
  }

  @Test
  void aFeedThatFailsFailsTheSessionWithItsReasonAndAsksNoStrategy() throws Exception {
    var sessionId = start(PAPER);
    await(bus.ask(FEED_ENDED, new FeedEnded(sessionId, "demo, line 7: no price")));
    assertThat(published(SessionStatus.FAILED).error()).isEqualTo("demo, line 7: no price");
    assertThat(platform.asked).contains("orders.finish").doesNotContain("strategies.stop");
    assertThat(await(bus.ask(STOP_SESSION, new StopSession(sessionId))))
        .isEqualTo(new SessionStopped(sessionId, SessionStatus.FAILED, true));
  }

  @Test
  void aStrategyThatFailsAtItsStopFailsTheSessionAndOrdersStillFinish() throws Exception {
    platform.instead.put(
        "strategies.stop", Future.failedFuture(Refusal.invalid("s.js:9:1: Error: bye")));
    var sessionId = start(PAPER);
    assertThat(await(bus.ask(STOP_SESSION, new StopSession(sessionId))).status())
        .isEqualTo(SessionStatus.FAILED);
    assertThat(state(sessionId).error()).isEqualTo("s.js:9:1: Error: bye");
    assertThat(platform.asked).contains("orders.finish").containsAll(CLOSED);
  }

  @Test
  void aStopDuringTheStartWaitsForItAndLeavesNothingRunning() throws Exception {
    var planned = Promise.<Done>promise();
    platform.instead.put("strategies.plan", planned.future());
    var start = bus.ask(START_SESSION, PAPER);
    var starting =
        await(bus.ask(LIST_SESSIONS, new ListSessions(null))).sessions().getFirst().sessionId();
    var stop = bus.ask(STOP_SESSION, new StopSession(starting));
    planned.complete(new Done());
    assertThat(await(stop)).isEqualTo(new SessionStopped(starting, SessionStatus.STOPPED, false));
    assertThat(await(start)).isEqualTo(new SessionStarted(starting, false));
    assertThat(platform.asked.lastIndexOf("feeds.stop"))
        .isGreaterThan(platform.asked.indexOf("feeds.start"));
    assertThat(platform.asked.getLast()).isEqualTo("persistence.write-session STOPPED");
  }

  @Test
  void aStopOfASessionThatIsThenRefusedHearsTheReasonAndNothingIsWritten() throws Exception {
    var planned = Promise.<Done>promise();
    platform.instead.put("strategies.plan", planned.future());
    var start = bus.ask(START_SESSION, PAPER);
    var starting =
        await(bus.ask(LIST_SESSIONS, new ListSessions(null))).sessions().getFirst().sessionId();
    var stop = bus.ask(STOP_SESSION, new StopSession(starting));
    await(bus.ask(LIST_SESSIONS, new ListSessions(starting)));
    planned.fail(Refusal.invalid("no such strategy"));
    assertThat(failure(start)).hasMessage("no such strategy");
    assertThat(failure(stop)).hasMessage("no such strategy");
    assertThat(platform.asked).noneMatch(address -> address.startsWith("persistence."));
  }

  @Test
  void progressMovesTheClockThatOthersSee() throws Exception {
    var sessionId = start(PAPER);
    published(SessionStatus.RUNNING);
    bus.publish(FEED_PROGRESS, new FeedProgress(sessionId, 7, FakePlatform.START_TIME + 5, 0.5));
    assertThat(published(SessionStatus.RUNNING).clock()).isEqualTo(FakePlatform.START_TIME + 5);
    assertThat(state(sessionId).clock()).isEqualTo(FakePlatform.START_TIME + 5);
  }

  @Test
  void undeployingEndsEveryRunningSession() throws Exception {
    var first = start(PAPER);
    var second = start(request(SessionMode.PAPER, "ETHUSD", "demo"));
    await(vertx.undeploy(deployment));
    var stopped =
        platform.bodies.stream()
            .filter(SessionState.class::isInstance)
            .map(SessionState.class::cast)
            .filter(state -> state.status() == SessionStatus.STOPPED)
            .map(SessionState::sessionId);
    assertThat(stopped).containsExactlyInAnyOrder(first, second);
  }

  @Test
  void pastAHundredTheOldestThatEndedIsForgottenAndTheOthersAreListedNewestFirst()
      throws Exception {
    var ids = new ArrayList<String>();
    for (int i = 0; i < 102; i++) {
      ids.add(start(PAPER));
      if (i < 101) {
        await(bus.ask(STOP_SESSION, new StopSession(ids.getLast())));
      }
    }
    var listed = await(bus.ask(LIST_SESSIONS, new ListSessions(null))).sessions();
    assertThat(listed.stream().map(SessionState::sessionId).toList())
        .isEqualTo(ids.subList(1, 102).reversed());
    assertThat(failure(bus.ask(LIST_SESSIONS, new ListSessions(ids.getFirst()))))
        .hasMessage("unknown session '" + ids.getFirst() + "'");
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(20, SECONDS);
  }

  private static Throwable failure(Future<?> future) throws Exception {
    var failed = new CompletableFuture<@Nullable Throwable>();
    future.onComplete(_ -> failed.complete(null), failed::complete);
    var reason = failed.get(20, SECONDS);
    if (reason == null) {
      throw new AssertionError("did not fail");
    }
    return reason;
  }

  /// The switch must not miss what trades a moment later.
  @Test
  void theKillSwitchForAllWaitsForASessionThatIsStarting() throws Exception {
    start(request(SessionMode.PAPER, "BTCUSD", "demo"));
    var planned = Promise.<Done>promise();
    platform.instead.put("strategies.plan", planned.future());
    var starting = bus.ask(START_SESSION, request(SessionMode.PAPER, "ETHUSD", "demo"));
    var killed = bus.ask(KILL_ALL, new KillAll(RiskAction.CLOSE, "enough", "alice"));
    await(bus.ask(LIST_SESSIONS, new ListSessions(null)));
    assertThat(killed.isComplete()).isFalse();
    planned.complete(new Done());
    var ids = await(killed).sessionIds();
    assertThat(ids).hasSize(2).contains(await(starting).sessionId());
    assertThat(platform.bodies)
        .filteredOn(KillSwitch.class::isInstance)
        .containsExactlyInAnyOrderElementsOf(
            ids.stream()
                .map(id -> new KillSwitch(id, RiskAction.CLOSE, "enough", "alice"))
                .toList());
  }

  @Test
  void theKillSwitchForAllPassesOverWhatDoesNotStart() throws Exception {
    var planned = Promise.<Done>promise();
    platform.instead.put("strategies.plan", planned.future());
    var starting = bus.ask(START_SESSION, PAPER);
    var killed = bus.ask(KILL_ALL, new KillAll(null, "enough", "alice"));
    await(bus.ask(LIST_SESSIONS, new ListSessions(null)));
    planned.fail(Refusal.invalid("no such strategy"));
    assertThat(failure(starting)).hasMessage("no such strategy");
    assertThat(await(killed).action()).isEqualTo(RiskAction.CANCEL);
    assertThat(platform.asked).doesNotContain("orders.kill-switch");
  }

  @Test
  void limitsThatWereSavedHoldForSessionsThatNameNone() throws Exception {
    var saved = RiskLimits.parse(Map.of("order-notional", "2500"));
    var before = start(PAPER);
    var standing = await(bus.ask(CHANGE_LIMITS, new ChangeLimits(saved, "alice")));

    assertThat(standing)
        .isEqualTo(
            new StandingLimits(
                saved, saved, RiskLimits.NONE, RiskLimits.NONE, FakePlatform.START_TIME, "alice"));
    var after = start(request(SessionMode.PAPER, "ETHUSD", "demo"));
    assertThat(state(before).risk()).isEqualTo(RiskLimits.NONE);
    assertThat(state(after).risk()).isEqualTo(saved);

    await(bus.ask(CHANGE_LIMITS, new ChangeLimits(null, "alice")));
    assertThat(await(bus.ask(READ_LIMITS, new ReadLimits())).limits()).isEqualTo(RiskLimits.NONE);
  }

  @Test
  void limitsOfTheCommandLineComeBeforeThoseThatWereSavedEarlier() throws Exception {
    platform.setting =
        new Setting(
            "{\"order-notional\": \"9000\", \"leverage\": \"5\"}",
            FakePlatform.START_TIME,
            "alice");
    var limits =
        new Limits(
            bus, SessionsConfig.STANDARD.withFirm(RiskLimits.parse(Map.of("leverage", "2"))));
    await(limits.open());

    assertThat(limits.standing().limits())
        .isEqualTo(RiskLimits.parse(Map.of("order-notional", "9000", "leverage", "2")));
  }
}

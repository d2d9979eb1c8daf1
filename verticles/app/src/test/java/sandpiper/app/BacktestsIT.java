package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sandpiper.app.TestPlatform.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.BacktestNow;
import sandpiper.bus.Messages.ChangePace;
import sandpiper.bus.Messages.DeleteSession;
import sandpiper.bus.Messages.FindSessions;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.ListBacktests;
import sandpiper.bus.Messages.PauseSession;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.StartBacktest;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StopSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.bus.Refusal;
import sandpiper.domain.session.SessionMode;

/// Backtests over what a session recorded, many at a time and at a pace that changes.
class BacktestsIT {
  private static final int AT_ONCE = 8;

  @SuppressWarnings("NullAway.Init") // before all tests
  private static TestPlatform platform;

  @SuppressWarnings("NullAway.Init") // before all tests
  private static String recorded;

  /// 100,000 trades as a paper session saw and recorded them.
  @BeforeAll
  static void record() throws Exception {
    platform = TestPlatform.start();
    recorded =
        await(platform.bus.ask(Channels.START_SESSION, session(SessionMode.PAPER, "demo", null)))
            .sessionId();
    assertThat(platform.untilEnded(recorded).status()).isEqualTo(SessionStatus.STOPPED);
  }

  @AfterAll
  static void close() throws IOException {
    platform.close();
  }

  private static StartSession session(
      SessionMode mode, String data, @Nullable Double acceleration) {
    return new StartSession(
        mode,
        List.of("BTCUSD"),
        List.of(new StrategyRequest("sma-cross", Map.of())),
        new BigDecimal("1000"),
        data,
        null,
        acceleration);
  }

  private static String backtest(String data, @Nullable Double acceleration) {
    return backtest(data, acceleration, TimeRange.ALL);
  }

  private static String backtest(String data, @Nullable Double acceleration, TimeRange range) {
    var request = session(SessionMode.BACKTEST, data, acceleration);
    return await(platform.bus.ask(Channels.START_BACKTEST, new StartBacktest(request, range)))
        .sessionId();
  }

  private static BacktestNow now(String id) {
    return await(platform.bus.ask(Channels.LIST_BACKTESTS, new ListBacktests(id)))
        .backtests()
        .getFirst();
  }

  /// The session that made the recording is the measure: what it decided, every run decides again.
  @Test
  void eightAtOnceOverOneRecordingDecideWhatTheSessionDecidedThatRecordedIt() throws Exception {
    var alone = platform.outcomeOf(recorded);
    assertThat(alone.summary().fills()).isGreaterThan(100);
    var ids = new ArrayList<String>();
    for (int i = 0; i < AT_ONCE; i++) {
      ids.add(backtest("recording:" + recorded, null));
    }
    assertThat(ids).doesNotHaveDuplicates();
    for (var id : ids) {
      assertThat(platform.untilEnded(id).status()).isEqualTo(SessionStatus.STOPPED);
      platform.outcomeOf(id).requireSame(alone);
      assertThat(now(id).progress().fraction()).isEqualTo(1);
    }
  }

  /// One that begins at a pace runs on the bus, one at full speed in one thread; both go on until
  /// they are let go.
  @ParameterizedTest
  @ValueSource(strings = {"bus", "thread"})
  void aRunIsSlowedDownAndLetGo(String wiring) throws Exception {
    var data = "recording:" + recorded;
    var id = backtest(data, wiring.equals("bus") ? 1_000.0 : null);
    pace(id, 1.0);
    var slow = now(id);
    assertThat(slow.session().status()).isEqualTo(SessionStatus.RUNNING);
    assertThat(slow.progress().acceleration()).isEqualTo(1.0);
    Thread.sleep(1_500);
    var later = now(id);
    assertThat(later.session().status()).isEqualTo(SessionStatus.RUNNING);
    // A week of trades: at real time not a tenth of it passes in seconds.
    assertThat(later.progress().fraction()).isLessThan(0.9);
    assertThat(later.progress().cancelled()).isFalse();

    pace(id, null);
    assertThat(platform.untilEnded(id).status()).isEqualTo(SessionStatus.STOPPED);
    platform.outcomeOf(id).requireSame(platform.outcomeOf(recorded));
    assertThatThrownBy(() -> pace(id, 60.0))
        .isInstanceOf(Refusal.class)
        .hasMessageContaining("is stopped: its pace can be changed while it runs");
  }

  /// Held in the middle of it, and let go: nothing is missed, nothing decided twice.
  @ParameterizedTest
  @ValueSource(strings = {"bus", "thread"})
  void aRunRestsAndGoesOn(String wiring) throws Exception {
    var id = backtest("recording:" + recorded, wiring.equals("bus") ? 1_000.0 : null);
    pause(id, true);
    var resting = atRest(id);
    assertThat(resting.session().status()).isEqualTo(SessionStatus.PAUSED);
    var signals = platform.rows(HistoryKind.SIGNALS, id).size();
    Thread.sleep(1_000); // in which a week of trades would have gone on
    assertThat(platform.rows(HistoryKind.SIGNALS, id)).hasSize(signals);
    assertThat(now(id).session().clock()).isEqualTo(resting.session().clock());

    pace(id, null);
    assertThat(now(id).session().status()).isEqualTo(SessionStatus.PAUSED);
    pause(id, false);
    assertThat(platform.untilEnded(id).status()).isEqualTo(SessionStatus.STOPPED);
    platform.outcomeOf(id).requireSame(platform.outcomeOf(recorded));
  }

  /// The input that was under way has come, and what it led to is written down.
  private static BacktestNow atRest(String id) throws InterruptedException {
    var seen = new int[] {-1};
    TestPlatform.until(
        () -> {
          int before = seen[0];
          seen[0] = platform.rows(HistoryKind.EQUITY, id).size();
          return seen[0] == before;
        },
        "the run at rest");
    return now(id);
  }

  /// All that it decided is gone, at a speed that one waits for.
  @Test
  void aRunIsDeletedWithAllThatItLeft() throws Exception {
    var id = backtest("demo", null);
    platform.untilEnded(id);
    assertThat(platform.rows(HistoryKind.FILLS, id)).isNotEmpty();
    await(platform.bus.ask(Channels.DELETE_SESSION, new DeleteSession(id)));
    for (var kind : HistoryKind.values()) {
      assertThat(platform.rows(kind, id)).as(kind.name()).isEmpty();
    }
    assertThat(await(platform.bus.ask(Channels.FIND_SESSIONS, FindSessions.one(id))).rows())
        .isEmpty();
  }

  @Test
  void aRunThatIsCancelledSaysSoAndKeepsWhatItDid() throws Exception {
    var id = backtest("demo", 1.0);
    await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(id)));
    assertThat(now(id).progress().cancelled()).isTrue();
    var row =
        await(platform.bus.ask(Channels.FIND_SESSIONS, FindSessions.one(id))).rows().getFirst();
    assertThat(row).containsEntry("status", "stopped").containsEntry("cancelled", true);
  }

  @Test
  void aRangeOfARecordingIsThatRangeOfItsData() throws Exception {
    var range = new TimeRange(1_385_596_800_000_000L, 1_385_769_600_000_000L);
    var id = backtest("recording:" + recorded, null, range);
    var same = backtest("demo", null, range);
    platform.untilEnded(id);
    platform.untilEnded(same);
    var outcome = platform.outcomeOf(id);
    assertThat(outcome.summary().fills()).isPositive();
    outcome.requireSame(platform.outcomeOf(same));
    assertThat(now(id).progress().startTime()).isBetween(range.from(), range.to());
    assertThat(now(id).progress().endTime()).isEqualTo(range.to());
  }

  @Test
  void whatIsNoRecordingIsRefused() {
    assertThatThrownBy(() -> backtest("recording:pp_nobody", null))
        .isInstanceOf(Refusal.class)
        .hasMessage("recording:pp_nobody: unknown session 'pp_nobody'");
    assertThatThrownBy(() -> backtest("file:../pom.xml", null))
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("unknown data set 'file:../pom.xml'");
  }

  private static void pause(String id, boolean paused) {
    await(platform.bus.ask(Channels.PAUSE_SESSION, new PauseSession(id, paused)));
  }

  private static void pace(String id, @Nullable Double acceleration) {
    await(platform.bus.ask(Channels.CHANGE_PACE, new ChangePace(id, acceleration)));
  }
}

package sandpiper.sessions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.KillSwitch;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.StorageLevel;
import sandpiper.bus.Messages.StorageState;
import sandpiper.bus.Refusal;
import sandpiper.domain.journal.RiskAction;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.RiskLimits;

/// What happens to trading when nothing that is traded could be kept.
class StorageWatchTest {
  private final Vertx vertx = Vertx.vertx();
  private final Bus bus;
  private final BlockingQueue<KillSwitch> kills = new LinkedBlockingQueue<>();
  private final List<SessionState> sessions = new ArrayList<>();
  private final StorageWatch watch;

  StorageWatchTest() {
    Bus.install(vertx);
    bus = new Bus(vertx);
    watch = new StorageWatch(bus, () -> sessions);
  }

  @BeforeEach
  void listen() throws Exception {
    bus.answer(
            Channels.KILL_SWITCH,
            kill -> {
              kills.add(kill);
              return Future.succeededFuture(new Done());
            })
        .toCompletionStage()
        .toCompletableFuture()
        .get(10, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().toCompletionStage().toCompletableFuture().get(10, TimeUnit.SECONDS);
  }

  @Test
  void runningLiveSessionsAreHaltedOnceAndNoOthers() throws Exception {
    sessions.add(session("pp_1", SessionMode.PAPER, SessionStatus.RUNNING));
    sessions.add(session("lv_1", SessionMode.LIVE, SessionStatus.RUNNING));
    sessions.add(session("lv_2", SessionMode.LIVE, SessionStatus.STOPPED));
    sessions.add(session("lv_3", SessionMode.LIVE, SessionStatus.PAUSED));
    watch.on(new StorageState(StorageLevel.JOURNALLED, null));
    watch.on(new StorageState(StorageLevel.HELD, null));
    watch.on(new StorageState(StorageLevel.FULL, null));
    watch.on(new StorageState(StorageLevel.FULL, "No space left on device"));

    var reason = "the database is away and the journal on disk is full";
    assertThat(List.of(next(), next()))
        .containsExactlyInAnyOrder(
            new KillSwitch("lv_1", RiskAction.BLOCK, reason, null),
            new KillSwitch("lv_3", RiskAction.BLOCK, reason, null));

    // Full once more, after there was room: whoever released it meanwhile is halted again.
    watch.on(new StorageState(StorageLevel.WRITTEN, null));
    sessions.removeLast();
    watch.on(new StorageState(StorageLevel.FULL, "No space left on device"));
    assertThat(next())
        .isEqualTo(
            new KillSwitch(
                "lv_1",
                RiskAction.BLOCK,
                "the database is away and the journal on disk cannot be written (No space left on"
                    + " device)",
                null));
    assertThat(kills).isEmpty();
  }

  @Test
  void noSessionStartsWhileNothingCanBeKept() {
    assertThatCode(watch::requireRoom).doesNotThrowAnyException();
    watch.on(new StorageState(StorageLevel.JOURNALLED, null));
    assertThatCode(watch::requireRoom).doesNotThrowAnyException();
    watch.on(new StorageState(StorageLevel.FULL, null));
    assertThatThrownBy(watch::requireRoom)
        .isInstanceOf(Refusal.class)
        .hasMessage(
            "the database is away and the journal on disk is full: no session starts until the"
                + " database is back");
    watch.on(new StorageState(StorageLevel.WRITTEN, null));
    assertThatCode(watch::requireRoom).doesNotThrowAnyException();
  }

  private KillSwitch next() throws InterruptedException {
    var kill = kills.poll(10, TimeUnit.SECONDS);
    assertThat(kill).isNotNull();
    return kill;
  }

  private static SessionState session(String id, SessionMode mode, SessionStatus status) {
    return new SessionState(
        id,
        mode,
        status,
        List.of("BTCUSD"),
        null,
        BigDecimal.TEN,
        "demo",
        FillRules.parse("any", "none", "none"),
        AccountRules.STANDARD,
        RiskLimits.NONE,
        null,
        1,
        null,
        null,
        List.of(),
        Map.of(),
        null);
  }
}

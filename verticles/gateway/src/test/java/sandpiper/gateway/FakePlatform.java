package sandpiper.gateway;

import static sandpiper.gateway.Samples.SESSION;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.AccountRecord;
import sandpiper.bus.Messages.AlertAcknowledged;
import sandpiper.bus.Messages.DatabaseStatus;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.EngineStatus;
import sandpiper.bus.Messages.HistoryPage;
import sandpiper.bus.Messages.HistoryQuery;
import sandpiper.bus.Messages.InstrumentList;
import sandpiper.bus.Messages.KeptPerformance;
import sandpiper.bus.Messages.KilledAll;
import sandpiper.bus.Messages.ListSessions;
import sandpiper.bus.Messages.OrderRecord;
import sandpiper.bus.Messages.OrderStands;
import sandpiper.bus.Messages.OrdersStand;
import sandpiper.bus.Messages.ParametersChanged;
import sandpiper.bus.Messages.ParityDifference;
import sandpiper.bus.Messages.ParityProof;
import sandpiper.bus.Messages.Published;
import sandpiper.bus.Messages.ReloadOutcome;
import sandpiper.bus.Messages.SessionDeleted;
import sandpiper.bus.Messages.SessionList;
import sandpiper.bus.Messages.SessionStarted;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.SessionStopped;
import sandpiper.bus.Messages.Setting;
import sandpiper.bus.Messages.StandingLimits;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StrategyChecked;
import sandpiper.bus.Messages.StrategyDeleted;
import sandpiper.bus.Messages.StrategyDetail;
import sandpiper.bus.Messages.StrategyInfo;
import sandpiper.bus.Messages.StrategyList;
import sandpiper.bus.Messages.StrategySaved;
import sandpiper.bus.Messages.TradePage;
import sandpiper.bus.Messages.VersionDiff;
import sandpiper.bus.Messages.VersionList;
import sandpiper.bus.Refusal;
import sandpiper.domain.journal.RiskAction;
import sandpiper.domain.trading.RiskLimits;

/// Stands for all other verticles: answers from memory, writes down what it was asked.
public final class FakePlatform extends VerticleBase {
  public final BlockingQueue<Record> asked = new LinkedBlockingQueue<>();
  public volatile List<SessionState> sessions =
      List.of(
          Samples.state("bt_old", SessionStatus.STOPPED, Samples.NOON),
          Samples.state(SESSION, SessionStatus.RUNNING, Samples.NOON + 1));

  /// What every question is turned down with; null answers.
  public volatile @Nullable RuntimeException failure;

  public volatile boolean alreadyRunning;

  public final FakeCollections collections = new FakeCollections(this);

  /// Why there are no bars to draw; null when there are.
  public volatile @Nullable RuntimeException candles;

  public volatile StrategyDetail detail =
      new StrategyDetail(
          "ema-cross",
          Samples.version(2, 1),
          "// source",
          Map.of("fast", Map.of("default", 12)),
          null,
          null);
  public volatile StrategySaved saved =
      new StrategySaved(
          "ema-cross",
          2,
          "abc",
          true,
          List.of(new ReloadOutcome(SESSION, "ema-cross", true, null)));

  public volatile StrategyChecked checked =
      new StrategyChecked(Map.of("fast", Map.of("default", 12)), null, null);
  public volatile TradePage trades = new TradePage(List.of(), null, 0);
  public volatile Setting setting = new Setting(null, null, null);
  public volatile StandingLimits limits =
      new StandingLimits(RiskLimits.NONE, null, RiskLimits.NONE, RiskLimits.NONE, null, null);

  @Override
  public Future<?> start() {
    var bus = new Bus(vertx);
    return Future.all(
        List.of(
            new FakeBacktests(this).answer(bus),
            collections.answer(bus),
            bus.answer(Channels.START_SESSION, this::startSession),
            bus.answer(
                Channels.STOP_SESSION,
                stop ->
                    answer(
                        stop, new SessionStopped(stop.sessionId(), SessionStatus.STOPPED, true))),
            bus.answer(Channels.LIST_SESSIONS, this::list),
            bus.answer(Channels.PAUSE_SESSION, pause -> answer(pause, Samples.running())),
            bus.answer(
                Channels.DELETE_SESSION,
                delete -> answer(delete, new SessionDeleted(delete.sessionId()))),
            bus.answer(
                Channels.DATABASE_STATUS,
                ask -> answer(ask, new DatabaseStatus("18.6", "013", 1_000_000, 8, 700))),
            bus.answer(
                Channels.ENGINE_STATUS,
                ask -> answer(ask, new EngineStatus(true, "GraalVM CE 25.0.3"))),
            bus.answer(
                Channels.LIST_STRATEGIES,
                ask ->
                    answer(
                        ask,
                        new StrategyList(
                            List.of(
                                new StrategyInfo(
                                    "ema-cross",
                                    2,
                                    "Follows two averages.",
                                    null,
                                    Map.of("fast", Map.of("default", 12, "min", 1))),
                                new StrategyInfo(
                                    "broken", null, null, "line 3, column 7: …", Map.of()))))),
            bus.answer(Channels.GET_STRATEGY, get -> answer(get, detail)),
            bus.answer(
                Channels.LIST_VERSIONS,
                list ->
                    answer(
                        list,
                        new VersionList(
                            list.name(),
                            List.of(Samples.version(2, 1), Samples.version(1, null))))),
            bus.answer(
                Channels.DIFF_VERSIONS,
                diff ->
                    answer(diff, new VersionDiff(diff.name(), diff.from(), diff.to(), "@@ …\n"))),
            bus.answer(Channels.SAVE_STRATEGY, save -> answer(save, saved)),
            bus.answer(Channels.RESTORE_STRATEGY, restore -> answer(restore, saved)),
            bus.answer(
                Channels.CHANGE_PARAMETERS,
                change -> answer(change, new ParametersChanged(Samples.plan()))),
            bus.answer(Channels.PUBLISH_PRICES, prices -> answer(prices, new Published(1))),
            bus.answer(Channels.PUBLISH_VALUE, value -> answer(value, new Published(2))),
            bus.answer(Channels.COMMAND_STRATEGY, command -> answer(command, new Done())),
            bus.answer(
                Channels.CLOSE_ALL_POSITIONS,
                close -> answer(close, new OrdersStand(SESSION, List.of(stands().order())))),
            bus.answer(
                Channels.CANCEL_ALL_MANUALLY,
                cancel -> answer(cancel, new OrdersStand(SESSION, List.of(stands().order())))),
            bus.answer(
                Channels.KILL_ALL,
                kill ->
                    answer(
                        kill,
                        new KilledAll(
                            Objects.requireNonNullElse(kill.action(), RiskAction.CANCEL),
                            List.of(SESSION)))),
            bus.answer(Channels.KILL_SWITCH, kill -> answer(kill, new Done())),
            bus.answer(
                Channels.ACKNOWLEDGE_ALERT,
                seen ->
                    answer(
                        seen,
                        new AlertAcknowledged(
                            seen.sessionId(), seen.seq(), seen.index(), 7, seen.by()))),
            bus.answer(Channels.PLACE_MANUAL_ORDER, place -> answer(place, stands())),
            bus.answer(Channels.CANCEL_MANUALLY, cancel -> answer(cancel, stands())),
            bus.answer(Channels.AMEND_MANUALLY, amend -> answer(amend, stands())),
            bus.answer(Channels.CLOSE_POSITION, close -> answer(close, stands())),
            bus.answer(Channels.RELEASE_TRADING, release -> answer(release, new Done())),
            bus.answer(
                Channels.FIND_PERFORMANCE,
                find -> answer(find, new KeptPerformance(Json.text(Samples.performance())))),
            bus.answer(Channels.ASK_LEDGER, ask -> answer(ask, Samples.ledger(ask.sessionId()))),
            bus.answer(Channels.CHECK_STRATEGY, check -> answer(check, checked)),
            bus.answer(
                Channels.DELETE_STRATEGY,
                delete -> answer(delete, new StrategyDeleted(delete.name()))),
            bus.answer(
                Channels.FIND_ORDER,
                find ->
                    answer(
                        find,
                        new OrderRecord(
                            Json.object(stands().order()).getMap(),
                            List.of(Map.of("type", "accepted")),
                            List.of()))),
            bus.answer(
                Channels.FIND_ACCOUNT,
                find ->
                    answer(find, new AccountRecord(find.sessionId(), null, List.of(), List.of()))),
            bus.answer(
                Channels.LIST_INSTRUMENTS,
                list -> answer(list, new InstrumentList(List.of(Samples.instrument())))),
            bus.answer(
                Channels.CHECK_PARITY,
                check ->
                    answer(
                        check,
                        new ParityProof(
                            check.sessionId(),
                            9,
                            4,
                            "a signal by alice",
                            2,
                            1,
                            new BigDecimal("50"),
                            new ParityDifference("fills", 3, null, Map.of("price", "1.5"))))),
            bus.answer(Channels.READ_TRADES, read -> answer(read, trades)),
            bus.answer(Channels.READ_LIMITS, read -> answer(read, limits)),
            bus.answer(Channels.CHANGE_LIMITS, change -> answer(change, limits)),
            bus.answer(Channels.FIND_SETTING, find -> answer(find, setting)),
            bus.answer(
                Channels.WRITE_SETTING,
                write -> answer(write, new Setting(write.value(), Samples.NOON, write.by()))),
            bus.answer(Channels.HISTORY, this::history)));
  }

  private static OrderStands stands() {
    return new OrderStands(Samples.accepted(1).order());
  }

  private Future<SessionStarted> startSession(StartSession start) {
    return answer(start, new SessionStarted(SESSION, alreadyRunning));
  }

  private Future<SessionList> list(ListSessions list) {
    return answer(list, new SessionList(sessions));
  }

  private Future<HistoryPage> history(HistoryQuery query) {
    if (query.sessionId().equals("bt_gone")) {
      return Future.failedFuture(Refusal.unknown("There is no session 'bt_gone'."));
    }
    return answer(
        query,
        new HistoryPage(
            List.of(
                Map.of(
                    "session_id",
                    query.sessionId(),
                    "price",
                    "100.10",
                    "seq",
                    7L,
                    "time",
                    Samples.NOON + 7,
                    "reason",
                    "he said \"up\", and went",
                    "values",
                    Map.of("fast", 1.5))),
            query.cursor() == null ? "2" : null));
  }

  <T> Future<T> answer(Record question, T answer) {
    asked.add(question);
    var refusal = failure;
    return refusal == null ? Future.succeededFuture(answer) : Future.failedFuture(refusal);
  }
}

package sandpiper.gateway.screen;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.gateway.Samples.NOON;
import static sandpiper.gateway.Samples.SESSION;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.AlertAcknowledged;
import sandpiper.bus.Messages.BacktestProgress;
import sandpiper.bus.Messages.FeedProgress;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.Step;
import sandpiper.domain.journal.RiskAction;
import sandpiper.domain.journal.RiskAlert;
import sandpiper.gateway.Samples;

class SessionScreenTest {
  private static final long MINUTE = 60_000_000;

  private final Recorder recorder = new Recorder();
  private final SessionScreen screen =
      new SessionScreen(Samples.running(), () -> recorder.now, recorder::add);

  @BeforeEach
  void beginAfterTheFirstState() {
    assertThat(recorder.types()).containsExactly("session.state");
  }

  @Test
  void aBacktestTellsHowFarItHasComeAndOnceWhatBecameOfIt() {
    screen.onBacktest(
        new BacktestProgress(SESSION, NOON, NOON, NOON + 4, 0.5, 60.0, 7L, null, true));
    screen.onState(Samples.state(SESSION, SessionStatus.STOPPED, NOON));
    screen.onState(Samples.state(SESSION, SessionStatus.STOPPED, NOON));
    assertThat(recorder.data("backtest.progress"))
        .containsExactly(
            new JsonObject(
                """
                {"clock": 1700049600000000, "start_time": 1700049600000000,
                 "end_time": 1700049600000004, "fraction": 0.5, "speed": 60.0,
                 "remaining_millis": 7, "acceleration": "max", "cancelled": true}
                """));
    assertThat(recorder.data("backtest.done")).hasSize(1);
    var done = recorder.data("backtest.done").getFirst();
    assertThat(done.getBoolean("cancelled")).isTrue();
    assertThat(done.getJsonObject("summary").getString("net")).isEqualTo("12.5");
    assertThat(recorder.data("backtest.failed")).isEmpty();
  }

  @Test
  void theStateHasExactlyWhatTheConsoleReads() {
    assertThat(recorder.messages.getFirst())
        .isEqualTo(
            new JsonObject(
                """
                {"type": "session.state", "seq": 1, "ts": 1800000000000000,
                 "sessionId": "bt_0m5k3x9q2v7c4d1e",
                 "data": {
                   "session_id": "bt_0m5k3x9q2v7c4d1e", "mode": "backtest", "status": "running",
                   "symbols": ["BTCUSD"], "acceleration": "max", "cash": "100000", "data": "demo",
                   "fill_rules": {"model": "any", "slippage": "none", "latency": "none",
                     "limits": "touch"},
                   "account": {"cost_basis": "average", "margin": null, "currency": "USD"},
                   "risk": {"order_notional": null, "position_notional": null, "open_orders": null,
                     "orders_per_minute": null, "collar_percent": null, "leverage": null,
                     "strategy_notional": null, "daily_loss": null, "drawdown_percent": null,
                     "losing_streak": null},
                   "clock": 1700049600000000, "started_at": 1700049600000000, "ended_at": null,
                   "error": null,
                   "strategies": [{
                     "instance": "cross", "strategy": "ema-cross", "version": "ab12",
                     "parameters": {"fast": 3, "long_only": true},
                     "streams": [{"name": "bars", "symbol": "BTCUSD", "kind": "bars",
                                  "interval": "1m"},
                                 {"name": "trades", "symbol": "BTCUSD", "kind": "trades",
                                  "interval": null}],
                     "indicators": [{"name": "fast", "use": "ema", "plot": "price",
                                     "symbol": "BTCUSD", "interval": "1m", "outputs": ["value"]}],
                     "main_interval": null}],
                   "suspended": {}, "summary": null}}\
                """));
  }

  @Test
  void messagesAreNumberedWithoutAGap() {
    for (int i = 1; i <= 50; i++) {
      screen.onStep(Samples.step(i, Samples.trade(NOON + i, 100 + i)));
      screen.onJournal(List.of(Samples.signal(i), Samples.log(i), Samples.accepted(i)));
      recorder.passMillis(30);
      screen.flush();
    }

    assertThat(recorder.seqs())
        .isEqualTo(LongStream.rangeClosed(1, recorder.messages.size()).boxed().toList());
    assertThat(recorder.messages)
        .allSatisfy(message -> assertThat(message.getString("sessionId")).isEqualTo(SESSION));
    assertThat(Json.object(screen.snapshot()).getLong("seq")).isEqualTo(recorder.messages.size());
  }

  @Test
  void theNewestTickWinsTenTimesASecond() {
    for (int i = 0; i < 100; i++) {
      screen.onStep(Samples.step(i + 1, Samples.trade(NOON + i, 100 + i)));
      recorder.passMillis(10);
      screen.flush();
    }

    var ticks = recorder.data("tick");
    assertThat(ticks).hasSizeBetween(10, 11);
    assertThat(ticks.getFirst().getDouble("price")).isEqualTo(100);
    assertThat(ticks.getLast().getDouble("price")).isEqualTo(199);
    assertThat(ticks.getFirst())
        .isEqualTo(
            new JsonObject()
                .put("symbol", "BTCUSD")
                .put("time", NOON)
                .put("price", 100.0)
                .put("amount", 0.5)
                .putNull("received_at"));
  }

  @Test
  void aTickSaysWhenThePlatformHadItByTheWallClock() {
    long began = System.nanoTime();
    var trade = Samples.trade(NOON, 100);
    var step = Samples.step(1, trade);
    var taken = new Input(SESSION, 1, NOON, trade, began - 5_000_000);
    screen.onStep(new Step(taken, step.values(), step.layout()));
    long took = (System.nanoTime() - began) / 1_000;

    var message = recorder.ofType("tick").getFirst();
    long waited = message.getLong("ts") - message.getJsonObject("data").getLong("received_at");
    assertThat(waited).isBetween(5_000L, 5_000L + took);
  }

  @Test
  void progressIsToldOnceASecondAndChangesAtOnce() {
    for (int i = 1; i <= 30; i++) {
      screen.onProgress(new FeedProgress(SESSION, i, NOON + i, 0.5));
      recorder.passMillis(100);
      screen.flush();
    }
    assertThat(recorder.data("session.state")).hasSize(4);
    assertThat(recorder.data("session.state").getLast().getLong("clock")).isEqualTo(NOON + 30);

    screen.onState(Samples.state(SESSION, SessionStatus.STOPPED, NOON));

    assertThat(recorder.data("session.state").getLast().getString("status")).isEqualTo("stopped");
    assertThat(recorder.data("session.state").getLast().getLong("clock")).isEqualTo(NOON + 30);
  }

  @Test
  void anOrderGoesThroughItsLife() {
    var open = Samples.position("pos_1", "2", "200");
    screen.onJournal(List.of(Samples.accepted(1), Samples.filled(1, "2", "100", open)));

    assertThat(recorder.types())
        .containsExactly("session.state", "order", "order", "fill", "position");
    var accepted = recorder.data("order").getFirst();
    assertThat(accepted.getString("event")).isEqualTo("accepted");
    assertThat(accepted.fieldNames()).containsExactly("event", "rule", "reason", "by", "order");
    assertThat(accepted.getJsonObject("order").getString("quantity")).isEqualTo("2");
    assertThat(recorder.data("fill").getFirst().getString("price")).isEqualTo("100");
    var snapshot = Json.object(screen.snapshot());
    assertThat(snapshot.getJsonArray("orders")).hasSize(1);
    assertThat(snapshot.getJsonArray("orders").getJsonObject(0).getString("event"))
        .isEqualTo("filled");
    assertThat(snapshot.getJsonArray("positions").getJsonObject(0).getString("average_price"))
        .isEqualTo("100");
  }

  @Test
  void ringsAreBoundedNewestLast() {
    for (int i = 1; i <= 700; i++) {
      var closed = Samples.position("pos_" + i, "0", "0");
      screen.onJournal(
          List.of(Samples.signal(i), Samples.filled(i, "2", "1", closed), Samples.log(i)));
    }
    screen.onJournal(List.of(Samples.filled(701, "2", "1", Samples.position("pos_701", "1", "1"))));
    for (int i = 1; i <= 6_000; i++) {
      screen.onStep(Samples.closed(i, Samples.bar(NOON + i * MINUTE, 100), i));
    }

    var snapshot = Json.object(screen.snapshot());

    assertThat(snapshot.getJsonArray("signals")).hasSize(500);
    assertThat(last(snapshot, "signals").getString("signal_id")).isEqualTo("sig_x-700");
    assertThat(snapshot.getJsonArray("orders")).hasSize(500);
    assertThat(snapshot.getJsonArray("fills")).hasSize(500);
    assertThat(snapshot.getJsonArray("log")).hasSize(500);
    assertThat(snapshot.getJsonArray("positions")).hasSize(201);
    assertThat(last(snapshot, "positions").getString("position_id")).isEqualTo("pos_701");
    assertThat(snapshot.getJsonArray("candles")).hasSize(4_999);
    assertThat(snapshot.getJsonArray("indicators")).hasSize(4_999);
    assertThat(last(snapshot, "candles").getLong("open_time")).isEqualTo(NOON + 6_000 * MINUTE);
  }

  @Test
  void aFloodLeavesOneNumberOutASecondAndIsInTheSnapshot() {
    for (int i = 1; i <= 5_000; i++) {
      screen.onStep(Samples.closed(i, Samples.bar(NOON + i * MINUTE, 100), i));
    }
    assertThat(recorder.ofType("candle")).hasSize(100);
    assertThat(recorder.ofType("indicator")).hasSize(100);
    assertThat(Json.object(screen.snapshot()).getJsonArray("candles")).hasSize(4_999);

    screen.flush();
    screen.flush();

    assertThat(gaps()).isEqualTo(1);
    for (int tenth = 0; tenth < 30; tenth++) {
      for (int i = 0; i < 300; i++) {
        screen.onStep(Samples.closed(i, Samples.bar(NOON + i * MINUTE, 100), i));
      }
      recorder.passMillis(100);
      screen.flush();
    }
    assertThat(gaps()).isEqualTo(4);
    assertThat(recorder.ofType("candle").size()).isLessThanOrEqualTo(100 * 4);
  }

  @Test
  void aFloodOfTheJournalLeavesAGapToo() {
    for (int i = 1; i <= 800; i++) {
      screen.onJournal(List.of(Samples.log(i)));
    }
    screen.flush();

    assertThat(recorder.ofType("log")).hasSize(500);
    assertThat(gaps()).isEqualTo(1);
    assertThat(recorder.types().getLast()).isEqualTo("session.state");
  }

  private long gaps() {
    var seqs = recorder.seqs();
    return seqs.getLast() - seqs.size();
  }

  private static JsonObject last(JsonObject snapshot, String name) {
    JsonArray values = snapshot.getJsonArray(name);
    return values.getJsonObject(values.size() - 1);
  }

  private static RiskAlert alert(long seq, String level) {
    return new RiskAlert(
        SESSION,
        seq,
        NOON,
        1,
        "kill-switch",
        RiskAction.CANCEL,
        level,
        null,
        null,
        null,
        null,
        null,
        "enough",
        null,
        null);
  }

  /// A strategy may go on asking for hours.
  @Test
  void refusalsDoNotPushOutWhatStoppedTrading() {
    screen.onJournal(List.of(alert(1, "error")));
    for (int i = 2; i <= 3_000; i++) {
      screen.onJournal(List.of(alert(i, "warn")));
    }

    var alerts = Json.object(screen.snapshot()).getJsonArray("risk_alerts");
    assertThat(alerts.getJsonObject(0).getString("level")).isEqualTo("error");
    assertThat(alerts.getJsonObject(alerts.size() - 1).getLong("seq")).isEqualTo(3_000);
    assertThat(alerts).hasSizeLessThan(1_500);
  }

  @Test
  void anAlertThatSomebodySawIsShownSo() {
    screen.onJournal(List.of(alert(1, "error"), alert(2, "warn")));
    screen.onAcknowledged(new AlertAcknowledged(SESSION, 2, 1, NOON + 5, "alice"));
    screen.onAcknowledged(new AlertAcknowledged(SESSION, 7, 1, NOON + 5, "alice"));

    assertThat(recorder.data("risk.alert")).hasSize(3);
    assertThat(recorder.data("risk.alert").getLast().getString("acknowledged_by"))
        .isEqualTo("alice");
    var alerts = Json.object(screen.snapshot()).getJsonArray("risk_alerts");
    assertThat(alerts.getJsonObject(0).getString("acknowledged_by")).isNull();
    assertThat(alerts.getJsonObject(1).getLong("acknowledged_at")).isEqualTo(NOON + 5);
  }
}

package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sandpiper.app.TestPlatform.await;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.ClosePosition;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.KillSwitch;
import sandpiper.bus.Messages.ReleaseTrading;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StopSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.domain.journal.RiskAction;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.RiskLimits;
import sandpiper.testkit.SharedData;

/// Limits and the kill switch in a running replay: the whole platform, the demo trades.
class RiskIT {
  /// Wants one unit all the time; writes down what risk says and what it is given.
  private static final String GREEDY =
      """
      export const data = { ticks: { trades: true } };
      export function onTrade(ctx) {
        if (ctx.position().flat && ctx.orders().length === 0) ctx.buy({ size: 1 });
      }
      export function onRisk(ctx, refusal) { ctx.log('risk', refusal.rule); }
      export function onFill(ctx, fill) { ctx.log('fill', fill.side); }
      """;

  private static List<JsonObject> rows(TestPlatform platform, HistoryKind kind, String sessionId) {
    return platform.rows(kind, sessionId).stream().map(JsonObject::new).toList();
  }

  private static StartSession request(@Nullable RiskLimits limits) {
    return new StartSession(
        SessionMode.PAPER,
        List.of("BTCUSD"),
        List.of(new StrategyRequest("greedy", Map.of())),
        new BigDecimal("100000"),
        "demo",
        null,
        300.0,
        null,
        limits,
        AccountRules.STANDARD);
  }

  @Test
  void theKillSwitchClosesAndIsReleased(@TempDir Path folder)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("greedy.js"), GREEDY);
    try (var platform = TestPlatform.start(TestPlatform.freshDirectory(), folder)) {
      var id =
          await(platform.bus.ask(Channels.START_SESSION, request(RiskLimits.NONE))).sessionId();
      TestPlatform.until(() -> fills(platform, id) == 1, "the first fill");
      await(
          platform.bus.ask(
              Channels.KILL_SWITCH, new KillSwitch(id, RiskAction.CLOSE, "test", "alice")));
      TestPlatform.until(() -> fills(platform, id) == 2, "the fill that closes");
      TestPlatform.until(
          () -> rows(platform, HistoryKind.RISK_ALERTS, id).size() > 1, "a refused order");
      assertThat(fills(platform, id)).isEqualTo(2);
      var alerts = rows(platform, HistoryKind.RISK_ALERTS, id);
      assertThat(alerts.get(0).getString("rule")).isEqualTo("kill-switch");
      assertThat(alerts.get(0).getString("action")).isEqualTo("close");
      assertThat(alerts.get(0).getString("level")).isEqualTo("error");
      assertThat(alerts.get(1).getString("level")).isEqualTo("warn");
      assertThat(alerts.get(1).getString("order_id")).startsWith("ord_");
      assertThat(alerts.get(1).getString("signal_id")).startsWith("sig_");
      var signals = rows(platform, HistoryKind.SIGNALS, id);
      assertThat(signals)
          .filteredOn(signal -> signal.getString("name").equals("kill-switch"))
          .singleElement()
          .satisfies(signal -> assertThat(signal.getString("strategy")).isEqualTo("greedy"));
      await(platform.bus.ask(Channels.RELEASE_TRADING, new ReleaseTrading(id, "test", "alice")));
      TestPlatform.until(() -> fills(platform, id) == 3, "a fill after the release");
      await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(id)));
      assertThat(
              rows(platform, HistoryKind.LOG, id).stream()
                  .map(line -> line.getString("text"))
                  .distinct())
          .containsExactly("fill BUY", "fill SELL", "risk kill-switch");
    }
  }

  @Test
  void aLimitOfTheSessionTurnsOrdersDown(@TempDir Path folder)
      throws IOException, InterruptedException {
    Files.writeString(folder.resolve("greedy.js"), GREEDY);
    var ten = new BigDecimal("10");
    var limits = new RiskLimits(ten, null, null, null, null, null, null, null, null, null);
    try (var platform = TestPlatform.start(TestPlatform.freshDirectory(), folder)) {
      var id = await(platform.bus.ask(Channels.START_SESSION, request(limits))).sessionId();
      TestPlatform.until(
          () -> !rows(platform, HistoryKind.RISK_ALERTS, id).isEmpty(), "a refused order");
      await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(id)));
      assertThat(fills(platform, id)).isZero();
      var alert = rows(platform, HistoryKind.RISK_ALERTS, id).getFirst();
      assertThat(alert.getString("rule")).isEqualTo("order-notional");
      assertThat(new BigDecimal(alert.getValue("limit_value").toString()))
          .isEqualByComparingTo(ten);
      assertThat(new BigDecimal(alert.getValue("value").toString())).isGreaterThan(ten);
    }
  }

  /// A position is closed by hand: the strategy hears of it, and everything is on record.
  @Test
  void aPositionIsClosedByHand(@TempDir Path folder) throws IOException, InterruptedException {
    Files.writeString(folder.resolve("greedy.js"), GREEDY);
    try (var platform = TestPlatform.start(TestPlatform.freshDirectory(), folder)) {
      var id =
          await(platform.bus.ask(Channels.START_SESSION, request(RiskLimits.NONE))).sessionId();
      TestPlatform.until(
          () -> !rows(platform, HistoryKind.POSITIONS, id).isEmpty(), "the first position");
      var position = rows(platform, HistoryKind.POSITIONS, id).getFirst().getString("position_id");
      var order =
          await(
                  platform.bus.ask(
                      Channels.CLOSE_POSITION,
                      new ClosePosition(id, position, null, null, "out", "alice")))
              .order();
      TestPlatform.until(
          () ->
              rows(platform, HistoryKind.POSITIONS, id).getFirst().getValue("closed_time") != null,
          "the end of the position");
      TestPlatform.until(() -> fills(platform, id) >= 3, "the strategy to buy again");
      await(platform.bus.ask(Channels.STOP_SESSION, new StopSession(id)));
      assertThat(rows(platform, HistoryKind.SIGNALS, id))
          .filteredOn(signal -> signal.getString("name").equals("manual-close"))
          .singleElement()
          .satisfies(signal -> {
            assertThat(signal.getString("signal_id")).isEqualTo(order.signalId());
            assertThat(signal.getString("reason")).isEqualTo("out");
            assertThat(signal.getString("by")).isEqualTo("alice");
          });
      assertThat(rows(platform, HistoryKind.FILLS, id))
          .filteredOn(fill -> fill.getString("order_id").equals(order.orderId()))
          .singleElement()
          .satisfies(fill -> assertThat(fill.getString("position_id")).isEqualTo(position));
      assertThat(
              rows(platform, HistoryKind.LOG, id).stream()
                  .map(line -> line.getString("text"))
                  .limit(3))
          .containsExactly("fill BUY", "fill SELL", "fill BUY");
    }
  }

  private static int fills(TestPlatform platform, String sessionId) {
    return platform.rows(HistoryKind.FILLS, sessionId).size();
  }

  /// The file stops what runs and keeps what does not from starting, until it is gone.
  @Test
  void theKillFileStopsTradingUntilItIsRemoved(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("greedy.js"), GREEDY);
    var database = TestPlatform.freshDirectory();
    try (var platform = TestPlatform.start(database, folder)) {
      var id = await(platform.bus.ask(Channels.START_SESSION, request(null))).sessionId();
      TestPlatform.until(() -> fills(platform, id) == 1, "the first fill");
      var file = Files.createFile(database.resolve("KILL"));
      TestPlatform.until(() -> fills(platform, id) == 2, "the fill that closes");
      var alert = rows(platform, HistoryKind.RISK_ALERTS, id).getFirst();
      assertThat(alert.getString("rule")).isEqualTo("kill-switch");
      assertThat(alert.getString("action")).isEqualTo("close");
      assertThat(alert.getString("text")).contains("the file " + file + " is there");
      var other = request(RiskLimits.NONE);
      assertThatThrownBy(() -> await(platform.bus.ask(Channels.START_SESSION, other)))
          .hasMessage("trading is stopped while the file " + file + " is there: remove it first");
      Files.delete(file);
      var started = await(platform.bus.ask(Channels.START_SESSION, other));
      TestPlatform.until(() -> fills(platform, started.sessionId()) > 0, "a fill once it is gone");
    }
  }

  /// A real signal to this very process.
  @Test
  void aSignalOfTheSystemStopsTrading(@TempDir Path folder) throws Exception {
    Files.writeString(folder.resolve("greedy.js"), GREEDY);
    try (var platform = TestPlatform.start(TestPlatform.freshDirectory(), folder)) {
      KillSignal.handle(() -> platform.platform.killAll("signal " + KillSignal.NAME));
      var id =
          await(platform.bus.ask(Channels.START_SESSION, request(RiskLimits.NONE))).sessionId();
      TestPlatform.until(() -> fills(platform, id) == 1, "the first fill");
      var pid = String.valueOf(ProcessHandle.current().pid());
      var kill = new ProcessBuilder("kill", "-" + KillSignal.NAME, pid).inheritIO().start();
      assertThat(kill.waitFor()).isZero();
      TestPlatform.until(() -> fills(platform, id) == 2, "the fill that closes");
      assertThat(rows(platform, HistoryKind.RISK_ALERTS, id).getFirst().getString("text"))
          .contains("signal USR2");
    } finally {
      KillSignal.handle(() -> {});
    }
  }

  @Test
  void aBacktestTakesLimitsFromTheCommandLine() {
    var strategy = SharedData.home().resolve("strategies-js/sma-cross.js").toString();
    var limited =
        Cli.run("backtest", strategy, "--data", "demo", "--json", "--limit", "order-notional=10");
    assertThat(limited.code()).as(limited.err()).isZero();
    var result = new JsonObject(limited.out());
    assertThat(result.getInteger("fills")).isZero();
    assertThat(result.getInteger("refused")).isPositive();
    var wrong = Cli.run("backtest", strategy, "--data", "demo", "--limit", "daily-loss=10");
    assertThat(wrong.code()).isEqualTo(2);
    assertThat(wrong.err())
        .isEqualToIgnoringNewLines(
            "sandpiper: daily-loss must be LIMIT:ACTION, such as 500:cancel, was '10'");
  }
}

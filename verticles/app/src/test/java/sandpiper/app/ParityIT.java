package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.bus.Channels;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.ChangePace;
import sandpiper.bus.Messages.FindPerformance;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.ReloadOutcome;
import sandpiper.bus.Messages.SaveStrategy;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.domain.journal.Alert;
import sandpiper.domain.journal.AmendRefused;
import sandpiper.domain.journal.CancelRefused;
import sandpiper.domain.journal.EquityMarked;
import sandpiper.domain.journal.FundingPaid;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.LogLine;
import sandpiper.domain.journal.Metric;
import sandpiper.domain.journal.Note;
import sandpiper.domain.journal.OrderAccepted;
import sandpiper.domain.journal.OrderActivated;
import sandpiper.domain.journal.OrderAmended;
import sandpiper.domain.journal.OrderCancelled;
import sandpiper.domain.journal.OrderEvent;
import sandpiper.domain.journal.OrderExpired;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.journal.OrderRefused;
import sandpiper.domain.journal.OrderTriggered;
import sandpiper.domain.journal.PlotPoint;
import sandpiper.domain.journal.Reading;
import sandpiper.domain.journal.RiskAlert;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.journal.StrategyEvent;
import sandpiper.domain.market.Interval;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.CostBasis;
import sandpiper.domain.trading.Funding;
import sandpiper.domain.trading.Maintenance;
import sandpiper.domain.trading.Margin;
import sandpiper.domain.trading.RiskLimits;
import sandpiper.domain.trading.SessionSummary;
import sandpiper.feeds.DataRequest;
import sandpiper.feeds.MarketDataReader;
import sandpiper.strategies.ScriptEngine;
import sandpiper.strategies.StrategyLibrary;
import sandpiper.testkit.SharedData;

/// 100,000 real trades through all verticles, the real bus and the real database, and through the
/// engine in one thread: the same signals, orders, events, fills, positions and equity, ids
/// included. What happens again and again in them is compared over the first day or two.
class ParityIT {
  private static final int A_DAY = 20_000;

  private static final List<String> SYMBOLS = List.of("BTCUSD");
  private static final BigDecimal BUDGET = new BigDecimal("1000");

  private static StartSession request(String strategy, String data) {
    return new StartSession(
        SessionMode.PAPER,
        SYMBOLS,
        List.of(new StrategyRequest(strategy, Map.of())),
        BUDGET,
        data,
        null,
        null,
        null,
        RiskLimits.NONE,
        account(strategy));
  }

  /// One of the strategies trades on margin, so that funding and liquidations are compared as well.
  private static AccountRules account(String strategy) {
    return strategy.equals("ema-pullback")
        ? new AccountRules(
            CostBasis.FIFO,
            new Margin(
                new BigDecimal("40"),
                new Maintenance(new BigDecimal("0.02"), BigDecimal.ZERO, Maintenance.Basis.MARK),
                new BigDecimal("0.005"),
                new Funding(new BigDecimal("0.0001"), Interval.parse("1h"))))
        : AccountRules.STANDARD;
  }

  /// One that would run in one thread, were its strategies not isolated.
  private static StartSession backtest(String data) {
    return new StartSession(
        SessionMode.BACKTEST,
        SYMBOLS,
        List.of(new StrategyRequest("sma-cross", Map.of())),
        BUDGET,
        data,
        null,
        null);
  }

  /// What a run left behind: rows as JSON by kind.
  private record Decisions(
      String sessionId,
      SessionSummary summary,
      JsonObject performance,
      Map<HistoryKind, List<String>> rows) {}

  @Test
  void theBusAndOneThreadDecideTheSame() throws IOException, InterruptedException {
    var onBus = onBus("sma-cross", "demo");
    var inThread = inThread("sma-cross", onBus.sessionId(), "demo");
    requireSame(onBus, inThread);
    assertThat(onBus.performance().getInteger("days")).isEqualTo(7);
    // The budget does not always pay for a unit, so refusals are compared as well.
    assertThat(onBus.summary().fills()).isGreaterThan(100);
    assertThat(onBus.summary().refused()).isGreaterThan(10);
  }

  @Test
  void twoRunsDecideTheSame(@TempDir Path folder) throws IOException, InterruptedException {
    var data = DemoTrades.first(A_DAY, folder).toString();
    var onBus = onBus("sma-cross", data);
    requireSame(onBus("sma-cross", data), onBus);
    var inThread = inThread("sma-cross", onBus.sessionId(), data);
    requireSame(inThread, onBus);
    assertThat(inThread("sma-cross", onBus.sessionId(), data)).isEqualTo(inThread);
    assertThat(onBus.summary().fills()).isGreaterThan(20);
  }

  private static void requireSame(Decisions one, Decisions other) {
    for (var kind : HistoryKind.values()) {
      assertThat(one.rows().get(kind)).as(kind.name()).isEqualTo(other.rows().get(kind));
    }
    assertThat(one.summary()).isEqualTo(other.summary());
    assertThat(one.performance()).isEqualTo(other.performance());
  }

  /// Entries that expire between two trades, exits that come to life and cancel each other, stops
  /// that are moved.
  @Test
  void ordersThatHangOnOthersAreDecidedTheSame() throws IOException, InterruptedException {
    var onBus = onBus("ema-pullback", "demo");
    var inThread = inThread("ema-pullback", onBus.sessionId(), "demo");
    requireSame(onBus, inThread);
    assertThat(onBus.summary().liquidations()).isPositive();
    assertThat(onBus.rows().get(HistoryKind.FUNDING)).isNotEmpty();
    var events = inThread.rows().get(HistoryKind.ORDER_EVENTS);
    for (var type :
        List.of("activated", "triggered", "filled", "amended", "cancelled", "expired")) {
      assertThat(events).as(type).anyMatch(row -> row.contains("\"type\":\"" + type + "\""));
    }
  }

  @Test
  void aProcessOfItsOwnDecidesTheSame(@TempDir Path folder)
      throws IOException, InterruptedException {
    var data = DemoTrades.first(A_DAY, folder).toString();
    try (var platform = TestPlatform.startIsolated()) {
      var apart = onBus(platform, "sma-cross", data);
      requireSame(apart, inThread("sma-cross", apart.sessionId(), data));
      assertThat(apart.summary().fills()).isGreaterThan(20);
    }
    assertThat(children()).isEmpty();
  }

  /// A bundled strategy is edited while it runs, and goes on in a process of its own: its orders
  /// expire, its exits come to life, its stops are moved there.
  @Test
  void aSessionThatMovesDecidesTheSame(@TempDir Path folder)
      throws IOException, InterruptedException {
    var bundled = SharedData.home().resolve("strategies-js/ema-pullback.js");
    var strategies = Files.createDirectory(folder.resolve("strategies"));
    var file = Files.copy(bundled, strategies.resolve("ema-pullback.js"));
    var data = DemoTrades.first(2 * A_DAY, folder).toString();
    try (var platform = TestPlatform.startMixed(strategies)) {
      var started =
          TestPlatform.await(
              platform.bus.ask(Channels.START_SESSION, request("ema-pullback", data)));
      TestPlatform.until(() -> rowsOf(platform, started.sessionId()) > 2, "the first signals");
      // It must not be over when the edited version has started its process.
      pace(platform, started.sessionId(), 1_000.0);
      assertThat(children()).isEmpty();
      var edited = Files.readString(file) + "// edited\n";
      var saved =
          TestPlatform.await(
              platform.bus.ask(
                  Channels.SAVE_STRATEGY, new SaveStrategy("ema-pullback", edited, 1, "test")));
      assertThat(saved.reloads()).singleElement().matches(ReloadOutcome::ok);
      assertThat(children()).isNotEmpty();
      pace(platform, started.sessionId(), null);
      var ended = platform.untilEnded(started.sessionId());
      assertThat(ended.status()).as(String.valueOf(ended.error())).isEqualTo(SessionStatus.STOPPED);
      var inThread = inThread("ema-pullback", started.sessionId(), data);
      for (var kind : HistoryKind.values()) {
        var rows = platform.rows(kind, started.sessionId());
        if (kind == HistoryKind.STRATEGY_EVENTS) {
          assertThat(rows).singleElement().asString().contains("reloaded");
        } else {
          assertThat(rows).as(kind.name()).isEqualTo(inThread.rows().get(kind));
        }
      }
      assertThat(ended.summary()).isEqualTo(inThread.summary());
    }
    assertThat(children()).isEmpty();
  }

  private static void pace(TestPlatform platform, String sessionId, @Nullable Double acceleration) {
    TestPlatform.await(
        platform.bus.ask(Channels.CHANGE_FEED_PACE, new ChangePace(sessionId, acceleration)));
  }

  @Test
  void aSessionOutlivesTheProcessOfItsStrategies(@TempDir Path folder)
      throws IOException, InterruptedException {
    var data = DemoTrades.first(3 * A_DAY, folder).toString();
    try (var platform = TestPlatform.startIsolated()) {
      var started = TestPlatform.await(platform.bus.ask(Channels.START_SESSION, backtest(data)));
      TestPlatform.until(() -> rowsOf(platform, started.sessionId()) > 5, "the first signals");
      children().getFirst().destroyForcibly();
      var ended = platform.untilEnded(started.sessionId());
      assertThat(ended.status()).as(String.valueOf(ended.error())).isEqualTo(SessionStatus.STOPPED);
      assertThat(platform.rows(HistoryKind.ALERTS, started.sessionId()))
          .singleElement()
          .asString()
          .contains("sma-cross goes on from its last state; its process was ended");
      assertThat(present(ended.summary()).fills()).isGreaterThan(20);
    }
    assertThat(children()).isEmpty();
  }

  private static int rowsOf(TestPlatform platform, String sessionId) {
    return platform.rows(HistoryKind.SIGNALS, sessionId).size();
  }

  /// The processes of strategies.
  private static List<ProcessHandle> children() {
    return ProcessHandle.current()
        .children()
        .filter(child -> child.info().command().orElse("").endsWith("java"))
        .toList();
  }

  private static Decisions onBus(String strategy, String data)
      throws IOException, InterruptedException {
    try (var platform = TestPlatform.start()) {
      return onBus(platform, strategy, data);
    }
  }

  private static Decisions onBus(TestPlatform platform, String strategy, String data)
      throws InterruptedException {
    var started =
        TestPlatform.await(platform.bus.ask(Channels.START_SESSION, request(strategy, data)));
    var ended = platform.untilEnded(started.sessionId());
    assertThat(ended.status()).as(String.valueOf(ended.error())).isEqualTo(SessionStatus.STOPPED);
    assertThat(ended.suspended()).isEmpty();
    var rows = new EnumMap<HistoryKind, List<String>>(HistoryKind.class);
    for (var kind : HistoryKind.values()) {
      rows.put(kind, platform.rows(kind, started.sessionId()));
    }
    var kept =
        TestPlatform.await(
            platform.bus.ask(Channels.FIND_PERFORMANCE, new FindPerformance(started.sessionId())));
    return new Decisions(
        started.sessionId(), present(ended.summary()), new JsonObject(kept.report()), rows);
  }

  private static Decisions inThread(String strategy, String sessionId, String data) {
    var journal = new ArrayList<JournalEntry>();
    try (var engine = new ScriptEngine();
        var reader =
            MarketDataReader.open(new DataRequest(data, "BTCUSD", null, null, null, false))) {
      var script =
          new StrategyLibrary(engine, SharedData.home().resolve("strategies-js")).load(strategy);
      var instrument =
          Instruments.read(SharedData.home().resolve("conf/instruments.yaml")).get("BTCUSD");
      var spec =
          new SessionSpec(
              sessionId,
              SessionMode.PAPER,
              List.of(present(instrument)),
              BUDGET,
              List.of(script.plan(strategy, Map.of(), SYMBOLS, null)),
              reader.peek().beginTime());
      var session = new InThreadSession(reader, List.of(script));
      var summary =
          session.run(spec.with(account(strategy)).keepingReadings(), journal::add, _ -> {});
      return new Decisions(
          sessionId, summary, Json.object(session.performance(365)), rows(journal));
    }
  }

  private static Map<HistoryKind, List<String>> rows(List<JournalEntry> journal) {
    var signals = new ArrayList<String>();
    var orders = new LinkedHashMap<String, String>();
    var events = new ArrayList<String>();
    var fills = new ArrayList<String>();
    var positions = new LinkedHashMap<String, String>();
    var equity = new ArrayList<String>();
    var rows = new EnumMap<HistoryKind, List<String>>(HistoryKind.class);
    for (var kind : HistoryKind.values()) {
      rows.put(kind, new ArrayList<>());
    }
    for (var entry : journal) {
      switch (entry) {
        case Signal signal -> signals.add(Json.text(signal));
        case EquityMarked marked -> equity.add(Json.text(marked));
        case FundingPaid paid -> {
          present(rows.get(HistoryKind.FUNDING)).add(row(paid));
          positions.put(paid.position().positionId(), Json.text(paid.position()));
        }
        case Reading reading -> present(rows.get(HistoryKind.READINGS)).add(row(reading));
        case Note note -> present(rows.get(kind(note))).add(row(note));
        case RiskAlert alert ->
            present(rows.get(HistoryKind.RISK_ALERTS))
                .add(
                    Json.text(alert)
                        .replace("\"index\":", "\"idx\":")
                        .replace("\"limit\":", "\"limit_value\":"));
        case OrderEvent event -> {
          orders.put(event.order().orderId(), Json.text(event.order()));
          events.add(row(event));
          if (event instanceof OrderFilled filled) {
            fills.add(Json.text(filled.fill()));
            positions.put(filled.position().positionId(), Json.text(filled.position()));
          }
        }
      }
    }
    rows.put(HistoryKind.SIGNALS, signals);
    rows.put(HistoryKind.ORDERS, List.copyOf(orders.values()));
    rows.put(HistoryKind.ORDER_EVENTS, events);
    rows.put(HistoryKind.FILLS, fills);
    rows.put(HistoryKind.POSITIONS, List.copyOf(positions.values()));
    rows.put(HistoryKind.EQUITY, equity);
    return rows;
  }

  private static String row(FundingPaid paid) {
    var json = Json.object(paid);
    var position = json.getJsonObject("position");
    var row = new JsonObject().put("session_id", paid.sessionId());
    for (var name : List.of("position_id", "signal_id", "strategy", "symbol")) {
      row.put(name, position.getString(name));
    }
    for (var name : List.of("seq", "time", "due_time", "rate", "notional", "amount")) {
      row.put(name, json.getValue(name));
    }
    return row.encode();
  }

  private static HistoryKind kind(Note note) {
    return switch (note) {
      case LogLine _ -> HistoryKind.LOG;
      case Alert _ -> HistoryKind.ALERTS;
      case Metric _ -> HistoryKind.METRICS;
      case PlotPoint _ -> HistoryKind.PLOT_POINTS;
      case StrategyEvent _ -> HistoryKind.STRATEGY_EVENTS;
      case Reading _ -> HistoryKind.READINGS;
    };
  }

  private static String row(Reading reading) {
    var json = Json.object(reading);
    var row = new JsonObject().put("session_id", reading.sessionId());
    row.put("seq", reading.seq()).put("time", reading.time()).put("idx", reading.index());
    row.put("strategy", reading.strategy());
    var bar = present(reading.bar());
    row.put("symbol", bar.symbol()).put("interval_micros", bar.interval().micros());
    row.put("open_time", bar.openTime()).put("open", bar.open()).put("high", bar.high());
    row.put("low", bar.low()).put("close", bar.close()).put("volume", bar.volume());
    return row.put("values", json.getJsonObject("values")).encode();
  }

  private static String row(Note note) {
    return Json.text(note).replace("\"index\":", "\"idx\":");
  }

  private static String row(OrderEvent event) {
    var order = event.order();
    var type =
        switch (event) {
          case OrderAccepted _ -> "accepted";
          case OrderRefused _ -> "refused";
          case OrderActivated _ -> "activated";
          case OrderTriggered _ -> "triggered";
          case OrderFilled _ -> "filled";
          case OrderAmended _ -> "amended";
          case AmendRefused _ -> "amend_refused";
          case OrderCancelled _ -> "cancelled";
          case CancelRefused _ -> "cancel_refused";
          case OrderExpired _ -> "expired";
        };
    var reason =
        switch (event) {
          case OrderRefused refused -> refused.reason();
          case OrderCancelled cancelled -> cancelled.reason();
          case CancelRefused refused -> refused.reason();
          case AmendRefused refused -> refused.reason();
          case OrderExpired expired -> expired.reason();
          default -> null;
        };
    var by =
        switch (event) {
          case OrderCancelled cancelled -> cancelled.by();
          case OrderAmended amended -> amended.by();
          default -> null;
        };
    var rule =
        switch (event) {
          case OrderRefused refused -> refused.rule();
          case AmendRefused refused -> refused.rule();
          default -> null;
        };
    return new JsonObject()
        .put(
            "event_id",
            String.join(
                "-",
                order.orderId(),
                String.valueOf(event.seq()),
                type,
                String.valueOf(order.version())))
        .put("session_id", order.sessionId())
        .put("signal_id", order.signalId())
        .put("order_id", order.orderId())
        .put("seq", event.seq())
        .put("time", event.time())
        .put("type", type)
        .put("rule", rule)
        .put("reason", reason)
        .put("by", by)
        .put("fill_id", event instanceof OrderFilled filled ? filled.fill().fillId() : null)
        .put("version", order.version())
        .encode();
  }

  private static <T> T present(@Nullable T value) {
    if (value == null) {
      throw new AssertionError("not there");
    }
    return value;
  }
}

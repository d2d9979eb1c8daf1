package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
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
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.domain.journal.AmendRefused;
import sandpiper.domain.journal.CancelRefused;
import sandpiper.domain.journal.EquityMarked;
import sandpiper.domain.journal.JournalEntry;
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
import sandpiper.domain.journal.Signal;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.trading.SessionSummary;
import sandpiper.feeds.DataRequest;
import sandpiper.feeds.MarketData;
import sandpiper.strategies.ScriptEngine;
import sandpiper.strategies.StrategyLibrary;
import sandpiper.testkit.SharedData;

/// 100,000 real trades through all verticles, the real bus and the real database, and through the
/// engine in one thread: the same signals, orders, events, fills, positions and equity, ids
/// included.
class ParityIT {
  /// What is run in both wirings.
  private record Task(
      String strategy,
      Map<String, Object> parameters,
      List<String> symbols,
      BigDecimal budget,
      String data) {
    StartSession request() {
      return new StartSession(
          SessionMode.PAPER,
          symbols,
          List.of(new StrategyRequest(strategy, parameters)),
          budget,
          data,
          null,
          null);
    }
  }

  private static Task overDemo(String strategy) {
    return new Task(strategy, Map.of(), List.of("BTCUSD"), new BigDecimal("1000"), "demo");
  }

  /// What a run left behind: rows as JSON by kind.
  private record Decisions(
      String sessionId, SessionSummary summary, Map<HistoryKind, List<String>> rows) {}

  @Test
  void theBusAndOneThreadDecideTheSameAndSoDoTwoRuns() throws IOException, InterruptedException {
    var task = overDemo("sma-cross");
    var onBus = onBus(task);
    var again = onBus(task);
    var inThread = inThread(task, onBus.sessionId());
    for (var kind : HistoryKind.values()) {
      assertThat(onBus.rows().get(kind)).as(kind.name()).isEqualTo(inThread.rows().get(kind));
      assertThat(again.rows().get(kind)).as(kind.name()).isEqualTo(onBus.rows().get(kind));
    }
    assertThat(onBus.summary()).isEqualTo(inThread.summary()).isEqualTo(again.summary());
    assertThat(inThread(task, onBus.sessionId())).isEqualTo(inThread);
    // The budget does not always pay for a unit, so refusals are compared as well.
    assertThat(onBus.summary().fills()).isGreaterThan(100);
    assertThat(onBus.summary().refused()).isGreaterThan(10);
  }

  /// Entries that expire between two trades, exits that come to life and cancel each other, stops
  /// that are moved.
  @Test
  void ordersThatHangOnOthersAreDecidedTheSame() throws IOException, InterruptedException {
    var task = overDemo("ema-pullback");
    var onBus = onBus(task);
    var inThread = inThread(task, onBus.sessionId());
    for (var kind : HistoryKind.values()) {
      assertThat(onBus.rows().get(kind)).as(kind.name()).isEqualTo(inThread.rows().get(kind));
    }
    assertThat(onBus.summary()).isEqualTo(inThread.summary());
    var events = inThread.rows().get(HistoryKind.ORDER_EVENTS);
    for (var type :
        List.of("activated", "triggered", "filled", "amended", "cancelled", "expired")) {
      assertThat(events).as(type).anyMatch(row -> row.contains("\"type\":\"" + type + "\""));
    }
  }

  /// Bars of one symbol and trades of the other: BTC/USD by the minute and the trades of SPY in two
  /// hours of 8 October 2013.
  @Test
  void twoSymbolsOfDifferentSourcesAreDecidedTheSame(@TempDir Path folder)
      throws IOException, InterruptedException {
    var task =
        new Task(
            "pairs",
            Map.of("window", 20, "enter", 1.5, "leave", 0.5),
            List.of("BTCUSD", "SPY"),
            new BigDecimal("100000"),
            TwoSymbols.write(folder));
    var onBus = onBus(task);
    var inThread = inThread(task, onBus.sessionId());
    for (var kind : HistoryKind.values()) {
      assertThat(onBus.rows().get(kind)).as(kind.name()).isEqualTo(inThread.rows().get(kind));
    }
    assertThat(onBus.summary()).isEqualTo(inThread.summary());
    var fills = inThread.rows().get(HistoryKind.FILLS);
    for (var symbol : task.symbols()) {
      assertThat(fills).as(symbol).anyMatch(row -> row.contains('"' + symbol + '"'));
    }
  }

  private static Decisions onBus(Task task) throws IOException, InterruptedException {
    try (var platform = TestPlatform.start()) {
      var started = TestPlatform.await(platform.bus.ask(Channels.START_SESSION, task.request()));
      var ended = platform.untilEnded(started.sessionId());
      assertThat(ended.status()).as(String.valueOf(ended.error())).isEqualTo(SessionStatus.STOPPED);
      var rows = new EnumMap<HistoryKind, List<String>>(HistoryKind.class);
      for (var kind : HistoryKind.values()) {
        rows.put(kind, platform.rows(kind, started.sessionId()));
      }
      return new Decisions(started.sessionId(), present(ended.summary()), rows);
    }
  }

  private static Decisions inThread(Task task, String sessionId) {
    var journal = new ArrayList<JournalEntry>();
    try (var engine = new ScriptEngine();
        var data =
            MarketData.open(
                DataRequest.of(task.symbols(), List.of(task.data()), null, null, null, false))) {
      var script =
          new StrategyLibrary(engine, SharedData.home().resolve("strategies-js"))
              .load(task.strategy());
      var known = Instruments.read(SharedData.home().resolve("conf/instruments.yaml"));
      var spec =
          new SessionSpec(
              sessionId,
              SessionMode.PAPER,
              task.symbols().stream().map(symbol -> present(known.get(symbol))).toList(),
              task.budget(),
              List.of(script.plan(task.strategy(), task.parameters(), task.symbols(), null)),
              data.startTime());
      var summary = new InThreadSession(data, List.of(script)).run(spec, journal::add, _ -> {});
      return new Decisions(sessionId, summary, rows(journal));
    }
  }

  private static Map<HistoryKind, List<String>> rows(List<JournalEntry> journal) {
    var signals = new ArrayList<String>();
    var orders = new LinkedHashMap<String, String>();
    var events = new ArrayList<String>();
    var fills = new ArrayList<String>();
    var positions = new LinkedHashMap<String, String>();
    var equity = new ArrayList<String>();
    for (var entry : journal) {
      switch (entry) {
        case Signal signal -> signals.add(Json.text(signal));
        case EquityMarked marked -> equity.add(Json.text(marked));
        case Note _ -> {}
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
    return Map.of(
        HistoryKind.SIGNALS,
        signals,
        HistoryKind.ORDERS,
        List.copyOf(orders.values()),
        HistoryKind.ORDER_EVENTS,
        events,
        HistoryKind.FILLS,
        fills,
        HistoryKind.POSITIONS,
        List.copyOf(positions.values()),
        HistoryKind.EQUITY,
        equity);
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

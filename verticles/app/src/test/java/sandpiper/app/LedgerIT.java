package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.http.HttpClient;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.StartSession;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.domain.session.SessionMode;

/// Why a session traded, and why not: over the demo trades, with the two moving averages whose
/// result an oracle knows.
class LedgerIT {
  private static TestPlatform platform;
  private static HttpClient http;
  private static Path config;
  private static String session;
  private static List<JsonObject> readings;
  private static List<JsonObject> signals;

  @BeforeAll
  static void runABacktest(@TempDir Path folder) throws IOException, InterruptedException {
    var database = TestPlatform.freshDirectory();
    platform = TestPlatform.start(database);
    http = HttpClient.newHttpClient();
    config =
        Files.writeString(
            folder.resolve("config.yaml"), "database: {port: 0, directory: " + database + "}\n");
    session =
        run(
            new BigDecimal("1000000"),
            new StrategyRequest("sma-cross", Map.of("fast", 10, "slow", 30)));
    readings = rows(HistoryKind.READINGS, session);
    signals = rows(HistoryKind.SIGNALS, session);
  }

  @AfterAll
  static void stop() {
    http.close();
    platform.close();
  }

  private static String run(BigDecimal budget, StrategyRequest strategy)
      throws InterruptedException {
    var started =
        TestPlatform.await(
            platform.bus.ask(
                Channels.START_SESSION,
                new StartSession(
                    SessionMode.BACKTEST,
                    List.of("BTCUSD"),
                    List.of(strategy),
                    budget,
                    "demo",
                    null,
                    null)));
    platform.untilEnded(started.sessionId());
    return started.sessionId();
  }

  private static List<JsonObject> rows(HistoryKind kind, String id) {
    return platform.rows(kind, id).stream().map(JsonObject::new).toList();
  }

  private static JsonObject ledger(String id, String question)
      throws IOException, InterruptedException {
    var answer =
        http.send(
            platform.request("/api/ledger?session_id=" + id + "&" + question).build(),
            BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return new JsonObject(answer.body()).getJsonArray("decisions").getJsonObject(0);
  }

  private static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }

  @Test
  void everySignalLeadsFromItsBarToWhatItEarned() throws Exception {
    assertThat(signals).hasSize(436);
    var net = new HashMap<String, BigDecimal>();
    // Every other signal closes a position, so all positions are met.
    for (int i = 1; i < signals.size(); i += i < 20 ? 1 : 2) {
      var signal = signals.get(i);
      var decision = ledger(session, "signal_id=" + signal.getString("signal_id"));
      var averages = decision.getJsonObject("indicators");
      boolean buys = signal.getString("name").equals("long");
      assertThat(averages.getDouble("fast") > averages.getDouble("slow")).isEqualTo(buys);
      assertThat(decision.getLong("time")).isEqualTo(signal.getLong("time"));
      var found = objects(decision.getJsonArray("signals")).getFirst();
      var order = objects(found.getJsonArray("orders")).getFirst();
      assertThat(order.getJsonObject("verdict").getBoolean("passed")).isTrue();
      assertThat(order.getJsonArray("fills")).hasSize(1);
      for (var position : objects(found.getJsonArray("positions"))) {
        net.put(position.getString("position_id"), new BigDecimal(position.getString("net")));
      }
    }
    // The figures of oracle/backtests/sma_longflat_ta4jtrades1m_10_30_fee0.001.json.
    assertThat(net).hasSize(218);
    assertThat(net.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add))
        .isEqualByComparingTo("-363.86228");
  }

  @Test
  void theIndicatorsOfABarAreThoseOfTheBarsUpToIt() {
    var closes = new ArrayList<Double>();
    for (var reading : readings) {
      closes.add(reading.getDouble("close"));
      for (var average : Map.of("fast", 10, "slow", 30).entrySet()) {
        int period = average.getValue();
        var value = reading.getJsonObject("values").getDouble(average.getKey());
        if (closes.size() < period) {
          assertThat(value).isNull();
        } else {
          double mean =
              closes.subList(closes.size() - period, closes.size()).stream()
                  .mapToDouble(Double::doubleValue)
                  .average()
                  .orElseThrow();
          assertThat(value).isCloseTo(mean, within(mean * 1e-9));
        }
      }
    }
    assertThat(closes).hasSizeGreaterThan(1_000);
  }

  @Test
  void aBarWithoutASignalSaysWhyNot() throws Exception {
    var first = readings.getFirst();
    var early = ledger(session, "time=" + first.getLong("time"));
    assertThat(early.getString("why_not")).isEqualTo("these indicators still warm up: fast, slow");
    assertThat(early.getJsonObject("bar").getLong("open_time"))
        .isEqualTo(first.getLong("open_time"));
    var acted = signals.stream().map(signal -> signal.getLong("seq")).toList();
    var quiet =
        readings.stream()
            .skip(100)
            .filter(reading -> !acted.contains(reading.getLong("seq")))
            .findFirst()
            .orElseThrow();
    // A moment before the next bar closes it is still this one that counts.
    assertThat(ledger(session, "time=" + (quiet.getLong("time") + 1)).getString("why_not"))
        .isEqualTo("the strategy saw this and raised no signal");
  }

  @Test
  void aRefusedOrderIsExplained() throws Exception {
    var poor =
        run(new BigDecimal("10"), new StrategyRequest("sma-cross", Map.of("fast", 10, "slow", 30)));
    var signal = rows(HistoryKind.SIGNALS, poor).getFirst();
    var decision = ledger(poor, "signal_id=" + signal.getString("signal_id"));
    var found = objects(decision.getJsonArray("signals")).getFirst();
    var order = objects(found.getJsonArray("orders")).getFirst();
    assertThat(order.getString("status")).isEqualTo("refused");
    assertThat(order.getJsonObject("verdict").getString("rule")).isEqualTo("buying-power");
    assertThat(order.getJsonObject("verdict").getString("reason"))
        .startsWith("the order needs ")
        .endsWith("free cash is 10");
    assertThat(order.getJsonArray("fills")).isEmpty();
    assertThat(objects(found.getJsonArray("risk_alerts")).getFirst().getString("limit_value"))
        .isEqualTo("10");
    var why = why(poor, signal.getString("signal_id"));
    assertThat(why.out()).contains("refused, buying-power: the order needs ");
  }

  private static Cli why(String... arguments) {
    var all = new ArrayList<>(List.of("why"));
    all.addAll(List.of(arguments));
    all.addAll(List.of("--config", config.toString()));
    return Cli.run(all);
  }

  /// The platform of this test runs meanwhile and has the database.
  @Test
  void theCommandLineSaysTheSameBesideAPlatformThatRuns() throws Exception {
    var signal = signals.getFirst();
    var id = signal.getString("signal_id");
    var text = why(session, id);
    assertThat(text.code()).as(text.err()).isZero();
    assertThat(text.out())
        .contains("sma-cross at ", "  bar         BTCUSD 1m from ", "  indicators  fast ")
        .contains("  signal      " + id + " long BTCUSD", "passed by risk, filled", "net ");
    var json = why(session, id, "--json");
    assertThat(new JsonObject(json.out()).getJsonArray("decisions").getJsonObject(0))
        .isEqualTo(ledger(session, "signal_id=" + id));
    var time = BacktestReport.iso(readings.getFirst().getLong("time"));
    assertThat(why(session, time, "--strategy", "sma-cross").out())
        .contains("  no signal   these indicators still warm up: fast, slow");
  }

  @Test
  void badQuestionsAreRefusedInOneSentence() {
    var when = why(session, "yesterday");
    assertThat(when.code()).isEqualTo(2);
    assertThat(when.err())
        .isEqualToIgnoringNewLines(
            "sandpiper: SIGNAL|TIME must be the id of a signal, sig_…, or a UTC time such as"
                + " 2024-07-14T22:30:00Z, was 'yesterday'");
    var nobody = why("pp_nobody", "sig_1-1-1");
    assertThat(nobody.code()).isEqualTo(2);
    assertThat(nobody.err()).isEqualToIgnoringNewLines("sandpiper: unknown session 'pp_nobody'");
  }
}

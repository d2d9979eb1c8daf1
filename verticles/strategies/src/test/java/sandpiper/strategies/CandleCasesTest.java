package sandpiper.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderFilled;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.Instrument;
import sandpiper.domain.market.Interval;
import sandpiper.domain.session.SessionEngine;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.session.SessionSpec;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.CostBasis;
import sandpiper.domain.trading.Maintenance;
import sandpiper.domain.trading.Margin;
import sandpiper.testkit.SharedData;

/// Candle cases of freqtrade (`tests/optimize/test_backtest_detail.py`): a few bars, a bracket, and
/// the trades and the profit that follow. Each runs as a script through the whole engine.
///
/// A signal on a candle is carried out at the next open, fees are zero, and profit is the sum of
/// the trades' shares, compared to three digits, as freqtrade compares it.
class CandleCasesTest {
  private static final Interval HOUR = Interval.parse("1h");
  private static final long START = 1_577_836_800_000_000L;

  private static final String OFFSET =
      "trails with a second distance, and only after a given profit was reached: there is no such"
          + " trailing stop here";
  private static final String TIMED = "the take-profit changes with the age of the trade";
  private static final String AT_LIMIT =
      "a limit beyond the open fills at the limit there; here it fills at the open, which is better";
  private static final String END =
      "force-exits at the end of the data; here a position stays open";

  /// Cases that do not apply, and why.
  private static final Map<String, String> OTHERS = new TreeMap<>();

  static {
    for (var id : List.of("tc10", "tc11", "tc12", "tc21", "tc22", "tc23", "tc31", "tc32", "tc35")) {
      OTHERS.put(id, OFFSET);
    }
    for (var id : List.of("tc16", "tc17", "tc18", "tc19", "tc20", "tc24")) {
      OTHERS.put(id, TIMED);
    }
    for (var id : List.of("tc36", "tc37", "tc38")) {
      OTHERS.put(id, "the stop is given by a callback of freqtrade on every candle");
    }
    for (var id : List.of("tc40", "tc48", "tc49")) {
      OTHERS.put(id, AT_LIMIT);
    }
    for (var id : List.of("tc45", "tc46")) {
      OTHERS.put(id, END);
    }
    OTHERS.put("tc44", "a limit below the candle fills at its low there; here at the open");
    OTHERS.put("tc47", "about signals that contradict each other, not about orders");
  }

  private record TradeOf(String reason, long openTick, long closeTick, boolean isShort) {}

  private record Result(List<TradeOf> trades, double profit) {}

  @TestFactory
  Stream<DynamicTest> everyCaseThatAppliesHasItsTradesAndItsProfit() {
    return cases().fieldNames().stream()
        .filter(id -> !OTHERS.containsKey(id))
        .map(id -> {
          var each = cases().getJsonObject(id);
          return dynamicTest(
              id + ": " + each.getString("comment"),
              () -> {
                var result = run(each);
                assertThat(result.trades()).isEqualTo(expected(each));
                assertThat(rounded(result.profit()))
                    .isEqualTo(rounded(each.getDouble("profit_perc")));
              });
        });
  }

  @Test
  void everyCaseIsEitherRunOrLeftOutForAReason() {
    assertThat(cases().size()).isEqualTo(54);
    var left = new TreeSet<>(OTHERS.keySet());
    left.removeAll(cases().fieldNames());
    assertThat(left).isEqualTo(Set.of());
  }

  private static JsonObject cases() {
    var text =
        String.join("\n", SharedData.lines("oracle/fills/freqtrade_backtest_detail_cases.json"));
    return new JsonObject(text).getJsonObject("cases");
  }

  private static long rounded(double share) {
    return Math.round(share * 1000);
  }

  private static List<TradeOf> expected(JsonObject each) {
    var trades = new ArrayList<TradeOf>();
    for (var trade : objects(each.getJsonArray("trades"))) {
      trades.add(
          new TradeOf(
              trade.getString("exit_reason"),
              trade.getLong("open_tick"),
              trade.getLong("close_tick"),
              trade.getBoolean("is_short", false)));
    }
    return trades;
  }

  private static List<JsonObject> objects(JsonArray array) {
    return array.stream().map(JsonObject.class::cast).toList();
  }

  /// The case as a strategy: bracket, entries and exits on candles, an entry price that may move.
  private static String script(JsonObject each) {
    double leverage = each.getDouble("leverage", 1.0); // distances are shares of the margin there
    var stop = percent(-each.getDouble("stop_loss") / leverage);
    var stopLoss =
        each.getBoolean("trailing_stop", false)
            ? "{ trail: { percent: "
                + percent(each.getDouble("trailing_stop_positive", stop / 100))
                + " } }"
            : "{ percent: " + stop + " }";
    var roi = each.getJsonObject("roi").getDouble("0");
    var takeProfit = roi == null ? "undefined" : "{ percent: " + percent(roi / leverage) + " }";
    return """
    export const data = () => ({ main: { bars: '1h' } });
    const rows = %s;
    const bracket = { stopLoss: %s, takeProfit: %s };
    const price = %s;
    const adjusted = %s;
    let candle = -1;
    let entry = null;
    export function onBar(ctx) {
      candle++;
      const [,,,,,, enter, exit, enterShort = 0, exitShort = 0] = rows[candle];
      const position = ctx.position();
      if (entry !== null && position.flat && adjusted !== undefined && ctx.orders().length > 0) {
        if (adjusted === null) ctx.cancel(entry);
        else ctx.amend(entry, { price: adjusted });
      }
      if (position.flat && enter) entry = ctx.buy({ size: 1, price, bracket });
      if (position.flat && enterShort) entry = ctx.sell({ size: 1, price, bracket });
      if (position.long && exit) ctx.sell({ size: 1, reduceOnly: true });
      if (position.short && exitShort) ctx.buy({ size: 1, reduceOnly: true });
    }
    """
        .formatted(
            each.getJsonArray("data").encode(),
            stopLoss,
            takeProfit,
            each.getValue("custom_entry_price") == null
                ? "undefined"
                : each.getValue("custom_entry_price"),
            each.containsKey("adjust_entry_price")
                ? String.valueOf(each.getValue("adjust_entry_price"))
                : "undefined");
  }

  /// Without the noise of binary fractions.
  private static double percent(double share) {
    return Math.round(share * 1e6) / 1e4;
  }

  private static Result run(JsonObject each) {
    var script = new Script(Play.ENGINE, "case", script(each));
    var grain = new BigDecimal("0.0001");
    var instrument =
        new Instrument("X", grain, grain, BigDecimal.ZERO, BigDecimal.ZERO, BigDecimal.ZERO);
    var maintenance = new Maintenance(BigDecimal.ZERO, BigDecimal.ZERO, Maintenance.Basis.MARK);
    var leverage = BigDecimal.valueOf(each.getDouble("leverage", 1.0));
    var margin = new Margin(leverage, maintenance, BigDecimal.ZERO, null);
    var spec =
        new SessionSpec(
                Play.SESSION,
                SessionMode.BACKTEST,
                List.of(instrument),
                new BigDecimal("1000000"),
                List.of(script.plan("case", Map.of(), List.of("X"), null)),
                START)
            .with(new AccountRules(CostBasis.AVERAGE, margin));
    var fills = new ArrayList<OrderFilled>();
    try (var engine =
        new SessionEngine(
            spec,
            Map.of("X", HOUR),
            (_, context, snapshot) -> script.start(context, snapshot),
            entry -> {
              if (entry instanceof OrderFilled filled) {
                fills.add(filled);
              }
            })) {
      engine.run(bars(each.getJsonArray("data")).iterator(), _ -> {});
    }
    return result(fills, each.containsKey("adjust_entry_price"));
  }

  private static List<Bar> bars(JsonArray rows) {
    var bars = new ArrayList<Bar>();
    for (int i = 0; i < rows.size(); i++) {
      var row = rows.getJsonArray(i);
      bars.add(
          new Bar(
              "X",
              HOUR,
              START + i * HOUR.micros(),
              row.getDouble(1),
              row.getDouble(2),
              row.getDouble(3),
              row.getDouble(4),
              row.getDouble(5)));
    }
    return bars;
  }

  /// @param byOrder whether the entry counts from its order on: freqtrade says so where it moves
  private static Result result(List<OrderFilled> fills, boolean byOrder) {
    var trades = new ArrayList<TradeOf>();
    var entries = new HashMap<String, OrderFilled>();
    double profit = 0;
    for (var filled : fills) {
      var entry = entries.remove(filled.position().positionId());
      if (entry == null) {
        entries.put(filled.position().positionId(), filled);
        continue;
      }
      int direction = filled.position().direction();
      profit += filled.position().returnOnMargin();
      long open = byOrder ? entry.order().placedSeq() / 2 : candle(entry);
      trades.add(new TradeOf(reason(filled.order()), open, candle(filled), direction < 0));
    }
    return new Result(trades, profit);
  }

  /// The candle during which it filled: the engine numbers a candle and its closing, from 1.
  private static long candle(OrderFilled filled) {
    return (filled.fill().seq() - 1) / 2;
  }

  private static String reason(Order exit) {
    return switch (exit.type()) {
      case STOP -> "STOP_LOSS";
      case TRAILING_STOP -> "TRAILING_STOP_LOSS";
      case LIMIT -> "ROI";
      case MARKET -> "EXIT_SIGNAL";
      case STOP_LIMIT, TAKE_PROFIT -> "no exit of a bracket";
    };
  }
}

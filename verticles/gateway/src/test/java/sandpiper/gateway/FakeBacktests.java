package sandpiper.gateway;

import static sandpiper.gateway.Samples.NOON;
import static sandpiper.gateway.Samples.SESSION;

import io.vertx.core.Future;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.BacktestList;
import sandpiper.bus.Messages.BacktestNow;
import sandpiper.bus.Messages.BacktestProgress;
import sandpiper.bus.Messages.Candles;
import sandpiper.bus.Messages.Curve;
import sandpiper.bus.Messages.CurvePoint;
import sandpiper.bus.Messages.DataSet;
import sandpiper.bus.Messages.DataSetList;
import sandpiper.bus.Messages.FindSessions;
import sandpiper.bus.Messages.HistoryPage;
import sandpiper.bus.Messages.SessionStarted;
import sandpiper.domain.market.Interval;

/// Two backtests: one runs, one ended in an earlier process.
final class FakeBacktests {
  private static final JsonObject FILL_RULES =
      new JsonObject(
          """
          {"model": "any", "slippage": "none", "latency": "none", "limits": "touch"}\
          """);

  private final FakePlatform platform;

  FakeBacktests(FakePlatform platform) {
    this.platform = platform;
  }

  Future<?> answer(Bus bus) {
    return Future.all(
        List.of(
            bus.answer(
                Channels.START_BACKTEST,
                start -> platform.answer(start, new SessionStarted(SESSION, false))),
            bus.answer(
                Channels.LIST_BACKTESTS, list -> platform.answer(list, running(list.sessionId()))),
            bus.answer(Channels.FIND_SESSIONS, find -> platform.answer(find, kept(find))),
            bus.answer(Channels.CHANGE_PACE, change -> platform.answer(change, running(SESSION))),
            bus.answer(
                Channels.READ_CURVE,
                read ->
                    platform.answer(
                        read,
                        new Curve(
                            List.of(
                                new CurvePoint(NOON, 100_000, 0),
                                new CurvePoint(NOON + 120_000_000, 90_000, -0.1))))),
            bus.answer(
                Channels.READ_CANDLES,
                read ->
                    platform.candles == null
                        ? platform.answer(
                            read,
                            new Candles(
                                read.symbol(),
                                Interval.parse("1m"),
                                List.of(
                                    Samples.bar(NOON, 100), Samples.bar(NOON + 60_000_000, 110))))
                        : Future.failedFuture(platform.candles)),
            bus.answer(
                Channels.LIST_FILES,
                list -> platform.answer(list, new DataSetList(List.of(dataSet("demo"))))),
            bus.answer(
                Channels.LIST_RECORDINGS,
                list ->
                    platform.answer(list, new DataSetList(List.of(dataSet("recording:pp_1")))))));
  }

  private static BacktestList running(@Nullable String sessionId) {
    if (sessionId != null && !sessionId.equals(SESSION)) {
      return new BacktestList(List.of());
    }
    var progress =
        new BacktestProgress(
            SESSION, NOON + 5, NOON, NOON + 20, 0.25, 1_000.0, 9_000L, null, false);
    return new BacktestList(List.of(new BacktestNow(Samples.running(), progress)));
  }

  private static HistoryPage kept(FindSessions find) {
    var rows = new ArrayList<Map<String, Object>>();
    for (var id : List.of(SESSION, "bt_old")) {
      if (find.sessionId() == null || find.sessionId().equals(id)) {
        rows.add(row(id));
      }
    }
    return new HistoryPage(rows, find.sessionId() == null ? "more" : null);
  }

  @SuppressWarnings("NullAway") // columns that may be null are
  private static Map<String, Object> row(String id) {
    var row = new LinkedHashMap<String, @Nullable Object>();
    row.put("session_id", id);
    row.put("mode", id.startsWith("bt_") ? "backtest" : "paper");
    row.put("status", id.equals(SESSION) ? "starting" : "stopped");
    row.put("symbols", List.of("BTCUSD"));
    row.put("data", "demo");
    row.put("budget", "100000");
    row.put("acceleration", null);
    row.put("clock", NOON + 20);
    row.put("started_at", NOON);
    row.put("ended_at", id.equals(SESSION) ? null : NOON + 9);
    row.put("error", null);
    row.put("summary", id.equals(SESSION) ? null : new JsonObject().put("fees", "1").getMap());
    row.put("fill_rules", FILL_RULES.getMap());
    row.put("account", new JsonObject().put("cost_basis", "average").putNull("margin").getMap());
    row.put("risk", Map.of());
    row.put("from", null);
    row.put("to", null);
    row.put("start_time", NOON);
    row.put("end_time", NOON + 20);
    row.put("cancelled", false);
    row.put(
        "strategies",
        List.of(
            new JsonObject()
                .put("instance", "cross")
                .put("strategy", "ema-cross")
                .put("version", 2)
                .put("hash", "ab12")
                .putNull("interval")
                .put("parameters", new JsonObject().put("fast", 3))
                .getMap()));
    return row;
  }

  private static DataSet dataSet(String id) {
    return new DataSet(id, "trades", List.of("BTCUSD"), null, NOON, NOON + 20, 7L, "trades", null);
  }
}

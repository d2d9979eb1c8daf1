package sandpiper.gateway.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Messages.Candles;
import sandpiper.bus.Messages.Curve;
import sandpiper.domain.market.Bar;

/// All that a page shows of a session that has ended, worked out once for all who look.
final class SessionResult {
  /// That bars of a chart may have when nobody says which.
  static final List<String> INTERVALS =
      List.of("1s", "5s", "15s", "1m", "5m", "15m", "30m", "1h", "4h", "1d", "7d");

  private SessionResult() {}

  /// @param report as the database keeps it
  /// @param candles of the whole run; null when its data cannot be read any more
  /// @param problem why they cannot; null when they can
  static JsonObject of(
      JsonObject session,
      JsonObject report,
      Curve curve,
      @Nullable Candles candles,
      @Nullable String problem) {
    var trades = report.getJsonArray("trades");
    var figures = report.copy();
    figures.remove("trades");
    figures.remove("equity");
    return new JsonObject()
        .put("session", session)
        .put("performance", figures)
        .put("points", points(report, trades, curve, candles))
        .put("trades", trades)
        .put("candles", candles == null ? null : candles(candles))
        .put("candles_problem", problem);
  }

  static JsonObject candles(Candles candles) {
    var bars = new JsonArray();
    candles.bars().forEach(bar -> bars.add(bar(bar)));
    return new JsonObject()
        .put("symbol", candles.symbol())
        .put("interval", candles.interval().toString())
        .put("bars", bars);
  }

  private static JsonObject bar(Bar bar) {
    return new JsonObject()
        .put("open_time", bar.openTime())
        .put("open", bar.open())
        .put("high", bar.high())
        .put("low", bar.low())
        .put("close", bar.close())
        .put("volume", bar.volume());
  }

  private static JsonArray points(
      JsonObject report, JsonArray trades, Curve curve, @Nullable Candles candles) {
    var wins = new WinRate(report.getJsonObject("all_trades"), trades);
    var held = new Held(report, candles);
    var points = new JsonArray();
    for (var point : curve.points()) {
      points.add(
          new JsonObject()
              .put("time", point.time())
              .put("equity", point.equity())
              .put("drawdown", point.drawdown())
              .put("benchmark", held.at(point.time()))
              .put("win_rate", wins.at(point.time())));
    }
    return points;
  }

  /// Share of trades won among those closed so far. The report lists the latest only; what came
  /// before them is in its figures.
  private static final class WinRate {
    private final JsonArray trades;
    private int next;
    private long won;
    private long closed;

    private WinRate(JsonObject all, JsonArray trades) {
      this.trades = trades;
      closed = all.getLong("count") - trades.size();
      won = all.getLong("wins") - trades.stream().filter(WinRate::isWon).count();
    }

    private @Nullable Double at(long time) {
      while (next < trades.size() && trades.getJsonObject(next).getLong("exit_time") <= time) {
        won += isWon(trades.getJsonObject(next)) ? 1 : 0;
        closed++;
        next++;
      }
      return closed == 0 ? null : Double.valueOf((double) won / closed);
    }

    private static boolean isWon(Object trade) {
      return SessionComparison.decimal((JsonObject) trade, "net").signum() > 0;
    }
  }

  /// What the budget is worth when it bought and held the first instrument: at the closes of the
  /// bars that are drawn, or at the ends of days where there are no bars.
  private static final class Held {
    private final @Nullable Candles candles;
    private final JsonArray days;
    private final double budget;
    private int next;
    private @Nullable Double worth;

    private Held(JsonObject report, @Nullable Candles candles) {
      this.candles = candles == null || candles.bars().isEmpty() ? null : candles;
      days = report.getJsonArray("equity");
      budget = SessionComparison.decimal(report, "start_equity").doubleValue();
    }

    private @Nullable Double at(long time) {
      if (candles == null) {
        while (next < days.size() && days.getJsonObject(next).getLong("time") <= time) {
          worth = days.getJsonObject(next++).getDouble("benchmark");
        }
        return worth;
      }
      var bars = candles.bars();
      double first = bars.getFirst().open();
      while (next < bars.size() && bars.get(next).closeTime() <= time) {
        worth = budget * bars.get(next++).close() / first;
      }
      return worth == null ? Double.valueOf(budget) : worth;
    }
  }
}

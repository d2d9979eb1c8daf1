package sandpiper.gateway.rest;

import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.math.BigDecimal;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import sandpiper.domain.market.Decimals;
import sandpiper.gateway.rest.SessionApi.Ended;

/// What sets sessions apart: each against the first, in figures and in trades.
///
/// A trade is the same when symbol, direction and time of entry are.
final class SessionComparison {
  private static final int MOST_TRADES = 500;

  private SessionComparison() {}

  static JsonObject of(List<Ended> runs) {
    var first = runs.getFirst();
    var firstFigures = figures(first);
    var sessions = new JsonArray();
    runs.forEach(run ->
        sessions.add(new JsonObject().put("session", run.session()).put("figures", figures(run))));
    var differences = new JsonArray();
    runs.stream()
        .skip(1)
        .forEach(run ->
            differences.add(
                new JsonObject()
                    .put("session_id", run.session().getString("session_id"))
                    .put("figures", difference(firstFigures, figures(run)))
                    .put("added", without(run, first))
                    .put("lost", without(first, run))));
    return new JsonObject().put("sessions", sessions).put("differences", differences);
  }

  static BigDecimal decimal(JsonObject json, String name) {
    return new BigDecimal(json.getString(name));
  }

  private static JsonObject figures(Ended run) {
    var report = run.report();
    var summary = run.session().getJsonObject("summary");
    var trades = report.getJsonObject("all_trades");
    var start = decimal(report, "start_equity");
    var end = decimal(report, "final_equity");
    return new JsonObject()
        .put("net", Decimals.plain(end.subtract(start)))
        .put("change", end.doubleValue() / start.doubleValue() - 1)
        .put("max_drawdown", summary == null ? null : summary.getDouble("max_drawdown"))
        .put("trades", trades.getInteger("count"))
        .put("win_rate", figure(trades, "win_rate"))
        .put("profit_factor", figure(trades, "profit_factor"))
        .put("sharpe", figure(report.getJsonObject("returns"), "sharpe"))
        .put("fees", summary == null ? null : summary.getString("fees"));
  }

  private static @Nullable Double figure(JsonObject json, String name) {
    return json.getJsonObject(name).getDouble("value");
  }

  private static JsonObject difference(JsonObject from, JsonObject to) {
    var difference = new JsonObject();
    for (var name : from.fieldNames()) {
      difference.put(name, difference(from.getValue(name), to.getValue(name)));
    }
    return difference;
  }

  private static @Nullable Object difference(@Nullable Object from, @Nullable Object to) {
    return switch (from) {
      case null -> null;
      case String text when to instanceof String other ->
          Decimals.plain(new BigDecimal(other).subtract(new BigDecimal(text)));
      case Integer number when to instanceof Integer other -> other - number;
      case Number number when to instanceof Number other ->
          other.doubleValue() - number.doubleValue();
      default -> null;
    };
  }

  /// Trades of `run` that `other` does not have.
  private static JsonObject without(Ended run, Ended other) {
    var known = keys(other);
    var left =
        trades(run).stream()
            .map(JsonObject.class::cast)
            .filter(trade -> !known.contains(key(trade)))
            .toList();
    return new JsonObject()
        .put("count", left.size())
        .put("trades", new JsonArray(left.stream().limit(MOST_TRADES).toList()));
  }

  private static Set<String> keys(Ended run) {
    return trades(run).stream()
        .map(trade -> key((JsonObject) trade))
        .collect(Collectors.toCollection(HashSet::new));
  }

  private static String key(JsonObject trade) {
    return trade.getString("symbol")
        + " "
        + trade.getInteger("direction")
        + " "
        + trade.getLong("entry_time");
  }

  private static JsonArray trades(Ended run) {
    return run.report().getJsonArray("trades");
  }
}

package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Messages.AskLedger;
import sandpiper.bus.Messages.LedgerExtract;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.Decimals;

/// Says why a session did something, or why not: the bar and the indicators that a strategy saw,
/// the signals it raised, the verdict of risk on each order, fills, and what they earned.
final class DecisionLedger {
  private static final String SESSION = "select status from sessions where session_id = $1";

  private static final String STRATEGIES =
      """
      select distinct strategy from readings
      where session_id = $1 and ($2::text is null or strategy = $2) order by strategy\
      """;

  private static final String READING_OF_SIGNAL =
      "strategy = $2 and seq <= $3 order by seq desc, idx limit 1";

  private static final String BAR_AT =
      """
      strategy = $2 and time <= $3 and symbol is not null
      order by seq desc, idx desc limit 1\
      """;

  private static final String SIGNALS_UNTIL_NEXT_BAR =
      """
      strategy = $2 and seq >= $3 and seq < coalesce(
        (select min(seq) from readings
         where session_id = $1 and strategy = $2 and seq > $3 and symbol is not null),
        9223372036854775807)
      order by entry limit 1000\
      """;

  private static final String POSITIONS =
      """
      position_id in (select position_id from fills where session_id = $1 and signal_id = any($2))
      order by entry\
      """;

  private static final String BY_SIGNAL = "signal_id = any($2) order by entry";

  private static final List<String> BAR_COLUMNS =
      List.of("symbol", "interval_micros", "open_time", "open", "high", "low", "close", "volume");

  private final Pool pool;

  /// Rows by column name.
  private static final class Rows extends ArrayList<Map<String, @Nullable Object>> {
    @java.io.Serial private static final long serialVersionUID = 1;

    Rows where(String column, @Nullable Object value) {
      var found = new Rows();
      for (var row : this) {
        if (Objects.equals(row.get(column), value)) {
          found.add(row);
        }
      }
      return found;
    }

    String[] column(String name) {
      return stream().map(row -> String.valueOf(row.get(name))).toArray(String[]::new);
    }
  }

  DecisionLedger(Pool pool) {
    this.pool = pool;
  }

  /// @return fails with a [Refusal] when there is no such session or signal, or no bar by then
  Future<LedgerExtract> find(AskLedger question) {
    var id = question.sessionId();
    var decisions =
        pool.preparedQuery(SESSION)
            .execute(Tuple.of(id))
            .compose(found -> {
              if (found.size() == 0) {
                throw Refusal.unknown("unknown session '" + id + "'");
              }
              return question.signalId() == null
                  ? atTime(question)
                  : ofSignal(id, question.signalId());
            });
    return Answers.within(decisions, "read the ledger of session " + id)
        .map(list -> new LedgerExtract(id, nonNull(list)));
  }

  private Future<Rows> ofSignal(String sessionId, String signalId) {
    return rows(JournalTables.SIGNALS, "signal_id = $2", Tuple.of(sessionId, signalId))
        .compose(signals -> {
          if (signals.isEmpty()) {
            throw Refusal.unknown("session " + sessionId + " has no signal '" + signalId + "'");
          }
          var signal = signals.getFirst();
          var strategy = String.valueOf(signal.get("strategy"));
          var parameters = Tuple.of(sessionId, strategy, signal.get("seq"));
          return rows(JournalTables.READINGS, READING_OF_SIGNAL, parameters)
              .compose(readings -> decision(sessionId, strategy, readings, signals, null))
              .map(DecisionLedger::only);
        });
  }

  private Future<Rows> atTime(AskLedger question) {
    var id = question.sessionId();
    return pool.preparedQuery(STRATEGIES)
        .execute(Tuple.of(id, question.strategy()))
        .compose(found -> {
          var decisions = Future.succeededFuture(new Rows());
          for (var row : found) {
            var strategy = row.getString("strategy");
            decisions = decisions.compose(all -> atTime(id, strategy, requireTime(question), all));
          }
          return decisions;
        })
        .map(all -> {
          if (all.isEmpty()) {
            throw Refusal.unknown(
                "session "
                    + id
                    + " has no bar that "
                    + (question.strategy() == null ? "a strategy" : question.strategy())
                    + " saw by time "
                    + question.time());
          }
          return all;
        });
  }

  private Future<Rows> atTime(String sessionId, String strategy, long time, Rows all) {
    return rows(JournalTables.READINGS, BAR_AT, Tuple.of(sessionId, strategy, time))
        .compose(readings -> {
          if (readings.isEmpty()) {
            return Future.succeededFuture(all);
          }
          var seq = readings.getFirst().get("seq");
          return rows(
                  JournalTables.SIGNALS, SIGNALS_UNTIL_NEXT_BAR, Tuple.of(sessionId, strategy, seq))
              .compose(signals -> decision(sessionId, strategy, readings, signals, time))
              .map(decision -> {
                all.add(decision);
                return all;
              });
        });
  }

  /// @param readings the one that it was decided on, if there is one
  /// @param time that was asked for; null when a signal was
  private Future<Map<String, @Nullable Object>> decision(
      String sessionId, String strategy, Rows readings, Rows signals, @Nullable Long time) {
    var decision = new LinkedHashMap<String, @Nullable Object>();
    decision.put("strategy", strategy);
    var reading = readings.isEmpty() ? null : readings.getFirst();
    decision.put("seq", reading == null ? null : reading.get("seq"));
    decision.put("time", reading == null ? null : reading.get("time"));
    decision.put("bar", reading == null ? null : bar(reading));
    decision.put("indicators", reading == null ? null : reading.get("values"));
    decision.put("why_not", null);
    decision.put("signals", signals);
    if (signals.isEmpty() && time != null) {
      return suspended(sessionId, strategy, time)
          .map(reason -> {
            decision.put("why_not", reason == null ? whyNot(reading) : reason);
            return decision;
          });
    }
    return followUp(sessionId, signals).map(decision);
  }

  private static @Nullable Map<String, @Nullable Object> bar(
      Map<String, @Nullable Object> reading) {
    if (reading.get("symbol") == null) {
      return null;
    }
    var bar = new LinkedHashMap<String, @Nullable Object>();
    BAR_COLUMNS.forEach(column -> bar.put(column, reading.get(column)));
    return bar;
  }

  private Future<@Nullable String> suspended(String sessionId, String strategy, long time) {
    return rows(
            JournalTables.STRATEGY_EVENTS,
            """
            strategy = $2 and time <= $3 and kind in ('suspended', 'reloaded')
            order by entry desc limit 1\
            """,
            Tuple.of(sessionId, strategy, time))
        .map(events ->
            events.isEmpty() || !"suspended".equals(events.getFirst().get("kind"))
                ? null
                : "the strategy is suspended: " + events.getFirst().get("detail"));
  }

  private static String whyNot(@Nullable Map<String, @Nullable Object> reading) {
    var warming = new ArrayList<String>();
    if (reading != null && reading.get("values") instanceof Map<?, ?> values) {
      values.forEach((name, value) -> {
        if (value == null) {
          warming.add(String.valueOf(name));
        }
      });
    }
    return warming.isEmpty()
        ? "the strategy saw this and raised no signal"
        : "these indicators still warm up: " + String.join(", ", warming);
  }

  /// Puts into each signal what came of it.
  private Future<Void> followUp(String sessionId, Rows signals) {
    var parameters = Tuple.tuple().addString(sessionId);
    parameters.addArrayOfString(signals.column("signal_id"));
    var orders = rows(JournalTables.ORDERS, BY_SIGNAL, parameters);
    var events = rows(JournalTables.ORDER_EVENTS, BY_SIGNAL, parameters);
    var fills = rows(JournalTables.FILLS, BY_SIGNAL, parameters);
    var alerts = rows(JournalTables.RISK_ALERTS, BY_SIGNAL, parameters);
    var positions = rows(JournalTables.POSITIONS, POSITIONS, parameters);
    return Future.all(orders, events, fills, alerts, positions)
        .map(_ -> {
          for (var order : orders.result()) {
            var its = events.result().where("order_id", order.get("order_id"));
            order.put("verdict", verdict(its));
            order.put("events", its);
            order.put("fills", fills.result().where("order_id", order.get("order_id")));
          }
          for (var position : positions.result()) {
            position.put("net", net(position));
          }
          for (var signal : signals) {
            var id = signal.get("signal_id");
            var its = fills.result().where("signal_id", id);
            signal.put("orders", orders.result().where("signal_id", id));
            signal.put("risk_alerts", alerts.result().where("signal_id", id));
            signal.put("positions", ofFills(positions.result(), its));
          }
          return null;
        });
  }

  /// What risk said of an order: the event that refused it, else that it passed.
  private static Map<String, @Nullable Object> verdict(Rows events) {
    var verdict = new LinkedHashMap<String, @Nullable Object>();
    var refusals = events.where("type", "refused");
    verdict.put("passed", refusals.isEmpty());
    verdict.put("rule", refusals.isEmpty() ? null : refusals.getFirst().get("rule"));
    verdict.put("reason", refusals.isEmpty() ? null : refusals.getFirst().get("reason"));
    return verdict;
  }

  private static Rows ofFills(Rows positions, Rows fills) {
    var found = new Rows();
    for (var position : positions) {
      if (!fills.where("position_id", position.get("position_id")).isEmpty()) {
        found.add(position);
      }
    }
    return found;
  }

  /// What the position has earned so far, fees and funding included.
  private static String net(Map<String, @Nullable Object> position) {
    return Decimals.plain(
        decimal(position, "realised")
            .subtract(decimal(position, "fees"))
            .add(decimal(position, "funding")));
  }

  private static BigDecimal decimal(Map<String, @Nullable Object> row, String column) {
    return new BigDecimal(String.valueOf(row.get(column)));
  }

  private Future<Rows> rows(Table<?> table, String condition, Tuple parameters) {
    return pool.preparedQuery(table.selectWhere(condition))
        .execute(parameters)
        .map(found -> {
          var rows = new Rows();
          for (Row row : found) {
            rows.add(table.read(row));
          }
          return rows;
        });
  }

  private static Rows only(Map<String, @Nullable Object> decision) {
    var all = new Rows();
    all.add(decision);
    return all;
  }

  private static long requireTime(AskLedger question) {
    return Objects.requireNonNull(question.time());
  }

  @SuppressWarnings("NullAway") // columns that may be null are, as in the JSON of the records
  private static List<Map<String, Object>> nonNull(Rows rows) {
    return List.copyOf(rows);
  }
}

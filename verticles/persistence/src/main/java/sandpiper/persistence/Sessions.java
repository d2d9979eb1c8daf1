package sandpiper.persistence;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Messages.Curve;
import sandpiper.bus.Messages.CurvePoint;
import sandpiper.bus.Messages.DeleteSession;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.FindSessions;
import sandpiper.bus.Messages.HistoryPage;
import sandpiper.bus.Messages.ReadCurve;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.Decimals;
import sandpiper.domain.session.SessionMode;

/// Lists the sessions there are and were, data collections only when asked for them, draws their
/// equity, and forgets them when asked to.
final class Sessions {
  private static final int MAX_LIMIT = 1_000;
  private static final int MAX_POINTS = 5_000;
  private static final Pattern CURSOR = Pattern.compile("(\\d{1,18}) ((?:bt|pp|lv|dc)_.+)");

  /// All that belongs to a session, what refers to other rows before what it refers to.
  static final List<String> TABLES =
      List.of(
          "risk_alerts",
          "funding",
          "order_events",
          "fills",
          "positions",
          "orders",
          "signals",
          "readings",
          "equity",
          "log_lines",
          "alerts",
          "metrics",
          "plot_points",
          "strategy_events",
          "performance",
          "backtests",
          "collections",
          "bars",
          "trades",
          "quotes",
          "books",
          "external_values",
          "venue_reports",
          "session_bases",
          "parity_proofs",
          "recorded",
          "sessions");

  /// A strategy's version has its hash; the number is that of the latest version with that hash.
  private static final String FIND =
      """
      select session_id, mode, status, symbols, data, cash, acceleration, clock, started_at, ended_at,
        error, summary::text as summary, fill_model, slippage, latency, limit_fill,
        account::text as account, risk::text as risk, from_time, to_time, start_time, end_time,
        coalesce(cancelled, false) as cancelled, streams, contents::text as contents,
        (select jsonb_agg(
            jsonb_build_object(
              'instance', plan ->> 'instance',
              'strategy', plan ->> 'strategy',
              'hash', plan ->> 'version',
              'version', (select max(number) from strategy_versions
                where name = plan ->> 'strategy' and hash = plan ->> 'version'),
              'interval', plan ->> 'main_interval',
              'parameters', plan -> 'parameters')
            order by nth)::text
          from jsonb_array_elements(strategies) with ordinality as plans (plan, nth)) as strategies
      from sessions left join backtests using (session_id) left join collections using (session_id)
      where ($1::text is null or session_id = $1)
        and case when $5::text is null then mode <> 'collection' else mode = $5 end
        and ($2::bigint is null or (started_at, session_id) < ($2, $3))
      order by started_at desc, session_id desc
      limit $4\
      """;

  /// As many points as asked for, of equally many marks each. Doubles: it is drawn, not booked.
  private static final String CURVE =
      """
      with marks as (
        select time, entry, equity::double precision as equity,
          greatest(
            (select cash::double precision from sessions where session_id = $1),
            max(equity::double precision) over (order by entry)) as peak,
          (row_number() over (order by entry) - 1) * $2::bigint / count(*) over () as point
        from equity where session_id = $1
      )
      select max(time) as time, (array_agg(equity order by entry desc))[1] as equity,
        min(equity / peak - 1) as drawdown
      from marks group by point order by point\
      """;

  private final Pool pool;

  Sessions(Pool pool) {
    this.pool = pool;
  }

  /// @throws Refusal when limit or cursor is not allowed
  Future<HistoryPage> find(FindSessions wanted) {
    if (wanted.limit() < 1 || wanted.limit() > MAX_LIMIT) {
      throw Refusal.invalid("limit must be from 1 to " + MAX_LIMIT + ", was " + wanted.limit());
    }
    var after = wanted.cursor() == null ? null : after(wanted.cursor());
    var parameters =
        Tuple.of(
            wanted.sessionId(),
            after == null ? null : after.startedAt(),
            after == null ? null : after.sessionId(),
            wanted.limit() + 1,
            wanted.mode() == null ? null : wanted.mode().text());
    return Answers.within(
        pool.preparedQuery(FIND).execute(parameters).map(rows -> page(rows, wanted.limit())),
        "list sessions");
  }

  /// All of it, or nothing; of a session with millions of orders that takes its time.
  ///
  /// @throws Refusal when there is no such session
  Future<Done> erase(DeleteSession request) {
    return Answers.explained(
        pool.withTransaction(connection -> erase(connection, request.sessionId())),
        "delete session " + request.sessionId());
  }

  private static Future<Done> erase(SqlConnection connection, String sessionId) {
    Future<?> deleted = connection.query("set local statement_timeout = 0").execute();
    deleted =
        deleted.compose(_ ->
            connection
                .preparedQuery("select status from sessions where session_id = $1 for update")
                .execute(Tuple.of(sessionId))
                .map(rows -> requireEnded(sessionId, rows)));
    for (var table : TABLES) {
      deleted =
          deleted.compose(_ ->
              connection
                  .preparedQuery("delete from " + table + " where session_id = $1")
                  .execute(Tuple.of(sessionId)));
    }
    return deleted.map(new Done());
  }

  private static boolean requireEnded(String sessionId, RowSet<Row> found) {
    if (found.size() == 0) {
      throw Refusal.unknown("unknown session '" + sessionId + "'");
    }
    var status = found.iterator().next().getString("status");
    if (!status.equals("stopped") && !status.equals("failed")) {
      throw new Refusal(
          Refusal.Kind.CONFLICT,
          "session " + sessionId + " is " + status + ": stop it before it is deleted");
    }
    return true;
  }

  /// @throws Refusal when the number of points is not allowed
  Future<Curve> curve(ReadCurve wanted) {
    if (wanted.points() < 2 || wanted.points() > MAX_POINTS) {
      throw Refusal.invalid("points must be from 2 to " + MAX_POINTS + ", was " + wanted.points());
    }
    return Answers.within(
        pool.preparedQuery(CURVE)
            .execute(Tuple.of(wanted.sessionId(), (long) wanted.points()))
            .map(rows -> {
              var points = new ArrayList<CurvePoint>();
              rows.forEach(row ->
                  points.add(
                      new CurvePoint(
                          row.getLong("time"),
                          row.getDouble("equity"),
                          row.getDouble("drawdown"))));
              return new Curve(points);
            }),
        "read the equity of session " + wanted.sessionId());
  }

  private record After(long startedAt, String sessionId) {}

  private static After after(String cursor) {
    try {
      var text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
      var parts = CURSOR.matcher(text);
      if (parts.matches()) {
        return new After(Long.parseLong(parts.group(1)), parts.group(2));
      }
    } catch (IllegalArgumentException _) {
      // Told below, as any other text that is none.
    }
    throw Refusal.invalid(
        "cursor must be the next_cursor of a page of sessions, was '" + cursor + "'");
  }

  @SuppressWarnings("NullAway") // columns that may be null are
  private static HistoryPage page(RowSet<Row> found, int limit) {
    var rows = new ArrayList<Map<String, @Nullable Object>>();
    String cursor = null;
    for (var row : found) {
      if (rows.size() == limit) {
        var last = rows.getLast();
        var text = last.get("started_at") + " " + last.get("session_id");
        cursor = Base64.getUrlEncoder().withoutPadding().encodeToString(text.getBytes(UTF_8));
        break;
      }
      rows.add(values(row));
    }
    return new HistoryPage(rows, cursor);
  }

  private static Map<String, @Nullable Object> values(Row row) {
    var values = new LinkedHashMap<String, @Nullable Object>();
    values.put("session_id", row.getString("session_id"));
    values.put("mode", row.getString("mode"));
    values.put("status", row.getString("status"));
    values.put("symbols", List.of(row.getArrayOfStrings("symbols")));
    values.put("data", row.getString("data"));
    values.put("budget", Decimals.plain(row.getBigDecimal("cash")));
    values.put("acceleration", row.getDouble("acceleration"));
    values.put("clock", row.getLong("clock"));
    values.put("started_at", row.getLong("started_at"));
    values.put("ended_at", row.getLong("ended_at"));
    values.put("error", row.getString("error"));
    values.put("summary", json(row.getString("summary")));
    values.put("fill_rules", fillRules(row));
    values.put("account", json(row.getString("account")));
    values.put("risk", json(row.getString("risk")));
    values.put("from", row.getLong("from_time"));
    values.put("to", row.getLong("to_time"));
    values.put("start_time", row.getLong("start_time"));
    values.put("end_time", row.getLong("end_time"));
    values.put("cancelled", row.getBoolean("cancelled"));
    if (row.getString("mode").equals(SessionMode.COLLECTION.text())) {
      var streams = row.getArrayOfStrings("streams");
      values.put("streams", streams == null ? List.of() : List.of(streams));
      values.put("contents", json(row.getString("contents")));
    }
    var strategies = row.getString("strategies");
    values.put("strategies", strategies == null ? List.of() : new JsonArray(strategies).getList());
    return values;
  }

  @SuppressWarnings("NullAway") // columns that may be null are
  private static Map<String, @Nullable Object> fillRules(Row row) {
    var rules = new LinkedHashMap<String, @Nullable Object>();
    rules.put("model", row.getString("fill_model"));
    rules.put("slippage", row.getString("slippage"));
    rules.put("latency", row.getString("latency"));
    rules.put("limits", row.getString("limit_fill"));
    return rules;
  }

  private static @Nullable Map<String, Object> json(@Nullable String text) {
    return text == null ? null : new JsonObject(text).getMap();
  }
}

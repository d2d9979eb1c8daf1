package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Messages.AccountRecord;
import sandpiper.bus.Messages.FindAccount;
import sandpiper.bus.Messages.FindOrder;
import sandpiper.bus.Messages.HistoryPage;
import sandpiper.bus.Messages.HistoryQuery;
import sandpiper.bus.Messages.OrderRecord;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.Decimals;

/// Reads what sessions wrote, a page at a time, in the order in which it came to be.
///
/// Rows look as their records do in JSON. A session that is not known has no rows.
final class History {
  private static final int MAX_LIMIT = 100_000;

  private final Pool pool;

  History(Pool pool) {
    this.pool = pool;
  }

  /// @throws Refusal when limit or cursor is not allowed
  Future<HistoryPage> page(HistoryQuery query) {
    if (query.limit() < 1 || query.limit() > MAX_LIMIT) {
      throw Refusal.invalid("limit must be from 1 to " + MAX_LIMIT + ", was " + query.limit());
    }
    var table = table(query);
    var parameters = Tuple.of(query.sessionId(), Cursor.entry(query), query.limit() + 1);
    var page =
        pool.preparedQuery(table.select())
            .execute(parameters)
            .map(rows -> page(query, table, rows));
    return Answers.within(page, "read the history of session " + query.sessionId());
  }

  /// @return fails with a [Refusal] when there is no such order
  Future<OrderRecord> order(FindOrder wanted) {
    var parameters = Tuple.of(wanted.orderId());
    var order = rows(JournalTables.ORDERS, "order_id = $1", parameters);
    var events = rows(JournalTables.ORDER_EVENTS, "order_id = $1 order by entry", parameters);
    var fills = rows(JournalTables.FILLS, "order_id = $1 order by entry", parameters);
    return Answers.within(
        Future.all(order, events, fills)
            .map(_ -> {
              if (order.result().isEmpty()) {
                throw Refusal.unknown("unknown order '" + wanted.orderId() + "'");
              }
              return new OrderRecord(order.result().getFirst(), events.result(), fills.result());
            }),
        "read the order " + wanted.orderId());
  }

  /// Of a session that is not known there is nothing.
  Future<AccountRecord> account(FindAccount wanted) {
    var parameters = Tuple.of(wanted.sessionId());
    var equity =
        rows(JournalTables.EQUITY, "session_id = $1 order by entry desc limit 1", parameters);
    var positions =
        rows(
            JournalTables.POSITIONS,
            "session_id = $1 and closed_time is null order by entry",
            parameters);
    var orders =
        rows(
            JournalTables.ORDERS,
            "session_id = $1 and status in ('pending', 'working', 'triggered', 'partially_filled') order by entry",
            parameters);
    return Answers.within(
        Future.all(equity, positions, orders)
            .map(_ ->
                new AccountRecord(
                    wanted.sessionId(),
                    equity.result().isEmpty() ? null : equity.result().getFirst(),
                    positions.result(),
                    orders.result())),
        "read the account of session " + wanted.sessionId());
  }

  private Future<List<Map<String, Object>>> rows(
      Table<?> table, String condition, Tuple parameters) {
    return pool.preparedQuery(table.selectAny(condition))
        .execute(parameters)
        .map(rows -> {
          var read = new ArrayList<Map<String, @Nullable Object>>();
          rows.forEach(row -> read.add(values(table, row)));
          return shown(read);
        });
  }

  private static Map<String, @Nullable Object> values(Table<?> table, Row row) {
    var values = table.read(row);
    if (table == JournalTables.ORDERS) {
      values.put("average_price", average(row, "filled_notional", "filled_quantity"));
    } else if (table == JournalTables.POSITIONS) {
      values.put("average_price", average(row, "cost", "quantity"));
    }
    return values;
  }

  private static Table<?> table(HistoryQuery query) {
    return switch (query.kind()) {
      case SIGNALS -> JournalTables.SIGNALS;
      case ORDERS -> JournalTables.ORDERS;
      case ORDER_EVENTS -> JournalTables.ORDER_EVENTS;
      case FILLS -> JournalTables.FILLS;
      case POSITIONS -> JournalTables.POSITIONS;
      case EQUITY -> JournalTables.EQUITY;
      case LOG -> JournalTables.LOG_LINES;
      case ALERTS -> JournalTables.ALERTS;
      case METRICS -> JournalTables.METRICS;
      case PLOT_POINTS -> JournalTables.PLOT_POINTS;
      case STRATEGY_EVENTS -> JournalTables.STRATEGY_EVENTS;
      case RISK_ALERTS -> JournalTables.RISK_ALERTS;
      case FUNDING -> JournalTables.FUNDING;
      case READINGS -> JournalTables.READINGS;
    };
  }

  private static HistoryPage page(HistoryQuery query, Table<?> table, RowSet<Row> rows) {
    var page = new ArrayList<Map<String, @Nullable Object>>();
    long last = 0;
    for (var row : rows) {
      if (page.size() == query.limit()) {
        return answer(page, Cursor.after(query, last));
      }
      page.add(values(table, row));
      last = row.getLong("entry");
    }
    return answer(page, null);
  }

  private static HistoryPage answer(
      List<Map<String, @Nullable Object>> rows, @Nullable String nextCursor) {
    return new HistoryPage(shown(rows), nextCursor);
  }

  @SuppressWarnings("NullAway") // columns that may be null are, as in the JSON of the records
  private static List<Map<String, Object>> shown(List<Map<String, @Nullable Object>> rows) {
    return rows;
  }

  /// As `Order.averagePrice` and `Position.averagePrice` work it out; null where there is nothing.
  private static @Nullable String average(Row row, String notional, String quantity) {
    var divisor = row.getBigDecimal(quantity);
    return divisor.signum() == 0
        ? null
        : Decimals.plain(row.getBigDecimal(notional).divide(divisor, MathContext.DECIMAL64));
  }
}

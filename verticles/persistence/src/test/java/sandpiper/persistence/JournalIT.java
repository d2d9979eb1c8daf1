package sandpiper.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.persistence.Waiting.await;
import static sandpiper.persistence.Waiting.count;
import static sandpiper.persistence.Waiting.failureOf;
import static sandpiper.persistence.Waiting.series;

import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sandpiper.bus.Messages.JournalBatch;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Refusal;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.Order;
import sandpiper.domain.journal.OrderFilled;

@ExtendWith(SharedDatabase.class)
class JournalIT {
  private static final List<String> TABLES =
      List.of(
          "signals",
          "orders",
          "order_events",
          "fills",
          "positions",
          "equity",
          "log_lines",
          "alerts",
          "metrics",
          "plot_points",
          "strategy_events",
          "risk_alerts",
          "funding");

  private final Example example = new Example();
  private final Database database;
  private final Records records;

  JournalIT(Database database) {
    this.database = database;
    records = new Records(database.pool(), series(database));
  }

  @BeforeEach
  void openSession() throws Exception {
    await(records.write(example.state(SessionStatus.RUNNING)));
  }

  @Test
  void aBatchWrittenTwiceLeavesOneRowOfEach() throws Exception {
    var entries = example.everything();
    write(entries);
    var once = counts();
    write(entries);
    assertThat(counts())
        .isEqualTo(once)
        .containsExactly(3L, 4L, 8L, 2L, 2L, 2L, 2L, 1L, 1L, 1L, 1L, 2L, 1L);
  }

  @Test
  void anOlderStateOfAnOrderDoesNotReplaceANewerOne() throws Exception {
    var trade = example.trade(1);
    write(trade);
    write(trade.subList(0, 2));
    assertThat(orderColumn("status", Example.orderOf(trade.get(2)))).isEqualTo("filled");
  }

  @Test
  void anOrderFollowsItsEventsOverManyBatches() throws Exception {
    var trade = example.trade(1);
    write(trade.subList(0, 2));
    assertThat(orderColumn("status", Example.orderOf(trade.get(1)))).isEqualTo("working");
    write(trade.subList(2, 5));
    assertThat(orderColumn("status", Example.orderOf(trade.get(2)))).isEqualTo("filled");
    assertThat(orderColumn("version", Example.orderOf(trade.get(2)))).isEqualTo(2);
  }

  @Test
  void aBatchOfWhichOneEntryCannotBeKeptLeavesNothing() throws Exception {
    var entries = new ArrayList<JournalEntry>(example.trade(1));
    var missing = example.signal(3);
    entries.add(example.accepted(missing));
    var failure = failureOf(records.write(new JournalBatch(example.sessionId, entries)));
    assertThat(failure)
        .isInstanceOf(Refusal.class)
        .hasMessageStartingWith("cannot write the journal of session " + example.sessionId)
        .hasMessageContaining("orders_signal_id_fkey");
    assertThat(counts()).containsOnly(0L);
  }

  @Test
  void everyDigitAndEveryZeroOfMoneyIsKept() throws Exception {
    var trade = example.trade(1);
    write(trade);
    var fill = ((OrderFilled) trade.get(2)).fill();
    assertThat(orderColumn("limit_price::text", Example.orderOf(trade.get(1))))
        .isEqualTo("147376.98835249279000");
    assertThat(orderColumn("filled_notional::text", Example.orderOf(trade.get(2))))
        .isEqualTo("44213.0965057478370000")
        .isEqualTo(fill.price().multiply(fill.quantity()).toPlainString());
    var row =
        await(
                database
                    .pool()
                    .preparedQuery(
                        "select fee, fee::text, cash, fees from fills join equity using (session_id)"
                            + " where session_id = $1")
                    .execute(Tuple.of(example.sessionId)))
            .iterator()
            .next();
    assertThat(row.getBigDecimal(0)).isEqualTo(fill.fee());
    assertThat(row.getString(1)).isEqualTo("0.00000000000000000000123400");
    assertThat(row.getBigDecimal(2)).isEqualTo(Example.EXACT);
    assertThat(row.getBigDecimal(3)).isEqualByComparingTo(new BigDecimal("-1E-30"));
  }

  @Test
  void anEmptyBatchIsAnswered() throws Exception {
    write(List.of());
    assertThat(counts()).containsOnly(0L);
  }

  private void write(List<JournalEntry> entries) throws Exception {
    await(records.write(new JournalBatch(example.sessionId, entries)));
  }

  private List<Long> counts() throws Exception {
    var counts = new ArrayList<Long>();
    for (var table : TABLES) {
      counts.add(count(database.pool(), table, example.sessionId));
    }
    return counts;
  }

  private Object orderColumn(String column, Order order) throws Exception {
    var rows =
        await(
            database
                .pool()
                .preparedQuery("select " + column + " from orders where order_id = $1")
                .execute(Tuple.of(order.orderId())));
    return Objects.requireNonNull(rows.iterator().next().getValue(0));
  }
}

package sandpiper.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.persistence.Waiting.await;
import static sandpiper.persistence.Waiting.count;

import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Quote;

@ExtendWith(SharedDatabase.class)
class InputsIT {
  private final Example example = new Example();
  private final Database database;
  private final Records records;

  InputsIT(Database database) {
    this.database = database;
    records = new Records(database.pool());
  }

  @BeforeEach
  void openSession() throws Exception {
    await(records.write(example.state(SessionStatus.RUNNING)));
  }

  @Test
  void inputsWrittenTwiceAreThereOnce() throws Exception {
    var batch = new InputBatch(example.sessionId, mixed());
    await(records.write(batch));
    await(records.write(batch));
    assertThat(count(database.pool(), "trades", example.sessionId)).isEqualTo(1);
    assertThat(count(database.pool(), "quotes", example.sessionId)).isEqualTo(1);
    assertThat(count(database.pool(), "bars", example.sessionId)).isEqualTo(2);
  }

  @Test
  void inputsComeBackToTheLastBit() throws Exception {
    await(records.write(new InputBatch(example.sessionId, mixed())));
    var source = row("select * from bars where session_id = $1 and not closed");
    assertThat(source.getLong("seq")).isEqualTo(3);
    assertThat(source.getLong("open_time")).isEqualTo(60_000_000);
    assertThat(source.getLong("interval_micros")).isEqualTo(60_000_000);
    assertThat(source.getDouble("high")).isEqualTo(Math.nextUp(2.1));
    assertThat(source.getDouble("volume")).isEqualTo(Double.MIN_VALUE);
    assertThat(row("select * from bars where session_id = $1 and closed").getLong("seq"))
        .isEqualTo(4);
    var trade = row("select * from trades where session_id = $1");
    assertThat(trade.getLong("time")).isEqualTo(Example.time(1));
    assertThat(trade.getLong("event_time")).isEqualTo(Example.time(1));
    var quote = row("select * from quotes where session_id = $1");
    assertThat(quote.getDouble("bid")).isEqualTo(0.1 + 0.2);
    assertThat(quote.getDouble("ask_size")).isZero();
  }

  private List<Input> mixed() {
    var id = example.sessionId;
    var bar =
        new Bar(
            "BTCUSD",
            Interval.parse("1m"),
            60_000_000,
            2.05,
            Math.nextUp(2.1),
            2.0,
            2.1,
            Double.MIN_VALUE);
    return List.of(
        example.input(1),
        new Input(id, 2, 5, new Quote("BTCUSD", 4, 0.1 + 0.2, 0.4, 1, 0)),
        new Input(id, 3, bar.closeTime(), bar),
        new Input(id, 4, bar.closeTime(), new BarClosed(bar)));
  }

  private Row row(String sql) throws Exception {
    var rows = await(database.pool().preparedQuery(sql).execute(Tuple.of(example.sessionId)));
    assertThat(rows.size()).isEqualTo(1);
    return rows.iterator().next();
  }
}

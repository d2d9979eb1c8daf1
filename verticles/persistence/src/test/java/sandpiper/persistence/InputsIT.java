package sandpiper.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.persistence.Waiting.await;
import static sandpiper.persistence.Waiting.count;
import static sandpiper.persistence.Waiting.series;

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
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.Quote;

@ExtendWith(SharedDatabase.class)
class InputsIT {
  private final Example example = new Example();
  private final Database database;
  private final Records records;

  InputsIT(Database database) {
    this.database = database;
    records = new Records(database.pool(), series(database));
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
    assertThat(count(database.pool(), "books", example.sessionId)).isEqualTo(2);
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
    var snapshot = row("select * from books where session_id = $1 and first_id is null");
    assertThat(snapshot.getLong("last_id")).isEqualTo(50_093_239_218L);
    assertThat(snapshot.getArrayOfDoubles("bids")).containsExactly(0.1 + 0.2, Double.MIN_VALUE);
    assertThat(snapshot.getArrayOfDoubles("asks")).containsExactly(1e7, 1.0, 2e7, 3.5);
    var update = row("select * from books where session_id = $1 and first_id is not null");
    assertThat(update.getLong("first_id")).isEqualTo(50_093_239_219L);
    assertThat(update.getArrayOfDoubles("bids")).isEmpty();
    assertThat(update.getArrayOfDoubles("asks")).containsExactly(1e7, 0.0);
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
        new Input(id, 4, bar.closeTime(), new BarClosed(bar)),
        new Input(
            id,
            5,
            bar.closeTime(),
            new BookSnapshot(
                "BTCUSD",
                6,
                50_093_239_218L,
                new Levels(new double[] {0.1 + 0.2}, new double[] {Double.MIN_VALUE}),
                new Levels(new double[] {1e7, 2e7}, new double[] {1, 3.5}))),
        new Input(
            id,
            6,
            bar.closeTime(),
            new BookUpdate(
                "BTCUSD",
                7,
                50_093_239_219L,
                50_093_239_220L,
                Levels.NONE,
                new Levels(new double[] {1e7}, new double[] {0}))));
  }

  private Row row(String sql) throws Exception {
    var rows = await(database.pool().preparedQuery(sql).execute(Tuple.of(example.sessionId)));
    assertThat(rows.size()).isEqualTo(1);
    return rows.iterator().next();
  }
}

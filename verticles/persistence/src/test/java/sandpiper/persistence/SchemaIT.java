package sandpiper.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.persistence.Waiting.await;
import static sandpiper.persistence.Waiting.failureOf;
import static sandpiper.persistence.Waiting.series;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.bus.Messages.JournalBatch;
import sandpiper.bus.Messages.SessionStatus;

@ExtendWith(SharedDatabase.class)
class SchemaIT {
  private final Example example = new Example();
  private final Database database;
  private final Records records;

  SchemaIT(Database database) {
    this.database = database;
    records = new Records(database.pool(), series(database));
  }

  @BeforeEach
  void writeASession() throws Exception {
    await(records.write(example.state(SessionStatus.RUNNING)));
    await(records.write(new JournalBatch(example.sessionId, example.everything())));
    await(records.write(new InputBatch(example.sessionId, example.inputs(1, 3))));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
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
        "funding",
        "readings",
        "trades",
        "recorded"
      })
  void noRowIsWithoutItsSession(String table) throws Exception {
    assertRefused(table, "session_id");
  }

  @ParameterizedTest
  @ValueSource(strings = {"signals", "orders", "order_events", "fills", "positions"})
  void noRowThatFollowsFromASignalIsWithoutIt(String table) throws Exception {
    assertRefused(table, "signal_id");
  }

  private void assertRefused(String table, String column) throws Exception {
    var update =
        "update %s set %s = null where session_id = '%s'"
            .formatted(table, column, example.sessionId);
    assertThat(failureOf(database.pool().query(update).execute()))
        .hasMessageContaining("null value in column \"" + column + "\"")
        .hasMessageContaining("23502");
  }
}

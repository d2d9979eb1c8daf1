package sandpiper.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sandpiper.persistence.Waiting.await;
import static sandpiper.persistence.Waiting.count;
import static sandpiper.persistence.Waiting.failureOf;
import static sandpiper.persistence.Waiting.series;

import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Files;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sandpiper.bus.Messages.FindRecording;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.bus.Messages.ReadRecording;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.domain.market.Trade;

/// Market data by days, and how the oldest go. All days are of 1970 and 1971, where no other test
/// has any.
@ExtendWith(SharedDatabase.class)
class RetentionIT {
  private static final long DAY = 86_400_000_000L;

  private final Database database;
  private final TimeSeriesStore store;
  private final Recordings recordings;

  RetentionIT(Database database) {
    this.database = database;
    store = series(database);
    recordings = new Recordings(database.pool(), store);
  }

  private static void open(Database database, String id, long startedAt) throws Exception {
    await(
        database
            .pool()
            .preparedQuery(
                """
                insert into sessions
                  (session_id, mode, status, symbols, cash, data, started_at, strategies)
                values ($1, 'collection', 'stopped', '{BTCUSD}', 0, 'test', $2, '[]')\
                """)
            .execute(Tuple.of(id, startedAt)));
  }

  private static Input trade(String id, long seq, long time) {
    return new Input(id, seq, time, new Trade("BTCUSD", time, seq, 1));
  }

  private List<String> days(String id) throws Exception {
    var days = new ArrayList<String>();
    await(
            database
                .pool()
                .preparedQuery(
                    "select distinct day::text from trades where session_id = $1 order by 1")
                .execute(Tuple.of(id)))
        .forEach(row -> days.add(row.getString(0)));
    return days;
  }

  @Test
  void whatComesLiveIsKeptByItsDayAndHistoryByTheDayItWasPlayed() throws Exception {
    open(database, "dc_days", 400 * DAY + DAY / 2);
    await(
        store.write(
            new InputBatch(
                "dc_days",
                List.of(
                    trade("dc_days", 1, 3 * DAY),
                    trade("dc_days", 2, 401 * DAY - 1),
                    trade("dc_days", 3, 401 * DAY)))));
    assertThat(days("dc_days")).containsExactly("1971-02-05", "1971-02-06");
  }

  @Test
  void theOldestDaysGoWholeAndTheRestIsAsItWas() throws Exception {
    open(database, "dc_old", 100 * DAY);
    open(database, "dc_long", 100 * DAY);
    await(store.write(new InputBatch("dc_old", List.of(trade("dc_old", 1, 100 * DAY)))));
    var inputs =
        List.of(
            trade("dc_long", 1, 109 * DAY),
            trade("dc_long", 2, 110 * DAY),
            trade("dc_long", 3, 111 * DAY));
    await(store.write(new InputBatch("dc_long", inputs)));
    await(
        database
            .pool()
            .query("insert into collections values ('dc_long', '{trades}', '{\"bytes\": 1}')")
            .execute());

    // Two days: the 111th and the 110th after the first.
    await(new Retention(store, 2, () -> LocalDate.ofEpochDay(111)).run());

    assertThat(days("dc_old")).isEmpty();
    assertThat(days("dc_long")).containsExactly("1970-04-21", "1970-04-22");
    assertThat(count(database.pool(), "sessions", "dc_old")).isEqualTo(1);
    assertThat(failureOf(recordings.find(new FindRecording("dc_old", TimeRange.ALL))))
        .hasMessage("session dc_old recorded nothing");
    var left = await(recordings.find(new FindRecording("dc_long", TimeRange.ALL)));
    assertThat(left.firstSeq()).isEqualTo(2);
    assertThat(await(recordings.read(new ReadRecording(left, 0, 10))).inputs())
        .isEqualTo(inputs.subList(1, 3));
    var contents =
        await(
            database
                .pool()
                .query("select contents from collections where session_id = 'dc_long'")
                .execute());
    assertThat(contents.iterator().next().getValue(0)).isNull();

    // A row of a day that is gone has a place again.
    await(store.write(new InputBatch("dc_old", List.of(trade("dc_old", 1, 100 * DAY)))));
    assertThat(days("dc_old")).containsExactly("1970-04-11");
  }

  @Test
  void daysAreKeptForEverOrForSome() {
    assertThat(TimeSeriesConfig.inDatabase(0).retentionDays()).isZero();
    assertThatThrownBy(() -> TimeSeriesConfig.inDatabase(-1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("time-series.retention-days must be from 1 to 36500, or 0 for ever, was -1");
  }

  /// What was recorded before there were days is found under the day of its session.
  @Test
  void whatWasRecordedBeforeIsBroughtAlong() throws Exception {
    var directory = FreshDirectory.of("before-days");
    var scripts = Files.createDirectories(directory.resolve("scripts"));
    try (var all = Files.list(Waiting.MIGRATIONS)) {
      for (var script : all.toList()) {
        if (script.getFileName().toString().compareTo("V019") < 0) {
          Files.copy(script, scripts.resolve(script.getFileName()));
        }
      }
    }
    var vertx = Vertx.vertx();
    try {
      var config = new DatabaseConfig(null, "", "", directory.resolve("data"), 0, 2);
      var before = await(Database.open(vertx, config, scripts));
      open(before, "dc_before", 20_000 * DAY);
      await(
          before
              .pool()
              .query(
                  """
                  insert into trades values ('dc_before', 1, 5, 'BTCUSD', 4, 100.5, 2);
                  insert into bars values
                    ('dc_before', 2, 60000000, 'BTCUSD', 60000000, 0, 1, 2, 1, 2, 3, true),
                    ('dc_before', 3, %d, 'BTCUSD', 60000000, 0, 1, 2, 1, 2, 3, false)\
                  """
                      .formatted(20_001 * DAY))
              .execute());
      await(before.close());

      var after = await(Database.open(vertx, config, Waiting.MIGRATIONS));
      var found = new Recordings(after.pool(), series(after));
      var recording = await(found.find(new FindRecording("dc_before", TimeRange.ALL)));
      assertThat(recording.parts())
          .extracting(part -> part.series() + " " + part.day())
          .containsExactly("trades 2024-10-04", "closings 2024-10-04", "bars 2024-10-05");
      var inputs = await(found.read(new ReadRecording(recording, 0, 10))).inputs();
      assertThat(inputs).hasSize(2);
      assertThat(inputs.getFirst())
          .isEqualTo(new Input("dc_before", 1, 5, new Trade("BTCUSD", 4, 100.5, 2)));
      await(after.close());
    } finally {
      await(vertx.close());
    }
  }
}

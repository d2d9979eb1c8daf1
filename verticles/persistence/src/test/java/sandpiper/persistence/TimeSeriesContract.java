package sandpiper.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.persistence.Waiting.await;
import static sandpiper.persistence.Waiting.count;
import static sandpiper.persistence.Waiting.failureOf;

import io.vertx.core.json.JsonObject;
import io.vertx.sqlclient.Tuple;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.recursive.comparison.RecursiveComparisonConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Messages.FindRecording;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.bus.Messages.JournalBatch;
import sandpiper.bus.Messages.ListDataSets;
import sandpiper.bus.Messages.ReadRecording;
import sandpiper.bus.Messages.Recording;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.market.VenueReport;

/// What holds of every store of market data.
abstract class TimeSeriesContract {
  private static final Interval MINUTE = Interval.parse("1m");
  private static final long SECOND = 1_000_000;
  private static final long DAY = 86_400 * SECOND;

  /// Of 1970 and 1971, where no other test has any: day 200 and on.
  private static final AtomicInteger DAYS = new AtomicInteger(200);

  private final Database database;
  private final Recordings recordings;
  final TimeSeriesStore store;
  final String id;

  /// The day on which the session of the test began.
  private final LocalDate day;

  TimeSeriesContract(Database database, TimeSeriesStore store) {
    this.database = database;
    this.store = store;
    recordings = new Recordings(database.pool(), store);
    day = LocalDate.ofEpochDay(DAYS.getAndAdd(10));
    id = "dc_" + store.name() + day.toEpochDay();
  }

  /// Counted behind the back of the store.
  abstract long rows(String table, String sessionId) throws Exception;

  @BeforeEach
  void openSession() throws Exception {
    await(
        database
            .pool()
            .preparedQuery(
                """
                insert into sessions
                  (session_id, mode, status, symbols, cash, data, started_at, strategies)
                values ($1, 'collection', 'stopped', '{BTCUSD,SPY}', 0, 'test', $2, '[]')
                on conflict do nothing\
                """)
            .execute(Tuple.of(id, day.toEpochDay() * DAY + 5)));
  }

  private long at(int days, int seconds) {
    return (day.toEpochDay() + days) * DAY + seconds * SECOND;
  }

  private static Bar bar(long openTime) {
    return new Bar("BTCUSD", MINUTE, openTime, 2.05, Math.nextUp(2.1), 2, 2.1, Double.MIN_VALUE);
  }

  /// One of each kind, over two days.
  private List<Input> inputs() {
    var side = new Levels(new double[] {0.1 + 0.2, 7}, new double[] {1, 0});
    List<MarketEvent> events =
        List.of(
            new Trade("BTCUSD", at(0, 10), 0.1 + 0.2, 3),
            new Quote("SPY", at(0, 11), 0.1 + 0.2, 0.4, 1, 0),
            bar(at(0, 0)),
            new BarClosed(bar(at(0, 0))),
            new BookSnapshot("BTCUSD", at(0, 61), 50_093_239_218L, side, Levels.NONE),
            new BookUpdate("BTCUSD", at(0, 62), 8, 9, Levels.NONE, side),
            new ExternalValue("SPY", at(0, 63), "mood", -1e-300),
            new Trade("SPY", at(1, 0), 5, 0));
    var inputs = new ArrayList<Input>();
    for (int i = 0; i < events.size(); i++) {
      var time = Math.max(events.get(i).time(), i == 0 ? 0 : inputs.getLast().time());
      inputs.add(new Input(id, i + 1, time, events.get(i)));
    }
    return inputs;
  }

  final void write() throws Exception {
    await(store.write(new InputBatch(id, inputs())));
  }

  final FindRecording all() {
    return new FindRecording(id, TimeRange.ALL);
  }

  private Recording found() throws Exception {
    return await(recordings.find(all()));
  }

  private List<Input> window(Recording recording, long after, int limit) throws Exception {
    return await(recordings.read(new ReadRecording(recording, after, limit))).inputs();
  }

  private List<Input> fromSource() {
    return inputs().stream().filter(input -> !(input.event() instanceof BarClosed)).toList();
  }

  @Test
  void whatWasSeenComesBackInOrderToTheLastBitWithoutTheClosings() throws Exception {
    write();
    var found = found();
    assertThat(found.firstSeq()).isEqualTo(1);
    assertThat(found.lastSeq()).isEqualTo(8);
    assertThat(found.endTime()).isEqualTo(at(1, 0));
    assertThat(found.intervals()).isEqualTo(Map.of("BTCUSD", MINUTE));
    assertThat(found.parts())
        .extracting(part -> part.series() + " " + part.day())
        .contains("trades " + day, "closings " + day, "trades " + day.plusDays(1))
        .hasSize(7);
    assertThat(window(found, 0, 5_000)).isEqualTo(fromSource());
  }

  @Test
  void windowsAreOfNumbersAndBeginBehindThem() throws Exception {
    write();
    var found = found();
    for (int after = 0; after < 9; after++) {
      for (int limit = 1; limit < 9; limit++) {
        int last = after + limit;
        int behind = after;
        assertThat(window(found, after, limit))
            .isEqualTo(
                fromSource().stream()
                    .filter(input -> input.seq() > behind && input.seq() <= last)
                    .toList());
      }
    }
  }

  @Test
  void whatIsWrittenTwiceIsThereOnce() throws Exception {
    write();
    write();
    // Also when only a part of it is written again, together with what is new.
    var more = new ArrayList<>(inputs().subList(5, 8));
    more.add(new Input(id, 9, at(1, 1), new Trade("SPY", at(1, 1), 6, 1)));
    await(store.write(new InputBatch(id, more)));
    assertThat(rows("trades", id)).isEqualTo(3);
    assertThat(rows("quotes", id)).isEqualTo(1);
    assertThat(rows("bars", id)).isEqualTo(2);
    assertThat(rows("books", id)).isEqualTo(2);
    assertThat(rows("external_values", id)).isEqualTo(1);
    assertThat(window(found(), 0, 100)).hasSize(8);
  }

  @Test
  void whatAnExchangeSaidComesBackToTheLastDigit() throws Exception {
    var fill =
        VenueReport.fill(
                "SPY",
                "ord_0000000000000001-1-1",
                "C02__\"7\"",
                new BigDecimal("0.1"),
                new BigDecimal("123456789.000000001"),
                new BigDecimal("-1E-18"),
                true)
            .at(at(0, 70));
    var closing = VenueReport.closing("SPY").at(at(0, 71));
    var inputs =
        List.of(new Input(id, 1, fill.time(), fill), new Input(id, 2, closing.time(), closing));
    await(store.write(new InputBatch(id, inputs)));
    await(store.write(new InputBatch(id, inputs)));
    assertThat(rows("venue_reports", id)).isEqualTo(2);
    assertThat(window(found(), 0, 5_000))
        .usingRecursiveFieldByFieldElementComparator(
            RecursiveComparisonConfiguration.builder()
                .withComparatorForType(BigDecimal::compareTo, BigDecimal.class)
                .build())
        .isEqualTo(inputs);
  }

  /// Signals are what a session decided: they are in the database whatever keeps the market data.
  @Test
  void aSignalThatIsWrittenTwiceIsThereOnce() throws Exception {
    var example = new Example();
    var records = new Records(database.pool(), store);
    await(records.write(example.state(SessionStatus.RUNNING)));
    var journal = new JournalBatch(example.sessionId, example.everything());
    await(records.write(journal));
    long once = count(database.pool(), "signals", example.sessionId);
    await(records.write(journal));
    assertThat(once).isPositive();
    assertThat(count(database.pool(), "signals", example.sessionId)).isEqualTo(once);
  }

  @Test
  void theSameNumbersOfTwoSessionsAreTwoRows() throws Exception {
    write();
    var other = id + "b";
    await(
        database
            .pool()
            .preparedQuery(
                """
                insert into sessions
                  (session_id, mode, status, symbols, cash, data, started_at, strategies)
                select $2, mode, status, symbols, cash, data, started_at, strategies
                from sessions where session_id = $1\
                """)
            .execute(Tuple.of(id, other)));
    var same =
        inputs().stream()
            .map(input -> new Input(other, input.seq(), input.time(), input.event()))
            .toList();
    await(store.write(new InputBatch(other, same)));
    assertThat(rows("trades", id)).isEqualTo(2);
    assertThat(rows("trades", other)).isEqualTo(2);
  }

  @Test
  void aRangeBeginsAtItsFirstInput() throws Exception {
    write();
    var late = new FindRecording(id, new TimeRange(at(0, 62), null));
    assertThat(await(recordings.find(late)).firstSeq()).isEqualTo(6);
    var never = new FindRecording(id, new TimeRange(at(2, 0), null));
    assertThat(failureOf(recordings.find(never)))
        .hasMessage("session " + id + " recorded nothing in this range");
  }

  @Test
  void whatThereIsIsListedAndCounted() throws Exception {
    write();
    assertThat(await(recordings.list(new ListDataSets())).dataSets())
        .filteredOn(set -> set.id().equals("recording:" + id))
        .singleElement()
        .satisfies(set -> {
          assertThat(set.rows()).isEqualTo(8);
          assertThat(set.from()).isEqualTo(at(0, 10));
          assertThat(set.to()).isEqualTo(at(1, 0));
        });
    var contents = await(store.contents(id));
    assertThat(contents.getLong("bytes")).isBetween(200L, 2_000L);
    assertThat(contents.getJsonArray("streams"))
        .extracting(part -> ((JsonObject) part).encode())
        .containsExactly(
            part("BTCUSD", "bars", "\"1m\"", at(0, 0)),
            part("BTCUSD", "books", "null", 2, at(0, 61), at(0, 62)),
            part("BTCUSD", "trades", "null", at(0, 10)),
            part("SPY", "quotes", "null", at(0, 11)),
            part("SPY", "trades", "null", at(1, 0)));
  }

  private static String part(String symbol, String stream, String interval, long time) {
    return part(symbol, stream, interval, 1, time, time);
  }

  private static String part(
      String symbol, String stream, String interval, int rows, long from, long to) {
    return """
    {"symbol":"%s","stream":"%s","interval":%s,"rows":%d,"from":%d,"to":%d}\
    """
        .formatted(symbol, stream, interval, rows, from, to);
  }

  @Test
  void theOldestDaysGoWholeAndTheRestIsAsItWas() throws Exception {
    write();
    assertThat(await(store.drop(day.plusDays(1)))).isPositive();
    assertThat(rows("trades", id)).isEqualTo(1);
    assertThat(rows("quotes", id)).isZero();
    var left = found();
    assertThat(left.firstSeq()).isEqualTo(8);
    assertThat(window(left, 0, 100)).isEqualTo(inputs().subList(7, 8));
    await(store.drop(day.plusDays(2)));
    assertThat(failureOf(recordings.find(all()))).hasMessage("session " + id + " recorded nothing");
    write();
    assertThat(window(found(), 0, 100)).isEqualTo(fromSource());
  }
}

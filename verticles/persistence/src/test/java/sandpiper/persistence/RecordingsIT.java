package sandpiper.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sandpiper.persistence.Waiting.await;
import static sandpiper.persistence.Waiting.failureOf;
import static sandpiper.persistence.Waiting.series;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sandpiper.bus.Messages.FindRecording;
import sandpiper.bus.Messages.FindSessions;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.bus.Messages.ListDataSets;
import sandpiper.bus.Messages.ReadRecording;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.bus.Messages.WriteBacktest;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.RiskLimits;

@ExtendWith(SharedDatabase.class)
class RecordingsIT {
  private static final Interval MINUTE = Interval.parse("1m");

  private final Example example = new Example();
  private final Records records;
  private final Recordings recordings;
  private final Backtests backtests;
  private final Sessions sessions;

  RecordingsIT(Database database) {
    records = new Records(database.pool(), series(database));
    recordings = new Recordings(database.pool(), series(database));
    backtests = new Backtests(Waiting.writes(database));
    sessions = new Sessions(database.pool());
  }

  @BeforeEach
  void openSession() throws Exception {
    await(records.write(example.state(SessionStatus.RUNNING)));
  }

  private static Bar bar(long openTime) {
    return new Bar("BTCUSD", MINUTE, openTime, 2.05, Math.nextUp(2.1), 2, 2.1, Double.MIN_VALUE);
  }

  /// One of each kind, the closing of a bar among them; a second between two.
  private List<Input> inputs() {
    var side = new Levels(new double[] {0.1 + 0.2, 7}, new double[] {1, 0});
    List<MarketEvent> events =
        List.of(
            new Trade("BTCUSD", 1_000_000, 0.1 + 0.2, 3),
            new Quote("BTCUSD", 2_000_000, 0.1 + 0.2, 0.4, 1, 0),
            bar(0),
            new BarClosed(bar(0)),
            new BookSnapshot("BTCUSD", 5_000_000, 50_093_239_218L, side, Levels.NONE),
            new BookUpdate("BTCUSD", 6_000_000, 8, 9, Levels.NONE, side),
            new Trade("BTCUSD", 7_000_000, 5, 0));
    var inputs = new ArrayList<Input>();
    for (int i = 0; i < events.size(); i++) {
      inputs.add(new Input(example.sessionId, i + 1, 1_000_000L * (i + 1), events.get(i)));
    }
    return inputs;
  }

  private List<Input> page(long after, int limit) throws Exception {
    var found = await(recordings.find(new FindRecording(example.sessionId, TimeRange.ALL)));
    return await(recordings.read(new ReadRecording(found, after, limit))).inputs();
  }

  @Test
  void whatASessionSawComesBackInOrderWithoutTheClosings() throws Exception {
    await(records.write(new InputBatch(example.sessionId, inputs())));
    var seen = inputs().stream().filter(input -> input.seq() != 4).map(Input::seq).toList();
    var read = page(0, 5_000);
    assertThat(read.stream().map(Input::seq)).isEqualTo(seen);
    assertThat(read.get(0)).isEqualTo(inputs().get(0));
    assertThat(read.get(1)).isEqualTo(inputs().get(1));
    assertThat(read.get(2)).isEqualTo(inputs().get(2));
    var snapshot = (BookSnapshot) read.get(3).event();
    assertThat(snapshot.lastId()).isEqualTo(50_093_239_218L);
    assertThat(snapshot.bids().price(0)).isEqualTo(0.1 + 0.2);
    assertThat(snapshot.bids().size(1)).isZero();
    assertThat(snapshot.asks().count()).isZero();
    var update = (BookUpdate) read.get(4).event();
    assertThat(update.firstId()).isEqualTo(8);
    assertThat(update.asks().price(1)).isEqualTo(7);
  }

  /// A page of nothing but closings is empty, and not the last.
  @Test
  void pagesCountNumbersNotRows() throws Exception {
    await(records.write(new InputBatch(example.sessionId, inputs())));
    assertThat(page(2, 2).stream().map(Input::seq)).containsExactly(3L);
    assertThat(page(3, 1)).isEmpty();
    assertThat(page(4, 2).stream().map(Input::seq)).containsExactly(5L, 6L);
    assertThat(page(7, 10)).isEmpty();
    assertThatThrownBy(() -> page(0, 5_001))
        .isInstanceOf(Refusal.class)
        .hasMessage("limit must be from 1 to 5000, was 5001");
  }

  @Test
  void aRecordingSaysWhereItBeginsAndEnds() throws Exception {
    await(records.write(new InputBatch(example.sessionId, inputs())));
    var all = await(recordings.find(new FindRecording(example.sessionId, TimeRange.ALL)));
    assertThat(all.parts())
        .extracting(part -> part.series())
        .containsExactly("trades", "quotes", "bars", "closings", "books");
    assertThat(all.firstSeq()).isEqualTo(1);
    assertThat(all.lastSeq()).isEqualTo(7);
    assertThat(all.endTime()).isEqualTo(7_000_000);
    assertThat(all.intervals()).isEqualTo(Map.of("BTCUSD", MINUTE));
    var late = new TimeRange(4_500_000L, null);
    assertThat(await(recordings.find(new FindRecording(example.sessionId, late))).firstSeq())
        .isEqualTo(5);
    var never = new FindRecording(example.sessionId, new TimeRange(8_000_000L, null));
    assertThat(failureOf(recordings.find(never)))
        .hasMessage("session " + example.sessionId + " recorded nothing in this range");
  }

  @Test
  void onlySessionsThatRecordedSomethingAreListed() throws Exception {
    var id = "recording:" + example.sessionId;
    assertThat(await(recordings.list(new ListDataSets())).dataSets())
        .noneMatch(set -> set.id().equals(id));
    assertThat(failureOf(recordings.find(new FindRecording(example.sessionId, TimeRange.ALL))))
        .hasMessage("session " + example.sessionId + " recorded nothing");
    await(records.write(new InputBatch(example.sessionId, inputs())));
    var set =
        await(recordings.list(new ListDataSets())).dataSets().stream()
            .filter(each -> each.id().equals(id))
            .findFirst()
            .orElseThrow();
    assertThat(set.symbols()).containsExactly("BTCUSD");
    assertThat(set.from()).isEqualTo(1_000_000);
    assertThat(set.to()).isEqualTo(7_000_000);
    assertThat(set.rows()).isEqualTo(7);
  }

  private void write(String id, long startedAt) throws Exception {
    await(
        records.write(
            new SessionState(
                id,
                SessionMode.BACKTEST,
                SessionStatus.STOPPED,
                List.of("BTCUSD"),
                null,
                Example.EXACT,
                "demo",
                FillRules.STANDARD,
                AccountRules.STANDARD,
                RiskLimits.NONE,
                null,
                startedAt,
                null,
                null,
                List.of(),
                Map.of(),
                null)));
  }

  @Test
  void backtestsAreListedNewestFirstPageByPage() throws Exception {
    long late = 900_000_000_000_000_000L;
    for (int i = 0; i < 3; i++) {
      write("bt_page" + i, late + i / 2);
    }
    await(backtests.write(new WriteBacktest("bt_page1", new TimeRange(5L, 9L), 6, 8L, false)));
    await(backtests.write(new WriteBacktest("bt_page1", new TimeRange(5L, 9L), 6, 8L, true)));
    var first = await(sessions.find(new FindSessions(null, SessionMode.BACKTEST, 2, null)));
    assertThat(first.rows().stream().map(row -> row.get("session_id")))
        .containsExactly("bt_page2", "bt_page1");
    assertThat(first.rows().get(1))
        .containsEntry("from", 5L)
        .containsEntry("to", 9L)
        .containsEntry("end_time", 8L)
        .containsEntry("cancelled", true)
        .containsEntry("budget", "147376.98835249279");
    var cursor = Objects.requireNonNull(first.nextCursor());
    assertThat(
            await(sessions.find(new FindSessions(null, SessionMode.BACKTEST, 1, cursor)))
                .rows()
                .getFirst())
        .containsEntry("session_id", "bt_page0")
        .containsEntry("cancelled", false);
    assertThat(await(sessions.find(FindSessions.one("bt_page0"))).nextCursor()).isNull();
    assertThatThrownBy(() -> sessions.find(new FindSessions(null, null, 1, "nonsense")))
        .isInstanceOf(Refusal.class)
        .hasMessage("cursor must be the next_cursor of a page of sessions, was 'nonsense'");
  }
}

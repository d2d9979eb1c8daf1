package sandpiper.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sandpiper.persistence.Waiting.await;
import static sandpiper.persistence.Waiting.count;
import static sandpiper.persistence.Waiting.series;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sandpiper.bus.Messages.DeleteSession;
import sandpiper.bus.Messages.FindCollections;
import sandpiper.bus.Messages.FindSessions;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.bus.Messages.ListDataSets;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.WriteCollection;
import sandpiper.bus.Refusal;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.RiskLimits;

@ExtendWith(SharedDatabase.class)
class CollectionsIT {
  private static final AtomicInteger NUMBER = new AtomicInteger();
  private static final Interval MINUTE = Interval.parse("1m");

  private final String id = "dc_collection" + NUMBER.incrementAndGet();
  private final Database database;
  private final Records records;
  private final Sessions sessions;
  private final Collections collections;

  CollectionsIT(Database database) {
    this.database = database;
    records = new Records(database.pool(), series(database));
    sessions = new Sessions(database.pool());
    collections = new Collections(database.pool(), series(database), Waiting.writes(database));
  }

  private void write(SessionStatus status) throws Exception {
    await(
        records.write(
            new SessionState(
                id,
                SessionMode.COLLECTION,
                status,
                List.of("BTCUSD", "SPY"),
                null,
                BigDecimal.ZERO,
                "demo",
                FillRules.STANDARD,
                AccountRules.STANDARD,
                RiskLimits.NONE,
                null,
                1_000,
                null,
                null,
                List.of(),
                Map.of(),
                null)));
  }

  /// The same number of each kind, trades of two symbols.
  private void record(long firstSeq, int times) throws Exception {
    var inputs = new ArrayList<Input>();
    long seq = firstSeq;
    for (int i = 0; i < times; i++) {
      long time = 10_000_000L * (i + 1);
      var side = new Levels(new double[] {1}, new double[] {2});
      List<MarketEvent> events =
          List.of(
              new Trade("BTCUSD", time, 1, 2),
              new Trade("SPY", time + 1, 1, 2),
              new Quote("BTCUSD", time + 2, 1, 2, 3, 4),
              new BookSnapshot("BTCUSD", time + 3, 9, side, side),
              new Bar("SPY", MINUTE, 60_000_000L * i, 1, 1, 1, 1, 1));
      for (var event : events) {
        inputs.add(new Input(id, seq++, time, event));
      }
    }
    await(records.write(new InputBatch(id, inputs)));
  }

  private Map<String, Object> row() throws Exception {
    return await(collections.find(new FindCollections(id, 1, null))).rows().getFirst();
  }

  private static List<Map<String, Object>> streams(Map<String, Object> row) {
    var contents = (Map<?, ?>) Objects.requireNonNull(row.get("contents"));
    var streams = new ArrayList<Map<String, Object>>();
    for (var each : (List<?>) Objects.requireNonNull(contents.get("streams"))) {
      @SuppressWarnings("unchecked")
      var stream = (Map<String, Object>) each;
      streams.add(stream);
    }
    return streams;
  }

  @Test
  void whatACollectionHoldsIsCountedBySymbolAndStream() throws Exception {
    write(SessionStatus.RUNNING);
    await(
        collections.write(
            new WriteCollection(id, List.of(MarketStream.TRADES, MarketStream.BOOKS))));
    record(1, 3);
    var row = row();
    assertThat(row).containsEntry("streams", List.of("trades", "books"));
    assertThat(streams(row))
        .extracting(each -> each.get("symbol") + " " + each.get("stream"))
        .containsExactly(
            "BTCUSD books", "BTCUSD quotes", "BTCUSD trades", "SPY bars", "SPY trades");
    assertThat(streams(row)).allSatisfy(each -> assertThat(each).containsEntry("rows", 3));
    assertThat(streams(row).get(2))
        .containsEntry("from", 10_000_000)
        .containsEntry("to", 30_000_000)
        .containsEntry("interval", null);
    assertThat(streams(row).get(3))
        .containsEntry("from", 0)
        .containsEntry("to", 120_000_000)
        .containsEntry("interval", "1m");
  }

  /// A row of trades has 24 bytes before its columns: a text of about twenty, two short ones and
  /// five numbers of eight.
  @Test
  void sizeGrowsWithTheRows() throws Exception {
    write(SessionStatus.RUNNING);
    record(1, 100);
    var small = ((Map<?, ?>) Objects.requireNonNull(row().get("contents"))).get("bytes");
    record(501, 100);
    var large = ((Map<?, ?>) Objects.requireNonNull(row().get("contents"))).get("bytes");
    assertThat(((Number) Objects.requireNonNull(small)).longValue())
        .isBetween(500 * 100L, 500 * 250L);
    double ratio =
        ((Number) Objects.requireNonNull(large)).doubleValue() / ((Number) small).doubleValue();
    assertThat(ratio).isBetween(1.99, 2.01);
  }

  @Test
  void itIsCountedOnceWhenItHasEnded() throws Exception {
    write(SessionStatus.STOPPED);
    await(collections.write(new WriteCollection(id, List.of(MarketStream.TRADES))));
    record(1, 2);
    var counted = row().get("contents");
    await(database.pool().query("delete from trades where session_id = '" + id + "'").execute());
    assertThat(row().get("contents")).isEqualTo(counted);
  }

  @Test
  void itStandsAmongRecordingsAndNotAmongSessions() throws Exception {
    write(SessionStatus.STOPPED);
    record(1, 1);
    assertThat(await(sessions.find(new FindSessions(null, null, 1_000, null))).rows())
        .noneMatch(row -> "collection".equals(row.get("mode")));
    assertThat(await(sessions.find(FindSessions.one(id))).rows()).isEmpty();
    var sets =
        await(new Recordings(database.pool(), series(database)).list(new ListDataSets()))
            .dataSets();
    assertThat(sets)
        .filteredOn(set -> set.id().equals("recording:" + id))
        .singleElement()
        .satisfies(set -> assertThat(set.about()).isEqualTo("data collection of demo"));
  }

  @Test
  void pagesFollowOneAnother() throws Exception {
    write(SessionStatus.STOPPED);
    var first = await(collections.find(new FindCollections(null, 1, null)));
    assertThat(first.rows()).hasSize(1);
    if (first.nextCursor() != null) {
      var second = await(collections.find(new FindCollections(null, 1, first.nextCursor())));
      assertThat(second.rows().getFirst().get("session_id"))
          .isNotEqualTo(first.rows().getFirst().get("session_id"));
    }
    assertThatThrownBy(() -> collections.find(new FindCollections(null, 201, null)))
        .isInstanceOf(Refusal.class)
        .hasMessage("limit must be from 1 to 200, was 201");
  }

  @Test
  void nothingIsLeftOfOneThatIsDeleted() throws Exception {
    write(SessionStatus.STOPPED);
    await(collections.write(new WriteCollection(id, List.of(MarketStream.TRADES))));
    record(1, 5);
    await(sessions.erase(new DeleteSession(id)));
    for (var table : Sessions.TABLES) {
      assertThat(count(database.pool(), table, id)).as(table).isZero();
    }
  }
}

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
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.AccountRecord;
import sandpiper.bus.Messages.FindAccount;
import sandpiper.bus.Messages.FindOrder;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.HistoryPage;
import sandpiper.bus.Messages.HistoryQuery;
import sandpiper.bus.Messages.JournalBatch;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Refusal;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.OrderFilled;

@ExtendWith(SharedDatabase.class)
class HistoryIT {
  private final Example example = new Example();
  private final Records records;
  private final History history;

  HistoryIT(Database database) {
    records = new Records(database.pool(), series(database));
    history = new History(database.pool());
  }

  @BeforeEach
  void openSession() throws Exception {
    await(records.write(example.state(SessionStatus.RUNNING)));
  }

  @Test
  void rowsLookAsTheirRecordsDoInJson() throws Exception {
    var trade = example.trade(1);
    var filled = (OrderFilled) trade.get(2);
    write(trade);
    assertSame(HistoryKind.SIGNALS, trade.get(0));
    assertSame(HistoryKind.ORDERS, filled.order());
    assertSame(HistoryKind.FILLS, filled.fill());
    assertSame(HistoryKind.POSITIONS, filled.position());
    assertSame(HistoryKind.EQUITY, trade.get(3));
  }

  @Test
  void ordersThatHangOnOthersLookAsTheirRecordsDoInJson() throws Exception {
    var entries = example.conditional(1);
    write(entries);
    write(entries);
    var last = List.of(5, 10, 7, 11); // of entry, stop, take-profit, and the one that expires
    assertThat(rows(HistoryKind.ORDERS, 100).stream().map(Json::text))
        .containsExactlyElementsOf(
            last.stream().map(i -> Json.text(Example.orderOf(entries.get(i)))).toList());
    assertThat(rows(HistoryKind.ORDER_EVENTS, 100))
        .extracting(event -> event.get("type") + " " + event.get("rule"))
        .containsExactly(
            "accepted null",
            "accepted null",
            "accepted null",
            "accepted null",
            "filled null",
            "activated null",
            "cancelled null",
            "amended null",
            "amend_refused amend",
            "triggered null",
            "expired null");
  }

  @Test
  void anOrderThatNeverFilledHasNoAveragePrice() throws Exception {
    var trade = example.trade(1);
    write(trade.subList(0, 2));
    assertSame(HistoryKind.ORDERS, Example.orderOf(trade.get(1)));
    assertThat(rows(HistoryKind.ORDERS, 1).getFirst()).containsEntry("average_price", null);
  }

  @Test
  void orderEventsTellWhatHappenedInOrder() throws Exception {
    write(example.everything());
    var events = rows(HistoryKind.ORDER_EVENTS, 100);
    assertThat(events)
        .extracting(event -> event.get("type"))
        .containsExactly(
            "accepted",
            "filled",
            "accepted",
            "refused",
            "cancelled",
            "cancel_refused",
            "accepted",
            "filled");
    assertThat(events.get(3))
        .containsEntry("rule", "buying-power")
        .containsEntry("reason", "10 is too much")
        .containsEntry("fill_id", null)
        .containsEntry("version", 1);
    assertThat(events.get(1).keySet())
        .containsExactly(
            "event_id",
            "session_id",
            "signal_id",
            "order_id",
            "seq",
            "time",
            "type",
            "rule",
            "reason",
            "by",
            "fill_id",
            "version");
  }

  @ParameterizedTest
  @EnumSource
  void pagesBringEveryRowOnceAndInOrder(HistoryKind kind) throws Exception {
    var entries = new ArrayList<JournalEntry>();
    for (long seq = 1; seq <= 60; seq += 4) {
      var trade = example.trade(seq);
      entries.addAll(trade);
      entries.add(example.funding((OrderFilled) trade.get(2), seq + 1));
      entries.addAll(example.trade(seq).subList(0, 3)); // ids of one input that end in 2
      entries.addAll(example.notes(seq));
      entries.add(example.stop(seq));
    }
    write(entries.subList(0, 91));
    write(entries.subList(40, entries.size()));
    var whole = rows(kind, 100);
    assertThat(whole).hasSizeGreaterThanOrEqualTo(15).doesNotHaveDuplicates();
    for (int limit : new int[] {1, 7, whole.size(), whole.size() + 1}) {
      assertThat(rows(kind, limit)).isEqualTo(whole);
    }
  }

  @Test
  void idsOfOneInputComeInTheOrderTheyWereGivenNotInThatOfTheirText() throws Exception {
    var entries = new ArrayList<JournalEntry>();
    for (int i = 0; i < 12; i++) {
      entries.add(example.signal(5));
    }
    write(entries);
    assertThat(rows(HistoryKind.SIGNALS, 5))
        .extracting(row -> String.valueOf(row.get("signal_id")).replaceAll(".*-", ""))
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
  }

  @Test
  void aSessionThatIsNotKnownHasAnEmptyPage() throws Exception {
    var page = await(history.page(new HistoryQuery(HistoryKind.FILLS, "pp_nobody", 10, null)));
    assertThat(page).isEqualTo(new HistoryPage(List.of(), null));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, -1, 100_001})
  void aLimitOutOfRangeIsRefused(int limit) {
    assertThatThrownBy(() -> history.page(query(HistoryKind.FILLS, limit, null)))
        .isInstanceOf(Refusal.class)
        .hasMessage("limit must be from 1 to 100000, was " + limit);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "nonsense", "%%%", "RklMTFMgcHBfb3RoZXIgMQ"})
  void aCursorThatNoPageGaveIsRefused(String cursor) {
    assertThatThrownBy(() -> history.page(query(HistoryKind.FILLS, 1, cursor)))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.INVALID))
        .hasMessage("cursor must be the next_cursor of a page of the same list, was '%s'", cursor);
  }

  @Test
  void aCursorOfAnotherListIsRefused() throws Exception {
    write(example.everything());
    var page = await(history.page(query(HistoryKind.SIGNALS, 1, null)));
    assertThatThrownBy(() -> history.page(query(HistoryKind.ORDERS, 1, page.nextCursor())))
        .isInstanceOf(Refusal.class);
  }

  @Test
  void anOrderComesWithItsEventsAndFills() throws Exception {
    var trade = example.trade(1);
    var filled = (OrderFilled) trade.get(2);
    write(trade);
    write(example.trade(9));

    var found = await(history.order(new FindOrder(filled.order().orderId())));

    assertThat(Json.text(found.order())).isEqualTo(Json.text(filled.order()));
    assertThat(found.events())
        .extracting(event -> event.get("type"))
        .containsExactly("accepted", "filled");
    assertThat(Json.text(found.fills())).isEqualTo(Json.text(List.of(filled.fill())));
  }

  @Test
  void anOrderThatIsNotThereIsUnknown() throws Exception {
    assertThat(failureOf(history.order(new FindOrder("ord_none"))))
        .isInstanceOf(Refusal.class)
        .hasMessage("unknown order 'ord_none'");
  }

  @Test
  void theAccountHasTheLatestMarkAndWhatIsOpen() throws Exception {
    var id = example.trade(1).getFirst().sessionId();
    assertThat(await(history.account(new FindAccount(id))))
        .isEqualTo(new AccountRecord(id, null, List.of(), List.of()));

    var trade = example.trade(5);
    var waiting = example.trade(9).subList(0, 2);
    write(trade);
    write(waiting);

    var account = await(history.account(new FindAccount(id)));
    assertThat(Json.text(Objects.requireNonNull(account.equity())))
        .isEqualTo(Json.text(trade.get(3)));
    assertThat(Json.text(account.positions()))
        .isEqualTo(Json.text(List.of(((OrderFilled) trade.get(2)).position())));
    assertThat(Json.text(account.orders()))
        .isEqualTo(Json.text(List.of(Example.orderOf(waiting.get(1)))));
  }

  private void assertSame(HistoryKind kind, Object row) throws Exception {
    assertThat(Json.text(rows(kind, 10).getFirst())).isEqualTo(Json.text(row));
  }

  private List<Map<String, Object>> rows(HistoryKind kind, int limit) throws Exception {
    var rows = new ArrayList<Map<String, Object>>();
    String cursor = null;
    do {
      var page = await(history.page(query(kind, limit, cursor)));
      assertThat(page.rows()).hasSizeBetween(1, limit);
      rows.addAll(page.rows());
      cursor = page.nextCursor();
    } while (cursor != null);
    return rows;
  }

  private HistoryQuery query(HistoryKind kind, int limit, @Nullable String cursor) {
    return new HistoryQuery(kind, example.sessionId, limit, cursor);
  }

  private void write(List<JournalEntry> entries) throws Exception {
    await(records.write(new JournalBatch(example.sessionId, entries)));
  }
}

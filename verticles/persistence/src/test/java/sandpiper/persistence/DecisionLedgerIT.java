package sandpiper.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.persistence.Waiting.await;
import static sandpiper.persistence.Waiting.failureOf;
import static sandpiper.persistence.Waiting.series;

import io.vertx.core.json.JsonObject;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.AskLedger;
import sandpiper.bus.Messages.JournalBatch;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Refusal;
import sandpiper.domain.journal.JournalEntry;
import sandpiper.domain.journal.Signal;
import sandpiper.domain.journal.StrategyEvent;

@ExtendWith(SharedDatabase.class)
class DecisionLedgerIT {
  private final Example example = new Example();
  private final Records records;
  private final DecisionLedger ledger;

  DecisionLedgerIT(Database database) {
    records = new Records(database.pool(), series(database));
    ledger = new DecisionLedger(database.pool());
  }

  @BeforeEach
  void writeASession() throws Exception {
    await(records.write(example.state(SessionStatus.RUNNING)));
  }

  private void write(List<? extends JournalEntry> entries) throws Exception {
    await(records.write(new JournalBatch(example.sessionId, List.copyOf(entries))));
  }

  /// The only decision of the answer.
  private JsonObject ask(@Nullable String signalId, @Nullable Long time) throws Exception {
    var answer =
        await(ledger.find(new AskLedger(example.sessionId, signalId, time, null))).decisions();
    assertThat(answer).hasSize(1);
    return Json.object(new Answer(answer.getFirst())).getJsonObject("decision");
  }

  private record Answer(Map<String, Object> decision) {}

  @Test
  void fromTheBarToThePosition() throws Exception {
    var trade = example.trade(1);
    var signal = (Signal) trade.getFirst();
    write(List.of(example.reading(0, 1, Map.of("fast", 7.5))));
    write(List.of(example.reading(1, 2, Map.of("fast", 8.5))));
    write(trade);
    write(List.of(example.reading(2, 1, Map.of("fast", 9.5))));
    var decision = ask(signal.signalId(), null);
    assertThat(decision.getLong("seq")).isEqualTo(1);
    assertThat(decision.getJsonObject("indicators").getDouble("fast")).isEqualTo(8.5);
    assertThat(decision.getJsonObject("bar").getDouble("high")).isEqualTo(102.5);
    assertThat(decision.getString("why_not")).isNull();
    var found = decision.getJsonArray("signals").getJsonObject(0);
    assertThat(found.getString("reason")).isEqualTo("fast above slow");
    var order = found.getJsonArray("orders").getJsonObject(0);
    assertThat(order.getJsonObject("verdict").getBoolean("passed")).isTrue();
    assertThat(order.getJsonArray("events").stream().map(each -> text(each, "type")))
        .containsExactly("accepted", "filled");
    var fill = order.getJsonArray("fills").getJsonObject(0);
    var position = found.getJsonArray("positions").getJsonObject(0);
    assertThat(fill.getString("position_id")).isEqualTo(position.getString("position_id"));
    assertThat(position.getString("net")).isNotEmpty();
  }

  private static String text(Object row, String column) {
    return ((JsonObject) row).getString(column);
  }

  @Test
  void aRefusedOrderIsThereWithItsRule() throws Exception {
    var entries = example.everything();
    write(entries);
    var second =
        entries.stream()
            .filter(Signal.class::isInstance)
            .map(Signal.class::cast)
            .filter(signal -> signal.seq() == 3)
            .findFirst()
            .orElseThrow();
    var signal = ask(second.signalId(), null).getJsonArray("signals").getJsonObject(0);
    var orders = signal.getJsonArray("orders");
    assertThat(orders).hasSize(2);
    assertThat(orders.stream().map(each -> ((JsonObject) each).getJsonObject("verdict")))
        .extracting(verdict -> verdict.getBoolean("passed"))
        .containsExactly(true, false);
    var alert = signal.getJsonArray("risk_alerts").getJsonObject(0);
    assertThat(alert.getString("rule"))
        .isEqualTo(orders.getJsonObject(1).getJsonObject("verdict").getString("rule"));
    assertThat(alert.getString("limit_value")).isNotNull();
    assertThat(alert.getString("value")).isNotNull();
  }

  @Test
  void aBarWithoutASignalSaysWhyNot() throws Exception {
    write(List.of(example.reading(1, 1, Map.of("fast", 8.5, "slow", Double.NaN))));
    write(List.of(example.reading(5, 1, Map.of("fast", 8.5, "slow", 9.5))));
    var warming = ask(null, Example.time(4));
    assertThat(warming.getString("why_not")).isEqualTo("these indicators still warm up: slow");
    assertThat(warming.getJsonObject("indicators").getValue("slow")).isNull();
    assertThat(ask(null, Example.time(5)).getString("why_not"))
        .isEqualTo("the strategy saw this and raised no signal");
    write(
        List.of(
            new StrategyEvent(
                example.sessionId,
                6,
                Example.time(6),
                1,
                "cross-1",
                StrategyEvent.Kind.SUSPENDED,
                "it broke")));
    assertThat(ask(null, Example.time(9)).getString("why_not"))
        .isEqualTo("the strategy is suspended: it broke");
    assertThat(ask(null, Example.time(5)).getString("why_not"))
        .isEqualTo("the strategy saw this and raised no signal");
  }

  @Test
  void theSignalsUntilTheNextBarBelongToIt() throws Exception {
    write(List.of(example.reading(1, 1, Map.of())));
    write(example.trade(3));
    write(List.of(example.reading(5, 1, Map.of())));
    write(example.trade(5).subList(0, 4));
    assertThat(ask(null, Example.time(1)).getJsonArray("signals")).hasSize(1);
    assertThat(ask(null, Example.time(5)).getJsonArray("signals")).hasSize(1);
  }

  @Test
  void questionsWithoutAnAnswer() throws Exception {
    var id = example.sessionId;
    assertThat(failure(new AskLedger("pp_nobody", null, 1L, null)))
        .isEqualTo("unknown session 'pp_nobody'");
    assertThat(failure(new AskLedger(id, "sig_1-1-1", null, null)))
        .isEqualTo("session " + id + " has no signal 'sig_1-1-1'");
    assertThat(failure(new AskLedger(id, null, 1L, "cross-1")))
        .isEqualTo("session " + id + " has no bar that cross-1 saw by time 1");
  }

  private String failure(AskLedger question) throws Exception {
    var failure = failureOf(ledger.find(question));
    assertThat(failure).isInstanceOf(Refusal.class);
    assertThat(((Refusal) failure).kind()).isEqualTo(Refusal.Kind.UNKNOWN);
    return String.valueOf(failure.getMessage());
  }
}

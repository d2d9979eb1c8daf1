package sandpiper.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.persistence.Waiting.await;
import static sandpiper.persistence.Waiting.failureOf;
import static sandpiper.persistence.Waiting.series;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sandpiper.bus.Messages.AcknowledgeAlert;
import sandpiper.bus.Messages.HistoryKind;
import sandpiper.bus.Messages.HistoryQuery;
import sandpiper.bus.Messages.JournalBatch;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Refusal;
import sandpiper.domain.journal.RiskAlert;

@ExtendWith(SharedDatabase.class)
class AcknowledgementsIT {
  private final Example example = new Example();
  private final Database database;
  private final Records records;
  private final Acknowledgements acknowledgements;

  AcknowledgementsIT(Database database) {
    this.database = database;
    records = new Records(database.pool(), series(database));
    acknowledgements = new Acknowledgements(database.pool());
  }

  @Test
  void theFirstToSeeAnAlertStands() throws Exception {
    await(records.write(example.state(SessionStatus.RUNNING)));
    var entries = example.everything();
    await(records.write(new JournalBatch(example.sessionId, entries)));
    var alert =
        entries.stream()
            .filter(RiskAlert.class::isInstance)
            .map(RiskAlert.class::cast)
            .findFirst()
            .orElseThrow();
    var seen = new AcknowledgeAlert(example.sessionId, alert.seq(), alert.index(), "alice");
    var first = await(acknowledgements.write(seen));
    assertThat(first.acknowledgedBy()).isEqualTo("alice");
    var again = new AcknowledgeAlert(example.sessionId, alert.seq(), alert.index(), "bob");
    assertThat(await(acknowledgements.write(again))).isEqualTo(first);
    // What is written once more does not undo it.
    await(records.write(new JournalBatch(example.sessionId, entries)));
    var page =
        await(
            new History(database.pool())
                .page(new HistoryQuery(HistoryKind.RISK_ALERTS, example.sessionId, 10, null)));
    assertThat(page.rows()).hasSize(2);
    assertThat(page.rows().getFirst())
        .containsEntry("acknowledged_by", "alice")
        .containsEntry("acknowledged_at", first.acknowledgedAt());
    assertThat(page.rows().getLast()).containsEntry("acknowledged_by", null);
  }

  @Test
  void anAlertThatIsNotThere() throws Exception {
    await(records.write(example.state(SessionStatus.RUNNING)));
    var seen = new AcknowledgeAlert(example.sessionId, 77, 1, "alice");
    assertThat(failureOf(acknowledgements.write(seen)))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.UNKNOWN))
        .hasMessage("session " + example.sessionId + " has no risk alert 1 of input 77");
  }
}

package sandpiper.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.persistence.Waiting.await;
import static sandpiper.persistence.Waiting.count;
import static sandpiper.persistence.Waiting.failureOf;
import static sandpiper.persistence.Waiting.series;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sandpiper.bus.Messages.DeleteSession;
import sandpiper.bus.Messages.FindSessions;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.bus.Messages.JournalBatch;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Refusal;

@ExtendWith(SharedDatabase.class)
class SessionsIT {
  private final Example example = new Example();
  private final Example neighbour = new Example();
  private final Database database;
  private final Records records;
  private final Sessions sessions;

  SessionsIT(Database database) {
    this.database = database;
    records = new Records(database.pool(), series(database));
    sessions = new Sessions(database.pool());
  }

  private void write(Example session, SessionStatus status) throws Exception {
    await(records.write(session.state(status)));
    await(records.write(new JournalBatch(session.sessionId, session.everything())));
    await(records.write(new InputBatch(session.sessionId, session.inputs(1, 3))));
  }

  @Test
  void nothingIsLeftOfASessionThatIsDeletedAndNothingElseIsTouched() throws Exception {
    write(example, SessionStatus.STOPPED);
    write(neighbour, SessionStatus.RUNNING);
    var before = rows(neighbour);
    assertThat(rows(example)).isEqualTo(before);

    await(sessions.erase(new DeleteSession(example.sessionId)));
    assertThat(rows(example)).allSatisfy(row -> assertThat(row).endsWith(" 0"));
    assertThat(rows(neighbour)).isEqualTo(before);
    assertThat(await(sessions.find(FindSessions.one(example.sessionId))).rows()).isEmpty();
    assertThat(failureOf(sessions.erase(new DeleteSession(example.sessionId))))
        .hasMessage("unknown session '" + example.sessionId + "'");
  }

  @Test
  void oneThatHasNotEndedStays() throws Exception {
    write(example, SessionStatus.PAUSED);
    assertThat(failureOf(sessions.erase(new DeleteSession(example.sessionId))))
        .isInstanceOfSatisfying(
            Refusal.class, refusal -> assertThat(refusal.kind()).isEqualTo(Refusal.Kind.CONFLICT))
        .hasMessage("session " + example.sessionId + " is paused: stop it before it is deleted");
    assertThat(rows(example)).anySatisfy(row -> assertThat(row).doesNotEndWith(" 0"));
  }

  /// Whoever adds a table of sessions adds it to what is deleted.
  @Test
  void noTableIsForgotten() throws Exception {
    var tables = new ArrayList<String>();
    await(
            database
                .pool()
                .query(
                    """
                    select table_name from information_schema.columns
                    where column_name = 'session_id' and table_schema = current_schema()
                      and not (select relispartition from pg_class
                        where oid = table_name::text::regclass)\
                    """)
                .execute())
        .forEach(row -> tables.add(row.getString("table_name")));
    assertThat(Sessions.TABLES).containsExactlyInAnyOrderElementsOf(tables);
  }

  @Test
  void aSessionComesWithTheRulesThatItRanBy() throws Exception {
    await(records.write(example.state(SessionStatus.STOPPED)));
    var row = await(sessions.find(FindSessions.one(example.sessionId))).rows().getFirst();
    assertThat(row).containsKeys("mode", "fill_rules", "account", "risk");
    assertThat(String.valueOf(row.get("account"))).contains("cost_basis");
  }

  private List<String> rows(Example session) throws Exception {
    var rows = new ArrayList<String>();
    for (var table : Sessions.TABLES) {
      rows.add(table + " " + count(database.pool(), table, session.sessionId));
    }
    return rows;
  }
}

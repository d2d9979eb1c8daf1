package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.List;
import java.util.stream.StreamSupport;
import sandpiper.bus.Access.AuditEntry;
import sandpiper.bus.Access.AuditKept;
import sandpiper.bus.Access.AuditPage;
import sandpiper.bus.Access.AuditRow;
import sandpiper.bus.Access.AuditWritten;
import sandpiper.bus.Access.CloseAudit;
import sandpiper.bus.Access.KeepAudit;
import sandpiper.bus.Access.ListAudit;
import sandpiper.bus.Access.WriteAudit;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Refusal;
import sandpiper.persistence.Table.Insert;

/// Keeps who did what. Rows are added and closed once, and never change after that.
final class AuditLog {
  private static final int MAX_LIMIT = 1_000;
  private static final String WRITE =
      """
      insert into audit_log (at, user_name, token_id, remote, operation, target, detail, status,
        problem)
      values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning entry\
      """;
  private static final String CLOSE =
      "update audit_log set status = $2, problem = $3 where entry = $1 and status is null";
  private static final String CLOSE_KEPT =
      """
      update audit_log set status = $6, problem = $7
      where at = $1 and user_name = $2 and token_id is not distinct from $3::text
        and operation = $4 and target = $5 and status is null\
      """;
  private static final String KEEP =
      """
      insert into audit_log (at, user_name, token_id, remote, operation, target, detail, status,
        problem)
      select $1, $2, $3::text, $4::text, $5, $6, $7::text, $8::integer, $9::text
      where not exists (select from audit_log where at = $1 and user_name = $2
        and token_id is not distinct from $3::text and operation = $5 and target = $6)\
      """;
  private static final String LIST =
      """
      select entry, at, user_name, token_id, remote, operation, target, detail, status, problem
      from audit_log
      where entry < coalesce($1::bigint, 9223372036854775807)
        and user_name = coalesce($2::text, user_name)
      order by entry desc limit $3\
      """;

  /// Whose the rows are that are kept while the database is away.
  static final String KEPT = "audit";

  /// Rows may wait that find no room in the journal.
  private static final int MAX_WAITING = 1_000;

  private final Pool pool;
  private final Writes writes;
  private int waiting;

  AuditLog(Pool pool, Writes writes) {
    this.pool = pool;
    this.writes = writes;
  }

  /// Once, however often it is written; what came of it may follow.
  ///
  /// @return when it is safe
  Future<AuditKept> keep(KeepAudit keep) {
    if (waiting >= MAX_WAITING) {
      throw new Refusal(
          Refusal.Kind.FAILED, MAX_WAITING + " rows of the audit log wait: no more are taken");
    }
    waiting++;
    var entry = keep.entry();
    var close =
        Tuple.of(entry.at(), entry.user(), entry.tokenId(), entry.operation(), entry.target())
            .addInteger(entry.status())
            .addString(entry.problem());
    var write =
        new Write.Statements(
            KEPT,
            "down " + entry.operation(),
            List.of(
                new Insert("audit_log", CLOSE_KEPT, close),
                new Insert("audit_log", KEEP, parameters(entry))));
    return Answers.explained(writes.write(write), "write " + write.what())
        .onComplete(_ -> waiting--)
        .map(rows -> new AuditKept(!rows.isEmpty()));
  }

  private static Tuple parameters(AuditEntry entry) {
    return Tuple.of(entry.at(), entry.user(), entry.tokenId(), entry.remote(), entry.operation())
        .addString(entry.target())
        .addString(entry.detail())
        .addInteger(entry.status())
        .addString(entry.problem());
  }

  Future<AuditWritten> write(WriteAudit write) {
    var entry = write.entry();
    return Answers.within(
            pool.preparedQuery(WRITE).execute(parameters(entry)), "write down " + entry.operation())
        .map(rows -> new AuditWritten(rows.iterator().next().getLong("entry")));
  }

  Future<Done> close(CloseAudit close) {
    return Answers.within(
            pool.preparedQuery(CLOSE)
                .execute(Tuple.of(close.entry(), close.status(), close.problem())),
            "write down what came of command " + close.entry())
        .map(_ -> new Done());
  }

  /// @throws Refusal when the limit is not allowed
  Future<AuditPage> list(ListAudit wanted) {
    if (wanted.limit() < 1 || wanted.limit() > MAX_LIMIT) {
      throw Refusal.invalid("limit must be from 1 to " + MAX_LIMIT + ", was " + wanted.limit());
    }
    return Answers.within(
            pool.preparedQuery(LIST)
                .execute(Tuple.of(wanted.before(), wanted.user(), wanted.limit())),
            "read the audit log")
        .map(rows ->
            new AuditPage(
                StreamSupport.stream(rows.spliterator(), false).map(AuditLog::row).toList()));
  }

  private static AuditRow row(Row row) {
    return new AuditRow(
        row.getLong("entry"),
        new AuditEntry(
            row.getLong("at"),
            row.getString("user_name"),
            row.getString("token_id"),
            row.getString("remote"),
            row.getString("operation"),
            row.getString("target"),
            row.getString("detail"),
            row.getInteger("status"),
            row.getString("problem")));
  }
}

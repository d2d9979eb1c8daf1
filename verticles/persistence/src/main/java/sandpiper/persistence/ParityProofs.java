package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.HashMap;
import sandpiper.bus.Json;
import sandpiper.bus.Messages.CloseBasis;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.FindBasis;
import sandpiper.bus.Messages.FoundBasis;
import sandpiper.bus.Messages.SessionBasis;
import sandpiper.bus.Messages.WriteProof;
import sandpiper.bus.Refusal;

/// Keeps what it takes to run sessions again, and what came of it.
final class ParityProofs {
  private static final String WRITE_BASIS =
      """
      insert into session_bases (session_id, basis) values ($1, $2::text::jsonb)
      on conflict (session_id) do nothing\
      """;

  private static final String CLOSE_BASIS =
      "update session_bases set last_seq = $2 where session_id = $1";

  private static final String WRITE_PROOF =
      """
      insert into parity_proofs (session_id, proof) values ($1, $2::text::jsonb)
      on conflict (session_id) do update set proof = excluded.proof,
        proved_at = excluded.proved_at\
      """;

  private static final String FIND =
      """
      select status, basis::text as basis, last_seq, proof::text as proof
      from sessions left join session_bases using (session_id)
        left join parity_proofs using (session_id)
      where session_id = $1\
      """;

  private static final String SOURCES =
      """
      select distinct hash, source
      from session_bases, jsonb_array_elements(basis -> 'plans') as plans (plan)
        join strategy_versions on name = plan ->> 'strategy' and hash = plan ->> 'version'
      where session_id = $1\
      """;

  /// What stepped in, by the number of the input after which it did.
  private static final String INTERVENTION =
      """
      select seq, what from (
        select seq, 'a signal by ' || by as what from signals where session_id = $1 and by is not null
        union all
        select seq, 'an order changed by ' || by from order_events
          where session_id = $1 and by is not null
        union all
        select seq, 'trading stopped or released: ' || text from risk_alerts
          where session_id = $1 and rule = 'kill-switch'
        union all
        select seq, strategy || ': ' || kind from strategy_events
          where session_id = $1 and kind in ('reloaded', 'parameters', 'command')
      ) as steps
      order by seq limit 1\
      """;

  private final Pool pool;
  private final Writes writes;

  ParityProofs(Pool pool, Writes writes) {
    this.pool = pool;
    this.writes = writes;
  }

  /// May be repeated.
  Future<Done> write(SessionBasis basis) {
    return writes.write(
        basis.sessionId(),
        "how session " + basis.sessionId() + " begins",
        "session_bases",
        WRITE_BASIS,
        Tuple.of(basis.sessionId(), Json.text(basis)));
  }

  /// May be repeated. Of a session that has no basis there is nothing to write.
  Future<Done> close(CloseBasis close) {
    return writes.write(
        close.sessionId(),
        "where session " + close.sessionId() + " ends",
        "session_bases",
        CLOSE_BASIS,
        Tuple.of(close.sessionId(), close.lastSeq()));
  }

  /// May be repeated; the latest stands.
  Future<Done> write(WriteProof written) {
    var proof = written.proof();
    return Answers.within(
            pool.preparedQuery(WRITE_PROOF).execute(Tuple.of(proof.sessionId(), Json.text(proof))),
            "write the parity of session " + proof.sessionId())
        .map(new Done());
  }

  /// @return fails with a [Refusal] when the session is not known or has not ended
  Future<FoundBasis> find(FindBasis wanted) {
    var id = wanted.sessionId();
    var found = pool.preparedQuery(FIND).execute(Tuple.of(id));
    var steps = pool.preparedQuery(INTERVENTION).execute(Tuple.of(id));
    var sources = pool.preparedQuery(SOURCES).execute(Tuple.of(id));
    return Answers.within(
        Future.all(found, steps, sources)
            .map(_ -> found(id, found.result(), steps.result(), sources.result())),
        "read how session " + id + " began");
  }

  private static FoundBasis found(
      String id, RowSet<Row> found, RowSet<Row> steps, RowSet<Row> sources) {
    if (found.size() == 0) {
      throw Refusal.unknown("unknown session '" + id + "'");
    }
    var row = found.iterator().next();
    var status = row.getString("status");
    if (!status.equals("stopped") && !status.equals("failed")) {
      throw new Refusal(
          Refusal.Kind.CONFLICT,
          "session " + id + " is " + status + ": it can be run again once it has ended");
    }
    var step = steps.size() == 0 ? null : steps.iterator().next();
    var last = row.getLong("last_seq");
    boolean failed = step == null && last != null && status.equals("failed");
    var basis = row.getString("basis");
    var texts = new HashMap<String, String>();
    sources.forEach(source -> texts.put(source.getString("hash"), source.getString("source")));
    return new FoundBasis(
        basis == null ? null : Json.read(basis, SessionBasis.class),
        last,
        texts,
        failed ? Long.valueOf(last + 1) : step == null ? null : step.getLong("seq"),
        failed ? "the session failed" : step == null ? null : step.getString("what"),
        row.getString("proof"));
  }
}

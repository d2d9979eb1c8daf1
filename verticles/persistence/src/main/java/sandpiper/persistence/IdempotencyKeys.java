package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.util.concurrent.TimeUnit;
import sandpiper.bus.Messages.ClaimKey;
import sandpiper.bus.Messages.CompleteKey;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.KeyClaimed;

/// Keeps the keys of requests that must not be carried out twice, and what they were answered.
final class IdempotencyKeys {
  private static final long KEPT = TimeUnit.HOURS.toMicros(24);

  /// Of two that come at once the primary key lets one pass.
  private static final String CLAIM =
      """
      insert into idempotency_keys as known (user_name, key, operation, request, created_at)
      values ($1, $2, $3, $4, $5)
      on conflict (user_name, key) do update set (operation, request, created_at, status, body) =
        (excluded.operation, excluded.request, excluded.created_at, null, null)
        where known.created_at < $6
      returning key\
      """;

  private static final String FIND =
      """
      select operation, request, status, body from idempotency_keys
      where user_name = $1 and key = $2\
      """;
  private static final String COMPLETE =
      """
      update idempotency_keys set status = $3, body = $4 where user_name = $1 and key = $2\
      """;
  private static final String FORGET = "delete from idempotency_keys where created_at < $1";

  private final Pool pool;

  IdempotencyKeys(Pool pool) {
    this.pool = pool;
  }

  Future<KeyClaimed> claim(ClaimKey wanted) {
    long old = wanted.time() - KEPT;
    var parameters =
        Tuple.of(wanted.user(), wanted.key(), wanted.operation(), wanted.request())
            .addLong(wanted.time())
            .addLong(old);
    return Answers.within(
        pool.preparedQuery(CLAIM)
            .execute(parameters)
            .compose(rows -> rows.size() == 1 ? claimed(old) : find(wanted)),
        "look up Idempotency-Key " + wanted.key());
  }

  Future<Done> complete(CompleteKey done) {
    return Answers.within(
            pool.preparedQuery(COMPLETE)
                .execute(Tuple.of(done.user(), done.key(), done.status(), done.body())),
            "keep the answer of Idempotency-Key " + done.key())
        .map(_ -> new Done());
  }

  private Future<KeyClaimed> claimed(long old) {
    return pool.preparedQuery(FORGET)
        .execute(Tuple.of(old))
        .map(_ -> new KeyClaimed(true, true, null, null));
  }

  private Future<KeyClaimed> find(ClaimKey wanted) {
    return pool.preparedQuery(FIND)
        .execute(Tuple.of(wanted.user(), wanted.key()))
        .map(rows -> {
          var row = rows.iterator().next();
          boolean same =
              row.getString("operation").equals(wanted.operation())
                  && row.getString("request").equals(wanted.request());
          return new KeyClaimed(false, same, row.getInteger("status"), row.getString("body"));
        });
  }
}

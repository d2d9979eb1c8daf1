package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import java.util.stream.StreamSupport;
import sandpiper.bus.Messages.FindVersion;
import sandpiper.bus.Messages.FoundVersion;
import sandpiper.bus.Messages.ListVersions;
import sandpiper.bus.Messages.StrategySource;
import sandpiper.bus.Messages.StrategyVersion;
import sandpiper.bus.Messages.StrategyWritten;
import sandpiper.bus.Messages.VersionList;
import sandpiper.bus.Messages.WriteStrategy;
import sandpiper.bus.Refusal;

/// Keeps the versions of strategies; a row never changes.
///
/// Writing is one statement. Of two that come at once the primary key lets one pass, and the other
/// sees what that one wrote.
final class Versions {
  private static final String COLUMNS = "name, number, hash, author, created_at, restored_from";

  /// Nothing comes back when nothing was added: the source is there, the base is not the latest, or
  /// somebody else was first.
  private static final String APPEND =
      """
      with latest as (
        select coalesce(max(number), 0) as number from strategy_versions where name = $1
      )
      insert into strategy_versions (name, number, hash, source, author, restored_from)
      select $1, latest.number + 1, $2, $3, $4, $5::integer
      from latest
      where latest.number = coalesce($6::integer, latest.number)
        and not exists (
          select from strategy_versions as same
          where same.name = $1 and same.number = latest.number and same.hash = $2)
      on conflict (name, number) do nothing
      returning %s\
      """
          .formatted(COLUMNS);

  private static final String FIND =
      """
      select %s, source from strategy_versions
      where name = $1 and number = coalesce($2::integer, number)
      order by number desc limit 1\
      """
          .formatted(COLUMNS);

  private static final String LIST =
      "select %s from strategy_versions where name = $1 order by number desc".formatted(COLUMNS);

  private final Pool pool;

  Versions(Pool pool) {
    this.pool = pool;
  }

  /// Adds a version, or says that the latest has that source already; may be repeated.
  ///
  /// @return fails with a [Refusal], CONFLICT, when the base is not the latest
  Future<StrategyWritten> write(WriteStrategy wanted) {
    var parameters =
        Tuple.of(
            wanted.name(),
            wanted.hash(),
            wanted.source(),
            wanted.author(),
            wanted.restoredFrom(),
            wanted.base());
    return Answers.within(
            pool.preparedQuery(APPEND).execute(parameters), "write strategy " + wanted.name())
        .compose(rows ->
            rows.size() == 1
                ? Future.succeededFuture(new StrategyWritten(version(rows.iterator().next()), true))
                : notWritten(wanted));
  }

  Future<FoundVersion> find(FindVersion wanted) {
    return Answers.within(
            pool.preparedQuery(FIND).execute(Tuple.of(wanted.name(), wanted.number())),
            "read strategy " + wanted.name())
        .map(Versions::found);
  }

  Future<VersionList> list(ListVersions wanted) {
    return Answers.within(
            pool.preparedQuery(LIST).execute(Tuple.of(wanted.name())),
            "list the versions of strategy " + wanted.name())
        .map(rows ->
            new VersionList(
                wanted.name(),
                StreamSupport.stream(rows.spliterator(), false).map(Versions::version).toList()));
  }

  private Future<StrategyWritten> notWritten(WriteStrategy wanted) {
    return find(new FindVersion(wanted.name(), null))
        .compose(found -> {
          var latest = found.source() == null ? null : found.source().version();
          if (latest != null && latest.hash().equals(wanted.hash())) {
            return Future.succeededFuture(new StrategyWritten(latest, false));
          }
          if (wanted.base() == null) {
            return write(wanted);
          }
          return Future.failedFuture(
              Refusal.conflict(wanted.name(), wanted.base(), latest == null ? 0 : latest.number()));
        });
  }

  private static FoundVersion found(RowSet<Row> rows) {
    if (rows.size() == 0) {
      return new FoundVersion(null);
    }
    var row = rows.iterator().next();
    return new FoundVersion(new StrategySource(version(row), row.getString("source")));
  }

  private static StrategyVersion version(Row row) {
    return new StrategyVersion(
        row.getString("name"),
        row.getInteger("number"),
        row.getString("hash"),
        row.getString("author"),
        row.getLong("created_at"),
        row.getInteger("restored_from"));
  }
}

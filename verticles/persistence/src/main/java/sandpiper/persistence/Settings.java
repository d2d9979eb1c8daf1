package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.Tuple;
import sandpiper.bus.Messages.FindSetting;
import sandpiper.bus.Messages.Setting;
import sandpiper.bus.Messages.WriteSetting;

/// Keeps what is chosen at the console: for the platform, and by each user for themselves.
final class Settings {
  private static final Setting NONE = new Setting(null, null, null);

  private static final String FIND =
      """
      select value::text as value, changed_at, changed_by from settings
      where owner is not distinct from $1 and name = $2\
      """;

  private static final String WRITE =
      """
      insert into settings (owner, name, value, changed_by) values ($1, $2, $3::text::jsonb, $4)
      on conflict (owner, name) do update set value = excluded.value,
        changed_at = excluded.changed_at, changed_by = excluded.changed_by
      returning value::text as value, changed_at, changed_by\
      """;

  private static final String FORGET =
      "delete from settings where owner is not distinct from $1 and name = $2";

  private final Pool pool;

  Settings(Pool pool) {
    this.pool = pool;
  }

  Future<Setting> find(FindSetting wanted) {
    return Answers.within(
        pool.preparedQuery(FIND).execute(Tuple.of(wanted.owner(), wanted.name())).map(Settings::of),
        "read the setting " + wanted.name());
  }

  /// May be repeated.
  Future<Setting> write(WriteSetting wanted) {
    var written =
        wanted.value() == null
            ? pool.preparedQuery(FORGET).execute(Tuple.of(wanted.owner(), wanted.name()))
            : pool.preparedQuery(WRITE)
                .execute(Tuple.of(wanted.owner(), wanted.name(), wanted.value(), wanted.by()));
    return Answers.within(written.map(Settings::of), "write the setting " + wanted.name());
  }

  private static Setting of(RowSet<Row> rows) {
    if (rows.size() == 0) {
      return NONE;
    }
    var row = rows.iterator().next();
    return new Setting(
        row.getString("value"), row.getLong("changed_at"), row.getString("changed_by"));
  }
}

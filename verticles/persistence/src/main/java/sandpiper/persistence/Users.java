package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.RowSet;
import io.vertx.sqlclient.SqlClient;
import io.vertx.sqlclient.SqlConnection;
import io.vertx.sqlclient.Tuple;
import java.util.Locale;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;
import sandpiper.bus.Access.ChangeUser;
import sandpiper.bus.Access.CreateUser;
import sandpiper.bus.Access.DeleteUser;
import sandpiper.bus.Access.FindUser;
import sandpiper.bus.Access.FoundUser;
import sandpiper.bus.Access.ListUsers;
import sandpiper.bus.Access.Role;
import sandpiper.bus.Access.UserAccount;
import sandpiper.bus.Access.UserList;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Refusal;

/// Keeps users. There is always an admin who can log in, once there was one.
final class Users {
  static final String COLUMNS =
      "name, role, password_hash, must_change, disabled, users.created_at";

  private static final String LIST = "select " + COLUMNS + " from users order by name";
  private static final String FIND = "select " + COLUMNS + " from users where name = $1";
  private static final String CREATE =
      """
      insert into users (name, role, password_hash, must_change)
      select $1, $2, $3, $4 where not $5 or not exists (select from users)
      on conflict (name) do nothing
      returning %s\
      """
          .formatted(COLUMNS);
  private static final String CHANGE =
      """
      update users set role = coalesce($2::text, role),
        password_hash = coalesce($3::text, password_hash),
        must_change = coalesce($4::boolean, must_change),
        disabled = coalesce($5::boolean, disabled)
      where name = $1
      returning %s\
      """
          .formatted(COLUMNS);
  private static final String DELETE = "delete from users where name = $1";

  /// Two that take an admin away at the same time wait for each other here.
  private static final String ADMINS =
      "select name from users where role = 'admin' and not disabled order by name for update";

  private final Pool pool;

  Users(Pool pool) {
    this.pool = pool;
  }

  Future<UserList> list(ListUsers ask) {
    return Answers.within(pool.query(LIST).execute(), "list users")
        .map(rows ->
            new UserList(
                StreamSupport.stream(rows.spliterator(), false).map(Users::user).toList()));
  }

  Future<FoundUser> find(FindUser wanted) {
    return Answers.within(
            pool.preparedQuery(FIND).execute(Tuple.of(wanted.name())), "read user " + wanted.name())
        .map(rows -> new FoundUser(first(rows)));
  }

  /// Fails with a [Refusal], CONFLICT, when there is one of that name, or any where there must be
  /// none.
  Future<UserAccount> create(CreateUser wanted) {
    var parameters =
        Tuple.of(
            wanted.name(),
            wanted.role().text(),
            wanted.passwordHash(),
            wanted.mustChange(),
            wanted.onlyFirst());
    return Answers.within(
            pool.preparedQuery(CREATE).execute(parameters), "create user " + wanted.name())
        .map(rows -> {
          var created = first(rows);
          if (created == null) {
            throw new Refusal(
                Refusal.Kind.CONFLICT, "there is a user '" + wanted.name() + "' already");
          }
          return created;
        });
  }

  Future<UserAccount> change(ChangeUser wanted) {
    var role = wanted.role();
    boolean leaves = (role != null && role != Role.ADMIN) || Boolean.TRUE.equals(wanted.disabled());
    var parameters =
        Tuple.of(
            wanted.name(),
            role == null ? null : role.text(),
            wanted.passwordHash(),
            wanted.mustChange(),
            wanted.disabled());
    return Answers.within(
        pool.withTransaction(connection ->
            keepAnAdmin(connection, wanted.name(), leaves)
                .compose(_ -> connection.preparedQuery(CHANGE).execute(parameters))
                .map(rows -> {
                  var changed = first(rows);
                  if (changed == null) {
                    throw unknown(wanted.name());
                  }
                  return changed;
                })),
        "change user " + wanted.name());
  }

  Future<Done> delete(DeleteUser wanted) {
    return Answers.within(
        pool.withTransaction(connection ->
            keepAnAdmin(connection, wanted.name(), true)
                .compose(_ -> connection.preparedQuery(DELETE).execute(Tuple.of(wanted.name())))
                .map(rows -> {
                  if (rows.rowCount() == 0) {
                    throw unknown(wanted.name());
                  }
                  return new Done();
                })),
        "delete user " + wanted.name());
  }

  private static Future<Void> keepAnAdmin(SqlConnection connection, String name, boolean leaves) {
    if (!leaves) {
      return Future.succeededFuture();
    }
    SqlClient client = connection;
    return client
        .query(ADMINS)
        .execute()
        .map(rows -> {
          if (rows.size() == 1 && rows.iterator().next().getString(0).equals(name)) {
            throw new Refusal(
                Refusal.Kind.CONFLICT,
                "user '" + name + "' is the last admin who can log in: make another one first");
          }
          return null;
        });
  }

  private static Refusal unknown(String name) {
    return Refusal.unknown("unknown user '" + name + "'");
  }

  private static @Nullable UserAccount first(RowSet<Row> rows) {
    return rows.size() == 0 ? null : user(rows.iterator().next());
  }

  /// Of a row that has [#COLUMNS].
  static UserAccount user(Row row) {
    return new UserAccount(
        row.getString("name"),
        Role.valueOf(row.getString("role").toUpperCase(Locale.ROOT)),
        row.getString("password_hash"),
        row.getBoolean("must_change"),
        row.getBoolean("disabled"),
        row.getLong("created_at"));
  }
}

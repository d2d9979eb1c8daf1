package sandpiper.persistence;

import io.vertx.core.Future;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Row;
import io.vertx.sqlclient.Tuple;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.stream.StreamSupport;
import sandpiper.bus.Access.AccessToken;
import sandpiper.bus.Access.DeleteToken;
import sandpiper.bus.Access.EndLogins;
import sandpiper.bus.Access.FindToken;
import sandpiper.bus.Access.FoundToken;
import sandpiper.bus.Access.ListTokens;
import sandpiper.bus.Access.Permission;
import sandpiper.bus.Access.TokenKind;
import sandpiper.bus.Access.TokenList;
import sandpiper.bus.Access.TouchToken;
import sandpiper.bus.Access.WriteToken;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Refusal;

/// Keeps logins and the tokens of clients, by the hash of their secret.
final class Tokens {
  private static final String COLUMNS =
      "token_id, user_name, kind, label, secret_hash, permissions,"
          + " access_tokens.created_at as token_created_at, expires_at, last_used_at";
  private static final String FIND =
      "select %s, %s from access_tokens join users on users.name = user_name where secret_hash = $1"
          .formatted(COLUMNS, Users.COLUMNS);
  private static final String LIST =
      """
      select %s from access_tokens where user_name = coalesce($1::text, user_name)
      order by created_at desc, token_id\
      """
          .formatted(COLUMNS);
  private static final String WRITE =
      """
      insert into access_tokens (token_id, user_name, kind, label, secret_hash, permissions,
        created_at, expires_at)
      values ($1, $2, $3, $4, $5, $6, $7, $8) on conflict (token_id) do nothing\
      """;
  private static final String TOUCH =
      """
      update access_tokens set last_used_at = $2, expires_at = coalesce($3::bigint, expires_at)
      where token_id = $1\
      """;
  private static final String DELETE =
      "delete from access_tokens where token_id = $1 and user_name = coalesce($2::text, user_name)";
  private static final String END_LOGINS =
      """
      delete from access_tokens
      where user_name = $1 and kind = 'login' and token_id <> coalesce($2::text, '')\
      """;

  private final Pool pool;

  Tokens(Pool pool) {
    this.pool = pool;
  }

  Future<FoundToken> find(FindToken wanted) {
    return Answers.within(
            pool.preparedQuery(FIND).execute(Tuple.of(wanted.secretHash())), "look up a token")
        .map(rows -> {
          if (rows.size() == 0) {
            return new FoundToken(null, null);
          }
          var row = rows.iterator().next();
          return new FoundToken(token(row), Users.user(row));
        });
  }

  Future<TokenList> list(ListTokens wanted) {
    return Answers.within(
            pool.preparedQuery(LIST).execute(Tuple.of(wanted.userName())), "list tokens")
        .map(rows ->
            new TokenList(
                StreamSupport.stream(rows.spliterator(), false).map(Tokens::token).toList()));
  }

  Future<Done> write(WriteToken write) {
    var token = write.token();
    var parameters =
        Tuple.of(token.tokenId(), token.userName(), token.kind().text())
            .addString(token.label())
            .addString(token.secretHash())
            .addArrayOfString(
                token.permissions().stream().map(Permission::text).toArray(String[]::new))
            .addLong(token.createdAt())
            .addLong(token.expiresAt());
    return done(WRITE, parameters, "write a token of user " + token.userName());
  }

  Future<Done> touch(TouchToken used) {
    return done(
        TOUCH,
        Tuple.of(used.tokenId(), used.usedAt(), used.expiresAt()),
        "write that token " + used.tokenId() + " was used");
  }

  Future<Done> delete(DeleteToken wanted) {
    return Answers.within(
            pool.preparedQuery(DELETE).execute(Tuple.of(wanted.tokenId(), wanted.userName())),
            "delete token " + wanted.tokenId())
        .map(rows -> {
          if (rows.rowCount() == 0) {
            throw Refusal.unknown("unknown token '" + wanted.tokenId() + "'");
          }
          return new Done();
        });
  }

  Future<Done> endLogins(EndLogins wanted) {
    return done(
        END_LOGINS,
        Tuple.of(wanted.userName(), wanted.except()),
        "end the logins of user " + wanted.userName());
  }

  private Future<Done> done(String sql, Tuple parameters, String what) {
    return Answers.within(pool.preparedQuery(sql).execute(parameters), what).map(_ -> new Done());
  }

  private static AccessToken token(Row row) {
    var permissions = EnumSet.noneOf(Permission.class);
    Arrays.stream(row.getArrayOfStrings("permissions"))
        .map(text -> Permission.valueOf(text.toUpperCase(Locale.ROOT)))
        .forEach(permissions::add);
    return new AccessToken(
        row.getString("token_id"),
        row.getString("user_name"),
        TokenKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT)),
        row.getString("label"),
        row.getString("secret_hash"),
        permissions,
        row.getLong("token_created_at"),
        row.getLong("expires_at"),
        row.getLong("last_used_at"));
  }
}

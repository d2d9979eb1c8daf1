package sandpiper.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sandpiper.persistence.Waiting.await;
import static sandpiper.persistence.Waiting.failureOf;

import io.vertx.core.Future;
import java.util.EnumSet;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sandpiper.bus.Access.AccessToken;
import sandpiper.bus.Access.AuditEntry;
import sandpiper.bus.Access.AuditRow;
import sandpiper.bus.Access.ChangeUser;
import sandpiper.bus.Access.CloseAudit;
import sandpiper.bus.Access.CreateUser;
import sandpiper.bus.Access.DeleteToken;
import sandpiper.bus.Access.DeleteUser;
import sandpiper.bus.Access.EndLogins;
import sandpiper.bus.Access.FindToken;
import sandpiper.bus.Access.FindUser;
import sandpiper.bus.Access.FoundToken;
import sandpiper.bus.Access.KeepAudit;
import sandpiper.bus.Access.ListAudit;
import sandpiper.bus.Access.ListTokens;
import sandpiper.bus.Access.ListUsers;
import sandpiper.bus.Access.Permission;
import sandpiper.bus.Access.Role;
import sandpiper.bus.Access.TokenKind;
import sandpiper.bus.Access.TouchToken;
import sandpiper.bus.Access.UserAccount;
import sandpiper.bus.Access.WriteAudit;
import sandpiper.bus.Access.WriteToken;
import sandpiper.bus.Refusal;

/// Users, tokens and the audit log in a real PostgreSQL.
@ExtendWith(SharedDatabase.class)
class UsersIT {
  private static final long NOON = 1_767_268_800_000_000L;

  private final Database database;
  private final Users users;
  private final Tokens tokens;
  private final AuditLog audit;

  UsersIT(Database database) {
    this.database = database;
    users = new Users(database.pool());
    tokens = new Tokens(database.pool());
    audit = new AuditLog(database.pool(), Waiting.writes(database));
  }

  @BeforeEach
  void nobody() throws Exception {
    await(database.pool().query("delete from users").execute());
  }

  @Test
  void theFirstIsOnlyMadeWhereThereIsNobody() throws Exception {
    var first = await(users.create(new CreateUser("admin", Role.ADMIN, "hash", true, true)));
    var second = users.create(new CreateUser("other", Role.ADMIN, "hash", true, true));

    assertThat(first)
        .returns("admin", UserAccount::name)
        .returns(Role.ADMIN, UserAccount::role)
        .returns("hash", UserAccount::passwordHash)
        .returns(true, UserAccount::mustChange)
        .returns(false, UserAccount::disabled);
    assertThat(failureOf(second)).isInstanceOf(Refusal.class);
    assertThat(await(users.list(new ListUsers())).users()).containsExactly(first);
  }

  @Test
  void twoOfOneNameCannotBe() throws Exception {
    add("ann", Role.VIEWER);
    var again = users.create(new CreateUser("ann", Role.ADMIN, "other", false, false));

    assertThat(failureOf(again)).hasMessage("there is a user 'ann' already");
    assertThat(await(users.find(new FindUser("ann"))).user())
        .returns(Role.VIEWER, UserAccount::role);
  }

  @Test
  void whatIsNotNamedStays() throws Exception {
    var ann = add("ann", Role.TRADER);
    var changed = await(users.change(new ChangeUser("ann", null, "other hash", null, null)));

    assertThat(changed)
        .isEqualTo(
            new UserAccount("ann", Role.TRADER, "other hash", false, false, ann.createdAt()));
    assertThat(failureOf(users.change(new ChangeUser("bob", Role.ADMIN, null, null, null))))
        .hasMessage("unknown user 'bob'");
  }

  @Test
  void theLastAdminStays() throws Exception {
    add("ann", Role.ADMIN);
    add("bob", Role.TRADER);
    var last = "user 'ann' is the last admin who can log in: make another one first";

    for (Future<?> way :
        List.of(
            users.change(new ChangeUser("ann", Role.TRADER, null, null, null)),
            users.change(new ChangeUser("ann", null, null, null, true)),
            users.delete(new DeleteUser("ann")))) {
      assertThat(failureOf(way)).hasMessage(last);
    }
    await(users.change(new ChangeUser("bob", Role.ADMIN, null, null, null)));
    await(users.delete(new DeleteUser("ann")));
    assertThat(await(users.list(new ListUsers())).users())
        .extracting(UserAccount::name)
        .containsExactly("bob");
  }

  @Test
  void twoAdminsCannotTakeEachOtherAway() throws Exception {
    for (int i = 0; i < 20; i++) {
      nobody();
      add("ann", Role.ADMIN);
      add("bob", Role.ADMIN);
      var ann = users.delete(new DeleteUser("ann"));
      var bob = users.change(new ChangeUser("bob", Role.VIEWER, null, null, null));
      await(Future.join(ann, bob).transform(_ -> Future.succeededFuture()));

      assertThat(ann.succeeded()).isNotEqualTo(bob.succeeded());
    }
  }

  @Test
  void aTokenIsFoundByItsHashWithItsUser() throws Exception {
    var ann = add("ann", Role.TRADER);
    var token = token("tok_1", TokenKind.CLIENT, NOON + 1);

    assertThat(await(tokens.find(new FindToken("hash of tok_1"))))
        .isEqualTo(new FoundToken(token, ann));
    assertThat(await(tokens.find(new FindToken("hash of tok_2"))))
        .isEqualTo(new FoundToken(null, null));
    await(tokens.touch(new TouchToken("tok_1", NOON + 7, NOON + 9)));
    assertThat(await(tokens.list(new ListTokens("ann"))).tokens())
        .singleElement()
        .returns(NOON + 7, AccessToken::lastUsedAt)
        .returns(NOON + 9, AccessToken::expiresAt);
    await(tokens.touch(new TouchToken("tok_1", NOON + 8, null)));
    assertThat(await(tokens.list(new ListTokens(null))).tokens())
        .singleElement()
        .returns(NOON + 9, AccessToken::expiresAt);
  }

  @Test
  void onlyWhoseItIsRevokesIt() throws Exception {
    add("ann", Role.TRADER);
    token("tok_1", TokenKind.CLIENT, null);

    assertThat(failureOf(tokens.delete(new DeleteToken("tok_1", "bob"))))
        .hasMessage("unknown token 'tok_1'");
    await(tokens.delete(new DeleteToken("tok_1", "ann")));
    assertThat(await(tokens.find(new FindToken("hash of tok_1"))).token()).isNull();
  }

  @Test
  void loginsEndAndTokensStay() throws Exception {
    add("ann", Role.TRADER);
    token("tok_1", TokenKind.LOGIN, NOON);
    token("tok_2", TokenKind.LOGIN, NOON);
    token("tok_3", TokenKind.CLIENT, null);
    await(tokens.endLogins(new EndLogins("ann", "tok_2")));

    assertThat(await(tokens.list(new ListTokens("ann"))).tokens())
        .extracting(AccessToken::tokenId)
        .containsExactly("tok_2", "tok_3");
  }

  @Test
  void whoGoesTakesTheirTokensAlong() throws Exception {
    add("ann", Role.VIEWER);
    token("tok_1", TokenKind.CLIENT, null);
    await(users.delete(new DeleteUser("ann")));

    assertThat(await(tokens.list(new ListTokens(null))).tokens()).isEmpty();
  }

  @Test
  void aRowIsClosedOnce() throws Exception {
    var entry =
        new AuditEntry(
            NOON, "ann", "tok_1", "127.0.0.1", "stopSession", "/sessions/stop", "{}", null, null);
    // As the journal writes it back: any of it may come again.
    var kept =
        new AuditEntry(
            7, "kim", null, "127.0.0.1", "killAll", "/api/trading/kill-switch", "{}", null, null);
    var over =
        new AuditEntry(
            7, "kim", null, "127.0.0.1", "killAll", "/api/trading/kill-switch", "{}", 200, null);
    for (var each : List.of(kept, kept, over, kept, over)) {
      assertThat(await(audit.keep(new KeepAudit(each))).written()).isTrue();
    }
    assertThat(await(audit.list(new ListAudit(10, null, "kim"))).rows())
        .extracting(AuditRow::entry)
        .containsExactly(over);

    long row = await(audit.write(new WriteAudit(entry))).entry();
    await(audit.close(new CloseAudit(row, 409, "it had ended")));
    await(audit.close(new CloseAudit(row, 200, null)));

    assertThat(await(audit.list(new ListAudit(1, null, "ann"))).rows().getFirst().entry())
        .isEqualTo(
            new AuditEntry(
                NOON,
                "ann",
                "tok_1",
                "127.0.0.1",
                "stopSession",
                "/sessions/stop",
                "{}",
                409,
                "it had ended"));
  }

  @Test
  void theAuditLogIsReadBackwards() throws Exception {
    long first = row("zoe");
    long second = row("zoe");
    row("yan");

    assertThat(await(audit.list(new ListAudit(10, null, "zoe"))).rows())
        .extracting(row -> row.number())
        .containsExactly(second, first);
    assertThat(await(audit.list(new ListAudit(10, second, "zoe"))).rows())
        .extracting(row -> row.number())
        .containsExactly(first);
    assertThatThrownBy(() -> audit.list(new ListAudit(1_001, null, null)))
        .hasMessage("limit must be from 1 to 1000, was 1001");
  }

  private long row(String user) throws Exception {
    var entry = new AuditEntry(NOON, user, null, null, "login", "/api/login", null, 200, null);
    return await(audit.write(new WriteAudit(entry))).entry();
  }

  private UserAccount add(String name, Role role) throws Exception {
    return await(users.create(new CreateUser(name, role, "hash", false, false)));
  }

  private AccessToken token(String id, TokenKind kind, @Nullable Long expires) throws Exception {
    var token =
        new AccessToken(
            id,
            "ann",
            kind,
            "test",
            "hash of " + id,
            EnumSet.of(Permission.READ, Permission.TRADE),
            NOON,
            expires,
            null);
    await(tokens.write(new WriteToken(token)));
    return token;
  }
}

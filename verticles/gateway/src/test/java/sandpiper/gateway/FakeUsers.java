package sandpiper.gateway;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import sandpiper.bus.Access.AccessToken;
import sandpiper.bus.Access.AuditEntry;
import sandpiper.bus.Access.AuditKept;
import sandpiper.bus.Access.AuditPage;
import sandpiper.bus.Access.AuditRow;
import sandpiper.bus.Access.AuditWritten;
import sandpiper.bus.Access.ChangeUser;
import sandpiper.bus.Access.CloseAudit;
import sandpiper.bus.Access.CreateUser;
import sandpiper.bus.Access.FoundToken;
import sandpiper.bus.Access.FoundUser;
import sandpiper.bus.Access.Permission;
import sandpiper.bus.Access.Role;
import sandpiper.bus.Access.TokenKind;
import sandpiper.bus.Access.TokenList;
import sandpiper.bus.Access.UserAccount;
import sandpiper.bus.Access.UserList;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Refusal;

/// Keeps users, tokens and the audit log in memory. There is a token of everybody to begin with.
public final class FakeUsers extends VerticleBase {
  public static final String VIEWER = "sp_viewer";
  public static final String TRADER = "sp_trader";
  public static final String ADMIN = "sp_admin";

  public final Map<String, UserAccount> users = new ConcurrentHashMap<>();
  public final Map<String, AccessToken> tokens = new ConcurrentHashMap<>();
  public final List<AuditEntry> audited = new CopyOnWriteArrayList<>();
  public final List<CloseAudit> closed = new CopyOnWriteArrayList<>();

  @Override
  public Future<?> start() {
    for (var role : Role.values()) {
      add(role.text(), role, "no password");
      token("sp_" + role.text(), role.text(), TokenKind.CLIENT, role.permissions());
    }
    var bus = new Bus(vertx);
    return Future.all(
        List.of(
            bus.answer(
                Channels.FIND_TOKEN,
                find -> {
                  var token = tokens.get(find.secretHash());
                  return Future.succeededFuture(
                      new FoundToken(token, token == null ? null : users.get(token.userName())));
                }),
            bus.answer(Channels.TOUCH_TOKEN, _ -> done()),
            bus.answer(
                Channels.WRITE_TOKEN,
                write -> {
                  tokens.put(write.token().secretHash(), write.token());
                  return done();
                }),
            bus.answer(
                Channels.LIST_TOKENS,
                list ->
                    Future.succeededFuture(
                        new TokenList(
                            tokens.values().stream()
                                .filter(token ->
                                    list.userName() == null
                                        || token.userName().equals(list.userName()))
                                .sorted(Comparator.comparing(AccessToken::tokenId))
                                .toList()))),
            bus.answer(
                Channels.DELETE_TOKEN,
                delete -> {
                  boolean gone =
                      tokens
                          .values()
                          .removeIf(token ->
                              token.tokenId().equals(delete.tokenId())
                                  && (delete.userName() == null
                                      || delete.userName().equals(token.userName())));
                  return gone
                      ? done()
                      : Future.failedFuture(
                          Refusal.unknown("unknown token '" + delete.tokenId() + "'"));
                }),
            bus.answer(
                Channels.END_LOGINS,
                end -> {
                  tokens
                      .values()
                      .removeIf(token ->
                          token.userName().equals(end.userName())
                              && token.kind() == TokenKind.LOGIN
                              && !token.tokenId().equals(end.except()));
                  return done();
                }),
            bus.answer(
                Channels.FIND_USER,
                find -> Future.succeededFuture(new FoundUser(users.get(find.name())))),
            bus.answer(
                Channels.LIST_USERS,
                _ -> Future.succeededFuture(new UserList(new ArrayList<>(users.values())))),
            bus.answer(Channels.CREATE_USER, this::create),
            bus.answer(Channels.CHANGE_USER, this::change),
            bus.answer(
                Channels.DELETE_USER,
                delete ->
                    users.remove(delete.name()) == null
                        ? Future.failedFuture(
                            Refusal.unknown("unknown user '" + delete.name() + "'"))
                        : done()),
            bus.answer(
                Channels.WRITE_AUDIT,
                write -> {
                  audited.add(write.entry());
                  return Future.succeededFuture(new AuditWritten(audited.size()));
                }),
            bus.answer(
                Channels.KEEP_AUDIT,
                keep -> {
                  var entry = keep.entry();
                  if (entry.status() == null) {
                    audited.add(entry);
                  } else {
                    closed.add(new CloseAudit(audited.size(), entry.status(), entry.problem()));
                  }
                  return Future.succeededFuture(new AuditKept(true));
                }),
            bus.answer(
                Channels.CLOSE_AUDIT,
                close -> {
                  closed.add(close);
                  return done();
                }),
            bus.answer(
                Channels.LIST_AUDIT,
                list ->
                    Future.succeededFuture(
                        new AuditPage(
                            audited.stream()
                                .limit(list.limit())
                                .map(entry -> new AuditRow(audited.indexOf(entry) + 1L, entry))
                                .toList())))));
  }

  public UserAccount add(String name, Role role, String passwordHash) {
    var user = new UserAccount(name, role, passwordHash, false, false, Samples.NOON);
    users.put(name, user);
    return user;
  }

  public AccessToken token(
      String secret, String user, TokenKind kind, Set<Permission> permissions) {
    var token =
        new AccessToken(
            "tok_" + secret.substring(3),
            user,
            kind,
            "test",
            hash(secret),
            permissions.isEmpty() ? EnumSet.noneOf(Permission.class) : permissions,
            Samples.NOON,
            null,
            Samples.NOON);
    tokens.put(token.secretHash(), token);
    return token;
  }

  private Future<UserAccount> create(CreateUser create) {
    return users.containsKey(create.name())
        ? Future.failedFuture(
            new Refusal(Refusal.Kind.CONFLICT, "there is a user '" + create.name() + "' already"))
        : Future.succeededFuture(
            put(
                new UserAccount(
                    create.name(),
                    create.role(),
                    create.passwordHash(),
                    create.mustChange(),
                    false,
                    Samples.NOON)));
  }

  private Future<UserAccount> change(ChangeUser change) {
    var user = users.get(change.name());
    return user == null
        ? Future.failedFuture(Refusal.unknown("unknown user '" + change.name() + "'"))
        : Future.succeededFuture(
            put(
                new UserAccount(
                    user.name(),
                    Objects.requireNonNullElse(change.role(), user.role()),
                    Objects.requireNonNullElse(change.passwordHash(), user.passwordHash()),
                    Objects.requireNonNullElse(change.mustChange(), user.mustChange()),
                    Objects.requireNonNullElse(change.disabled(), user.disabled()),
                    user.createdAt())));
  }

  private UserAccount put(UserAccount user) {
    users.put(user.name(), user);
    return user;
  }

  private static Future<Done> done() {
    return Future.succeededFuture(new Done());
  }

  private static String hash(String secret) {
    try {
      return HexFormat.of()
          .formatHex(MessageDigest.getInstance("SHA-256").digest(secret.getBytes(UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

package sandpiper.bus;

import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Who may use the platform and what they did, as records that travel on the bus. Secrets do not:
/// only their hashes, and those stay out of `toString`.
public final class Access {
  private Access() {}

  /// What somebody may do; each operation asks for one.
  public enum Permission {
    /// Look at everything but users and the audit log.
    READ,
    /// Save and restore strategies, change their parameters, send them commands.
    STRATEGIES,
    /// Start and stop sessions, place, amend and cancel orders, stop and release trading.
    TRADE,
    /// Send market data and indicator values in.
    PUBLISH,
    /// Users, other people's tokens, the audit log.
    ADMIN;

    /// As it stands in JSON, rows and the contract.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// What a user is; a token may have less than its user, never more.
  public enum Role {
    VIEWER,
    TRADER,
    ADMIN;

    public Set<Permission> permissions() {
      return switch (this) {
        case VIEWER -> EnumSet.of(Permission.READ);
        case TRADER ->
            EnumSet.of(
                Permission.READ, Permission.STRATEGIES, Permission.TRADE, Permission.PUBLISH);
        case ADMIN -> EnumSet.allOf(Permission.class);
      };
    }

    /// As it stands in JSON and rows.
    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param name 1 to 32 characters: a letter, then letters, digits, dots, dashes, underscores, all
  ///   in lower case
  /// @param passwordHash with its algorithm and salt
  /// @param mustChange whether the password was given by somebody else and is good for nothing but
  ///   choosing another
  /// @param disabled whether nothing lets the user in
  /// @param createdAt wall clock, UTC microseconds
  public record UserAccount(
      String name,
      Role role,
      String passwordHash,
      boolean mustChange,
      boolean disabled,
      long createdAt) {
    @Override
    public String toString() {
      return "UserAccount[" + name + ", " + role + "]";
    }
  }

  /// Answered with a conflict when there is one of that name.
  ///
  /// @param onlyFirst whether there must be no user at all yet
  public record CreateUser(
      String name, Role role, String passwordHash, boolean mustChange, boolean onlyFirst) {
    @Override
    public String toString() {
      return "CreateUser[" + name + ", " + role + "]";
    }
  }

  /// What is null stays as it is. The last admin who is not disabled stays one.
  public record ChangeUser(
      String name,
      @Nullable Role role,
      @Nullable String passwordHash,
      @Nullable Boolean mustChange,
      @Nullable Boolean disabled) {
    @Override
    public String toString() {
      return "ChangeUser[" + name + "]";
    }
  }

  public record FindUser(String name) {}

  /// @param user null when there is none of that name
  public record FoundUser(@Nullable UserAccount user) {}

  public record ListUsers() {}

  /// @param users by name
  public record UserList(List<UserAccount> users) {
    public UserList {
      users = List.copyOf(users);
    }
  }

  /// With all tokens. The last admin who is not disabled stays.
  public record DeleteUser(String name) {}

  /// What a token is for.
  public enum TokenKind {
    /// A browser that somebody logged in with.
    LOGIN,
    /// A program; made by its user.
    CLIENT;

    public String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /// @param tokenId names it in lists and rows; is no secret
  /// @param label for people: what it is for, or the browser
  /// @param secretHash SHA-256 of the secret, in hexadecimal
  /// @param createdAt wall clock, UTC microseconds
  /// @param expiresAt likewise; null when it does not
  /// @param lastUsedAt likewise, to the minute; null before the first use
  public record AccessToken(
      String tokenId,
      String userName,
      TokenKind kind,
      String label,
      String secretHash,
      Set<Permission> permissions,
      long createdAt,
      @Nullable Long expiresAt,
      @Nullable Long lastUsedAt) {
    public AccessToken {
      permissions = Collections.unmodifiableSet(copy(permissions));
    }

    private static Set<Permission> copy(Set<Permission> permissions) {
      var copy = EnumSet.noneOf(Permission.class);
      copy.addAll(permissions);
      return copy;
    }

    @Override
    public String toString() {
      return "AccessToken[" + tokenId + " of " + userName + "]";
    }
  }

  public record WriteToken(AccessToken token) {}

  public record FindToken(String secretHash) {
    @Override
    public String toString() {
      return "FindToken[]";
    }
  }

  /// Both null when there is no such token.
  public record FoundToken(@Nullable AccessToken token, @Nullable UserAccount user) {}

  /// It was used.
  ///
  /// @param expiresAt from now on; null to leave it
  public record TouchToken(String tokenId, long usedAt, @Nullable Long expiresAt) {}

  /// @param userName null for those of all users
  public record ListTokens(@Nullable String userName) {}

  /// @param tokens newest first
  public record TokenList(List<AccessToken> tokens) {
    public TokenList {
      tokens = List.copyOf(tokens);
    }
  }

  /// @param userName whose it must be; null for anybody's
  public record DeleteToken(String tokenId, @Nullable String userName) {}

  /// Ends all logins of a user.
  ///
  /// @param except token to spare; null for none
  public record EndLogins(String userName, @Nullable String except) {}

  /// Somebody is about to do something.
  ///
  /// @param at wall clock, UTC microseconds
  /// @param user name; `command line` or `platform` when it is none
  /// @param tokenId by which the user was known; null without one
  /// @param remote address of the client; null for this machine's command line
  /// @param operation of the contract, or the command
  /// @param target what it is about, such as a path
  /// @param detail what was sent, without secrets, at most 4,000 characters; null when nothing was
  /// @param status of the answer, as in HTTP; null until there is one
  /// @param problem what was wrong; null when nothing was
  public record AuditEntry(
      long at,
      String user,
      @Nullable String tokenId,
      @Nullable String remote,
      String operation,
      String target,
      @Nullable String detail,
      @Nullable Integer status,
      @Nullable String problem) {}

  public record WriteAudit(AuditEntry entry) {}

  /// @param entry number of the row
  public record AuditWritten(long entry) {}

  /// A row that must be kept although the database may be away; sent once before, and once after
  /// with what came of it. It is known by time, user, token, operation and target.
  public record KeepAudit(AuditEntry entry) {}

  /// @param written whether the database has it; else it is on this machine's disk until it is back
  public record AuditKept(boolean written) {}

  /// What came of it.
  public record CloseAudit(long entry, int status, @Nullable String problem) {}

  /// @param limit rows at most, 1 to 1,000
  /// @param before number of a row; null for the newest
  /// @param user whose; null for everybody's
  public record ListAudit(int limit, @Nullable Long before, @Nullable String user) {}

  /// @param number of the row
  public record AuditRow(long number, AuditEntry entry) {}

  /// @param rows newest first
  public record AuditPage(List<AuditRow> rows) {
    public AuditPage {
      rows = List.copyOf(rows);
    }
  }
}

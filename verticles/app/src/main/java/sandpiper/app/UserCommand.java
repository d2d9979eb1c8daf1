package sandpiper.app;

import io.vertx.core.Vertx;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;
import sandpiper.bus.Access.AuditEntry;
import sandpiper.bus.Access.ChangeUser;
import sandpiper.bus.Access.CreateUser;
import sandpiper.bus.Access.DeleteUser;
import sandpiper.bus.Access.EndLogins;
import sandpiper.bus.Access.ListUsers;
import sandpiper.bus.Access.Role;
import sandpiper.bus.Access.UserAccount;
import sandpiper.bus.Access.WriteAudit;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.gateway.auth.Passwords;
import sandpiper.gateway.auth.Secrets;

/// `sandpiper user`: users, for whoever can reach the database; also beside a platform that runs,
/// which heeds it within seconds.
@Command(
    name = "user",
    description = "Lists, makes and changes users.",
    mixinStandardHelpOptions = true)
final class UserCommand {
  private static final String COMMAND_LINE = "command line";

  @Spec private CommandSpec spec;

  @Option(
      names = "--config",
      paramLabel = "FILE.yaml",
      description = "Laid over the defaults.",
      scope = ScopeType.INHERIT)
  private @Nullable Path config;

  @Command(name = "list", description = "All users, their roles and states.")
  int list() {
    return with((bus, out) -> {
      for (var user : Blocking.await(bus.ask(Channels.LIST_USERS, new ListUsers())).users()) {
        out.printf("%-32s %-7s %s%n", user.name(), user.role().text(), state(user));
      }
      return 0;
    });
  }

  @Command(name = "add", description = "Makes a user, with a password to be changed.")
  int add(
      @Parameters(paramLabel = "NAME") String name,
      @Option(
              names = "--role",
              required = true,
              paramLabel = "ROLE",
              description = "viewer, trader, admin.")
          String role) {
    if (!name.matches("[a-z][a-z0-9._-]{0,31}")) {
      throw new UsageException(
          "NAME must be a letter, then at most 31 letters, digits, dots, dashes or underscores,"
              + " all in lower case, was '"
              + name
              + "'");
    }
    var wanted = role(role);
    return with((bus, out) -> {
      audit(bus, "createUser", name);
      var password = Secrets.oneTimePassword();
      var create = new CreateUser(name, wanted, Passwords.hash(password), true, false);
      Blocking.await(bus.ask(Channels.CREATE_USER, create));
      out.printf("%s logs in with the password %s, and has to change it%n", name, password);
      return 0;
    });
  }

  @Command(name = "role", description = "Gives a user another role.")
  int role(
      @Parameters(paramLabel = "NAME") String name, @Parameters(paramLabel = "ROLE") String role) {
    return change("changeUser", new ChangeUser(name, role(role), null, null, null));
  }

  @Command(name = "disable", description = "Lets a user in no more.")
  int disable(@Parameters(paramLabel = "NAME") String name) {
    return change("changeUser", new ChangeUser(name, null, null, null, true));
  }

  @Command(name = "enable", description = "Lets a user in again.")
  int enable(@Parameters(paramLabel = "NAME") String name) {
    return change("changeUser", new ChangeUser(name, null, null, null, false));
  }

  @Command(
      name = "reset",
      description = "Gives a user a password to be changed; ends their logins.")
  int reset(@Parameters(paramLabel = "NAME") String name) {
    return with((bus, out) -> {
      audit(bus, "resetPassword", name);
      var password = Secrets.oneTimePassword();
      var change = new ChangeUser(name, null, Passwords.hash(password), true, null);
      Blocking.await(bus.ask(Channels.CHANGE_USER, change));
      Blocking.await(bus.ask(Channels.END_LOGINS, new EndLogins(name, null)));
      out.printf("%s logs in with the password %s, and has to change it%n", name, password);
      return 0;
    });
  }

  @Command(name = "delete", description = "Deletes a user with all tokens.")
  int delete(@Parameters(paramLabel = "NAME") String name) {
    return with((bus, out) -> {
      audit(bus, "deleteUser", name);
      Blocking.await(bus.ask(Channels.DELETE_USER, new DeleteUser(name)));
      out.printf("%s is gone%n", name);
      return 0;
    });
  }

  private int change(String operation, ChangeUser change) {
    return with((bus, out) -> {
      audit(bus, operation, change.name());
      var user = Blocking.await(bus.ask(Channels.CHANGE_USER, change));
      out.printf("%s is %s, %s%n", user.name(), user.role().text(), state(user));
      return 0;
    });
  }

  private static void audit(Bus bus, String operation, String name) {
    long now = Instant.now().toEpochMilli() * 1_000;
    var entry = new AuditEntry(now, COMMAND_LINE, null, null, operation, name, null, null, null);
    Blocking.await(bus.ask(Channels.WRITE_AUDIT, new WriteAudit(entry)));
  }

  private int with(BiFunction<Bus, PrintWriter, Integer> work) {
    var vertx = Vertx.vertx();
    Bus.install(vertx);
    var out = spec.commandLine().getOut();
    try {
      var settings = Blocking.await(AppConfig.read(vertx, config, System.getenv()));
      Blocking.await(vertx.deployVerticle(settings.persistenceBeside()));
      return work.apply(new Bus(vertx), out);
    } finally {
      out.flush();
      Blocking.await(vertx.close());
    }
  }

  private static Role role(String text) {
    return Arrays.stream(Role.values())
        .filter(role -> role.text().equals(text))
        .findFirst()
        .orElseThrow(
            () -> new UsageException("ROLE must be viewer, trader or admin, was '" + text + "'"));
  }

  private static String state(UserAccount user) {
    return user.disabled() ? "disabled" : user.mustChange() ? "has to change password" : "enabled";
  }
}

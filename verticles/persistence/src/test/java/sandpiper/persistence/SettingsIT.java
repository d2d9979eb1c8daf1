package sandpiper.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.persistence.Waiting.await;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import sandpiper.bus.Access.CreateUser;
import sandpiper.bus.Access.DeleteUser;
import sandpiper.bus.Access.Role;
import sandpiper.bus.Messages.FindSetting;
import sandpiper.bus.Messages.Setting;
import sandpiper.bus.Messages.WriteSetting;

/// Settings in a real PostgreSQL.
@ExtendWith(SharedDatabase.class)
class SettingsIT {
  private static final Setting NONE = new Setting(null, null, null);

  private final Database database;
  private final Settings settings;
  private final Users users;

  SettingsIT(Database database) {
    this.database = database;
    settings = new Settings(database.pool());
    users = new Users(database.pool());
  }

  @BeforeEach
  void nothingSaved() throws Exception {
    await(database.pool().query("delete from settings").execute());
    await(database.pool().query("delete from users").execute());
  }

  @Test
  void whatWasSavedLastIsFound() throws Exception {
    assertThat(find(null)).isEqualTo(NONE);
    write(null, "{\"leverage\": \"2\"}");
    var second = write(null, "{\"leverage\": \"3\"}");

    assertThat(find(null)).isEqualTo(second);
    assertThat(second.value()).isEqualTo("{\"leverage\": \"3\"}");
    assertThat(second.changedBy()).isEqualTo("alice");
    assertThat(second.changedAt()).isPositive();
  }

  @Test
  void whatIsForgottenIsGone() throws Exception {
    write(null, "{}");

    assertThat(write(null, null)).isEqualTo(NONE);
    assertThat(find(null)).isEqualTo(NONE);
  }

  @Test
  void everyUserHasTheirOwnUntilTheyAreDeleted() throws Exception {
    await(users.create(new CreateUser("alice", Role.ADMIN, "hash", false, false)));
    await(users.create(new CreateUser("bob", Role.ADMIN, "hash", false, false)));
    write(null, "1");
    write("alice", "2");
    write("bob", "3");

    assertThat(find("alice").value()).isEqualTo("2");
    await(users.delete(new DeleteUser("bob")));
    await(users.create(new CreateUser("bob", Role.VIEWER, "hash", false, false)));
    assertThat(find("bob")).isEqualTo(NONE);
    assertThat(find(null).value()).isEqualTo("1");
  }

  private Setting find(@Nullable String owner) throws Exception {
    return await(settings.find(new FindSetting(owner, "some")));
  }

  private Setting write(@Nullable String owner, @Nullable String value) throws Exception {
    return await(settings.write(new WriteSetting(owner, "some", value, "alice")));
  }
}

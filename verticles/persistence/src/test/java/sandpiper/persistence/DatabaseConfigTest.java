package sandpiper.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DatabaseConfigTest {
  private static DatabaseConfig config(@Nullable String url, String user, int port, int poolSize) {
    return new DatabaseConfig(url, user, "secret", Path.of("data"), port, poolSize);
  }

  @Test
  void thePasswordIsNeverShown() {
    assertThat(config("postgresql://db:5433/sand", "piper", 1, 1).toString())
        .isEqualTo("postgresql://db:5433/sand as piper");
  }

  @Test
  void aUrlWithoutPortMeansTheUsualOne() {
    assertThat(Server.parse("postgres://db/sand", "piper", ""))
        .isEqualTo(new Server("db", 5432, "sand", "piper", ""));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "db", "jdbc:postgresql://db/sand", "postgresql://db", "mysql://db/x"})
  void aUrlOfAnotherFormIsRefused(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config(url, "piper", 1, 1))
        .withMessageStartingWith("database.url must be postgresql://host:port/database")
        .withMessageEndingWith("was '" + url + "'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "postgresql://piper:secret@db/sand",
        "postgresql://db/sand?password=secret",
        "postgresql://piper:sec/ret@d b/sand?password=secret"
      })
  void aUrlWithAPasswordIsRefusedAndNotRepeated(String url) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config(url, "piper", 1, 1))
        .withMessageContaining("having keys of their own")
        .satisfies(e -> assertThat(e.getMessage()).doesNotContain("sec"));
  }

  @Test
  void aUrlNeedsAUser() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config("postgresql://db/sand", " ", 1, 1))
        .withMessage("database.user must name a user when database.url is given, was empty");
  }

  @ParameterizedTest
  @ValueSource(ints = {-1, 65_536})
  void aPortOutOfRangeIsRefused(int port) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config(null, "", port, 1))
        .withMessage(
            "database.port must be from 1 to 65535, or 0 for any that is free, was " + port);
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 101})
  void aPoolSizeOutOfRangeIsRefused(int size) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config(null, "", 1, size))
        .withMessage("database.pool-size must be from 1 to 100, was " + size);
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, (1 << 20) + 1})
  void aJournalOutOfRangeIsRefused(long megabytes) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> config(null, "", 1, 1).with(Path.of("journal"), megabytes << 20))
        .withMessage("database.journal-megabytes must be from 1 to 1048576, was " + megabytes);
  }

  @Test
  void theJournalLiesInTheDirectoryUnlessItIsGivenAnother() {
    var config = config(null, "", 1, 1);
    assertThat(config.journalFolder()).isEqualTo(config.directory().resolve("journal"));
    assertThat(config.journalBytes()).isEqualTo(256 << 20);
    assertThat(config.with(Path.of("/other"), 1 << 20).journalFolder())
        .isEqualTo(Path.of("/other"));
  }
}

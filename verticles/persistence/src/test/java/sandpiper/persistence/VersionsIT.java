package sandpiper.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.persistence.Waiting.await;
import static sandpiper.persistence.Waiting.failureOf;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.bus.Messages.FindVersion;
import sandpiper.bus.Messages.FoundVersion;
import sandpiper.bus.Messages.ListVersions;
import sandpiper.bus.Messages.StrategySource;
import sandpiper.bus.Messages.StrategyVersion;
import sandpiper.bus.Messages.StrategyWritten;
import sandpiper.bus.Messages.WriteStrategy;
import sandpiper.bus.Refusal;

@ExtendWith(SharedDatabase.class)
class VersionsIT {
  private final String name = "s-" + UUID.randomUUID();
  private final Database database;
  private final Versions versions;

  VersionsIT(Database database) {
    this.database = database;
    versions = new Versions(database.pool());
  }

  @Test
  void versionsAreNumberedFromOneAndKeepWhoMadeThemAndWhen() throws Exception {
    long before = micros();
    var first = await(save("a", 0)).version();
    var second = await(save("b", 1)).version();
    long after = micros();
    assertThat(List.of(first.number(), second.number())).containsExactly(1, 2);
    assertThat(first.name()).isEqualTo(name);
    assertThat(first.hash()).isEqualTo("hash of a");
    assertThat(first.author()).isEqualTo("somebody");
    assertThat(first.restoredFrom()).isNull();
    assertThat(first.createdAt()).isBetween(before, second.createdAt());
    assertThat(second.createdAt()).isLessThanOrEqualTo(after);
    assertThat(await(versions.list(new ListVersions(name))).versions())
        .containsExactly(second, first);
    assertThat(await(find(1))).isEqualTo(new FoundVersion(new StrategySource(first, "a")));
    assertThat(await(find(2))).isEqualTo(new FoundVersion(new StrategySource(second, "b")));
    assertThat(await(find(null))).isEqualTo(await(find(2)));
  }

  @Test
  void whatWasNeverWrittenIsNotThere() throws Exception {
    assertThat(await(find(null)).source()).isNull();
    assertThat(await(versions.list(new ListVersions(name))).versions()).isEmpty();
    await(save("a", 0));
    assertThat(await(find(2)).source()).isNull();
    assertThat(await(find(0)).source()).isNull();
  }

  @Test
  void theSourceOfTheLatestVersionMakesNoNewOneWhateverTheBase() throws Exception {
    var first = await(save("a", 0));
    assertThat(first.changed()).isTrue();
    for (var base : new @Nullable Integer[] {0, 1, 7, null}) {
      assertThat(await(write("a", base, null)))
          .isEqualTo(new StrategyWritten(first.version(), false));
    }
    assertThat(numbers()).containsExactly(1);
  }

  @Test
  void aBaseThatIsNotTheLatestIsRefusedAndNothingIsStored() throws Exception {
    assertConflict(save("a", 3), 3, null);
    await(save("a", 0));
    await(save("b", 1));
    assertConflict(save("c", 0), null, 2);
    assertConflict(save("c", 1), 1, 2);
    assertConflict(save("c", 3), 3, 2);
    assertThat(numbers()).containsExactly(2, 1);
  }

  @Test
  void aRestoredVersionHasTheSourceOfAnOlderOne() throws Exception {
    await(save("a", 0));
    await(save("b", 1));
    var restored = await(write("a", 2, 1)).version();
    assertThat(restored.number()).isEqualTo(3);
    assertThat(restored.restoredFrom()).isEqualTo(1);
    assertThat(await(find(null))).isEqualTo(new FoundVersion(new StrategySource(restored, "a")));
    assertThat(await(write("a", 2, 1))).isEqualTo(new StrategyWritten(restored, false));
  }

  @Test
  void nothingIsRestoredFromAVersionThatIsNotThere() throws Exception {
    await(save("a", 0));
    assertThat(failureOf(write("b", 1, 5))).isInstanceOf(Refusal.class);
    assertThat(failureOf(write("b", 1, 2))).isInstanceOf(Refusal.class);
    assertThat(numbers()).containsExactly(1);
  }

  @Test
  void ofManySavesAtOnceExactlyOneWins() throws Exception {
    await(save("a", 0));
    var saves = IntStream.range(0, 20).mapToObj(i -> save("b" + i, 1)).toList();
    var results = new ArrayList<StrategyWritten>();
    for (var save : saves) {
      await(save.transform(result -> Future.succeededFuture()));
      if (save.succeeded()) {
        results.add(save.result());
      } else {
        assertConflict(save, 1, 2);
      }
    }
    assertThat(results).hasSize(1);
    assertThat(numbers()).containsExactly(2, 1);
    assertThat(await(find(2)).source())
        .isNotNull()
        .extracting(StrategySource::version)
        .isEqualTo(results.getFirst().version());
  }

  @Test
  void theSameSaveManyTimesAtOnceMakesOneVersion() throws Exception {
    var saves = IntStream.range(0, 20).mapToObj(_ -> save("a", 0)).toList();
    var written = new ArrayList<StrategyWritten>();
    for (var save : saves) {
      written.add(await(save));
    }
    assertThat(written.stream().filter(StrategyWritten::changed)).hasSize(1);
    assertThat(written.stream().map(StrategyWritten::version).distinct()).hasSize(1);
    assertThat(numbers()).containsExactly(1);
  }

  @Test
  void withoutABaseAllOfManyAtOnceAreAppendedWithoutAGap() throws Exception {
    var writes = IntStream.range(0, 20).mapToObj(i -> write("a" + i, null, null)).toList();
    for (var write : writes) {
      assertThat(await(write).changed()).isTrue();
    }
    assertThat(numbers())
        .containsExactlyElementsOf(IntStream.range(0, 20).mapToObj(i -> 20 - i).toList());
  }

  @Test
  void aSourceAtItsLimitComesBackByteForByte() throws Exception {
    var source = "// €\r\n\t'\"\\ ".repeat(16_384);
    await(save(source, 0));
    assertThat(await(find(1)).source())
        .isNotNull()
        .extracting(StrategySource::source)
        .isEqualTo(source);
  }

  @Test
  void rowsOfTheFirstSchemaAreNumberedInTheOrderOfTheirTime(@TempDir Path scripts)
      throws Exception {
    var vertx = Vertx.vertx();
    var directory = FreshDirectory.of("numbered-database");
    var config = new DatabaseConfig(null, "", "", directory, 0, 1);
    var script = "V001__sessions_and_journal.sql";
    Files.copy(Waiting.MIGRATIONS.resolve(script), scripts.resolve(script));
    var old = await(Database.open(vertx, config, scripts));
    var insert =
        old.pool()
            .preparedQuery(
                "insert into strategy_versions (name, hash, source, author, created_at)"
                    + " values ($1, $2, $3, $4, $5)");
    await(
        insert.executeBatch(
            List.of(
                Tuple.of("x", "h1", "third", null, 300L),
                Tuple.of("x", "h2", "first", "ann", 100L),
                Tuple.of("y", "h1", "other", null, 50L),
                Tuple.of("x", "h3", "second", null, 200L))));
    await(old.close());

    var database = await(Database.open(vertx, config, Waiting.MIGRATIONS));
    var migrated = new Versions(database.pool());
    var list = await(migrated.list(new ListVersions("x"))).versions();
    var other = await(migrated.list(new ListVersions("y"))).versions();
    var next = await(migrated.write(new WriteStrategy("x", "h4", "fourth", "ann", 3, null)));
    await(database.close());
    await(vertx.close());
    assertThat(list)
        .containsExactly(
            new StrategyVersion("x", 3, "h1", "file", 300, null),
            new StrategyVersion("x", 2, "h3", "file", 200, null),
            new StrategyVersion("x", 1, "h2", "ann", 100, null));
    assertThat(other).containsExactly(new StrategyVersion("y", 1, "h1", "file", 50, null));
    assertThat(next.version().number()).isEqualTo(4);
  }

  private void assertConflict(
      Future<StrategyWritten> write, @Nullable Integer base, @Nullable Integer latest)
      throws Exception {
    assertThat(failureOf(write))
        .isInstanceOfSatisfying(
            Refusal.class,
            refusal -> {
              assertThat(refusal.kind()).isEqualTo(Refusal.Kind.CONFLICT);
              assertThat(refusal.members().get("base")).isEqualTo(base);
              assertThat(refusal.members().get("latest")).isEqualTo(latest);
            })
        .hasMessage(
            latest == null
                ? "strategy '" + name + "' has no version yet, base must be null, was " + base
                : "the latest version of strategy '"
                    + name
                    + "' is "
                    + latest
                    + ", base was "
                    + base);
  }

  private Future<StrategyWritten> save(String source, int base) {
    return write(source, base, null);
  }

  private Future<StrategyWritten> write(
      String source, @Nullable Integer base, @Nullable Integer restoredFrom) {
    return versions.write(
        new WriteStrategy(name, "hash of " + source, source, "somebody", base, restoredFrom));
  }

  private Future<FoundVersion> find(@Nullable Integer number) {
    return versions.find(new FindVersion(name, number));
  }

  private List<Integer> numbers() throws Exception {
    var rows =
        await(
            database
                .pool()
                .preparedQuery(
                    "select number from strategy_versions where name = $1 order by number desc")
                .execute(Tuple.of(name)));
    var numbers = new ArrayList<Integer>();
    rows.forEach(row -> numbers.add(Objects.requireNonNull(row.getInteger(0))));
    return numbers;
  }

  private static long micros() {
    var now = Instant.now();
    return now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000;
  }
}

package sandpiper.strategies;

import static java.util.concurrent.TimeUnit.SECONDS;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import org.assertj.core.api.AbstractThrowableAssert;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Channels.Request;
import sandpiper.bus.Messages.CheckStrategy;
import sandpiper.bus.Messages.DeleteStrategy;
import sandpiper.bus.Messages.DiffVersions;
import sandpiper.bus.Messages.GetStrategy;
import sandpiper.bus.Messages.ListStrategies;
import sandpiper.bus.Messages.ListVersions;
import sandpiper.bus.Messages.MarketSample;
import sandpiper.bus.Messages.PlanStrategies;
import sandpiper.bus.Messages.RestoreStrategy;
import sandpiper.bus.Messages.SaveStrategy;
import sandpiper.bus.Messages.StrategyDetail;
import sandpiper.bus.Messages.StrategyInfo;
import sandpiper.bus.Messages.StrategyRequest;
import sandpiper.bus.Messages.StrategySaved;
import sandpiper.bus.Messages.StrategySource;
import sandpiper.bus.Messages.StrategyVersion;
import sandpiper.bus.Refusal;

/// Strategies in a folder, their versions in memory.
@Timeout(120)
class StrategiesVerticleTest {
  private static final String ONE =
      "export const params = { n: { type: 'int', default: 1 } };\nexport function onStart() {}\n";
  private static final String TWO = ONE.replace("default: 1", "default: 2");
  private static final String THREE = ONE.replace("default: 1", "default: 3");

  /// Ends in the middle; the place is that of its last character.
  private static final String BROKEN = "export const params = {\n  n: ;\n";

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus = new Bus(vertx);
  private final FakePersistence database = new FakePersistence();
  private final ListAppender<ILoggingEvent> log = new ListAppender<>();
  @TempDir Path folder;

  @BeforeEach
  void listen() throws Exception {
    Bus.install(vertx);
    await(vertx.deployVerticle(database));
    log.list = new CopyOnWriteArrayList<>();
    log.start();
    logger().setLevel(Level.WARN);
    logger().setAdditive(false);
    logger().addAppender(log);
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
    logger().detachAppender(log);
    logger().setLevel(null);
    logger().setAdditive(true);
  }

  @Test
  void filesBecomeVersionsAtTheStartUnlessTheyAreTheLatest() throws Exception {
    database.keep("old", ONE);
    database.keep("edited", ONE);
    write("old", ONE);
    write("edited", TWO);
    write("new", THREE);
    deploy();
    assertThat(sources("old")).containsExactly(ONE);
    assertThat(sources("edited")).containsExactly(ONE, TWO);
    assertThat(sources("new")).containsExactly(THREE);
    assertThat(latest("edited").author()).isEqualTo("file");
    assertThat(latest("edited").hash()).isEqualTo(Script.hash(TWO));
    assertThat(names()).containsExactly("edited", "new", "old");
  }

  @Test
  void aStrategyIsShownWithSourceVersionAndParameters() throws Exception {
    write("s", ONE);
    deploy();
    save("s", TWO, 1);
    var newest = get("s", null);
    assertThat(newest)
        .isEqualTo(
            new StrategyDetail(
                "s",
                new StrategyVersion("s", 2, Script.hash(TWO), "alice", 2, null),
                TWO,
                Map.of("n", Map.of("type", "int", "default", 2)),
                null,
                null));
    assertThat(get("s", 1).source()).isEqualTo(ONE);
    assertThat(get("s", 1).parameters().get("n")).containsEntry("default", 1);
  }

  @Test
  void aSourceIsCheckedWithoutBeingKept() throws Exception {
    write("s", ONE);
    deploy();
    var prices = new double[2_000];
    Arrays.setAll(prices, i -> 100 + i % 7);
    await(
        bus.answer(
            Channels.SAMPLE_MARKET,
            wanted -> Future.succeededFuture(new MarketSample(Play.trades(prices), null))));

    var good = await(bus.ask(Channels.CHECK_STRATEGY, new CheckStrategy(TWO)));
    assertThat(good.error()).isNull();
    assertThat(good.parameters().get("n")).containsEntry("default", 2);
    var check = Objects.requireNonNull(good.check());
    assertThat(check.problem()).isNull();
    assertThat(Objects.requireNonNull(check.report()).events()).isEqualTo(2_000);

    var bad = await(bus.ask(Channels.CHECK_STRATEGY, new CheckStrategy(BROKEN)));
    assertThat(bad.check()).isNull();
    assertThat(Objects.requireNonNull(bad.error()).line()).isEqualTo(2);
    assertThat(Objects.requireNonNull(bad.error()).column()).isEqualTo(6);
    assertThat(sources("s")).containsExactly(ONE);
    assertThat(names()).containsExactly("s");
  }

  @Test
  void aDeletedStrategyLeavesTheListAndComesBackWhenItIsRestored() throws Exception {
    write("s", ONE);
    write("other", ONE);
    deploy();
    save("s", TWO, 1);

    await(bus.ask(Channels.DELETE_STRATEGY, new DeleteStrategy("s", "alice")));
    assertThat(names()).containsExactly("other");
    assertThat(folder.resolve("s.js")).doesNotExist();
    assertThat(sources("s")).containsExactly(ONE, TWO);
    refused(Channels.DELETE_STRATEGY, new DeleteStrategy("s", "alice"), Refusal.Kind.UNKNOWN)
        .hasMessage("unknown strategy 's'");

    await(bus.ask(Channels.RESTORE_STRATEGY, new RestoreStrategy("s", 1, 2, "alice")));
    assertThat(names()).containsExactly("other", "s");
    assertThat(folder.resolve("s.js")).hasContent(ONE);
  }

  @Test
  void whatIsNotThereIsUnknown() throws Exception {
    write("s", ONE);
    deploy();
    var unknown = Refusal.Kind.UNKNOWN;
    refused(Channels.GET_STRATEGY, new GetStrategy("none", null), unknown)
        .hasMessage("unknown strategy 'none'");
    refused(Channels.GET_STRATEGY, new GetStrategy("s", 2), unknown)
        .hasMessage("strategy 's' has no version 2");
    refused(Channels.LIST_VERSIONS, new ListVersions("none"), unknown)
        .hasMessage("unknown strategy 'none'");
    refused(Channels.DIFF_VERSIONS, new DiffVersions("s", 1, 2), unknown)
        .hasMessage("strategy 's' has no version 2");
    refused(Channels.DIFF_VERSIONS, new DiffVersions("none", 1, 2), unknown)
        .hasMessage("unknown strategy 'none'");
    refused(Channels.RESTORE_STRATEGY, new RestoreStrategy("s", 7, 1, "alice"), unknown)
        .hasMessage("strategy 's' has no version 7");
  }

  @Test
  void aNewStrategyIsSavedWithoutABase() throws Exception {
    deploy();
    assertThat(save("fresh-1", ONE, null))
        .isEqualTo(new StrategySaved("fresh-1", 1, Script.hash(ONE), true, List.of()));
    assertThat(file("fresh-1")).isEqualTo(ONE);
    assertThat(names()).containsExactly("fresh-1");
    assertThat(planned("fresh-1")).isEqualTo(Script.hash(ONE));
    try (var files = Files.list(folder)) {
      assertThat(files).containsExactly(folder.resolve("fresh-1.js"));
    }
  }

  @Test
  void aSaveIsAVersionTheFileAndWhatSessionsStart() throws Exception {
    write("s", ONE);
    deploy();
    var saved = await(bus.ask(Channels.SAVE_STRATEGY, new SaveStrategy("s", TWO, 1, "Ann Ö")));
    assertThat(saved).isEqualTo(new StrategySaved("s", 2, Script.hash(TWO), true, List.of()));
    assertThat(latest("s").author()).isEqualTo("Ann Ö");
    assertThat(file("s")).isEqualTo(TWO);
    assertThat(planned("s")).isEqualTo(Script.hash(TWO));
    twoMoreLooks();
    assertThat(sources("s")).as("the file that was written is no edit").containsExactly(ONE, TWO);
  }

  @Test
  void theSameSourceIsNoNewVersionWhateverTheBase() throws Exception {
    write("s", ONE);
    deploy();
    save("s", TWO, 1);
    for (var base : new @Nullable Integer[] {1, 2, null}) {
      assertThat(save("s", TWO, base))
          .isEqualTo(new StrategySaved("s", 2, Script.hash(TWO), false, List.of()));
    }
    assertThat(sources("s")).hasSize(2);
  }

  @Test
  void aBaseThatIsNotTheLatestIsAConflict() throws Exception {
    write("s", ONE);
    deploy();
    save("s", TWO, 1);
    conflict("s", 1, 2);
    conflict("s", null, 2);
    conflict("s", 3, 2);
    conflict("none", 1, null);
    assertThat(sources("s")).containsExactly(ONE, TWO);
    assertThat(file("s")).isEqualTo(TWO);
  }

  @Test
  void ofManySavesAtOnceOneWinsAndItsSourceIsInTheFile() throws Exception {
    write("s", ONE);
    deploy();
    var saves = new ArrayList<Future<StrategySaved>>();
    for (int i = 0; i < 8; i++) {
      var source = ONE + "// " + i + "\n";
      saves.add(bus.ask(Channels.SAVE_STRATEGY, new SaveStrategy("s", source, 1, "alice")));
    }
    for (var save : saves) {
      await(save.transform(_ -> Future.succeededFuture()));
    }
    assertThat(saves.stream().filter(Future::succeeded)).hasSize(1);
    assertThat(saves.stream().filter(Future::failed))
        .allSatisfy(save ->
            assertThat(save.cause())
                .asInstanceOf(type(Refusal.class))
                .extracting(Refusal::kind)
                .isEqualTo(Refusal.Kind.CONFLICT));
    assertThat(sources("s")).hasSize(2).last().isEqualTo(file("s"));
  }

  @Test
  void aSourceThatDoesNotCompileIsRefusedWithItsPlaceAndNothingIsStored() throws Exception {
    write("s", ONE);
    deploy();
    refused(Channels.SAVE_STRATEGY, new SaveStrategy("s", BROKEN, 1, "alice"), Refusal.Kind.INVALID)
        .hasMessageStartingWith("s.js:2:6: SyntaxError: ")
        .asInstanceOf(type(Refusal.class))
        .satisfies(refusal -> {
          assertThat(refusal.members()).containsEntry("line", 2).containsEntry("column", 6);
          assertThat(String.valueOf(refusal.members().get("reason"))).startsWith("SyntaxError: ");
        });
    assertThat(sources("s")).containsExactly(ONE);
    assertThat(file("s")).isEqualTo(ONE);
  }

  @Test
  void aDeclarationThatMakesNoSenseIsRefusedToo() throws Exception {
    deploy();
    invalid("export const params = { n: { type: 'size', default: 1 } };")
        .hasMessage(
            "s.js: type of parameter n must be int, float, bool, choice or string, was 'size'");
    invalid("export const data = () => ({ main: { ticks: 3 } });")
        .hasMessageStartingWith("s.js: stream main must be { bars: '1m' }, { trades: true }, ");
    invalid("export const indicators = () => ({ a: { use: 'emma', on: 'main.close' } });")
        .hasMessageStartingWith("s.js: indicator a: ")
        .hasMessageContaining("emma");
    invalid("export const indicators = () => nothing;")
        .hasMessage("s.js:1:33: ReferenceError: nothing is not defined");
    invalid("export const a = 1;\nthrow new Error('at once');")
        .hasMessage("s.js:2:7: Error: at once");
    assertThat(names()).isEmpty();
    var source = "export const data = () => ({ other: { bars: '1h', symbol: 'ETHUSD' } });";
    assertThat(save("s", source, null).version()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "../s", "/etc/s", "S", "1s", "-s", "s.js", "s/../t", "s_t", "sé"})
  void aNameThatIsNotAllowedIsRefused(String name) throws Exception {
    deploy();
    refused(
            Channels.SAVE_STRATEGY,
            new SaveStrategy(name, ONE, null, "alice"),
            Refusal.Kind.INVALID)
        .hasMessage(
            "the name of a strategy must be 1 to 64 of a-z, 0-9 and '-', beginning with a letter,"
                + " was '%s'",
            name);
    refused(Channels.GET_STRATEGY, new GetStrategy(name, null), Refusal.Kind.INVALID);
    try (var files = Files.list(folder)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void sourcesHaveUpTo256KilobytesOfUtf8() throws Exception {
    deploy();
    var largest = "//" + "é".repeat(128 * 1024 - 1);
    assertThat(save("s", largest, null).version()).isEqualTo(1);
    invalid(largest + "x").hasMessage("source must be at most 262144 bytes (256 KB), was 262145");
    invalid(" \n").hasMessage("source must not be empty");
    invalid("// \0").hasMessageStartingWith("source must be text, without the character 0");
    invalid("// \ud800").hasMessageStartingWith("source must be text, without the character 0");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "a\nb", "a\tb", "a\u202eb", "\u0000"})
  void anAuthorThatCannotBePrintedIsRefused(String author) throws Exception {
    deploy();
    refused(Channels.SAVE_STRATEGY, new SaveStrategy("s", ONE, null, author), Refusal.Kind.INVALID)
        .hasMessageStartingWith("author must be 1 to 64 printable characters, was '");
  }

  @Test
  void restoringMakesANewVersionOfTheOldSource() throws Exception {
    write("s", ONE);
    deploy();
    save("s", TWO, 1);
    var restored =
        await(bus.ask(Channels.RESTORE_STRATEGY, new RestoreStrategy("s", 1, 2, "alice")));
    assertThat(restored).isEqualTo(new StrategySaved("s", 3, Script.hash(ONE), true, List.of()));
    assertThat(latest("s").restoredFrom()).isEqualTo(1);
    assertThat(file("s")).isEqualTo(ONE);
    assertThat(planned("s")).isEqualTo(Script.hash(ONE));
    refused(
        Channels.RESTORE_STRATEGY, new RestoreStrategy("s", 2, 2, "alice"), Refusal.Kind.CONFLICT);
    var again = await(bus.ask(Channels.RESTORE_STRATEGY, new RestoreStrategy("s", 1, 2, "alice")));
    assertThat(again).isEqualTo(new StrategySaved("s", 3, Script.hash(ONE), false, List.of()));
  }

  @Test
  void versionsAreListedAndCompared() throws Exception {
    write("s", ONE);
    deploy();
    save("s", TWO, 1);
    assertThat(await(bus.ask(Channels.LIST_VERSIONS, new ListVersions("s"))).versions())
        .extracting(StrategyVersion::number)
        .containsExactly(2, 1);
    assertThat(await(bus.ask(Channels.DIFF_VERSIONS, new DiffVersions("s", 1, 2))).diff())
        .isEqualTo(
            """
            --- s.js, version 1
            +++ s.js, version 2
            @@ -1,2 +1,2 @@
            -export const params = { n: { type: 'int', default: 1 } };
            +export const params = { n: { type: 'int', default: 2 } };
             export function onStart() {}
            """);
  }

  @Test
  void anEditedFileIsNoticedAndBecomesAVersion() throws Exception {
    write("s", ONE);
    deploy();
    write("s", TWO);
    until(() -> sources("s").size() == 2, "a version of the edited file");
    assertThat(latest("s").author()).isEqualTo("file");
    assertThat(planned("s")).isEqualTo(Script.hash(TWO));
    write("t", THREE);
    until(() -> names().contains("t"), "a new file");
    assertThat(sources("t")).containsExactly(THREE);
  }

  @Test
  void aFileThatIsOnlyTouchedIsNoVersion() throws Exception {
    write("s", ONE);
    deploy();
    Files.setLastModifiedTime(folder.resolve("s.js"), FileTime.fromMillis(1_000_000_000_000L));
    twoMoreLooks();
    assertThat(sources("s")).containsExactly(ONE);
  }

  @Test
  void anEditThatNobodyHasLookedAtYetIsStartedAndIsNotOverwritten() throws Exception {
    write("s", ONE);
    deploy();
    write("s", TWO);
    assertThat(planned("s")).isEqualTo(Script.hash(TWO));
    write("s", THREE);
    conflict("s", 2, 3);
    assertThat(file("s")).isEqualTo(THREE);
    assertThat(sources("s")).containsExactly(ONE, TWO, THREE);
  }

  @Test
  void aFileThatIsBeingWrittenIsReadWhenItIsWhole() throws Exception {
    write("s", ONE);
    deploy();
    write("s", TWO);
    var wanted =
        new PlanStrategies(List.of(new StrategyRequest("s", Map.of())), List.of("BTCUSD"), null);
    var plan = bus.ask(Channels.PLAN_STRATEGIES, wanted);
    Thread.sleep(20);
    write("s", TWO + "// and the rest\n");
    assertThat(await(plan).plans().getFirst().version())
        .isEqualTo(Script.hash(TWO + "// and the rest\n"));
    assertThat(sources("s")).containsExactly(ONE, TWO + "// and the rest\n");
  }

  @Test
  void aStoppedVerticleLooksAtFilesNoMore() throws Exception {
    write("s", ONE);
    var id = await(vertx.deployVerticle(verticle()));
    await(vertx.undeploy(id));
    write("s", TWO);
    Thread.sleep(1_500); // as long as several looks: that there are none has no sign of its own
    assertThat(sources("s")).containsExactly(ONE);
  }

  @Test
  void aBrokenEditIsShownAndToldOnceWhileTheLastGoodVersionStays() throws Exception {
    write("s", ONE);
    deploy();
    write("s", BROKEN);
    until(() -> info("s").error() != null, "the error of a broken file");
    twoMoreLooks();
    assertThat(warnings())
        .singleElement()
        .asString()
        .startsWith("the file of strategy s cannot be used: s.js:2:6: SyntaxError: ");
    assertThat(info("s").error()).startsWith("s.js:2:6: SyntaxError: ");
    assertThat(info("s").parameters()).containsKey("n");
    assertThat(info("s").version()).isEqualTo(1);
    var detail = get("s", null);
    assertThat(detail.source()).isEqualTo(ONE);
    assertThat(Objects.requireNonNull(detail.error()).line()).isEqualTo(2);
    assertThat(detail.error().column()).isEqualTo(6);
    assertThat(get("s", 1).error()).isNull();
    assertThat(planned("s")).isEqualTo(Script.hash(ONE));
    assertThat(sources("s")).containsExactly(ONE);

    write("s", BROKEN + "\n");
    until(() -> warnings().size() == 2, "a second warning");
    write("s", ONE);
    until(() -> info("s").error() == null, "the file to be good again");
    assertThat(sources("s")).containsExactly(ONE);
  }

  @Test
  void aSaveReplacesABrokenEditEvenWithTheSameSource() throws Exception {
    write("s", ONE);
    deploy();
    write("s", BROKEN);
    until(() -> info("s").error() != null, "the error of a broken file");
    assertThat(save("s", ONE, 1).changed()).isFalse();
    assertThat(file("s")).isEqualTo(ONE);
    assertThat(info("s").error()).isNull();
  }

  @Test
  void aPlatformThatStartsOnABrokenFileRunsTheLatestVersion() throws Exception {
    database.keep("s", ONE);
    write("s", BROKEN);
    write("t", BROKEN);
    deploy();
    assertThat(planned("s")).isEqualTo(Script.hash(ONE));
    var plan =
        new PlanStrategies(List.of(new StrategyRequest("t", Map.of())), List.of("BTCUSD"), null);
    refused(Channels.PLAN_STRATEGIES, plan, Refusal.Kind.INVALID)
        .hasMessageStartingWith("t.js:2:6: SyntaxError: ");
    var detail = get("t", null);
    assertThat(detail.version()).isNull();
    assertThat(detail.source()).isEqualTo(BROKEN);
    assertThat(await(bus.ask(Channels.LIST_VERSIONS, new ListVersions("t"))).versions()).isEmpty();
    assertThat(save("t", ONE, null).version()).isEqualTo(1);
  }

  @Test
  void aDeletedFileTakesItsStrategyFromTheListAndLeavesItsVersions() throws Exception {
    write("s", ONE);
    deploy();
    Files.delete(folder.resolve("s.js"));
    until(() -> names().isEmpty(), "the list to be empty");
    assertThat(get("s", null).source()).isEqualTo(ONE);
    assertThat(await(bus.ask(Channels.LIST_VERSIONS, new ListVersions("s"))).versions()).hasSize(1);
    var plan =
        new PlanStrategies(List.of(new StrategyRequest("s", Map.of())), List.of("BTCUSD"), null);
    refused(Channels.PLAN_STRATEGIES, plan, Refusal.Kind.INVALID)
        .hasMessageStartingWith("unknown strategy 's'; there are ");
    assertThat(save("s", ONE, 1).changed()).isFalse();
    assertThat(file("s")).isEqualTo(ONE);
    assertThat(names()).containsExactly("s");
    assertThat(sources("s")).hasSize(1);
  }

  @Test
  void filesThatAreNoStrategiesAreListedWithTheReason() throws Exception {
    write("Big Name", ONE);
    write("empty", "");
    write("large", "//" + "x".repeat(256 * 1024));
    Files.write(folder.resolve("latin.js"), new byte[] {'/', '/', (byte) 0xe9});
    Files.createDirectory(folder.resolve("dir.js"));
    write(".hidden", ONE);
    Files.writeString(folder.resolve("notes.txt"), "no strategy");
    deploy();
    assertThat(names()).containsExactly("Big Name", "dir", "empty", "large", "latin");
    assertThat(info("Big Name").error()).startsWith("the name of a strategy must be 1 to 64");
    assertThat(info("dir").error()).startsWith("the file cannot be read: ");
    assertThat(info("empty").error()).isEqualTo("source must not be empty");
    assertThat(info("large").error()).startsWith("source must be at most 262144 bytes");
    assertThat(info("latin").error()).isEqualTo("source must be UTF-8");
    assertThat(database.rows.values()).allMatch(List::isEmpty);
    Files.delete(folder.resolve("Big Name.js"));
    until(() -> !names().contains("Big Name"), "the wrong name to go");
  }

  @Test
  void anEditIsKeptOnceTheDatabaseIsThereAgain() throws Exception {
    write("s", ONE);
    deploy();
    database.failure = new Refusal(Refusal.Kind.FAILED, "the disk is full");
    refused(Channels.SAVE_STRATEGY, new SaveStrategy("s", TWO, 1, "alice"), Refusal.Kind.FAILED)
        .hasMessage("the disk is full");
    assertThat(file("s")).isEqualTo(ONE);
    write("s", TWO);
    until(() -> !warnings().isEmpty(), "a warning");
    assertThat(sources("s")).containsExactly(ONE);
    database.failure = null;
    until(() -> sources("s").size() == 2, "the edit to be kept");
    assertThat(warnings())
        .allSatisfy(text ->
            assertThat(text)
                .isEqualTo("strategy s cannot be followed, trying again: the disk is full"))
        .hasSizeLessThan(4);
  }

  @Test
  void aFileThatCannotBeWrittenIsSaidAndRepairedByTheNextSave() throws Exception {
    write("s", ONE);
    deploy();
    // A folder in the way of the part file: root may write anywhere, so rights would not do.
    var inTheWay = Files.createDirectories(folder.resolve(".s.js.part/x"));
    refused(Channels.SAVE_STRATEGY, new SaveStrategy("s", TWO, 1, "alice"), Refusal.Kind.FAILED)
        .hasMessageStartingWith("version 2 of strategy 's' is kept, but does not run yet: ");
    assertThat(file("s")).isEqualTo(ONE);
    assertThat(planned("s")).isEqualTo(Script.hash(ONE));
    Files.delete(inTheWay);
    Files.delete(Objects.requireNonNull(inTheWay.getParent()));
    assertThat(save("s", TWO, 1))
        .isEqualTo(new StrategySaved("s", 2, Script.hash(TWO), false, List.of()));
    assertThat(file("s")).isEqualTo(TWO);
    assertThat(planned("s")).isEqualTo(Script.hash(TWO));
  }

  @Test
  void withoutADatabaseTheStartFails() throws Exception {
    write("s", ONE);
    database.failure = new Refusal(Refusal.Kind.FAILED, "the disk is full");
    assertThat(failureOf(vertx.deployVerticle(verticle()))).hasMessage("the disk is full");
  }

  @Test
  void aSessionHasALimitOfInstances() throws Exception {
    write("some", "export function onBar() {}");
    deploy();
    var many = Collections.nCopies(101, new StrategyRequest("some", Map.<String, Object>of()));
    var request = new PlanStrategies(many, List.of("BTCUSD"), null);
    assertThat(failureOf(bus.ask(Channels.PLAN_STRATEGIES, request)))
        .hasMessage("a session may have at most 100 strategies, was asked for 101");
    var fewer = new PlanStrategies(many.subList(1, 101), List.of("BTCUSD"), null);
    assertThat(await(bus.ask(Channels.PLAN_STRATEGIES, fewer)).plans()).hasSize(100);
  }

  private void deploy() throws Exception {
    await(vertx.deployVerticle(verticle()));
  }

  private StrategiesVerticle verticle() {
    var isolation =
        new Isolation(Isolation.Mode.NONE, Isolation.Mode.NONE, 256, Duration.ofSeconds(5));
    return new StrategiesVerticle(Play.ENGINE, new StrategyLibrary(Play.ENGINE, folder), isolation);
  }

  private void write(String name, String source) throws IOException {
    Files.writeString(folder.resolve(name + ".js"), source);
  }

  private String file(String name) throws IOException {
    return Files.readString(folder.resolve(name + ".js"));
  }

  private StrategySaved save(String name, String source, @Nullable Integer base) throws Exception {
    return await(bus.ask(Channels.SAVE_STRATEGY, new SaveStrategy(name, source, base, "alice")));
  }

  private StrategyDetail get(String name, @Nullable Integer number) throws Exception {
    return await(bus.ask(Channels.GET_STRATEGY, new GetStrategy(name, number)));
  }

  /// Hash of what a session would start.
  private String planned(String name) throws Exception {
    var wanted =
        new PlanStrategies(List.of(new StrategyRequest(name, Map.of())), List.of("BTCUSD"), null);
    return await(bus.ask(Channels.PLAN_STRATEGIES, wanted)).plans().getFirst().version();
  }

  private List<StrategyInfo> list() throws Exception {
    return await(bus.ask(Channels.LIST_STRATEGIES, new ListStrategies())).strategies();
  }

  private List<String> names() throws Exception {
    return list().stream().map(StrategyInfo::name).toList();
  }

  private StrategyInfo info(String name) throws Exception {
    return list().stream().filter(info -> info.name().equals(name)).findFirst().orElseThrow();
  }

  private List<String> sources(String name) {
    return database.of(name).stream().map(StrategySource::source).toList();
  }

  private StrategyVersion latest(String name) {
    return database.of(name).getLast().version();
  }

  private AbstractThrowableAssert<?, ?> invalid(String source) throws Exception {
    return refused(
        Channels.SAVE_STRATEGY, new SaveStrategy("s", source, null, "alice"), Refusal.Kind.INVALID);
  }

  private void conflict(String name, @Nullable Integer base, @Nullable Integer latest)
      throws Exception {
    refused(
            Channels.SAVE_STRATEGY,
            new SaveStrategy(name, ONE + "// other\n", base, "alice"),
            Refusal.Kind.CONFLICT)
        .asInstanceOf(type(Refusal.class))
        .satisfies(refusal -> {
          assertThat(refusal.members().get("base")).isEqualTo(base);
          assertThat(refusal.members().get("latest")).isEqualTo(latest);
        });
  }

  private <Q extends Record, R extends Record> AbstractThrowableAssert<?, ?> refused(
      Request<Q, R> request, Q body, Refusal.Kind kind) throws Exception {
    var failure = failureOf(bus.ask(request, body));
    assertThat(failure).isInstanceOf(Refusal.class);
    assertThat(((Refusal) failure).kind()).as(failure.getMessage()).isEqualTo(kind);
    return assertThat(failure);
  }

  private List<String> warnings() {
    return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
  }

  private static Logger logger() {
    return (Logger) LoggerFactory.getLogger(StrategyVersions.class);
  }

  /// Files that are written now have been noticed, so everything before them was looked at.
  private void twoMoreLooks() throws Exception {
    for (var name : List.of("later", "latest")) {
      write(name, ONE);
      until(() -> names().contains(name), "the folder to be looked at");
    }
  }

  private static void until(Callable<Boolean> condition, String what) throws Exception {
    long end = System.nanoTime() + SECONDS.toNanos(20);
    while (!condition.call()) {
      if (System.nanoTime() > end) {
        throw new AssertionError("waited in vain for " + what);
      }
      Thread.sleep(20);
    }
  }

  private static <T> T await(Future<T> future) throws Exception {
    return future.toCompletionStage().toCompletableFuture().get(60, SECONDS);
  }

  private static Throwable failureOf(Future<?> future) throws Exception {
    try {
      await(future);
    } catch (ExecutionException e) {
      return Objects.requireNonNull(e.getCause());
    }
    throw new AssertionError("should have failed");
  }
}

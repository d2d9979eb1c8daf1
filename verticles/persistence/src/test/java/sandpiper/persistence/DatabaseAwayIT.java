package sandpiper.persistence;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.persistence.Waiting.await;
import static sandpiper.persistence.Waiting.failureOf;

import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.pgclient.PgBuilder;
import io.vertx.sqlclient.Pool;
import io.vertx.sqlclient.Tuple;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.bus.Messages.JournalBatch;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.StorageLevel;
import sandpiper.bus.Messages.StorageState;
import sandpiper.domain.journal.Signal;

/// What becomes of what sessions write while the database, a real one that is stopped and started,
/// is away.
@Timeout(120)
class DatabaseAwayIT {
  /// One that the platform does not look after: it stays away for as long as a test wants.
  private static EmbeddedDatabase server;

  private static Path serverDirectory;

  private final Vertx vertx = Vertx.vertx();
  private final Bus bus;
  private final Path directory;
  private final Map<String, List<String>> sent = new HashMap<>();
  private final List<StorageState> states = new CopyOnWriteArrayList<>();
  private DatabaseConfig config;

  DatabaseAwayIT() throws Exception {
    Bus.install(vertx);
    bus = new Bus(vertx);
    directory = FreshDirectory.of("database-away");
    config =
        new DatabaseConfig(
                server.server().url(), "postgres", "", directory.resolve("platform"), 0, 4)
            .with(directory.resolve("journal"), 8 << 20);
    await(bus.read(Channels.STORAGE_STATE, states::add));
  }

  @BeforeAll
  static void startServer() throws Exception {
    serverDirectory = FreshDirectory.of("database-away-server");
    server = EmbeddedDatabase.start(serverDirectory, 0);
  }

  @AfterAll
  static void stopServer() throws Exception {
    server.close();
  }

  @AfterEach
  void close() throws Exception {
    await(vertx.close());
    server.revive();
  }

  @Test
  void whatIsWrittenMeanwhileIsAcknowledgedAndWrittenWhenItIsBack() throws Exception {
    start();
    var example = new Example();
    await(bus.ask(Channels.WRITE_SESSION, example.state(SessionStatus.RUNNING)));
    await(journal(example, 1));
    kill();

    for (int i = 2; i <= 50; i++) {
      await(journal(example, i));
      await(inputs(example, i));
    }
    await(bus.ask(Channels.WRITE_SESSION, example.state(SessionStatus.STOPPED)));
    assertThat(states).extracting(StorageState::level).containsExactly(StorageLevel.JOURNALLED);
    assertThat(journalFiles()).isNotEmpty();

    server.revive();
    until(() -> level() == StorageLevel.WRITTEN, "everything to be written");
    requireWritten(example, 50);
    assertThat(journalFiles()).isEmpty();
    await(journal(example, 51));
    requireWritten(example, 51);
  }

  /// Signals of a session that began while the database was away, too.
  @Test
  void whatWaitedWhenThePlatformEndedIsWrittenFirstThingAtItsNextStart() throws Exception {
    var deployed = start();
    kill();
    var example = new Example();
    await(bus.ask(Channels.WRITE_SESSION, example.state(SessionStatus.RUNNING)));
    for (int i = 1; i <= 20; i++) {
      await(journal(example, i));
      await(inputs(example, i));
    }
    await(vertx.undeploy(deployed));
    assertThat(journalFiles()).isNotEmpty();

    server.revive();
    start();
    requireWritten(example, 20);
    assertThat(journalFiles()).isEmpty();
  }

  /// However many sessions write, none of it comes out of order.
  @Test
  void statesOfASessionNeverOvertakeEachOther() throws Exception {
    start();
    var examples = new ArrayList<Example>();
    var written = new ArrayList<Future<Done>>();
    for (int i = 0; i < 20; i++) {
      examples.add(new Example());
    }
    for (var status : List.of(SessionStatus.STARTING, SessionStatus.RUNNING)) {
      examples.forEach(each -> written.add(bus.ask(Channels.WRITE_SESSION, each.state(status))));
    }
    kill();
    for (var status : List.of(SessionStatus.PAUSED, SessionStatus.RUNNING, SessionStatus.STOPPED)) {
      examples.forEach(each -> written.add(bus.ask(Channels.WRITE_SESSION, each.state(status))));
    }
    await(Future.all(written));
    server.revive();
    until(() -> level() == StorageLevel.WRITTEN, "everything to be written");
    for (var each : examples) {
      assertThat(status(each)).isEqualTo("stopped");
    }
  }

  @Test
  void whatTheDatabaseRefusesFailsAndIsNotKept() throws Exception {
    start();
    var stranger = new Example();
    assertThat(failureOf(journal(stranger, 1))).hasMessageContaining("violates foreign key");
    assertThat(states).isEmpty();
    assertThat(journalFiles()).isEmpty();

    kill();
    await(journal(stranger, 1)); // nobody can tell now
    server.revive();
    until(() -> level() == StorageLevel.WRITTEN, "the journal to be written");
    assertThat(refusedFiles()).hasSize(1);
    var example = new Example();
    await(bus.ask(Channels.WRITE_SESSION, example.state(SessionStatus.RUNNING)));
    await(journal(example, 1));
  }

  @Test
  void whatFindsNoRoomWaitsAndIsNotLost() throws Exception {
    config = config.with(directory.resolve("small"), 1 << 20);
    start();
    var paper = new Example();
    var backtest = new Example("bt_");
    var live = new Example("lv_");
    for (var each : List.of(paper, backtest, live)) {
      await(bus.ask(Channels.WRITE_SESSION, each.state(SessionStatus.RUNNING)));
    }
    kill();
    var replayed = journal(backtest, 1);
    int count = 0;
    var last = Future.succeededFuture(new Done());
    while (level() != StorageLevel.HELD) {
      count++;
      last = journal(paper, count);
      var one = last;
      until(() -> one.isComplete() || level() == StorageLevel.HELD, "an answer, or none");
    }
    assertThat(last.isComplete()).isFalse();
    assertThat(replayed.isComplete()).as("backtests wait at once").isFalse();
    assertThat(count).isGreaterThan(100);

    // What is traded has room that what is only tried out does not get.
    int traded = 0;
    var latest = Future.succeededFuture(new Done());
    while (level() != StorageLevel.FULL) {
      traded++;
      latest = journal(live, traded);
      var one = latest;
      until(() -> one.isComplete() || level() == StorageLevel.FULL, "an answer, or none");
    }
    assertThat(latest.isComplete()).isFalse();
    assertThat(traded).isGreaterThan(100);
    long size = 0;
    for (var file : files(".journal")) {
      size += Files.size(file);
    }
    assertThat(size).isLessThanOrEqualTo(1 << 20);

    server.revive();
    await(last);
    await(latest);
    await(replayed);
    until(() -> level() == StorageLevel.WRITTEN, "everything to be written");
    assertThat(signals(paper)).isEqualTo(count);
    assertThat(signals(live)).isEqualTo(traded);
    assertThat(signals(backtest)).isEqualTo(1);
  }

  private String start() throws Exception {
    return await(
        vertx.deployVerticle(
            new PersistenceVerticle(config, TimeSeriesConfig.STANDARD, Waiting.MIGRATIONS)));
  }

  /// Kills the server and all that belongs to it.
  private void kill() throws Exception {
    var postmaster = new Postmaster(serverDirectory.resolve("postgres"));
    var process = ProcessHandle.of(server.pid()).orElseThrow();
    Stream.concat(Stream.of(process), process.descendants())
        .toList()
        .forEach(ProcessHandle::destroyForcibly);
    while (postmaster.isRunning()) {
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }

  private Future<Done> journal(Example example, int number) {
    var entries = example.trade(2L * number);
    sent.computeIfAbsent(example.sessionId, _ -> new ArrayList<>())
        .add(((Signal) entries.getFirst()).signalId());
    return bus.ask(Channels.WRITE_JOURNAL, new JournalBatch(example.sessionId, entries));
  }

  private Future<Done> inputs(Example example, int number) {
    var inputs = example.inputs(1 + 10L * number, 10);
    return bus.ask(Channels.WRITE_INPUTS, new InputBatch(example.sessionId, inputs));
  }

  private void requireWritten(Example example, int count) throws Exception {
    var pool = pool();
    try {
      for (var table : List.of("signals", "orders", "fills", "log_lines")) {
        assertThat(Waiting.count(pool, table, example.sessionId)).as(table).isEqualTo(count);
      }
      assertThat(Waiting.count(pool, "order_events", example.sessionId)).isEqualTo(2L * count);
      var rows =
          await(
              pool.preparedQuery(
                      "select signal_id from signals where session_id = $1 order by entry")
                  .execute(Tuple.of(example.sessionId)));
      var found = new ArrayList<String>();
      rows.forEach(row -> found.add(row.getString(0)));
      assertThat(found).as("in the order they were written").isEqualTo(sent.get(example.sessionId));
    } finally {
      await(pool.close());
    }
  }

  private Pool pool() {
    return PgBuilder.pool().connectingTo(server.server().options()).using(vertx).build();
  }

  private long signals(Example example) throws Exception {
    var pool = pool();
    try {
      return Waiting.count(pool, "signals", example.sessionId);
    } finally {
      await(pool.close());
    }
  }

  private String status(Example example) throws Exception {
    var pool = pool();
    try {
      return await(
              pool.preparedQuery("select status from sessions where session_id = $1")
                  .execute(Tuple.of(example.sessionId)))
          .iterator()
          .next()
          .getString(0);
    } finally {
      await(pool.close());
    }
  }

  private StorageLevel level() {
    return states.isEmpty() ? StorageLevel.WRITTEN : states.getLast().level();
  }

  private List<Path> journalFiles() throws Exception {
    return files(".journal");
  }

  private List<Path> refusedFiles() throws Exception {
    return files(".refused");
  }

  private List<Path> files(String ending) throws Exception {
    try (var files = Files.list(config.journalFolder())) {
      return files.filter(file -> file.toString().endsWith(ending)).toList();
    }
  }

  private static void until(BooleanSupplier condition, String what) throws InterruptedException {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(60);
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > end) {
        throw new IllegalStateException("waited in vain for " + what);
      }
      TimeUnit.MILLISECONDS.sleep(5);
    }
  }
}

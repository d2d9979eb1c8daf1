package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.testkit.SharedData;

/// `kill -9` of the platform, of PostgreSQL and of both, at random moments of paper sessions at 100
/// times real time: whatever was acknowledged is there exactly once, in order, without a hole, and
/// it is what the same strategy decides undisturbed.
///
/// `-Dsandpiper.kills=100` kills more often than the twelve times of every build,
/// `-Dsandpiper.seed` at other moments.
class CrashIT {
  private static final int KILLS = Integer.getInteger("sandpiper.kills", 12);
  private static final long SEED = Long.getLong("sandpiper.seed", 20131125);
  private static final int LONGEST_PAUSE_MILLIS = 2_500;
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  /// Of each round: how many trades a strategy waits between two orders.
  private static final List<Integer> SESSIONS = List.of(1, 2);

  /// Buys and sells by turns.
  private static final String CHURN =
      """
      export const params = { every: { type: 'int', default: 1, min: 1, max: 100 } };
      export const data = { ticks: { trades: true }, main: { bars: '1m' } };
      let count = 0;
      export function onTrade(ctx, trade) {
        count++;
        if (count % ctx.params.every !== 0) return;
        const long = ctx.position().long;
        const signal = ctx.signal(long ? 'out' : 'in', { reason: 'trade ' + count, price: trade.price });
        if (long) ctx.sell({ size: ctx.position().size, signal });
        else ctx.buy({ size: 0.01, signal });
      }
      """;

  private enum Kill {
    PLATFORM,
    DATABASE,
    BOTH
  }

  private final Path directory;
  private final Path acknowledged;
  private final Random random = new Random(SEED);

  /// By session, what the file of acknowledgements says.
  private Map<String, Map<String, Set<String>>> notes = Map.of();

  /// What the same strategy decides undisturbed, by `every` and table.
  private final Map<Integer, Map<String, List<String>>> undisturbed = new HashMap<>();

  private final Map<Kill, Integer> killed = new TreeMap<>();
  private final Map<String, Integer> counted = new TreeMap<>();
  private @Nullable Process platform;
  private @Nullable Writer in;
  private @Nullable BufferedReader out;

  @TempDir static Path folder;

  CrashIT() throws IOException {
    directory = TestPlatform.freshDirectory();
    acknowledged = directory.resolve("acknowledged");
  }

  @AfterEach
  void end() throws IOException {
    if (platform != null) {
      platform.destroyForcibly();
    }
    databaseProcesses().forEach(ProcessHandle::destroyForcibly);
  }

  @Test
  void whateverIsKilledWhatWasAcknowledgedIsThereOnce() throws Exception {
    Files.writeString(folder.resolve("churn.js"), CHURN);
    System.out.printf("%d kills, seed %d%n", KILLS, SEED);
    start();
    for (int every : SESSIONS) {
      undisturbed.put(every, rows(untilEnded(ask("start backtest " + every))));
    }
    var sessions = startSessions();
    for (var kill : kills()) {
      TimeUnit.MILLISECONDS.sleep(random.nextInt(LONGEST_PAUSE_MILLIS));
      kill(kill);
      if (kill == Kill.DATABASE && random.nextBoolean()) {
        connect().close(); // is back before the next one
      }
      if (kill != Kill.DATABASE) {
        start();
        for (var session : sessions.entrySet()) {
          requireEnd(session.getKey(), "failed", "the platform ended before the session did");
          requireKept(session.getKey(), session.getValue());
        }
        sessions = startSessions();
      }
    }
    for (var session : sessions.entrySet()) {
      untilInputs(session.getKey(), 100);
      assertThat(ask("stop " + session.getKey())).isEqualTo("STOPPED");
      untilEnded(session.getKey());
      requireEnd(session.getKey(), "stopped", null);
      requireCancelledAtTheEnd(session.getKey());
      requireKept(session.getKey(), session.getValue());
      assertThat(ask("parity " + session.getKey()))
          .contains("intervention=null", "percent=1E+2", "difference=null");
    }
    System.out.printf("killed %s; checked %s%n", killed, counted);
    stop();
  }

  /// A fifth of the platform, a fifth of both, the rest of the database alone.
  private List<Kill> kills() {
    var kills = new ArrayList<Kill>();
    for (int i = 0; i < KILLS; i++) {
      kills.add(i % 5 == 0 ? Kill.PLATFORM : i % 5 == 1 ? Kill.BOTH : Kill.DATABASE);
    }
    Collections.shuffle(kills, random);
    // The last sessions outlive a few kills of the database and come to an end in order.
    Collections.swap(kills, KILLS - 1, kills.lastIndexOf(Kill.DATABASE));
    return kills;
  }

  private void kill(Kill kill) throws Exception {
    killed.merge(kill, 1, Integer::sum);
    if (kill != Kill.DATABASE) {
      Objects.requireNonNull(platform).destroyForcibly();
    }
    if (kill != Kill.PLATFORM) {
      databaseProcesses().forEach(ProcessHandle::destroyForcibly);
    }
    if (kill != Kill.DATABASE) {
      Objects.requireNonNull(platform).waitFor();
    }
  }

  private Map<String, Integer> startSessions() throws IOException {
    var sessions = new HashMap<String, Integer>();
    for (int every : SESSIONS) {
      var answer = ask("start paper " + every);
      assertThat(answer).startsWith("pp_");
      sessions.put(answer, every);
    }
    return sessions;
  }

  // The platform.

  private void start() throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> !argument.startsWith("-javaagent"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-XX:TieredStopAtLevel=1",
            "-Dsandpiper.home=" + SharedData.home(),
            "-cp",
            System.getProperty("java.class.path"),
            KilledPlatform.class.getName(),
            directory.toString(),
            folder.toString(),
            acknowledged.toString()));
    platform =
        new ProcessBuilder(command)
            .redirectError(Redirect.appendTo(directory.resolve("platform.log").toFile()))
            .start();
    in = new OutputStreamWriter(platform.getOutputStream(), StandardCharsets.UTF_8);
    out =
        new BufferedReader(
            new InputStreamReader(platform.getInputStream(), StandardCharsets.UTF_8));
    assertThat(answer()).isEqualTo("ready");
  }

  private String ask(String line) throws IOException {
    var to = Objects.requireNonNull(in);
    to.write(line + "\n");
    to.flush();
    return answer();
  }

  /// What it logs comes by the same way.
  private String answer() throws IOException {
    var from = Objects.requireNonNull(out);
    for (var line = from.readLine(); line != null; line = from.readLine()) {
      if (line.startsWith("=")) {
        return line.substring(1);
      }
      Files.writeString(
          directory.resolve("platform.log"),
          line + "\n",
          StandardOpenOption.CREATE,
          StandardOpenOption.APPEND);
    }
    throw new IllegalStateException(
        "the platform ended; why stands in " + directory.resolve("platform.log"));
  }

  private void stop() throws Exception {
    Objects.requireNonNull(in).close();
    assertThat(Objects.requireNonNull(platform).waitFor()).isZero();
    assertThat(databaseProcesses()).isEmpty();
  }

  /// The server and its workers, however they were started.
  private List<ProcessHandle> databaseProcesses() throws IOException {
    var data = directory.resolve("postgres");
    return Files.isDirectory(data)
        ? ProcessHandle.allProcesses().filter(process -> worksIn(data, process)).toList()
        : List.of();
  }

  private static boolean worksIn(Path data, ProcessHandle process) {
    try {
      var entry = Path.of("/proc/" + process.pid() + "/cwd");
      return Files.readSymbolicLink(entry).equals(data);
    } catch (IOException _) {
      return false;
    }
  }

  // What the database has.

  private String untilEnded(String session) throws Exception {
    assertThat(session).matches("(bt|pp)_.*");
    var end = Instant.now().plus(PATIENCE);
    try (var database = connect()) {
      while (!texts(database, "select status from sessions where session_id = ?", session)
          .equals(List.of("stopped"))) {
        assertThat(Instant.now()).as("session %s ends", session).isBefore(end);
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
    return session;
  }

  private void untilInputs(String session, int count) throws Exception {
    var end = Instant.now().plus(PATIENCE);
    var select = "select seq::text from trades where session_id = ?";
    while (true) {
      try (var database = connect()) {
        if (texts(database, select, session).size() >= count) {
          return;
        }
      }
      assertThat(Instant.now()).as("%s inputs of session %s", count, session).isBefore(end);
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  private void requireEnd(String session, String status, @Nullable String error)
      throws SQLException {
    try (var database = connect()) {
      assertThat(texts(database, "select status from sessions where session_id = ?", session))
          .containsExactly(status);
      assertThat(texts(database, "select error from sessions where session_id = ?", session))
          .containsExactly(error);
    }
  }

  private void requireKept(String session, int every) throws Exception {
    readNotes();
    var noted = notes.getOrDefault(session, Map.of());
    try (var database = connect()) {
      requireOnce(database, session, noted, "signal", "select signal_id from signals");
      requireOnce(database, session, noted, "order", "select order_id from orders");
      requireOnce(
          database,
          session,
          noted,
          "event",
          "select order_id || '/' || seq || '/' || type || '/' || version from order_events");
      requireOnce(database, session, noted, "fill", "select fill_id from fills");
      var inputs =
          texts(
              database,
              """
              select seq::text from (
                select seq, session_id from trades union all select seq, session_id from bars
              ) as inputs where session_id = ? order by inputs.seq\
              """,
              session);
      var whole = new ArrayList<String>();
      for (int seq = 1; seq <= inputs.size(); seq++) {
        whole.add(String.valueOf(seq));
      }
      assertThat(inputs).as("inputs of %s, without a hole", session).isEqualTo(whole);
      assertThat(inputs).containsAll(noted.getOrDefault("input", Set.of()));
      counted.merge("input", noted.getOrDefault("input", Set.of()).size(), Integer::sum);
    }
    var rows = rows(session);
    var expected = Objects.requireNonNull(undisturbed.get(every));
    rows.forEach((table, found) -> {
      var same = Objects.requireNonNull(expected.get(table));
      // What a stop adds, an undisturbed session would not have had.
      assertThat(found).as("%s of %s", table, session).hasSizeLessThan(same.size());
      assertThat(found).as("%s of %s", table, session).isEqualTo(same.subList(0, found.size()));
    });
    counted.merge("session", 1, Integer::sum);
  }

  /// Of what undisturbed goes on, a stop cancels what works. No cancel is compared with that.
  private void requireCancelledAtTheEnd(String session) throws SQLException {
    try (var database = connect()) {
      var early =
          texts(
              database,
              """
              select event_id from order_events as event where session_id = ? and type = 'cancelled'
                and seq < (select max(seq) from order_events where session_id = event.session_id)\
              """,
              session);
      assertThat(early).isEmpty();
    }
  }

  private void requireOnce(
      Connection database,
      String session,
      Map<String, Set<String>> noted,
      String kind,
      String select)
      throws SQLException {
    var found = texts(database, select + " where session_id = ?", session);
    assertThat(found).as("%ss of %s", kind, session).doesNotHaveDuplicates();
    var wanted = noted.getOrDefault(kind, Set.of());
    assertThat(new HashSet<>(found)).as("%ss of %s", kind, session).containsAll(wanted);
    counted.merge(kind, wanted.size(), Integer::sum);
  }

  /// In the order in which they were written, without the session's id.
  private Map<String, List<String>> rows(String session) throws SQLException {
    var rows = new HashMap<String, List<String>>();
    try (var database = connect()) {
      for (var table : List.of("signals", "order_events", "fills")) {
        rows.put(
            table,
            texts(
                    database,
                    "select (to_jsonb(t) - 'entry')::text from "
                        + table
                        + " as t where session_id = ? and to_jsonb(t) ->> 'type' is distinct from"
                        + " 'cancelled' order by entry",
                    session)
                .stream()
                .map(row ->
                    String.valueOf(row).replace(session, "ID").replace(session.substring(3), "ID"))
                .toList());
      }
    }
    return rows;
  }

  private void readNotes() throws IOException {
    var read = new HashMap<String, Map<String, Set<String>>>();
    var text = Files.readString(acknowledged);
    // Its last line may have been cut off by a kill, and was then given to nobody.
    for (var line : text.substring(0, text.lastIndexOf('\n') + 1).lines().toList()) {
      var words = line.split(" ");
      read.computeIfAbsent(words[1], _ -> new HashMap<>())
          .computeIfAbsent(words[0], _ -> new HashSet<>())
          .add(words[2]);
    }
    notes = read;
  }

  private Connection connect() throws SQLException {
    var end = Instant.now().plus(PATIENCE);
    while (true) {
      try {
        var port = Files.readAllLines(directory.resolve("postgres/postmaster.pid")).get(3).strip();
        return DriverManager.getConnection(
            "jdbc:postgresql://127.0.0.1:" + port + "/postgres", "postgres", "");
      } catch (SQLException | IOException | IndexOutOfBoundsException e) {
        // It may be starting again.
        if (Instant.now().isAfter(end)) {
          throw new SQLException("the database does not come back", e);
        }
      }
    }
  }

  private static List<@Nullable String> texts(Connection database, String sql, String session)
      throws SQLException {
    var texts = new ArrayList<@Nullable String>();
    try (var statement = database.prepareStatement(sql)) {
      statement.setString(1, session);
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          texts.add(rows.getString(1));
        }
      }
    }
    return texts;
  }
}

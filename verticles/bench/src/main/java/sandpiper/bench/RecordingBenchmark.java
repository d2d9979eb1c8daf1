package sandpiper.bench;

import io.questdb.ServerMain;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.domain.market.Trade;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.RiskLimits;
import sandpiper.feeds.DataSets;
import sandpiper.persistence.DatabaseConfig;
import sandpiper.persistence.PersistenceVerticle;
import sandpiper.persistence.TimeSeriesConfig;
import sandpiper.testkit.SharedData;

/// A recording of a million trades, read from the embedded database: one operation is a trade as a
/// session at full speed gets it, over the bus and in order.
///
/// `cursor` is the baseline: one plain cursor of PostgreSQL's JDBC driver over the same rows in the
/// same order, 5,000 at a time, making the same trades.
@State(Scope.Benchmark)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 4, time = 4)
@Measurement(iterations = 5, time = 4)
@Fork(1)
public class RecordingBenchmark {
  private static final int TRADES = 1_000_000;
  private static final int BATCH = 5_000;
  private static final int READERS = 8;
  private static final String SESSION = "dc_benchmark";

  private Path directory;
  private Vertx vertx;
  private DataSets dataSets;
  private Connection connection;

  /// The same trades in QuestDB, which runs in this process and is spoken to over the loopback.
  @State(Scope.Benchmark)
  public static class Quest {
    private Path directory;
    private ServerMain server;
    private Vertx vertx;
    private DataSets dataSets;

    /// Records the trades.
    @Setup
    public void record() throws IOException {
      directory = Files.createTempDirectory("sandpiper-bench");
      int port = freePort();
      var quest = directory.resolve("questdb");
      Files.createDirectories(quest.resolve("conf"));
      Files.writeString(
          quest.resolve("conf/server.conf"),
          """
          pg.net.bind.to=127.0.0.1:%d
          http.enabled=false
          http.min.enabled=false
          line.tcp.enabled=false
          telemetry.enabled=false
          """
              .formatted(port));
      server = new ServerMain("-d", quest.toString());
      server.start();
      vertx = Vertx.vertx();
      var url = "postgresql://127.0.0.1:" + port + "/qdb";
      dataSets =
          recorded(vertx, directory, freePort(), new TimeSeriesConfig(url, "admin", "quest", 0));
    }

    /// Closes both databases and deletes them.
    @TearDown
    public void close() throws IOException {
      await(vertx.close());
      server.close();
      delete(directory);
    }
  }

  /// Records the trades.
  @Setup
  public void record() throws IOException, SQLException {
    directory = Files.createTempDirectory("sandpiper-bench");
    int port = freePort();
    vertx = Vertx.vertx();
    dataSets = recorded(vertx, directory, port, TimeSeriesConfig.STANDARD);
    var url = "jdbc:postgresql://127.0.0.1:" + port + "/postgres";
    connection = DriverManager.getConnection(url, "postgres", "");
    connection.setAutoCommit(false);
    try (var statement = connection.createStatement()) {
      statement.execute("analyze trades");
    }
    connection.commit();
  }

  private static DataSets recorded(Vertx vertx, Path directory, int port, TimeSeriesConfig series) {
    Bus.install(vertx);
    var config =
        new DatabaseConfig(null, "", "", directory, port, DatabaseConfig.DEFAULT_POOL_SIZE);
    var migrations = SharedData.home().resolve("migrations");
    await(vertx.deployVerticle(new PersistenceVerticle(config, series, migrations)));
    var bus = new Bus(vertx);
    await(bus.ask(Channels.WRITE_SESSION, session()));
    for (long seq = 1; seq <= TRADES; seq += BATCH) {
      await(bus.ask(Channels.WRITE_INPUTS, new InputBatch(SESSION, batch(seq))));
    }
    return new DataSets(directory, bus);
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  private static SessionState session() {
    return new SessionState(
        SESSION,
        SessionMode.COLLECTION,
        SessionStatus.STOPPED,
        List.of("BTCUSD"),
        null,
        BigDecimal.ONE,
        "benchmark",
        FillRules.STANDARD,
        AccountRules.STANDARD,
        RiskLimits.NONE,
        null,
        0,
        null,
        null,
        List.of(),
        Map.of(),
        null);
  }

  private static List<Input> batch(long first) {
    var inputs = new ArrayList<Input>(BATCH);
    for (long seq = first; seq < first + BATCH; seq++) {
      long time = seq * 1_000;
      inputs.add(
          new Input(SESSION, seq, time, new Trade("BTCUSD", time, 100 + seq % 997 / 8.0, seq % 7)));
    }
    return inputs;
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  /// Closes the database and deletes it.
  @TearDown
  public void close() throws IOException, SQLException {
    connection.close();
    await(vertx.close());
    delete(directory);
  }

  private static void delete(Path directory) throws IOException {
    try (var files = Files.walk(directory)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }

  /// The baseline.
  @Benchmark
  @OperationsPerInvocation(TRADES)
  public double cursor() throws SQLException {
    var sql =
        "select seq, time, symbol, event_time, price, amount from trades where session_id = ?"
            + " order by seq";
    try (var statement =
        connection.prepareStatement(sql, ResultSet.TYPE_FORWARD_ONLY, ResultSet.CONCUR_READ_ONLY)) {
      statement.setString(1, SESSION);
      statement.setFetchSize(BATCH);
      int count = 0;
      double sum = 0;
      try (var rows = statement.executeQuery()) {
        while (rows.next()) {
          var trade =
              new Trade(rows.getString(3), rows.getLong(4), rows.getDouble(5), rows.getDouble(6));
          var input = new Input(SESSION, rows.getLong(1), rows.getLong(2), trade);
          sum += trade.price() + input.seq();
          count++;
        }
      }
      connection.commit();
      return checked(count, sum);
    }
  }

  @Benchmark
  @OperationsPerInvocation(TRADES)
  public double recording() {
    return read(dataSets);
  }

  @Benchmark
  @OperationsPerInvocation(TRADES)
  public double questDb(Quest quest) {
    return read(quest.dataSets);
  }

  /// All readers together.
  @Benchmark
  @OperationsPerInvocation(TRADES * READERS)
  public double eightReaders() throws Exception {
    try (var threads = Executors.newFixedThreadPool(READERS)) {
      double sum = 0;
      for (var each :
          threads.invokeAll(
              Collections.nCopies(READERS, (Callable<Double>) () -> read(dataSets)))) {
        sum += each.get();
      }
      return sum;
    }
  }

  private static double read(DataSets dataSets) {
    try (var data = dataSets.open(List.of("BTCUSD"), "recording:" + SESSION, null, TimeRange.ALL)) {
      int count = 0;
      double sum = 0;
      while (data.hasNext()) {
        if (data.next() instanceof Trade trade) {
          sum += trade.price();
          count++;
        }
      }
      return checked(count, sum);
    }
  }

  private static double checked(int count, double sum) {
    if (count != TRADES) {
      throw new IllegalStateException("expected " + TRADES + " trades, read " + count);
    }
    return sum;
  }
}

package sandpiper.bench;

import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import sandpiper.bus.Bus;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.CloseSession;
import sandpiper.bus.Messages.Done;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.bus.Messages.OpenFeed;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.domain.market.Trade;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.FillModel;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.RiskLimits;
import sandpiper.feeds.FeedsVerticle;
import sandpiper.mexc.client.MexcConfig;
import sandpiper.persistence.DatabaseConfig;
import sandpiper.persistence.PersistenceVerticle;
import sandpiper.persistence.TimeSeriesConfig;
import sandpiper.testkit.SharedData;

/// How well a replay from the database keeps its pace, by the real clock: trades with half a second
/// between two in the mean, played for ten seconds at each pace to a session that answers at once.
///
/// Prints for each pace by what share of the time that had passed the last input was off its place,
/// and how many milliseconds the one was that was farthest from its own.
public final class ReplayPace {
  private static final String RECORDING = "dc_pace";
  private static final int TRADES = 40_000;
  private static final int SECONDS = 10;

  private final Bus bus;
  private long start;
  private double acceleration;
  private double last;
  private double farthest;
  private int inputs;
  private Promise<Void> ended = Promise.promise();

  private ReplayPace(Vertx vertx) {
    bus = new Bus(vertx);
  }

  /// Takes no arguments.
  public static void main(String... arguments) throws IOException {
    var directory = Files.createTempDirectory("sandpiper-pace");
    var vertx = Vertx.vertx();
    Bus.install(vertx);
    try {
      var config = new DatabaseConfig(null, "", "", directory, 0, 4);
      await(
          vertx.deployVerticle(
              new PersistenceVerticle(
                  config, TimeSeriesConfig.STANDARD, SharedData.home().resolve("migrations"))));
      await(
          vertx.deployVerticle(
              new FeedsVerticle(directory, MexcConfig.STANDARD, () -> 0, new Random(1))));
      new ReplayPace(vertx).measure();
    } finally {
      await(vertx.close());
      try (var files = Files.walk(directory)) {
        for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }

  private void measure() {
    record();
    await(bus.answer(Channels.INPUT, this::arrived));
    await(
        bus.answer(
            Channels.FEED_ENDED,
            _ -> {
              ended.complete();
              return Future.succeededFuture(new Done());
            }));
    for (double pace : new double[] {1, 10, 100, 1_000}) {
      play(pace);
      System.out.printf(
          "%,6.0fx: %,7d inputs, last off by %+.3f %%, farthest off by %.0f ms%n",
          pace, inputs, 100 * last, farthest);
    }
  }

  private void record() {
    await(
        bus.ask(
            Channels.WRITE_SESSION,
            new SessionState(
                RECORDING,
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
                null)));
    var random = new Random(5);
    long time = 0;
    for (int from = 0; from < TRADES; from += 5_000) {
      var batch = new ArrayList<Input>();
      for (int i = from; i < from + 5_000; i++) {
        batch.add(new Input(RECORDING, i + 1, time, new Trade("BTCUSD", time, 100, 1)));
        time += random.nextLong(1_000_000);
      }
      await(bus.ask(Channels.WRITE_INPUTS, new InputBatch(RECORDING, batch)));
    }
  }

  private void play(double pace) {
    acceleration = pace;
    inputs = 0;
    farthest = 0;
    ended = Promise.promise();
    var session = "bt_pace" + (int) pace;
    var range = new TimeRange(null, (long) (SECONDS * 1_000_000L * pace));
    await(
        bus.ask(
            Channels.OPEN_FEED,
            new OpenFeed(
                session,
                "recording:" + RECORDING,
                List.of("BTCUSD"),
                Map.of("BTCUSD", Set.of()),
                pace,
                FillModel.ANY,
                range,
                false)));
    start = System.nanoTime();
    await(bus.ask(Channels.START_FEED, new CloseSession(session)));
    await(ended.future());
  }

  private Future<Done> arrived(Input input) {
    inputs++;
    double passed = (System.nanoTime() - start) / 1e9;
    double due = input.time() / 1e6 / acceleration;
    last = passed / due - 1;
    farthest = Math.max(farthest, 1_000 * Math.abs(passed - due));
    return Future.succeededFuture(new Done());
  }
}

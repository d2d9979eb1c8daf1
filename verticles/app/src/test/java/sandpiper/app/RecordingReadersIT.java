package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.app.TestPlatform.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import sandpiper.bus.Channels;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.InputBatch;
import sandpiper.bus.Messages.SessionState;
import sandpiper.bus.Messages.SessionStatus;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.ExternalValue;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.session.SessionMode;
import sandpiper.domain.trading.AccountRules;
import sandpiper.domain.trading.FillRules;
import sandpiper.domain.trading.RiskLimits;
import sandpiper.feeds.DataSets;
import sandpiper.feeds.MarketData;

/// Several readers of one recording at once, each at its own place, from the real database.
class RecordingReadersIT {
  private static final String SESSION = "dc_readers";
  private static final int INPUTS = 63_210;
  private static final int READERS = 8;
  private static final Interval SECOND = Interval.parse("1s");

  private static TestPlatform platform;
  private static DataSets dataSets;

  @BeforeAll
  static void record() throws IOException {
    platform = TestPlatform.start();
    dataSets = new DataSets(TestPlatform.freshDirectory(), platform.bus);
    await(
        platform.bus.ask(
            Channels.WRITE_SESSION,
            new SessionState(
                SESSION,
                SessionMode.COLLECTION,
                SessionStatus.STOPPED,
                List.of("BTCUSD", "SPY"),
                null,
                BigDecimal.ONE,
                "test",
                FillRules.STANDARD,
                AccountRules.STANDARD,
                RiskLimits.NONE,
                null,
                TestPlatform.NOON,
                null,
                null,
                List.of(),
                Map.of(),
                null)));
    for (int from = 0; from < INPUTS; from += 5_000) {
      var batch = new ArrayList<Input>();
      for (int i = from; i < Math.min(INPUTS, from + 5_000); i++) {
        batch.add(new Input(SESSION, i + 1, time(i), event(i)));
      }
      await(platform.bus.ask(Channels.WRITE_INPUTS, new InputBatch(SESSION, batch)));
    }
  }

  @AfterAll
  static void stop() {
    platform.close();
  }

  private static long time(int i) {
    return 1_000_000L * i;
  }

  /// Of every kind, and the closings that readers do not get.
  private static MarketEvent event(int i) {
    var symbol = i % 3 == 0 ? "SPY" : "BTCUSD";
    var levels = new Levels(new double[] {1 + i}, new double[] {i % 2});
    var bar = new Bar("BTCUSD", SECOND, time(i) - SECOND.micros(), 1, 2.0 + i, 1, 1, i);
    return switch (i % 7) {
      case 0 -> new Quote(symbol, time(i), 1, 2 + i, i, 0.1);
      case 1 -> bar;
      case 2 -> new BarClosed(bar);
      case 3 -> new BookSnapshot(symbol, time(i), i, levels, Levels.NONE);
      case 4 -> new BookUpdate(symbol, time(i), i, i, Levels.NONE, levels);
      case 5 -> new ExternalValue(symbol, time(i), "mood", i);
      default -> new Trade(symbol, time(i), 1 + i / 7.0, i);
    };
  }

  private static MarketData open() {
    return dataSets.open(List.of("BTCUSD", "SPY"), "recording:" + SESSION, null, TimeRange.ALL);
  }

  private static List<MarketEvent> readAll() {
    try (var data = open()) {
      var events = new ArrayList<MarketEvent>();
      data.forEachRemaining(events::add);
      return events;
    }
  }

  private static List<MarketEvent> written() {
    var events = new ArrayList<MarketEvent>();
    for (int i = 0; i < INPUTS; i++) {
      if (!(event(i) instanceof BarClosed)) {
        events.add(event(i));
      }
    }
    return events;
  }

  @Test
  void oneAloneReadsWhatWasRecorded() {
    assertThat(readAll()).isEqualTo(written());
  }

  @Test
  void eachOfManyAtOnceReadsWhatOneAloneDoes() throws Exception {
    var expected = written();
    try (var threads = Executors.newFixedThreadPool(READERS)) {
      var together = new CountDownLatch(READERS);
      var reads = new ArrayList<Future<List<MarketEvent>>>();
      for (int i = 0; i < READERS; i++) {
        reads.add(
            threads.submit(() -> {
              together.countDown();
              together.await();
              return readAll();
            }));
      }
      for (var read : reads) {
        assertThat(read.get(120, TimeUnit.SECONDS)).isEqualTo(expected);
      }
    }
  }

  /// More of them rest in the middle of a window than there are connections, and none holds one.
  @Test
  void thoseThatRestHoldNobody() {
    var resting = new ArrayList<MarketData>();
    var places = new ArrayList<List<MarketEvent>>();
    for (int i = 0; i < READERS; i++) {
      var data = open();
      var events = new ArrayList<MarketEvent>();
      for (int taken = 0; taken <= 2_000 * i; taken++) {
        events.add(data.next());
      }
      resting.add(data);
      places.add(events);
    }
    assertThat(readAll()).isEqualTo(written());
    for (int i = 0; i < READERS; i++) {
      try (var data = resting.get(i)) {
        data.forEachRemaining(places.get(i)::add);
      }
      assertThat(places.get(i)).isEqualTo(written());
    }
  }
}

package sandpiper.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.bus.Channels.CHECK_FILE;
import static sandpiper.bus.Channels.OPEN_FEED;
import static sandpiper.bus.Channels.START_FEED;
import static sandpiper.bus.Channels.STOP_FEED;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sandpiper.bus.Messages.CheckFile;
import sandpiper.bus.Messages.CloseSession;
import sandpiper.bus.Messages.FeedEnded;
import sandpiper.bus.Messages.FeedStopped;
import sandpiper.bus.Messages.Input;
import sandpiper.bus.Messages.OpenFeed;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.MarketCsv;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.domain.trading.FillModel;
import sandpiper.mexc.client.MexcConfig;
import sandpiper.testkit.SharedData;

/// Data that are only collected, and files of them.
class CollectedFeedTest {
  private static final String ID = "dc_1";
  private static final long START = 1_700_000_000_000_000L;

  @TempDir private Path folder;
  private final Vertx vertx = Vertx.vertx();

  @SuppressWarnings("NullAway.Init") // before each test
  private FakeSession session;

  @BeforeEach
  void deploy() throws Exception {
    session = new FakeSession(vertx);
    vertx
        .deployVerticle(new FeedsVerticle(folder, MexcConfig.STANDARD, () -> 0, new Random(1)))
        .await(20, TimeUnit.SECONDS);
  }

  @AfterEach
  void close() throws Exception {
    vertx.close().await(20, TimeUnit.SECONDS);
  }

  private FeedEnded collect(String symbol, String data, Set<MarketStream> streams)
      throws Exception {
    session.ask(
        OPEN_FEED,
        new OpenFeed(
            ID,
            data,
            List.of(symbol),
            Map.of(),
            null,
            FillModel.ANY,
            TimeRange.ALL,
            true,
            streams,
            false));
    session.ask(START_FEED, new CloseSession(ID));
    return session.awaitEnd();
  }

  @Test
  void everyEventIsKeptInOrderAndNobodyIsAsked() throws Exception {
    assertThat(collect("BTCUSD", "demo", Set.of(MarketStream.TRADES)))
        .isEqualTo(new FeedEnded(ID, null));
    assertThat(session.received).isEmpty();
    assertThat(session.recorded.stream().map(Input::event).toList())
        .isEqualTo(DataFiles.read(DataFiles.all("demo")));
    assertThat(session.recorded.getLast().seq()).isEqualTo(100_000);
    assertThat(session.ask(STOP_FEED, new CloseSession(ID)))
        .isEqualTo(new FeedStopped(100_000, DataRequest.DEMO_END));
  }

  /// The file of the exchange has all three; they are numbered as if the others were not there.
  @Test
  void onlyTheStreamsThatAreWantedAreKept() throws Exception {
    var file =
        SharedData.path("data/binance_raw_ws_2024/binance_spot_btcusdt_20240808.gz").toString();
    var checked = session.ask(CHECK_FILE, new CheckFile(file, "BTCUSDT"));
    assertThat(checked.streams())
        .containsExactlyInAnyOrder(MarketStream.TRADES, MarketStream.QUOTES, MarketStream.BOOKS);
    assertThat(collect("BTCUSDT", file, Set.of(MarketStream.QUOTES)))
        .isEqualTo(new FeedEnded(ID, null));
    assertThat(session.recorded)
        .isNotEmpty()
        .hasSizeLessThan((int) checked.rows())
        .allSatisfy(input -> assertThat(input.event()).isInstanceOf(Quote.class));
    assertThat(session.recorded.getLast().seq()).isEqualTo(session.recorded.size());
  }

  @Test
  void dataWithoutWhatIsWantedAreAMistake() throws Exception {
    assertThat(collect("BTCUSD", "demo", Set.of(MarketStream.BOOKS)))
        .isEqualTo(new FeedEnded(ID, "demo: trades: nothing of what was to be recorded in it"));
    assertThat(session.recorded).isEmpty();
  }

  /// Whatever a recording holds is read from its file just as it was.
  @Test
  void whatIsWrittenAsCsvIsReadTheSame() throws Exception {
    var bids = new Levels(new double[] {0.1 + 0.2, 7}, new double[] {Math.PI, 0});
    var minute = Interval.parse("1m");
    List<List<MarketEvent>> all =
        List.of(
            List.of(
                new Trade("BTCUSD", START, 0.1 + 0.2, 1e-9),
                new Trade("BTCUSD", START, 1e21, Double.MIN_VALUE)),
            List.of(
                new Quote("BTCUSD", START + 1, 1.1, Math.nextUp(1.1), 0, 2e7),
                new Quote("BTCUSD", START + 2, 1, 1, 1, 1)),
            List.of(
                new BookSnapshot("BTCUSD", START, 50_093_239_218L, bids, Levels.NONE),
                new BookUpdate("BTCUSD", START + 3, 8, 9, Levels.NONE, bids)),
            List.of(
                new Bar("BTCUSD", minute, 60_000_000, 2.05, Math.nextUp(2.1), 2, 2.1, 0.3),
                new Bar("BTCUSD", minute, 120_000_000, 2, 2, 2, 2, 0)));
    for (var events : all) {
      var stream = Objects.requireNonNull(MarketStream.of(events.getFirst()));
      var text = new StringBuilder(MarketCsv.header(stream));
      events.forEach(event -> MarketCsv.append(text, event));
      var file = folder.resolve(stream.text() + ".csv");
      Files.writeString(file, text);
      assertThat(DataFiles.read(DataFiles.all(file.toString()))).isEqualTo(events);
      assertThat(session.ask(CHECK_FILE, new CheckFile(file.toString(), "BTCUSD")).streams())
          .containsExactly(stream);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          time,bid,ask,bid_size,ask_size | 1700000000,2,1,1,1    | bid must not be above ask, was 2.0 over 1.0
          time,bid,ask,bid_size,ask_size | 1700000000,-2,1,1,1   | bid must be a number above zero, was "-2"
          time,bid,ask,bid_size,ask_size | 1700000000,1,2,1,lots | ask_size must be a number from zero up, was "lots"
          time,first_id,last_id,bids,asks | 1700000000,1,x,1:1,   | last_id must be a whole number from zero up, was "x"
          time,first_id,last_id,bids,asks | 1700000000,7,6,1:1,   | first_id must not be above last_id, was 7 and 6
          time,first_id,last_id,bids,asks | 1700000000,1,6,1:1 2,  | bids must be price:size with spaces between, prices above zero and sizes from zero up, was "2"
          time,first_id,last_id,bids,asks | 1700000000,1,6,,0:5  | asks must be price:size with spaces between, prices above zero and sizes from zero up, was "0:5"
          """)
  void aBadRowIsNamedWithItsColumnAndValue(String header, String row, String reason)
      throws Exception {
    var file = DataFiles.write(folder, "a.csv", header, row);
    assertThat(session.refused(CHECK_FILE, new CheckFile(file, "BTCUSD")))
        .hasMessage("a.csv, line 2: " + reason);
  }
}

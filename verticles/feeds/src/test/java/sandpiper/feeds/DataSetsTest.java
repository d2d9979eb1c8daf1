package sandpiper.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.vertx.core.Vertx;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sandpiper.bus.Bus;
import sandpiper.bus.Messages.DataSet;
import sandpiper.bus.Messages.ReadCandles;
import sandpiper.bus.Messages.ReadTrades;
import sandpiper.bus.Messages.TimeRange;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;

class DataSetsTest {
  private static final long START = 1_577_836_800_000L;
  private static final long MINUTE = 60_000;
  private static final List<String> BTC = List.of("BTCUSD");

  @TempDir Path folder;
  @TempDir Path elsewhere;
  private final Vertx vertx = Vertx.vertx();

  @SuppressWarnings("NullAway.Init") // before each test
  private DataSets dataSets;

  @BeforeEach
  void open() {
    dataSets = new DataSets(folder, new Bus(vertx));
  }

  @AfterEach
  void close() {
    vertx.close().toCompletionStage().toCompletableFuture().join();
  }

  /// Four bars of a minute: 1 to 4, each from one below to one above.
  private static String bars(Path folder) throws Exception {
    var lines = new ArrayList<String>();
    lines.add(DataFiles.BARS);
    for (int i = 1; i <= 4; i++) {
      lines.add((START + (i - 1) * MINUTE) + "," + i + "," + (i + 1) + ",0.5," + i + ",2");
    }
    return DataFiles.write(folder, "bars.csv", lines.toArray(String[]::new));
  }

  private List<MarketEvent> read(String data) {
    var events = new ArrayList<MarketEvent>();
    try (var reader = dataSets.open(BTC, data, null, TimeRange.ALL)) {
      reader.forEachRemaining(events::add);
    }
    return events;
  }

  @Test
  void theDemoSaysWhereItEndsWithoutBeingRead() {
    try (var reader = dataSets.open(BTC, "demo", null, TimeRange.ALL)) {
      var end = reader.endTime();
      long last = 0;
      while (reader.hasNext()) {
        last = reader.next().time();
      }
      assertThat(end).isEqualTo(last);
      assertThat(dataSets.list().dataSets().getFirst().to()).isEqualTo(last);
    }
  }

  @Test
  void filesOfTheFolderAreListedWithWhatTheirHeadsTell() throws Exception {
    bars(folder);
    Files.writeString(folder.resolve("broken.csv"), "no, header\n");
    Files.writeString(folder.resolve(".hidden"), "");
    Files.createDirectory(folder.resolve("inner"));
    var sets = dataSets.list().dataSets();
    assertThat(sets.stream().map(DataSet::id))
        .containsExactly("demo", "file:bars.csv", "file:broken.csv");
    var bars = sets.get(1);
    assertThat(bars.content()).isEqualTo("bars");
    assertThat(bars.interval()).isEqualTo(Interval.parse("1m"));
    assertThat(bars.from()).isEqualTo(START * 1_000);
    assertThat(bars.problem()).isNull();
    assertThat(sets.get(2).problem()).contains("broken.csv");
  }

  @Test
  void withoutAFolderThereIsTheDemo() {
    var none = new DataSets(folder.resolve("none"), new Bus(vertx));
    assertThat(none.list().dataSets().stream().map(DataSet::id)).containsExactly("demo");
  }

  @Test
  void aFileByNameIsTheFileByPath() throws Exception {
    var path = bars(folder);
    assertThat(read("file:bars.csv")).isEqualTo(read(path)).hasSize(4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"file:", "file:..", "file:../x", "file:link.csv", "file:a/b", "file:.hidden"})
  void noNameLeadsOutOfTheFolder(String data) throws Exception {
    bars(elsewhere);
    Files.createSymbolicLink(folder.resolve("link.csv"), elsewhere.resolve("bars.csv"));
    Files.writeString(folder.resolve(".hidden"), DataFiles.BARS);
    assertThatThrownBy(() -> read(data))
        .isInstanceOf(DataException.class)
        .hasMessage("unknown data set '" + data + "'; /api/data-sets lists those there are");
  }

  @Test
  void barsAreDrawnInLongerOnesAndNeverInShorter() throws Exception {
    bars(folder);
    var two = candles(Interval.parse("2m"), TimeRange.ALL, 100);
    assertThat(two)
        .containsExactly(
            new Bar("BTCUSD", Interval.parse("2m"), START * 1_000, 1, 3, 0.5, 2, 4),
            new Bar("BTCUSD", Interval.parse("2m"), (START + 2 * MINUTE) * 1_000, 3, 5, 0.5, 4, 4));
    assertThat(candles(Interval.parse("1s"), TimeRange.ALL, 100)).hasSize(4);
    assertThat(candles(Interval.parse("90s"), TimeRange.ALL, 100)).isEqualTo(two);
    assertThat(candles(Interval.parse("1m"), TimeRange.ALL, 3)).hasSize(3);
    var late = new TimeRange((START + MINUTE) * 1_000, (START + 3 * MINUTE) * 1_000);
    assertThat(candles(Interval.parse("1m"), late, 100).stream().map(Bar::open))
        .containsExactly(2.0, 3.0);
  }

  private List<Bar> candles(Interval interval, TimeRange range, int limit) {
    return Drawing.candles(
            dataSets, new ReadCandles(BTC, "file:bars.csv", "BTCUSD", range, interval, limit))
        .bars();
  }

  @Test
  void tradesComeByThePageAlsoWhereManyHaveOneTime() throws Exception {
    var lines = new ArrayList<String>();
    lines.add("timestamp,price,amount");
    for (int i = 0; i < 7; i++) {
      lines.add((START + (i < 5 ? 0 : i)) + "," + (100 + i) + ",1");
    }
    DataFiles.write(folder, "trades.csv", lines.toArray(String[]::new));
    var prices = new ArrayList<Double>();
    var range = TimeRange.ALL;
    int skip = 0;
    for (int pages = 1; ; pages++) {
      var page =
          TradeReading.read(dataSets, new ReadTrades("file:trades.csv", "BTCUSD", range, skip, 2));
      page.trades().forEach(trade -> prices.add(trade.price()));
      if (page.nextFrom() == null) {
        assertThat(pages).isEqualTo(4);
        break;
      }
      range = new TimeRange(page.nextFrom(), null);
      skip = page.nextSkip();
    }
    assertThat(prices).containsExactly(100., 101., 102., 103., 104., 105., 106.);
  }
}

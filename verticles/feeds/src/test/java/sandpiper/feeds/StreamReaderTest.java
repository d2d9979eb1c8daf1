package sandpiper.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import sandpiper.domain.market.BookBuilder;
import sandpiper.domain.market.BookEvent;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.Levels;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;
import sandpiper.testkit.SharedData;

class StreamReaderTest {
  private static final String SPOT = "data/binance_raw_ws_2024/binance_spot_btcusdt_20240808.gz";
  private static final String LATER = "data/binance_raw_ws_2024/binance_spot_btcusdt_20240809.gz";
  private static final String FUTURES = "data/binance_raw_ws_2024/binance_usdm_btcusdt_20240808.gz";
  private static final JsonMapper MAPPER = new JsonMapper();

  @TempDir private Path folder;

  private static DataRequest request(String data, @Nullable Long from, @Nullable Long to) {
    return new DataRequest(data, "BTCUSDT", null, from, to, false);
  }

  private static List<MarketEvent> read(DataRequest request) {
    try (var data = MarketData.open(List.of(request))) {
      var events = new ArrayList<MarketEvent>();
      data.forEachRemaining(events::add);
      return events;
    }
  }

  private static long count(List<MarketEvent> events, Class<? extends MarketEvent> kind) {
    return events.stream().filter(kind::isInstance).count();
  }

  /// Counted with grep.
  @ParameterizedTest
  @CsvSource({
    SPOT + ",9757,28040,3451,1",
    LATER + ",10147,45134,3044,0",
    FUTURES + ",21313,66089,6551,1"
  })
  void everyMessageOfARealFileBecomesAnEvent(
      String file, int trades, int quotes, int updates, int snapshots) {
    var events = read(request(SharedData.path(file).toString(), null, null));
    assertThat(count(events, Trade.class)).isEqualTo(trades);
    assertThat(count(events, Quote.class)).isEqualTo(quotes);
    assertThat(count(events, BookUpdate.class)).isEqualTo(updates);
    assertThat(count(events, BookSnapshot.class)).isEqualTo(snapshots);
  }

  @Test
  void messagesAreReadAsTheExchangeWroteThem() {
    var data = SharedData.path(SPOT).toString();
    try (var reader = MarketData.open(List.of(request(data, null, null)))) {
      assertThat(reader.description())
          .isEqualTo("binance_spot_btcusdt_20240808.gz: trades, quotes and order book");
      assertThat(reader.startTime()).isEqualTo(1_723_161_253_937_085L);
      assertThat(reader.next())
          .isEqualTo(
              new BookUpdate(
                  "BTCUSDT",
                  1_723_161_253_937_085L,
                  50_093_239_189L,
                  50_093_239_202L,
                  new Levels(new double[] {61737.63, 61730.17, 56854.58}, new double[] {0, 0, 0}),
                  new Levels(
                      new double[] {
                        61837.64, 61839.85, 61839.86, 61845.11, 61848.49, 61855.45, 61862.51,
                        61862.52, 61937.64
                      },
                      new double[] {1.54698, 0, 0, 0.32329, 0, 0.32323, 0.05041, 0, 0.02})));
      reader.next();
      assertThat(reader.next())
          .isEqualTo(
              new Quote("BTCUSDT", 1_723_161_254_087_891L, 61837.63, 61837.64, 3.78826, 1.54698));
      assertThat(reader.next())
          .isEqualTo(new Trade("BTCUSDT", 1_723_161_254_087_896L, 61837.63, 0.02));
    }
  }

  /// The exchange says its best prices in messages of their own whenever they change, with the id
  /// of that change: the best levels of the book must be those of the latest that it contains.
  @ParameterizedTest
  @CsvSource({SPOT + ",3449", FUTURES + ",6546"})
  void theBookAgreesWithTheBestPricesThatTheExchangeSays(String file, int updates)
      throws IOException {
    var best = new TreeMap<Long, JsonNode>();
    for (var line : SharedData.lines(file)) {
      var data = MAPPER.readTree(line.substring(20)).path("data");
      if (data.has("B")) {
        best.put(data.get("u").asLong(), data);
      }
    }
    var book = new BookBuilder("BTCUSDT");
    int compared = 0;
    boolean begun = false;
    for (var event : read(request(SharedData.path(file).toString(), null, null))) {
      if (event instanceof BookEvent change) {
        book.apply(change);
        begun |= book.isValid();
        assertThat(book.isValid()).isEqualTo(begun);
        var said = book.isValid() ? best.floorEntry(book.lastId()) : null;
        if (said != null) {
          compared++;
          assertThat(
                  List.of(
                      book.bids().best(),
                      book.bids().bestSize(),
                      book.asks().best(),
                      book.asks().bestSize()))
              .isEqualTo(
                  List.of(
                      said.getValue().get("b").asDouble(),
                      said.getValue().get("B").asDouble(),
                      said.getValue().get("a").asDouble(),
                      said.getValue().get("A").asDouble()));
        }
      }
    }
    assertThat(compared).isEqualTo(updates);
  }

  /// 20:54:30 to 20:54:40 of the local clock, and the whole file up to there.
  @Test
  void aRangeBeginsWithTheBookAsItStood() {
    long from = 1_723_161_270_000_000L;
    var file = SharedData.path(SPOT).toString();
    var whole = new BookBuilder("BTCUSDT");
    var part = new BookBuilder("BTCUSDT");
    read(request(file, null, from + 10_000_000)).forEach(event -> apply(whole, event));
    var range = read(request(file, from, from + 10_000_000));
    assertThat(range.getFirst()).isInstanceOf(BookSnapshot.class);
    assertThat(range.getFirst().time()).isGreaterThanOrEqualTo(from);
    assertThat(range.getLast().time()).isLessThan(from + 10_000_000);
    range.forEach(event -> apply(part, event));
    assertThat(part.events(0)).isEqualTo(whole.events(0));
  }

  private static void apply(BookBuilder book, MarketEvent event) {
    if (event instanceof BookEvent change) {
      book.apply(change);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"e":"trade","s":"BTCUSDT","p":"0","q":"1"} | p must be a number above zero, was "0"
          {"e":"trade","s":"BTCUSDT","p":"1","q":"x"} | q must be a number from zero up, was "x"
          {"e":"trade","s":"ETHUSDT","p":"1","q":"1"} | symbol must be BTCUSDT, was "ETHUSDT"
          {"e":"kline","s":"BTCUSDT"} | message must be trade, bookTicker, depthUpdate or an order book, was "kline"
          {"e":"trade" | must be a time and a JSON message
          {"u":1,"s":"BTCUSDT","b":"2","B":"1","a":"1","A":"1"} | bid must not be above ask, was 2.0 over 1.0
          {"e":"depthUpdate","s":"BTCUSDT","U":9,"u":8,"b":[],"a":[]} | first id must not be above the last, was 9 and 8
          {"e":"depthUpdate","s":"BTCUSDT","U":7,"u":8,"b":[],"a":[["1"]]} | a level must be a price above zero and a size from zero up, was ["1"]
          {"e":"depthUpdate","s":"BTCUSDT","U":7,"u":8.5,"b":[],"a":[]} | u must be a whole number from zero up, was 8.5
          {"lastUpdateId":1,"bids":[]} | asks must be an array of levels, was missing
          """)
  void aBadMessageIsNamedWithItsLineOrCounted(String bad, String reason) throws IOException {
    var good = "1723161254087896568 {\"e\":\"trade\",\"s\":\"BTCUSDT\",\"p\":\"1\",\"q\":\"2\"}";
    var file = folder.resolve("messages.txt");
    Files.writeString(file, good + "\n1723161254087896568 " + bad + "\r\n" + good + "\n");
    var data = file.toString();
    assertThatThrownBy(() -> read(request(data, null, null)))
        .isInstanceOf(DataException.class)
        .hasMessage("messages.txt, line 2: " + reason);
    try (var reader =
        MarketData.open(List.of(new DataRequest(data, "BTCUSDT", null, null, null, true)))) {
      var events = new ArrayList<MarketEvent>();
      reader.forEachRemaining(events::add);
      assertThat(events).hasSize(2);
      assertThat(reader.skippedRows()).isEqualTo(1);
    }
  }

  @Test
  void timeMustNotGoBack() throws IOException {
    var file = folder.resolve("messages.txt");
    var trade = " {\"e\":\"trade\",\"s\":\"BTCUSDT\",\"p\":\"1\",\"q\":\"2\"}\n";
    Files.writeString(file, "1723161254087896568" + trade + "1723161254087895568" + trade);
    assertThatThrownBy(() -> read(request(file.toString(), null, null)))
        .hasMessage(
            "messages.txt, line 2: time must not go back, was 1723161254087895 after"
                + " 1723161254087896 (microseconds)");
  }

  @Test
  void anArchiveThatIsCutOffFailsAfterWhatCouldBeRead() throws IOException {
    var file = folder.resolve("cut.gz");
    var whole = Files.readAllBytes(SharedData.path(SPOT));
    Files.write(file, Arrays.copyOf(whole, whole.length / 2));
    assertThatThrownBy(() -> read(request(file.toString(), null, null)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("cut.gz, after line ")
        .hasMessageEndingWith("the archive is cut off or damaged");
  }

  @Test
  void aRangeWithoutMessagesSaysSo() {
    var file = SharedData.path(SPOT).toString();
    try (var reader = MarketData.open(List.of(request(file, 1L, 2L)))) {
      assertThatThrownBy(reader::startTime)
          .hasMessage(
              "no message from 1970-01-01T00:00:00.000001Z to 1970-01-01T00:00:00.000002Z in"
                  + " binance_spot_btcusdt_20240808.gz");
    }
  }
}

package sandpiper.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import blue.strategic.parquet.ParquetReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BookSnapshot;
import sandpiper.domain.market.BookUpdate;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.market.Quote;
import sandpiper.domain.market.Trade;

class ParquetTest {
  private static final long START = 1_577_836_800_000_000L;
  private static final long SECOND = 1_000_000;

  @TempDir private Path folder;

  private List<MarketEvent> roundTrip(MarketStream stream, List<? extends MarketEvent> events)
      throws Exception {
    var file = folder.resolve("some.parquet");
    try (var out = new MarketParquet(file, stream)) {
      for (var event : events) {
        out.write(event);
      }
    }
    var read = new ArrayList<MarketEvent>();
    try (var data =
        SourceData.open(new DataRequest(file.toString(), "BTCUSD", null, null, null, false))) {
      data.forEachRemaining(read::add);
      assertThat(data.progress()).isEqualTo(1);
    }
    return read;
  }

  @Test
  void tradesComeBackToTheLastDigit() throws Exception {
    var trades = new ArrayList<Trade>();
    for (int i = 0; i < 5_000; i++) {
      trades.add(new Trade("BTCUSD", START + i * SECOND + 1, 0.1 * (i + 1) + 1e-9, 1.0 / (i + 3)));
    }
    trades.add(new Trade("BTCUSD", START + 6_000 * SECOND, 123_456_789.123_456_78, 0));

    assertThat(roundTrip(MarketStream.TRADES, trades)).isEqualTo(trades);
  }

  @Test
  void quotesAndBarsComeBack() throws Exception {
    var quote = new Quote("BTCUSD", START, 99.5, 100.25, 1, 2.5);
    assertThat(roundTrip(MarketStream.QUOTES, List.of(quote))).containsExactly(quote);

    var minute = Interval.parse("1m");
    var bars = new ArrayList<Bar>();
    for (int i = 0; i < 3; i++) {
      bars.add(new Bar("BTCUSD", minute, START + i * minute.micros(), 1, 3, 0.5, 2, 7.125));
    }
    assertThat(roundTrip(MarketStream.BARS, bars)).isEqualTo(bars);
  }

  @Test
  void booksComeBackWithAndWithoutAFirstId() throws Exception {
    var lines =
        List.of(
            "time,first_id,last_id,bids,asks",
            START + ",,7,99.5:1 99:2.25,100.5:3",
            (START + SECOND) + ",8,9,99.5:0,");
    var csv = DataFiles.write(folder, "books.csv", lines.toArray(String[]::new));
    var books = new ArrayList<MarketEvent>();
    try (var data = SourceData.open(new DataRequest(csv, "BTCUSD", null, null, null, false))) {
      data.forEachRemaining(books::add);
    }
    assertThat(books.getFirst()).isInstanceOf(BookSnapshot.class);
    assertThat(books.getLast()).isInstanceOf(BookUpdate.class);

    assertThat(roundTrip(MarketStream.BOOKS, books)).isEqualTo(books);
  }

  /// The file itself says what its columns are, for programs that are not ours.
  @Test
  void timesAreTimestampsForOtherPrograms() throws Exception {
    roundTrip(MarketStream.TRADES, List.of(new Trade("BTCUSD", START, 1, 1)));
    var schema =
        ParquetReader.readMetadata(folder.resolve("some.parquet").toFile())
            .getFileMetaData()
            .getSchema()
            .toString();

    assertThat(schema)
        .contains("required int64 time (TIMESTAMP(MICROS,true))", "required double price");
  }

  @Test
  void whatIsNoneIsSaidInASentence() throws Exception {
    var file = Files.writeString(folder.resolve("bad.parquet"), "PAR1 and nothing of it");

    assertThatThrownBy(() ->
            SourceData.open(new DataRequest(file.toString(), "BTCUSD", null, null, null, false)))
        .isInstanceOf(DataException.class)
        .hasMessageStartingWith("bad.parquet: cannot be read, is no Parquet that can be read");
  }
}

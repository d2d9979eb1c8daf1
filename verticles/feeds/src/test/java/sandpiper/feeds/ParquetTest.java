package sandpiper.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import blue.strategic.parquet.ParquetReader;
import blue.strategic.parquet.ParquetWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
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
    try (var out = new MarketParquet(Files.newOutputStream(file), stream)) {
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

  /// Whoever exports sends it on while it is made: what waits is a row group, not the file.
  @Test
  void aLongFileIsManyRowGroupsOfAboutTheSameSize() throws Exception {
    var random = new Random(7);
    var file = folder.resolve("long.parquet");
    try (var out = new MarketParquet(Files.newOutputStream(file), MarketStream.TRADES)) {
      for (int i = 0; i < 1_500_000; i++) {
        out.write(new Trade("BTCUSD", START + i, 1 + random.nextDouble(), random.nextDouble()));
      }
    }
    var groups = ParquetReader.readMetadata(file.toFile()).getBlocks();
    assertThat(groups).hasSizeGreaterThan(2);
    assertThat(groups).allMatch(group -> group.getTotalByteSize() < 2 * MarketParquet.ROW_GROUP);
    assertThat(groups.stream().mapToLong(group -> group.getRowCount()).sum()).isEqualTo(1_500_000);
  }

  /// Written by another program, with a column that nobody asked for.
  @Test
  void textOfOtherColumnsDoesNotMoveTheRest() throws Exception {
    var schema =
        new MessageType(
            "any",
            Types.required(PrimitiveTypeName.INT64).named("time"),
            Types.optional(PrimitiveTypeName.BINARY)
                .as(LogicalTypeAnnotation.stringType())
                .named("note, if any"),
            Types.required(PrimitiveTypeName.DOUBLE).named("price"),
            Types.required(PrimitiveTypeName.DOUBLE).named("amount"));
    var file = folder.resolve("theirs.parquet");
    try (var out =
        ParquetWriter.<Trade>writeFile(
            schema,
            file.toFile(),
            (trade, row) -> {
              row.write("time", trade.time());
              row.write("note, if any", "one, two\nthree");
              row.write("price", trade.price());
              row.write("amount", trade.amount());
            })) {
      out.write(new Trade("BTCUSD", START, 1, 2));
      out.write(new Trade("BTCUSD", START + 1, 3, 4));
    }
    try (var data =
        SourceData.open(new DataRequest(file.toString(), "BTCUSD", null, null, null, false))) {
      assertThat(data.next()).isEqualTo(new Trade("BTCUSD", START, 1, 2));
      assertThat(data.next()).isEqualTo(new Trade("BTCUSD", START + 1, 3, 4));
      assertThat(data.hasNext()).isFalse();
    }
  }

  @Test
  void oneThatIsCutShortIsCalledThat() throws Exception {
    roundTrip(MarketStream.TRADES, List.of(new Trade("BTCUSD", START, 1, 1)));
    var whole = Files.readAllBytes(folder.resolve("some.parquet"));
    var file = Files.write(folder.resolve("cut.parquet"), Arrays.copyOf(whole, whole.length - 9));

    assertThatThrownBy(() ->
            SourceData.open(new DataRequest(file.toString(), "BTCUSD", null, null, null, false)))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "cut.parquet: cannot be read, is no Parquet that can be read: it must end in PAR1, is it"
                + " cut short?");
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

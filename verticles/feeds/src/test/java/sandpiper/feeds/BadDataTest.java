package sandpiper.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;
import static sandpiper.feeds.DataFiles.BARS;
import static sandpiper.feeds.DataFiles.TRADES;
import static sandpiper.feeds.DataFiles.all;
import static sandpiper.feeds.DataFiles.range;
import static sandpiper.feeds.DataFiles.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import sandpiper.domain.market.Interval;

/// What a user is told about data that cannot be used, word for word.
class BadDataTest {
  private static final String GOOD_BARS =
      BARS
          + "\n1546300800000,10,12,9,11,1\n1546300860000,11,12,9,11,1\n1546300920000,11,12,9,11,1\n";
  private static final String GOOD_TRADES = TRADES + "\n1385337600,800,1\n1385337601,801,1\n";

  @TempDir Path folder;

  static Stream<Arguments> badBars() {
    return Stream.of(
        arguments("1546300980000,1,2,1,abc,1", "close must be a number above zero, was \"abc\""),
        arguments("1546300980000,0,2,1,1,1", "open must be a number above zero, was \"0\""),
        arguments("1546300980000,1,NaN,1,1,1", "high must be a number above zero, was \"NaN\""),
        arguments("1546300980000,1,2,1e999,1,1", "low must be a number above zero, was \"1e999\""),
        arguments(
            "1546300980000,1,2,1,Infinity,1",
            "close must be a number above zero, was \"Infinity\""),
        arguments("1546300980000,1,2,1,1,-1", "volume must be a number from zero up, was \"-1\""),
        arguments("1546300980000,1,2,1,1,", "volume must be a number from zero up, was \"\""),
        arguments("1546300980000,1,2,1,1", "must have 6 columns, had 5"),
        arguments("1546300980000,1,2,1,1,1,1", "must have 6 columns, had 7"),
        arguments(
            "1546300980000,10,9,11,10,1",
            "high must be the highest and low the lowest price of a bar, was open 10.0, high 9.0, "
                + "low 11.0, close 10.0"),
        arguments(
            "1546300860000,1,2,1,1,1",
            "timestamp_ms must not go back, was 1546300860000 after 1546300920000"),
        arguments(
            "1546300920000,1,2,1,1,1", "the bar at timestamp_ms 1546300920000 is there twice"),
        arguments(
            "1546300980001,1,2,1,1,1",
            "timestamp_ms must be the start of a bar of 1m, was 1546300980001"),
        arguments(
            "1546300980000000,1,2,1,1,1",
            "timestamp_ms must be milliseconds since 1970, was \"1546300980000000\""),
        arguments(
            "2019-01-01,1,2,1,1,1",
            "timestamp_ms must be milliseconds since 1970, was \"2019-01-01\""));
  }

  @ParameterizedTest
  @MethodSource("badBars")
  void aBadBarNamesFileLineAndReason(String row, String reason) throws IOException {
    expect(GOOD_BARS + row + "\n", "prices.csv, line 5: " + reason);
  }

  static Stream<Arguments> badTrades() {
    return Stream.of(
        arguments("1385337602,-1,1", "price must be a number above zero, was \"-1\""),
        arguments("1385337602,0x1p3,1", "price must be a number above zero, was \"0x1p3\""),
        arguments("1385337602,1,1f", "amount must be a number from zero up, was \"1f\""),
        arguments("1385337600,1,1", "time must not go back, was 1385337600 after 1385337601"),
        arguments("1385337602000,1,1", "time must have 10 digits as before, was \"1385337602000\""),
        arguments(
            "13853376021,1,1",
            "time must be 10 digits (seconds), 13 (milliseconds) or 16 (microseconds), was "
                + "\"13853376021\""),
        arguments(
            "soon,1,1",
            "time must be 10 digits (seconds), 13 (milliseconds) or 16 (microseconds), was "
                + "\"soon\""));
  }

  @ParameterizedTest
  @MethodSource("badTrades")
  void aBadTradeNamesFileLineAndReason(String row, String reason) throws IOException {
    expect(GOOD_TRADES + row + "\n", "prices.csv, line 4: " + reason);
  }

  static Stream<Arguments> badFiles() {
    return Stream.of(
        arguments("", "prices.csv: the file is empty"),
        arguments("\n\n", "prices.csv: the file is empty"),
        arguments(
            "day,price\n",
            "prices.csv, line 1: unknown header \"day,price\", known are "
                + "timestamp_ms,open,high,low,close,volume (bars), "
                + "time,price,amount and timestamp,price,amount (trades), "
                + "time,bid,ask,bid_size,ask_size (quotes), "
                + "time,first_id,last_id,bids,asks (books)"),
        arguments(
            BARS + "\n1546300800000,1,1,1,1,1\n",
            "prices.csv: too few rows to tell how long its bars are, must be two or more"),
        arguments(
            BARS + "\n1546300800000,1,1,1,1,1\n1546300800007,1,1,1,1,1\n",
            "prices.csv: bars must be whole seconds long, was 7 milliseconds between two rows"),
        arguments(
            TRADES + "\n" + "1".repeat(70_000) + "\n",
            "prices.csv, line 2: longer than 65536 bytes"));
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void aBadFileIsToldInOneSentence(String text, String message) throws IOException {
    expect(text, message);
  }

  private void expect(String text, String message) throws IOException {
    var file = folder.resolve("prices.csv");
    Files.writeString(file, text);
    assertThatThrownBy(() -> read(all(file.toString())))
        .isInstanceOf(DataException.class)
        .hasMessage(message);
  }

  @Test
  void aMissingFileAndAFolderAreNamedAsGiven() {
    var missing = folder.resolve("no.csv").toString();
    assertThatThrownBy(() -> read(all(missing))).hasMessage(missing + ": no such file");
    assertThatThrownBy(() -> read(all(folder.toString())))
        .hasMessage(folder + ": is a directory, must be a file");
  }

  @Test
  void aRangeWithoutRowsIsNamed() throws IOException {
    var file = DataFiles.write(folder, "prices.csv", GOOD_TRADES.strip());
    var request = range(file, 1_500_000_000_000_000L, 1_500_000_001_000_000L);
    try (var reader = MarketDataReader.open(request)) {
      assertThatThrownBy(reader::peek)
          .hasMessage("no row from 2017-07-14T02:40:00Z to 2017-07-14T02:40:01Z in prices.csv");
    }
  }

  @Test
  void anIntervalThatIsNoMultipleOfTheFilesIsRefused() throws IOException {
    var file = DataFiles.write(folder, "prices.csv", GOOD_BARS.strip());
    var request = new DataRequest(file, "BTCUSD", Interval.parse("90s"), null, null, false);
    assertThatThrownBy(() -> MarketDataReader.open(request))
        .hasMessage("prices.csv: interval must be a whole multiple of the data's 1m, was 90s");
  }

  @Test
  void skippedRowsAreCountedAndTheFirstReasonsKept() throws IOException {
    var bad = IntStream.range(0, 7).mapToObj(_ -> "bad\n").reduce("", String::concat);
    var file = DataFiles.write(folder, "prices.csv", GOOD_TRADES + bad + "1385337602,802,1");
    var request = new DataRequest(file, "BTCUSD", null, null, null, true);
    try (var reader = MarketDataReader.open(request)) {
      reader.forEachRemaining(_ -> {});
      assertThat(reader.rows()).isEqualTo(3);
      assertThat(reader.skippedRows()).isEqualTo(7);
      assertThat(reader.skippedReasons())
          .hasSize(5)
          .startsWith("prices.csv, line 4: must have 3 columns, had 1");
    }
  }

  @Test
  void aFailedReaderStaysFailed() throws IOException {
    var file = DataFiles.write(folder, "prices.csv", GOOD_TRADES + "bad");
    try (var reader = MarketDataReader.open(all(file))) {
      assertThat(List.of(reader.next(), reader.next())).hasSize(2);
      assertThatThrownBy(reader::hasNext).isInstanceOf(DataException.class);
      assertThatThrownBy(reader::hasNext)
          .hasMessage("prices.csv, line 4: must have 3 columns, had 1");
    }
  }
}

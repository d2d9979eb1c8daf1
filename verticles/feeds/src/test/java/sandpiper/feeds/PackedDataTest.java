package sandpiper.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static sandpiper.feeds.DataFiles.all;
import static sandpiper.feeds.DataFiles.range;
import static sandpiper.feeds.DataFiles.read;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Packed files hold what they hold unpacked; how they are packed is told by their bytes.
class PackedDataTest {
  private static final long START = 1_385_337_600_000L;
  private static final int ROWS = 20_000;
  private static final int BLOCK = 10_007;
  private static final String TEXT = text(ROWS, -1);

  @TempDir Path folder;

  /// @param bad index of a row that is no row
  private static String text(int rows, int bad) {
    var text = new StringBuilder(DataFiles.TRADES).append('\n');
    for (int i = 0; i < rows; i++) {
      text.append(i == bad ? "bad" : (START + 1_000L * i) + "," + (800 + i % 7) + ".25,0.5")
          .append('\n');
    }
    return text.toString();
  }

  private static Long micros(int row) {
    return 1_000 * (START + 1_000L * row);
  }

  @Test
  void allPackingsGiveTheSameRowsUnderAnyName() throws IOException {
    var plain = folder.resolve("plain.xz");
    Files.writeString(plain, TEXT);
    var expected = read(all(plain.toString()));
    assertThat(expected).hasSize(ROWS);
    var gzip = DataFiles.gzip(folder.resolve("b.csv"), TEXT);
    var xz = DataFiles.xz(folder.resolve("c.csv"), TEXT, BLOCK);
    var zip =
        DataFiles.zip(
            folder.resolve("d.csv"), "readme.txt", "x", "a/b.csv", TEXT, "__MACOSX/a/._b.csv", "x");
    assertThat(read(all(gzip))).isEqualTo(expected);
    assertThat(read(all(xz))).isEqualTo(expected);
    assertThat(read(all(zip))).isEqualTo(expected);
  }

  @Test
  void linesMayEndInCrLfBeginWithAMarkAndBeSpacedOut() throws IOException {
    var plain = DataFiles.write(folder, "a.csv", "time,price,amount", "1385337600,800.5,1");
    var other = folder.resolve("b.csv");
    Files.writeString(other, "\uFEFFAmount, Price ,id,TIMESTAMP\r\n\r\n1, 800.5,7,1385337600");
    assertThat(read(all(other.toString()))).isEqualTo(read(all(plain)));
  }

  @Test
  void everyRangeOfAnXzFileInBlocksIsThatOfThePlainFile() throws IOException {
    var plain = folder.resolve("a.csv");
    Files.writeString(plain, TEXT);
    var xz = DataFiles.xz(folder.resolve("b.csv.xz"), TEXT, BLOCK);
    var whole = read(all(plain.toString()));
    for (int from = 0; from < ROWS; from += 997) {
      int to = Math.min(ROWS, from + 50);
      assertThat(read(range(xz, micros(from), micros(to)))).isEqualTo(whole.subList(from, to));
    }
    assertThat(read(range(xz, 0L, micros(1)))).isEqualTo(whole.subList(0, 1));
    assertThat(read(range(xz, micros(ROWS), null))).isEmpty();
  }

  @Test
  void aBadRowBehindWhatWasPassedOverStillHasItsLineNumber() throws IOException {
    var xz = DataFiles.xz(folder.resolve("a.csv.xz"), text(ROWS, 15_000), BLOCK);
    assertThatThrownBy(() -> read(range(xz, micros(14_990), null)))
        .hasMessage("a.csv.xz, line 15002: must have 3 columns, had 1");
  }

  @Test
  void aTruncatedArchiveIsAnError() throws IOException {
    var gzip = cut(DataFiles.gzip(folder.resolve("a.gz"), TEXT));
    assertThatThrownBy(() -> read(all(gzip)))
        .isInstanceOf(DataException.class)
        .hasMessageMatching("a.gz, after line \\d+: the archive is cut off or damaged");
    var xz = cut(DataFiles.xz(folder.resolve("a.xz"), TEXT, BLOCK));
    assertThatThrownBy(() -> read(all(xz))).hasMessage("a.xz: the archive is cut off or damaged");
    var zip = cut(DataFiles.zip(folder.resolve("a.zip"), "a.csv", TEXT));
    assertThatThrownBy(() -> read(all(zip))).hasMessage("a.zip: the archive is cut off or damaged");
  }

  private static String cut(String file) throws IOException {
    var bytes = Files.readAllBytes(Path.of(file));
    Files.write(Path.of(file), Arrays.copyOf(bytes, bytes.length * 2 / 3));
    return file;
  }

  @Test
  void aDamagedArchiveIsAnErrorEvenWhenBadRowsAreSkipped() throws IOException {
    var file = DataFiles.xz(folder.resolve("a.xz"), TEXT, BLOCK);
    var bytes = Files.readAllBytes(Path.of(file));
    bytes[bytes.length / 2] ^= 0x55;
    Files.write(Path.of(file), bytes);
    var request = new DataRequest(file, "BTCUSD", null, null, null, true);
    assertThatThrownBy(() -> read(request))
        .hasMessageMatching("a.xz, after line \\d+: the archive is cut off or damaged");
  }

  @Test
  void aZipMustHoldExactlyOneCsv() throws IOException {
    var two = DataFiles.zip(folder.resolve("a.zip"), "a.csv", TEXT, "b.csv", TEXT);
    assertThatThrownBy(() -> read(all(two)))
        .hasMessage("a.zip: must hold one .csv file, holds a.csv, b.csv");
    var none = DataFiles.zip(folder.resolve("b.zip"), "a.txt", TEXT);
    assertThatThrownBy(() -> read(all(none)))
        .hasMessage("b.zip: must hold one .csv file, holds none");
  }

  @Test
  void progressGoesFromZeroToOne() throws IOException {
    var xz = DataFiles.xz(folder.resolve("a.xz"), TEXT, BLOCK);
    try (var reader = MarketDataReader.open(range(xz, micros(10_000), null))) {
      double last = reader.progress();
      assertThat(last).isBetween(0.0, 0.9);
      while (reader.hasNext()) {
        reader.next();
        assertThat(reader.progress()).isBetween(last, 1.0);
        last = reader.progress();
      }
      assertThat(last).isEqualTo(1);
    }
  }
}

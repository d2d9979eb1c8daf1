package sandpiper.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.zip.ZipInputStream;
import sandpiper.testkit.SharedData;

/// The SPY trades of the shared data (milliseconds since midnight in New York, price times 10,000,
/// size, exchange, condition, suspicious) as a file of trades that the platform reads.
final class LeanTicks {
  private static final List<String> DAYS =
      List.of("20131007", "20131008", "20131009", "20131010", "20131011");
  private static final ZoneId NEW_YORK = ZoneId.of("America/New_York");

  private LeanTicks() {}

  /// @return how many trades were written: all but the suspicious ones
  static int write(Path target) throws IOException {
    return write(target, DAYS, Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /// @param from milliseconds since 1970 of the first trade wanted
  /// @param to milliseconds since 1970 that end the range, not part of it
  /// @return how many trades were written: all but the suspicious ones
  static int write(Path target, List<String> days, long from, long to) throws IOException {
    int count = 0;
    try (var out = Files.newBufferedWriter(target)) {
      out.write("time,price,amount\n");
      for (var day : days) {
        var midnight =
            LocalDate.parse(day, DateTimeFormatter.BASIC_ISO_DATE)
                .atStartOfDay(NEW_YORK)
                .toInstant()
                .toEpochMilli();
        for (var line : lines(day)) {
          var columns = line.split(",");
          long time = midnight + Long.parseLong(columns[0]);
          if (columns[5].equals("0") && time >= from && time < to) {
            out.write(time + "," + Long.parseLong(columns[1]) / 1e4 + "," + columns[2] + "\n");
            count++;
          }
        }
      }
    }
    return count;
  }

  private static List<String> lines(String day) throws IOException {
    var path = SharedData.path("data/spy_tick_trades_2013/" + day + "_trade.zip");
    try (var zip = new ZipInputStream(Files.newInputStream(path))) {
      if (zip.getNextEntry() == null) {
        throw new IOException(path + " is empty");
      }
      return new String(zip.readAllBytes(), StandardCharsets.US_ASCII).lines().toList();
    }
  }
}

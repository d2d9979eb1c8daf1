package sandpiper.app;

import static java.util.Objects.requireNonNull;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import sandpiper.feeds.MarketDataReader;

/// The beginning of the demo data as a file, for tests to which a day says as much as a week.
final class DemoTrades {
  private static final String ALL = "demo/bitstamp_trades_from_20131125_usd.csv";

  private DemoTrades() {}

  /// @param trades how many; there are about 100,000, over a week
  /// @return the file, in `folder`
  static Path first(int trades, Path folder) throws IOException {
    var all = requireNonNull(MarketDataReader.class.getResourceAsStream(ALL), ALL);
    try (var lines = new BufferedReader(new InputStreamReader(all, StandardCharsets.UTF_8))) {
      var first = lines.lines().limit(trades + 1).toList();
      return Files.write(folder.resolve("first-" + trades + ".csv"), first);
    }
  }
}

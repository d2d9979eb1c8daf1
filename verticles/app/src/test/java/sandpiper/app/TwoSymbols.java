package sandpiper.app;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import sandpiper.domain.market.Bar;
import sandpiper.feeds.DataRequest;
import sandpiper.feeds.MarketDataReader;
import sandpiper.testkit.SharedData;

/// 8 October 2013, 14:00 to 15:15 UTC, from the shared data: one-minute bars of BTCUSD and trades
/// of SPY.
final class TwoSymbols {
  private static final long FROM = 1_381_240_800_000L;
  private static final long TO = 1_381_245_300_000L;

  private TwoSymbols() {}

  /// Writes a file of each.
  ///
  /// @return what `data` must be
  static String write(Path folder) throws IOException {
    var bars = folder.resolve("btcusd.csv");
    writeBars(bars, FROM, TO);
    var trades = folder.resolve("spy.csv");
    assertThat(LeanTicks.write(trades, List.of("20131008"), FROM, TO)).isPositive();
    return "BTCUSD=" + bars + ",SPY=" + trades;
  }

  /// Writes one-minute bars of BTCUSD.
  ///
  /// @param from milliseconds since 1970 of the first minute
  /// @param to milliseconds since 1970 that end the range
  static void writeBars(Path target, long from, long to) throws IOException {
    var file = SharedData.path("data/btcusd_1m_2013_2019.csv.xz").toString();
    var csv = new StringBuilder("timestamp_ms,open,high,low,close,volume\n");
    var request = new DataRequest(file, "BTCUSD", null, 1_000 * from, 1_000 * to, false);
    try (var reader = MarketDataReader.open(request)) {
      while (reader.hasNext()) {
        var bar = (Bar) reader.next();
        csv.append(bar.openTime() / 1_000)
            .append(',')
            .append(bar.open())
            .append(',')
            .append(bar.high())
            .append(',')
            .append(bar.low())
            .append(',')
            .append(bar.close())
            .append(',')
            .append(bar.volume())
            .append('\n');
      }
    }
    Files.writeString(target, csv);
  }
}

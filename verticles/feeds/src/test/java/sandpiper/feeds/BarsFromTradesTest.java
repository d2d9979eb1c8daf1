package sandpiper.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.feeds.DataFiles.all;
import static sandpiper.feeds.DataFiles.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketEvent;
import sandpiper.domain.market.MarketSequencer;

/// Trades to bars, to a file of bars, to longer bars: all ways end at the same bars.
class BarsFromTradesTest {
  private static final Interval MINUTE = Interval.parse("1m");
  private static final Interval FIVE = Interval.parse("5m");

  @TempDir Path folder;

  @Test
  void fiveMinuteBarsOfTradesEqualThoseOfOneMinuteBarsSeeds1To50() throws IOException {
    for (int seed = 1; seed <= 50; seed++) {
      var trades = read(all(randomTrades(new Random(seed))));
      var minutes = bars(trades, null, MINUTE);
      var file = DataFiles.write(folder, "bars.csv", csv(minutes));
      assertThat(bars(read(all(file)), MINUTE, FIVE))
          .as("seed %d", seed)
          .isEqualTo(bars(trades, null, FIVE));
    }
  }

  /// Amounts are multiples of 1/8, so that their sums do not depend on the order of adding.
  private String randomTrades(Random random) throws IOException {
    var lines = new ArrayList<String>();
    lines.add(DataFiles.TRADES);
    long time = 1_385_337_600_000L;
    for (int i = 0; i < 500; i++) {
      time += random.nextInt(10) == 0 ? random.nextInt(400_000) : random.nextInt(20_000);
      lines.add(
          time + "," + (1 + random.nextInt(100_000)) / 100.0 + "," + random.nextInt(80) / 8.0);
    }
    return DataFiles.write(folder, "trades.csv", lines.toArray(String[]::new));
  }

  private static List<Bar> bars(
      List<MarketEvent> events, @Nullable Interval source, Interval wanted) {
    var bars = new ArrayList<Bar>();
    var sequencer =
        new MarketSequencer(
            Map.of("BTCUSD", Set.of(wanted)),
            source == null ? Map.of() : Map.of("BTCUSD", source),
            (_, _, event) -> {
              if (event instanceof BarClosed closed) {
                bars.add(closed.bar());
              }
            });
    events.forEach(sequencer::accept);
    sequencer.finish();
    return bars;
  }

  private static String[] csv(List<Bar> bars) {
    var lines = new ArrayList<String>();
    lines.add(DataFiles.BARS);
    for (var bar : bars) {
      lines.add(
          bar.openTime() / 1_000
              + ","
              + bar.open()
              + ","
              + bar.high()
              + ","
              + bar.low()
              + ","
              + bar.close()
              + ","
              + bar.volume());
    }
    return lines.toArray(String[]::new);
  }
}

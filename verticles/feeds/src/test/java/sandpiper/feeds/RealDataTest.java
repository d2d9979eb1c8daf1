package sandpiper.feeds;

import static org.assertj.core.api.Assertions.assertThat;
import static sandpiper.feeds.DataFiles.all;
import static sandpiper.feeds.DataFiles.range;

import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import sandpiper.domain.market.Bar;
import sandpiper.domain.market.BarClosed;
import sandpiper.domain.market.Interval;
import sandpiper.domain.market.MarketSequencer;
import sandpiper.domain.market.MarketStream;
import sandpiper.domain.market.Trade;
import sandpiper.testkit.SharedData;

class RealDataTest {
  private static final Long YEAR_2019 = 1_546_300_800_000_000L;
  private static final Long YEAR_2020 = 1_577_836_800_000_000L;

  @Test
  void theYear2019OfTheBarFileHas512727Minutes() {
    var file = SharedData.path("data/btcusd_1m_2013_2019.csv.xz").toString();
    try (var reader = MarketDataReader.open(range(file, YEAR_2019, YEAR_2020))) {
      assertThat(reader.kind()).isEqualTo(MarketStream.BARS);
      assertThat(reader.sourceInterval()).isEqualTo(Interval.parse("1m"));
      assertThat(reader.description()).isEqualTo("btcusd_1m_2013_2019.csv.xz: bars of 1m");
      assertThat(((Bar) reader.peek()).openTime()).isGreaterThanOrEqualTo(YEAR_2019);
      reader.forEachRemaining(_ -> {});
      assertThat(reader.rows()).isEqualTo(512_727);
    }
  }

  @Test
  void theDemoHas100000TradesIn9399Minutes() {
    var closed = new int[1];
    var sequencer =
        new MarketSequencer(
            Map.of("BTCUSD", Set.of(Interval.parse("1m"))),
            Map.of(),
            (_, _, event) -> closed[0] += event instanceof BarClosed ? 1 : 0);
    try (var reader = MarketDataReader.open(all("demo"))) {
      assertThat(reader.kind()).isEqualTo(MarketStream.TRADES);
      assertThat(reader.sourceInterval()).isNull();
      assertThat(reader.description()).isEqualTo("demo: trades");
      assertThat(reader.peek()).isEqualTo(new Trade("BTCUSD", 1_385_337_600_000_000L, 800.01, 0.1));
      reader.forEachRemaining(sequencer::accept);
      sequencer.finish();
      assertThat(reader.rows()).isEqualTo(100_000);
      assertThat(reader.progress()).isEqualTo(1);
    }
    assertThat(closed[0]).isEqualTo(9_399);
  }
}
